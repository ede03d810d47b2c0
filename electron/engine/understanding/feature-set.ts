/**
 * Features of one text, each hash once. Reused from text to text: a slot's generation says whether it belongs to this one, so nothing
 * has to be cleared.
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

export function createFeatureSet(most: number): FeatureSet {
  const slots = 2 ** Math.ceil(Math.log2(most * 2.5))
  const slotHash = new Uint32Array(slots)
  const slotGeneration = new Uint32Array(slots)
  let generation = 1
  const hashes = new Uint32Array(most)
  const groups = new Uint8Array(most)
  const owners = new Int16Array(most)
  return {
    count: 0,
    hashes,
    groups,
    owners,
    clear() {
      this.count = 0
      generation = (generation + 1) >>> 0
      if (generation === 0) {
        slotGeneration.fill(0)
        generation = 1
      }
    },
    add(hash, owner, group) {
      if (this.count >= most) return
      let slot = hash & (slots - 1)
      while (slotGeneration[slot] === generation) {
        if (slotHash[slot] === hash) return
        slot = (slot + 1) & (slots - 1)
      }
      slotGeneration[slot] = generation
      slotHash[slot] = hash
      hashes[this.count] = hash
      owners[this.count] = owner
      groups[this.count] = group
      this.count++
    },
  }
}
