import type { TermKind } from './terms.ts'

/**
 * The terms of a stream in columns: about 33 bytes each, where an object with its lists took 250. A term is a small number (its slot) from when
 * it is first met until it is let go; slots are used again.
 */
export interface TermTable {
  readonly size: number
  /** Texts that had it, of those that still count. */
  readonly count: Float32Array
  readonly kind: Uint8Array
  /** Weight in the text at hand, and that text's number. */
  readonly weight: Float64Array
  readonly text: Uint32Array
  /** Slot of a term, made where it is new. */
  slotOf(hash: number, kind: TermKind): number
  /** −1: it is not known. */
  find(hash: number): number
  /** Lets go of all that are not kept. */
  sift(isKept: (slot: number) => boolean): void
}

const FIRST = 4096

/** A longer copy; what is new in it is zero. */
export function longer<T extends Int32Array | Uint32Array | Float32Array | Float64Array | Uint8Array>(
  column: T,
  length: number,
): T {
  const made = new (column.constructor as new (length: number) => T)(length)
  made.set(column)
  return made
}

export function createTermTable(): TermTable {
  let hashes = new Int32Array(FIRST)
  let used = new Uint8Array(FIRST)
  /** Slots by hash, one more than they are; zero is nobody's. Twice as long as the columns, so that a search is short. */
  let index = new Int32Array(FIRST * 2)
  let free: number[] = []
  let next = 0

  function placeOf(hash: number): number {
    const mask = index.length - 1
    let at = hash & mask
    while (index[at] !== 0 && hashes[index[at]! - 1] !== hash) at = (at + 1) & mask
    return at
  }

  function reindex(): void {
    index = new Int32Array(hashes.length * 2)
    for (let slot = 0; slot < next; slot++) if (used[slot] === 1) index[placeOf(hashes[slot]!)] = slot + 1
  }

  function grow(): void {
    const length = hashes.length * 2
    hashes = longer(hashes, length)
    used = longer(used, length)
    table.count = longer(table.count, length)
    table.kind = longer(table.kind, length)
    table.weight = longer(table.weight, length)
    table.text = longer(table.text, length)
    reindex()
  }

  const table = {
    size: 0,
    count: new Float32Array(FIRST),
    kind: new Uint8Array(FIRST),
    weight: new Float64Array(FIRST),
    text: new Uint32Array(FIRST),
    slotOf(hash: number, kind: TermKind): number {
      const at = placeOf(hash)
      if (index[at] !== 0) return index[at]! - 1
      if (free.length === 0 && next === hashes.length) {
        grow()
        return table.slotOf(hash, kind)
      }
      const slot = free.pop() ?? next++
      hashes[slot] = hash
      used[slot] = 1
      table.kind[slot] = kind
      table.count[slot] = 0
      table.text[slot] = 0
      index[at] = slot + 1
      table.size++
      return slot
    },
    find: (hash: number): number => index[placeOf(hash)]! - 1,
    sift(isKept: (slot: number) => boolean): void {
      free = []
      for (let slot = next - 1; slot >= 0; slot--) {
        if (used[slot] === 1 && !isKept(slot)) {
          used[slot] = 0
          table.size--
        }
        if (used[slot] === 0) free.push(slot)
      }
      reindex()
    },
  }
  return table
}
