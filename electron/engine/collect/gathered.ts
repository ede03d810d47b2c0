import type { Batch } from '#engine/connectors/connector.ts'

/** Drafts and letters that may wait for the store before the stream itself has to wait. */
const MOST_WAITING = 5_000
/** Drafts and letters handed over at once: a letter that nobody takes is a draft. */
const MOST_AT_ONCE = 1_000

const sizeOf = (batch: Batch): number => batch.drafts.length + (batch.letters?.length ?? 0)

/**
 * Lets a stream run ahead of the store by a bounded stretch: while one batch is being committed, the next ones are put
 * together, so a busy stream costs few large transactions and a calm one is stored at once. The cursor handed over
 * always belongs to the last draft in the same batch.
 */
export class Gathered {
  private waiting: Batch[] = []
  private count = 0
  private running: Promise<void> | null = null
  private failure: unknown
  private readonly keep: (batch: Batch) => Promise<void>

  constructor(keep: (batch: Batch) => Promise<void>) {
    this.keep = keep
  }

  /** Resolves at once, or when there is room. Throws what keeping an earlier batch threw. */
  async add(batch: Batch): Promise<void> {
    this.rethrow()
    this.waiting.push(batch)
    this.count += sizeOf(batch)
    this.running ??= this.work()
    if (this.count >= MOST_WAITING) await this.running
    this.rethrow()
  }

  /** Resolves when everything is kept. */
  async drain(): Promise<void> {
    while (this.running) await this.running
    this.rethrow()
  }

  private rethrow(): void {
    if (this.failure !== undefined) throw this.failure
  }

  private async work(): Promise<void> {
    try {
      while (this.waiting.length > 0) await this.keep(this.take())
    } catch (error) {
      this.failure = error
      this.waiting = []
      this.count = 0
    } finally {
      this.running = null
    }
  }

  private take(): Batch {
    const first = this.waiting.shift()!
    const joined: Batch = {
      ...first,
      drafts: [...first.drafts],
      dropped: [...first.dropped],
      letters: [...(first.letters ?? [])],
    }
    while (this.waiting[0] !== undefined && sizeOf(joined) + sizeOf(this.waiting[0]) <= MOST_AT_ONCE) {
      // Two gaps are two facts: the second one starts a batch of its own.
      if (joined.gap !== null && this.waiting[0].gap !== null) break
      const next = this.waiting.shift()!
      for (const draft of next.drafts) joined.drafts.push(draft)
      for (const dropped of next.dropped) joined.dropped.push(dropped)
      for (const letter of next.letters ?? []) joined.letters?.push(letter)
      joined.cursor = next.cursor ?? joined.cursor
      joined.gap ??= next.gap
      joined.quota = next.quota ?? joined.quota
      joined.finished = next.finished ?? joined.finished
    }
    this.count -= sizeOf(joined)
    return joined
  }
}
