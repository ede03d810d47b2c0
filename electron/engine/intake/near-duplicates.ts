import { fingerprints } from '#engine/store/queries/fingerprints.ts'
import type { Reads } from '#engine/store/reads.ts'
import { DUPLICATE_DISTANCE, simhashBands, simhashDistance, type Simhash } from '#engine/understanding/simhash.ts'

/** Chains of a crowded band are followed only so far: boilerplate must not make every look-up slow. */
const MAX_STEPS = 64

/**
 * Finds the first mention with nearly the same words among the last `window` ones. A ring of fingerprints with four
 * chained hash tables by 16-bit bands: fixed memory (about 40 bytes a place), one look-up a few microseconds.
 */
export class NearDuplicates {
  readonly #window: number
  readonly #high: Uint32Array
  readonly #low: Uint32Array
  /** Below 0: the row is gone. */
  readonly #seq: Float64Array
  /** Place + 1 of the newest in each band's bucket; 0 for none. Bands of simhashBands are distinct 18-bit keys. */
  readonly #head = new Int32Array(4 * 65_536)
  readonly #next: Int32Array
  #count = 0

  constructor(window = 65_536) {
    this.#window = window
    this.#high = new Uint32Array(window)
    this.#low = new Uint32Array(window)
    this.#seq = new Float64Array(window)
    this.#next = new Int32Array(4 * window)
  }

  get window(): number {
    return this.#window
  }

  /** The row of the first mention with these words, or null. */
  find(hash: Simhash): number | null {
    const bands = simhashBands(hash)
    let best: number | null = null
    for (let band = 0; band < 4; band++) {
      let at = this.#head[bands[band]!]!
      let before = Infinity
      for (let steps = 0; at !== 0 && steps < MAX_STEPS; steps++) {
        const order = at
        // A place that was overwritten since leads to newer ones: the chain ends here.
        if (order >= before || order <= this.#count - this.#window) break
        before = order
        const place = (order - 1) % this.#window
        if (simhashDistance(hash, [this.#high[place]!, this.#low[place]!]) <= DUPLICATE_DISTANCE) {
          const seq = this.#seq[place]!
          if (seq > 0) {
            if (best === null || seq < best) best = seq
            break
          }
        }
        at = this.#next[band * this.#window + place]!
      }
    }
    return best
  }

  /** These rows are gone: nothing is a copy of them any more. Looks at the whole window. */
  forget(seqs: ReadonlySet<number>): void {
    for (let place = 0; place < this.#window; place++) {
      const seq = this.#seq[place]!
      if (seqs.has(seq)) this.#seq[place] = -seq
    }
  }

  /**
   * Rows that are gone, whose copies have another first now. Also those that were not forgotten here: what is read again
   * after a start may call rows copies of them.
   */
  replace(firsts: ReadonlyMap<number, number>): void {
    for (let place = 0; place < this.#window; place++) {
      const seq = this.#seq[place]!
      this.#seq[place] = firsts.get(Math.abs(seq)) ?? seq
    }
  }

  /** `seq`: its own row, or that of the first one with these words, so that copies of copies lead to the first. */
  add(hash: Simhash, seq: number): void {
    const place = this.#count % this.#window
    this.#count++
    this.#high[place] = hash[0]
    this.#low[place] = hash[1]
    this.#seq[place] = seq
    const bands = simhashBands(hash)
    for (let band = 0; band < 4; band++) {
      this.#next[band * this.#window + place] = this.#head[bands[band]!]!
      this.#head[bands[band]!] = this.#count
    }
  }
}

const RECALL_ROWS = 4096

/**
 * Fingerprints of the newest rows: the last few thousand at once, older ones in pieces between other work, until `stopped`.
 */
export function recall(duplicates: NearDuplicates, store: Reads, lastSeq: number, stopped: () => boolean): void {
  const oldest = Math.max(1, lastSeq - duplicates.window + 1)
  const piece = (toSeq: number): void => {
    if (stopped() || toSeq < oldest) return
    const fromSeq = Math.max(oldest, toSeq - RECALL_ROWS + 1)
    for (const { seq, high, low, duplicateOf } of fingerprints(store, fromSeq, toSeq)) {
      duplicates.add([high, low], duplicateOf ?? seq)
    }
    setImmediate(() => piece(fromSeq - 1))
  }
  piece(lastSeq)
}
