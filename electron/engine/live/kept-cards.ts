import { cardBySeq, type Card } from '#engine/store/queries/cards.ts'
import type { Reads } from '#engine/store/reads.ts'

/** Cards kept for other panes that show the same rows. */
const CARDS_KEPT = 1000

export class KeptCards {
  readonly #reads: Reads
  readonly #cards = new Map<string, Card>()

  constructor(reads: Reads) {
    this.#reads = reads
  }

  of(seqs: readonly number[], query: string): Card[] {
    return seqs.flatMap((seq) => {
      const key = `${seq}|${query}`
      let card = this.#cards.get(key)
      if (!card) {
        card = cardBySeq(this.#reads, seq, query)
        if (!card) return []
        if (this.#cards.size >= CARDS_KEPT) this.#cards.clear()
        this.#cards.set(key, card)
      }
      return card
    })
  }

  forgetAll(): void {
    this.#cards.clear()
  }

  forget(seqs: readonly number[]): void {
    if (this.#cards.size === 0) return
    const gone = new Set(seqs)
    for (const key of this.#cards.keys()) if (gone.has(Number.parseInt(key, 10))) this.#cards.delete(key)
  }
}
