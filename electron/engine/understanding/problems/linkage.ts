/**
 * Average linkage by chains of nearest neighbours (Benzécri 1982, Juan 1982): groups whose members are alike on average, cut where the likeness
 * falls below `threshold`. `likeness`: symmetric, row by row, `n` × `n`; it is used up. Returns the number of each member's group. n² time and memory.
 */
export function averageLinkage(likeness: Float32Array, n: number, threshold: number): Int32Array {
  const sizes = new Int32Array(n).fill(1)
  const alive = new Uint8Array(n).fill(1)
  const parent = Int32Array.from({ length: n }, (_, at) => at)
  const chain: number[] = []
  let start = 0
  for (;;) {
    if (chain.length === 0) {
      while (start < n && alive[start] === 0) start++
      if (start === n) break
      chain.push(start)
    }
    const at = chain.at(-1)!
    const before = chain.at(-2) ?? -1
    // The one before wins a tie, or the chain would go round for ever.
    let best = before
    let most = before < 0 ? -Infinity : likeness[at * n + before]!
    for (let other = 0; other < n; other++) {
      if (other === at || alive[other] === 0 || likeness[at * n + other]! <= most) continue
      most = likeness[at * n + other]!
      best = other
    }
    // Nothing near any more: likeness only falls as groups grow, so this one is done.
    if (best < 0 || most < threshold) {
      alive[at] = 0
      chain.length = 0
      continue
    }
    if (best !== before) {
      chain.push(best)
      continue
    }
    chain.length -= 2
    join(at, best)
  }
  return Int32Array.from(parent, (_, at) => rootOf(at))

  function join(from: number, to: number): void {
    const [a, b] = [sizes[from]!, sizes[to]!]
    for (let other = 0; other < n; other++) {
      if (alive[other] === 0 || other === from || other === to) continue
      const mean = (a * likeness[from * n + other]! + b * likeness[to * n + other]!) / (a + b)
      likeness[to * n + other] = mean
      likeness[other * n + to] = mean
    }
    alive[from] = 0
    sizes[to] = a + b
    parent[from] = to
  }

  function rootOf(at: number): number {
    let root = at
    while (parent[root] !== root) root = parent[root]!
    return root
  }
}
