import type { MentionFilter, MentionPatch } from '#shared/contract/mentions.ts'
import type { MentionCard } from '#shared/model/mention-card.ts'
import type { Clock } from '#engine/platform/clock.ts'
import type { Reads } from '#engine/store/reads.ts'
import { isAnythingMuted, isMuted } from '#engine/store/queries/mutes.ts'
import { cardBySeq, caseOf, planFor } from '#engine/store/queries/cards.ts'
import { newestFirst } from '#engine/store/queries/filter.ts'
import { lastSeq, mentionBySeq, mentionsAfter, rowBySeq } from '#engine/store/queries/mentions.ts'
import { arrival, type Arrival, fits, isWaiting } from './fits.ts'
import { Subscription } from './subscription.ts'

/** The open panes. Fed by callbacks after each commit; reads rows, never writes. */
export interface Live {
  /** New rows, and rows whose counts changed. */
  stored(batch: { firstSeq: number; lastSeq: number; updated: readonly number[] }): void
  /** Rows whose card changed: label, mute, case. */
  changed(seqs: readonly number[]): void
  /** Reads the page that a pane begins with. What changes from then on is told to the pane that goes on from its `liveFrom`. */
  page<Page extends { liveFrom: number }>(read: () => Promise<Page>): Promise<Page>
  /** From after row `liveFrom` on; what was missed since then comes first, or a reset when it is too much. */
  subscribe(
    filter: MentionFilter,
    liveFrom: number,
    signal?: AbortSignal,
  ): AsyncIteratorObject<MentionPatch, undefined, void>
  readonly open: number
  close(): void
}

/** A pane that was away for longer than this many rows takes a new page. */
const MOST_BEHIND = 5000
/** A pane begins this long after its page was asked for, or never. */
const PAGE_MS = 20_000
/** Pages of which it is remembered what changed since: the oldest go first. */
const MOST_PAGES = 100
/** Rows of which a pane is told at its beginning that they changed: a page holds the newest, and so do these. */
const MOST_CARDS = 100
/** With more changed rows than this a pane takes a new page. */
const MOST_CHANGED = 1000
/** Cards kept for other panes that show the same rows. */
const CARDS_KEPT = 1000

/** A page that was read, or is being read (`liveFrom` null), for a pane that has not begun yet. */
interface Begun {
  liveFrom: number | null
  until: number
  changed: Set<number>
}

export function createLive(deps: { reads: Reads; clock: Clock }): Live {
  const { reads, clock } = deps
  const subscriptions = new Set<Subscription>()
  const begun = new Set<Begun>()
  const cards = new Map<string, MentionCard>()
  let anyMuted = false

  function cardsOf(seqs: readonly number[], query: string): MentionCard[] {
    return seqs.flatMap((seq) => {
      const key = `${seq}|${query}`
      let card = cards.get(key)
      if (!card) {
        card = cardBySeq(reads, seq, query)
        if (!card) return []
        if (cards.size >= CARDS_KEPT) cards.clear()
        cards.set(key, card)
      }
      return card
    })
  }

  /** Whether a mention that fits belongs into the pane now. Looks at the row alone: most are never shown. */
  function belongs(filter: MentionFilter, seq: number): boolean {
    if (filter.unanswered && !isWaiting(caseOf(reads, seq))) return false
    if (filter.query !== '' || !anyMuted) return true
    const row = rowBySeq(reads, seq)
    return row !== undefined && !isMuted(reads, row.author_key, row.thread_key)
  }

  function offer(subscription: Subscription, incoming: Arrival): void {
    const { filter, plan } = subscription
    const { seq, publishedAt } = incoming.mention
    if (fits(filter, plan, incoming) && belongs(filter, seq)) subscription.add({ seq, publishedAt })
  }

  /** false: it is nothing of this pane's. */
  function change(subscription: Subscription, incoming: Arrival): boolean {
    const { filter, plan } = subscription
    const { seq, publishedAt } = incoming.mention
    // A new label may have taken it out of the pane: the pane decides with the card in hand.
    if (!fits({ ...filter, sentiments: [] }, plan, incoming)) return false
    // A case that was opened brings its mention into a pane of those that wait, long after it was stored.
    if (filter.unanswered && !subscription.knows(seq) && belongs(filter, seq)) subscription.add({ seq, publishedAt })
    else subscription.change(seq)
    return true
  }

  function forgetPages(): void {
    const now = clock.monotonic()
    for (const one of begun) if (one.until < now || begun.size >= MOST_PAGES) begun.delete(one)
  }

  /** What changed since the page with this `liveFrom` was asked for; of several such pages the oldest. */
  function changedSince(liveFrom: number): ReadonlySet<number> {
    forgetPages()
    for (const one of begun) {
      if (one.liveFrom !== liveFrom) continue
      begun.delete(one)
      return one.changed
    }
    return new Set()
  }

  function forget(seqs: readonly number[]): void {
    if (cards.size === 0) return
    const gone = new Set(seqs)
    for (const key of cards.keys()) if (gone.has(Number.parseInt(key, 10))) cards.delete(key)
  }

  return {
    get open() {
      return subscriptions.size
    },
    stored({ firstSeq, lastSeq: last, updated }) {
      if (subscriptions.size === 0) return
      anyMuted = isAnythingMuted(reads)
      if (last >= firstSeq) {
        const arrivals = mentionsAfter(reads, firstSeq - 1, last - firstSeq + 1).map((mention) =>
          arrival(reads, mention),
        )
        for (const subscription of subscriptions) {
          for (const incoming of arrivals) offer(subscription, incoming)
          subscription.covered(last)
        }
      }
      if (updated.length > 0) this.changed(updated)
    },
    changed(seqs) {
      forget(seqs)
      for (const { changed } of begun) {
        for (const seq of seqs) if (changed.size <= MOST_CHANGED) changed.add(seq)
      }
      if (subscriptions.size === 0) return
      for (const seq of seqs) {
        const mention = mentionBySeq(reads, seq)
        if (!mention) continue
        const incoming = arrival(reads, mention)
        for (const subscription of subscriptions) change(subscription, incoming)
      }
    },
    async page(read) {
      forgetPages()
      const one: Begun = { liveFrom: null, until: clock.monotonic() + PAGE_MS, changed: new Set() }
      begun.add(one)
      try {
        const page = await read()
        one.liveFrom = page.liveFrom
        return page
      } catch (error) {
        begun.delete(one)
        throw error
      }
    },
    subscribe(filter, liveFrom, signal) {
      const plan = filter.query === '' ? null : planFor(filter.query)
      const subscription = new Subscription(filter, plan, liveFrom, {
        clock,
        cards: cardsOf,
        ended() {
          subscriptions.delete(subscription)
          signal?.removeEventListener('abort', stop)
        },
      })
      const stop = (): void => subscription.end()
      if (signal?.aborted) subscription.end()
      signal?.addEventListener('abort', stop, { once: true })
      const now = lastSeq(reads)
      anyMuted = isAnythingMuted(reads)
      const changed = changedSince(liveFrom)
      if (now - liveFrom > MOST_BEHIND || liveFrom > now || changed.size > MOST_CHANGED) subscription.reset()
      else {
        for (const mention of mentionsAfter(reads, liveFrom, MOST_BEHIND)) offer(subscription, arrival(reads, mention))
        let left = MOST_CARDS
        for (const mention of [...changed].flatMap((seq) => mentionBySeq(reads, seq) ?? []).sort(newestFirst)) {
          if (left > 0 && change(subscription, arrival(reads, mention))) left--
        }
      }
      subscription.covered(now)
      if (!signal?.aborted) subscriptions.add(subscription)
      return subscription
    },
    close() {
      for (const subscription of subscriptions) subscription.end()
    },
  }
}
