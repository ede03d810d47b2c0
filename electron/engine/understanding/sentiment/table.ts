/**
 * Weights of a linear model with three classes, in one 32-bit word a feature: 12 bits of the hash to tell features
 * apart, and two weights of 10 bits (negative and positive, each less neutral: softmax does not care for the rest). Half-full
 * open addressing over 2^20 slots; a strange feature is taken for a known one about once in 2,000 look-ups.
 */
const SLOT_BITS = 20
export const TABLE_SLOTS = 1 << SLOT_BITS
const LIMIT = 511

export interface PackedTable {
  words: Uint32Array
  /** A stored unit of weight. */
  unit: number
}

/** `weights`: two a feature, in the order of `hashes`. More features than fit 9 tenths of the table throw. */
export function packTable(hashes: Uint32Array, weights: Float32Array): PackedTable {
  if (hashes.length > TABLE_SLOTS * 0.9)
    throw new Error(`${hashes.length} features do not fit a table of ${TABLE_SLOTS}: raise the least count.`)
  let most = 0
  for (const weight of weights) most = Math.max(most, Math.abs(weight))
  const unit = most / LIMIT || 1
  const words = new Uint32Array(TABLE_SLOTS)
  for (let at = 0; at < hashes.length; at++) {
    const hash = hashes[at]!
    let slot = hash & (TABLE_SLOTS - 1)
    while (words[slot] !== 0) slot = (slot + 1) & (TABLE_SLOTS - 1)
    const negative = Math.round(weights[at * 2]! / unit) + 512
    const positive = Math.round(weights[at * 2 + 1]! / unit) + 512
    words[slot] = (((hash >>> SLOT_BITS) << 20) | (negative << 10) | positive) >>> 0
  }
  return { words, unit }
}

/** The packed word of a feature, 0 when it is not known. */
export function findWord(words: Uint32Array, hash: number): number {
  const mark = hash >>> SLOT_BITS
  for (let slot = hash & (TABLE_SLOTS - 1); ; slot = (slot + 1) & (TABLE_SLOTS - 1)) {
    const word = words[slot]!
    if (word === 0 || word >>> 20 === mark) return word
  }
}

export const negativeOf = (word: number): number => ((word >>> 10) & 1023) - 512
export const positiveOf = (word: number): number => (word & 1023) - 512
