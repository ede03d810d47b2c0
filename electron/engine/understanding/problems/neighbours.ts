/** What the others say of a pair: whether both are like the same ones, and how near they are to each other beside their nearest. */
export const neighbourNames = [
  'odds',
  'company',
  'companyBeside',
  'nearest',
  'lonelier',
  'places',
  'place',
  'soon',
] as const

/** Nearest neighbours that tell how alike a complaint is to anything at all. */
const NEAREST = 5
/** What a complaint counts in its own company, beside 1 for one that is surely of the same fault. */
const SELF = 1
const BESIDE = 0.3

/** Of one problem so many have a say: the louder a fault, the more would everything be like it. */
const WITNESSES = 12

/** Places of those that have a say, the first of each problem. `problems`: of each complaint, the newest first. */
export function witnessesOf(problems: readonly number[]): number[] {
  const counts = new Map<number, number>()
  return problems.flatMap((no, at) => {
    const count = (counts.get(no) ?? 0) + 1
    counts.set(no, count)
    return count <= WITNESSES ? [at] : []
  })
}

/**
 * For each pair what the others say of it (`neighbourNames`), told to `tell` with both places, the higher one first; the row is used again. `odds`: log
 * odds of each pair to be one fault, symmetric, row by row, n × n. `soon`: how soon after each other two were written, 0 … 1. `witnesses`: places of those
 * that have a say. n² × witnesses time, n² memory.
 */
export function neighbourEvidence(
  odds: Float32Array,
  n: number,
  witnesses: readonly number[],
  soon: (one: number, other: number) => number,
  tell: (one: number, other: number, row: Float64Array) => void,
): void {
  const likely = (value: number): number => 1 / (1 + Math.exp(-value))
  const heard = Float32Array.from({ length: n * witnesses.length }, (_, cell) => {
    const at = Math.floor(cell / witnesses.length)
    const witness = witnesses[cell % witnesses.length]!
    return at === witness ? 0 : likely(odds[at * n + witness]!)
  })
  const common = productsOfRows(heard, n, witnesses.length)
  const sorted = Array.from({ length: n }, (_, at) =>
    Float32Array.from(witnesses.flatMap((witness) => (witness === at ? [] : odds[at * n + witness]!))).sort(),
  )
  const nearest = sorted.map((row) => meanOf(row.subarray(Math.max(0, row.length - NEAREST))))
  const row = new Float64Array(neighbourNames.length)
  for (let one = 0; one < n; one++)
    for (let other = 0; other < one; other++) {
      const pair = odds[one * n + other]!
      const both = 2 * likely(pair)
      const shared = common[one * n + other]!
      const square = common[one * n + one]!
      const otherSquare = common[other * n + other]!
      const alike = (self: number): number =>
        (shared + self * both) / Math.sqrt((square + self * self) * (otherSquare + self * self))
      const places = placeIn(sorted[one]!, pair)
      const otherPlaces = placeIn(sorted[other]!, pair)
      row[0] = pair
      row[1] = alike(SELF)
      row[2] = alike(BESIDE)
      row[3] = (nearest[one]! + nearest[other]!) / 2
      row[4] = Math.min(nearest[one]!, nearest[other]!)
      row[5] = (places + otherPlaces) / 4
      row[6] = Math.min(places, otherPlaces) / 4
      row[7] = soon(one, other)
      tell(one, other, row)
    }
}

/** Products of each two rows, n × n; the lower half and the diagonal are filled. */
function productsOfRows(rows: Float32Array, n: number, width: number): Float32Array {
  const products = new Float32Array(n * n)
  for (let one = 0; one < n; one++)
    for (let other = 0; other <= one; other++) {
      let sum = 0
      for (let k = 0, a = one * width, b = other * width; k < width; k++) sum += rows[a + k]! * rows[b + k]!
      products[one * n + other] = sum
    }
  return products
}

const meanOf = (values: Float32Array): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length

/** Logarithm of one more than how many of `sorted` (rising) are above `value`. */
function placeIn(sorted: Float32Array, value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! > value) high = middle
    else low = middle + 1
  }
  return Math.log(1 + sorted.length - low)
}
