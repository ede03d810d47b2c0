import type { Clock } from '#engine/platform/clock.ts'

/** A pane begins this long after its page was asked for, or never. */
const PAGE_MS = 20_000
/** Pages of which it is remembered what changed since: the oldest go first. */
const MOST_PAGES = 100
/** With more changed rows than this a pane takes a new page. */
export const MOST_CHANGED = 1000

/** A page that was read, or is being read (`liveFrom` null), for a pane that has not begun yet. */
interface Begun {
  liveFrom: number | null
  until: number
  changed: Set<number>
}

/** What changes between the reading of a page and the beginning of the pane that shows it. */
export class BegunPages {
  readonly #clock: Clock
  readonly #begun = new Set<Begun>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  #forgetOld(): void {
    const now = this.#clock.monotonic()
    for (const one of this.#begun) if (one.until < now || this.#begun.size >= MOST_PAGES) this.#begun.delete(one)
  }

  async read<Page extends { liveFrom: number }>(read: () => Promise<Page>): Promise<Page> {
    this.#forgetOld()
    const one: Begun = { liveFrom: null, until: this.#clock.monotonic() + PAGE_MS, changed: new Set() }
    this.#begun.add(one)
    try {
      const page = await read()
      one.liveFrom = page.liveFrom
      return page
    } catch (error) {
      this.#begun.delete(one)
      throw error
    }
  }

  changed(seqs: readonly number[]): void {
    for (const { changed } of this.#begun) {
      for (const seq of seqs) if (changed.size <= MOST_CHANGED) changed.add(seq)
    }
  }

  /** What changed since the page with this `liveFrom` was asked for; of several such pages the oldest. */
  changedSince(liveFrom: number): ReadonlySet<number> {
    this.#forgetOld()
    for (const one of this.#begun) {
      if (one.liveFrom !== liveFrom) continue
      this.#begun.delete(one)
      return one.changed
    }
    return new Set()
  }
}
