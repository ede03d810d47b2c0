/**
 * Features of one text, each hash once. Reused from text to text. The table that knows them begins small and grows with the text: of a
 * post it stays in the cache nearest to the processor.
 */
export interface FeatureSet {
  count: number
  /** Unsigned 32-bit. */
  readonly hashes: Uint32Array
  readonly groups: Uint8Array
  /** Index of the token that a feature came from, −1 for the text as a whole. */
  readonly owners: Int16Array
  /** Begins a new text. */
  clear(): void
  /** Does nothing when the hash is in already or the set is full. */
  add(hash: number, owner: number, group: number): void
}

const FIRST_SLOTS = 1024
/** Slots hold the number of a feature in 16 bits. */
const MOST_FEATURES = 0xffff

/** `most`: 65,535 at most. */
export function createFeatureSet(most: number): FeatureSet {
  if (most > MOST_FEATURES) throw new RangeError(`A set of features holds ${MOST_FEATURES} at most, not ${most}.`)
  /** Number of the feature + 1, 0 for an empty slot; of these as many are in use as `mask` says, at most half of them filled. */
  const slots = new Uint16Array(2 ** Math.ceil(Math.log2(Math.max(FIRST_SLOTS, most * 2))))
  let mask = FIRST_SLOTS - 1
  const hashes = new Uint32Array(most)
  const groups = new Uint8Array(most)
  const owners = new Int16Array(most)
  const grow = (count: number): void => {
    mask = mask * 2 + 1
    slots.fill(0, 0, mask + 1)
    for (let at = 0; at < count; at++) {
      let slot = hashes[at]! & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = at + 1
    }
  }
  return {
    count: 0,
    hashes,
    groups,
    owners,
    clear() {
      this.count = 0
      mask = FIRST_SLOTS - 1
      slots.fill(0, 0, FIRST_SLOTS)
    },
    add(hash, owner, group) {
      const { count } = this
      if (count >= most) return
      let slot = hash & mask
      for (let held = slots[slot]!; held !== 0; held = slots[slot]!) {
        if (hashes[held - 1] === hash) return
        slot = (slot + 1) & mask
      }
      hashes[count] = hash
      owners[count] = owner
      groups[count] = group
      this.count = count + 1
      slots[slot] = count + 1
      if (count * 2 > mask) grow(count + 1)
    },
  }
}
