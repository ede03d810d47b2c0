/**
 * Weights of linear models over the same features, in two 32-bit words a feature. In the first: 12 bits of the hash to tell
 * features apart, and the two weights of public posts (negative and positive, each less neutral: softmax does not care for the
 * rest). In the second: the two of what people write to a company, and how far the feature speaks for that kind of text. 10 bits
 * each, side by side, so that both are one look into memory. Open addressing over 2^20 slots, three quarters full; there a strange
 * feature is taken for a known one about once in 540 look-ups.
 */
const SLOT_BITS = 20
export const TABLE_SLOTS = 1 << SLOT_BITS
const LIMIT = 511

export interface PackedTable {
  /** Two a slot. */
  words: Uint32Array
  /** A stored unit of weight. */
  units: { public: number; desk: number; gate: number }
}

/** Of each feature, in the order of `hashes`. */
export interface FeatureWeights {
  /** Negative and positive, two a feature. */
  public: Float32Array
  desk: Float32Array
  /** Towards text that was written to a company. */
  gate: Float32Array
}

const unitOf = (weights: Float32Array): number => {
  let most = 0
  for (const weight of weights) most = Math.max(most, Math.abs(weight))
  return most / LIMIT || 1
}

/** More features than fit 9 tenths of the table throw. */
export function packTable(hashes: Uint32Array, weights: FeatureWeights): PackedTable {
  if (hashes.length > TABLE_SLOTS * 0.9)
    throw new Error(`${hashes.length} features do not fit a table of ${TABLE_SLOTS}: raise the least count.`)
  const units = { public: unitOf(weights.public), desk: unitOf(weights.desk), gate: unitOf(weights.gate) }
  const words = new Uint32Array(2 * TABLE_SLOTS)
  const packed = (weight: number, unit: number): number => Math.round(weight / unit) + 512
  for (let at = 0; at < hashes.length; at++) {
    const hash = hashes[at]!
    let slot = hash & (TABLE_SLOTS - 1)
    while (words[2 * slot] !== 0) slot = (slot + 1) & (TABLE_SLOTS - 1)
    const negative = packed(weights.public[at * 2]!, units.public)
    const positive = packed(weights.public[at * 2 + 1]!, units.public)
    words[2 * slot] = (((hash >>> SLOT_BITS) << 20) | (negative << 10) | positive) >>> 0
    const gate = packed(weights.gate[at]!, units.gate)
    const low = packed(weights.desk[at * 2]!, units.desk)
    const high = packed(weights.desk[at * 2 + 1]!, units.desk)
    words[2 * slot + 1] = ((gate << 20) | (low << 10) | high) >>> 0
  }
  return { words, units }
}

/**
 * Where the two words of each of the first `count` features begin, −1 where it is not known. All first looks before any second one: none
 * waits for what another finds, so memory brings many at once, and that is most of the time.
 */
export function findPlaces(words: Uint32Array, hashes: Uint32Array, count: number, into: Int32Array): void {
  for (let at = 0; at < count; at++) into[at] = words[2 * (hashes[at]! & (TABLE_SLOTS - 1))]!
  for (let at = 0; at < count; at++) {
    const mark = hashes[at]! >>> SLOT_BITS
    let slot = hashes[at]! & (TABLE_SLOTS - 1)
    let word = into[at]!
    while (word !== 0 && word >>> 20 !== mark) {
      slot = (slot + 1) & (TABLE_SLOTS - 1)
      word = words[2 * slot]!
    }
    into[at] = word === 0 ? -1 : 2 * slot
  }
}

export const negativeOf = (word: number): number => ((word >>> 10) & 1023) - 512
export const positiveOf = (word: number): number => (word & 1023) - 512
export const gateOf = (word: number): number => (word >>> 20) - 512
