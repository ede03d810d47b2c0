/** Pairs of complaints: what speaks for and against each, row by row, and whether they tell of one fault. */
export interface Pairs {
  evidence: Float32Array
  same: Uint8Array
}

/** What the weights of a regression are fitted with. */
export interface FitOptions {
  /** Weights that are set and not fitted. */
  fixed: Readonly<Record<string, number>>
  /** Evidence that is left out. */
  without: readonly string[]
  /** L2 penalty a pair. */
  penalty: number
}

const MOST_STEPS = 25
const SETTLED = 1e-4

/** Logistic regression over pairs by Newton's method: the weight of each of `names`. */
export function fitPairs(
  all: readonly Pairs[],
  names: readonly string[],
  { fixed, without, penalty }: FitOptions,
): Record<string, number> {
  const used = names.flatMap((name, at) => (name in fixed || without.includes(name) ? [] : [at]))
  const given = names.map((name) => fixed[name] ?? 0)
  const pairs = all.reduce((sum, { same }) => sum + same.length, 0)
  const weights = new Float64Array(used.length)
  for (let step = 0; step < MOST_STEPS; step++) {
    const rows = slopes(all, names.length, used, given, weights)
    rows.forEach((row, at) => {
      row[at]! += penalty * pairs
      row[used.length]! += penalty * pairs * weights[at]!
    })
    const moved = solve(rows)
    moved.forEach((by, at) => (weights[at]! -= by))
    if (Math.max(...moved.map(Math.abs)) < SETTLED) break
  }
  const fitted = Object.fromEntries(used.map((at, nth) => [names[at]!, weights[nth]!]))
  return { ...fitted, ...fixed }
}

/** Second derivatives of the loss, row by row, with the first one at the end of each. */
function slopes(
  all: readonly Pairs[],
  width: number,
  used: readonly number[],
  given: readonly number[],
  weights: Float64Array,
): Float64Array[] {
  const count = used.length
  const rows = used.map(() => new Float64Array(count + 1))
  const own = new Float64Array(count)
  for (const { evidence, same } of all)
    for (let pair = 0; pair < same.length; pair++) {
      let odds = 0
      for (let at = 0; at < width; at++) odds += given[at]! * evidence[pair * width + at]!
      for (let at = 0; at < count; at++) odds += weights[at]! * (own[at] = evidence[pair * width + used[at]!]!)
      const share = 1 / (1 + Math.exp(-odds))
      const error = share - same[pair]!
      const bend = Math.max(1e-6, share * (1 - share))
      for (let at = 0; at < count; at++) {
        if (own[at] === 0) continue
        const row = rows[at]!
        row[count]! += error * own[at]!
        for (let other = 0; other < count; other++) row[other]! += bend * own[at]! * own[other]!
      }
    }
  return rows
}

/** Gauss and Jordan with pivots, in place; the last number of each row is the right side. */
function solve(rows: Float64Array[]): number[] {
  const count = rows.length
  for (let at = 0; at < count; at++) {
    let pivot = at
    for (let row = at + 1; row < count; row++) if (Math.abs(rows[row]![at]!) > Math.abs(rows[pivot]![at]!)) pivot = row
    ;[rows[at], rows[pivot]] = [rows[pivot]!, rows[at]!]
    for (let row = 0; row < count; row++) {
      const factor = row === at ? 0 : rows[row]![at]! / rows[at]![at]!
      if (factor !== 0) for (let k = at; k <= count; k++) rows[row]![k]! -= factor * rows[at]![k]!
    }
  }
  return rows.map((row, at) => row[count]! / row[at]!)
}
