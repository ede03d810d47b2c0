/**
 * Whether at most `most` insertions, deletions, replacements or swaps of neighbours make one of the other: the optimal string
 * alignment distance. Counted in characters, so that a letter outside the basic plane is one.
 */
export function isSlipOf(a: string, b: string, most: number): boolean {
  if (Math.abs(a.length - b.length) > most * 2) return false
  const [x, y] = [[...a], [...b]]
  if (Math.abs(x.length - y.length) > most) return false
  let before: number[] = []
  let last = Array.from({ length: y.length + 1 }, (_, i) => i)
  for (let i = 1; i <= x.length; i++) {
    const row = [i]
    for (let j = 1; j <= y.length; j++) {
      const cost = x[i - 1] === y[j - 1] ? 0 : 1
      let least = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + cost)
      const swapped = i > 1 && j > 1 && x[i - 1] === y[j - 2] && x[i - 2] === y[j - 1]
      if (swapped) least = Math.min(least, before[j - 2]! + 1)
      row.push(least)
    }
    if (Math.min(...row) > most) return false
    before = last
    last = row
  }
  return last[y.length]! <= most
}
