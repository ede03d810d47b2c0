import type { MentionFilter, MentionPatch } from '#shared/contract/mentions.ts'
import type { MentionCard } from '#shared/model/mention-card.ts'
import type { Plan } from '#shared/query/plan.ts'
import type { Clock } from '#engine/platform/clock.ts'

/** At most ten patches a second. */
const PATCH_MS = 100
/** Cards of a patch. */
const MOST_CARDS = 100
/** A reader that missed more than this takes a new snapshot: reading a page is cheaper for both. */
const MOST_MISSED = 2000

interface Place {
  seq: number
  publishedAt: number
}

/**
 * One live pane: what came since the last patch, as row numbers only. Memory is bounded whatever the reader does: the
 * newest hundred rows, a hundred changed ones and a count; beyond that the reader is told to start over.
 */
export class Subscription implements AsyncIteratorObject<MentionPatch, undefined, void> {
  readonly filter: MentionFilter
  readonly plan: Plan | null
  readonly #deps: { clock: Clock; cards(seqs: readonly number[], query: string): MentionCard[]; ended(): void }
  #added: Place[] = []
  #addedCount = 0
  #changed = new Set<number>()
  readonly #given = new Set<number>()
  #reset = false
  #liveFrom: number
  #number = 0
  #lastAt = Number.NEGATIVE_INFINITY
  #cancelTimer: (() => void) | null = null
  #waiter: ((result: IteratorResult<MentionPatch, undefined>) => void) | null = null
  #ended = false

  constructor(
    filter: MentionFilter,
    plan: Plan | null,
    liveFrom: number,
    deps: { clock: Clock; cards(seqs: readonly number[], query: string): MentionCard[]; ended(): void },
  ) {
    this.filter = filter
    this.plan = plan
    this.#liveFrom = liveFrom
    this.#deps = deps
  }

  /** Whether it was given out before; what the first page held is not known here. */
  knows(seq: number): boolean {
    return this.#given.has(seq)
  }

  add(place: Place): void {
    this.#addedCount++
    if (this.filter.unanswered) this.#remember(place.seq)
    if (this.#addedCount > MOST_MISSED) return this.reset()
    this.#added.push(place)
    if (this.#added.length >= 2 * MOST_CARDS) this.#trim()
    this.#wake()
  }

  change(seq: number): void {
    if (this.#added.some((place) => place.seq === seq)) return
    this.#changed.add(seq)
    if (this.#changed.size > MOST_CARDS) return this.reset()
    this.#wake()
  }

  /** Everything up to row `seq` has been looked at. */
  covered(seq: number): void {
    this.#liveFrom = Math.max(this.#liveFrom, seq)
  }

  reset(): void {
    this.#reset = true
    this.#added = []
    this.#changed.clear()
    this.#wake()
  }

  #remember(seq: number): void {
    this.#given.add(seq)
    if (this.#given.size > MOST_MISSED) this.#given.delete(this.#given.values().next().value!)
  }

  #trim(): void {
    this.#added.sort((a, b) => b.publishedAt - a.publishedAt || b.seq - a.seq)
    this.#added.length = Math.min(this.#added.length, MOST_CARDS)
  }

  get #empty(): boolean {
    return !this.#reset && this.#addedCount === 0 && this.#changed.size === 0
  }

  #wake(): void {
    if (!this.#waiter || this.#cancelTimer || this.#empty) return
    const wait = this.#lastAt + PATCH_MS - this.#deps.clock.monotonic()
    this.#cancelTimer = this.#deps.clock.after(Math.max(wait, 0), () => {
      this.#cancelTimer = null
      this.#send()
    })
  }

  #send(): void {
    const waiter = this.#waiter
    if (!waiter || this.#empty) return
    this.#waiter = null
    this.#lastAt = this.#deps.clock.monotonic()
    this.#trim()
    const { query } = this.filter
    const patch: MentionPatch = {
      seq: ++this.#number,
      liveFrom: this.#liveFrom,
      added: this.#deps.cards(
        this.#added.map((place) => place.seq),
        query,
      ),
      addedCount: this.#addedCount,
      changed: this.#deps.cards([...this.#changed], query),
      reset: this.#reset,
    }
    this.#added = []
    this.#addedCount = 0
    this.#changed = new Set()
    this.#reset = false
    waiter({ done: false, value: patch })
  }

  next(): Promise<IteratorResult<MentionPatch, undefined>> {
    if (this.#ended) return Promise.resolve({ done: true, value: undefined })
    return new Promise((resolve) => {
      // A second read while one waits: the earlier one ends, a reader has one hand.
      this.#waiter?.({ done: true, value: undefined })
      this.#waiter = resolve
      this.#wake()
    })
  }

  return(): Promise<IteratorResult<MentionPatch, undefined>> {
    this.end()
    return Promise.resolve({ done: true, value: undefined })
  }

  end(): void {
    if (this.#ended) return
    this.#ended = true
    this.#cancelTimer?.()
    this.#waiter?.({ done: true, value: undefined })
    this.#waiter = null
    this.#deps.ended()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.end()
  }

  [Symbol.asyncIterator](): this {
    return this
  }
}
