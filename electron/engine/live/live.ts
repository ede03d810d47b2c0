import type { MentionFilter, MentionPatch } from '#shared/contract/mentions.ts'
import type { Clock } from '#engine/platform/clock.ts'
import type { Reads } from '#engine/store/reads.ts'
import { isAnythingMuted, isMuted } from '#engine/store/queries/mutes.ts'
import { caseOf, planFor } from '#engine/store/queries/cards.ts'
import { newestFirst } from '#engine/store/queries/filter.ts'
import { lastSeq, mentionBySeq, mentionsAfter, rowBySeq } from '#engine/store/queries/mentions.ts'
import { BegunPages, MOST_CHANGED } from './begun-pages.ts'
import { arrival, type Arrival, fits, isWaiting } from './fits.ts'
import { KeptCards } from './kept-cards.ts'
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
  /** Rows are gone: every pane takes a new page. */
  forget(): void
  close(): void
}

/** A pane that was away for longer than this many rows takes a new page. */
const MOST_BEHIND = 5000
/** Rows of which a pane is told at its beginning that they changed: a page holds the newest, and so do these. */
const MOST_CARDS = 100

/** Long: what happens to rows, a few lines each, told to the same open panes. */
export function createLive(deps: { reads: Reads; clock: Clock }): Live {
  const { reads, clock } = deps
  const subscriptions = new Set<Subscription>()
  const begun = new BegunPages(clock)
  const cards = new KeptCards(reads)
  let anyMuted = false

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
      cards.forget(seqs)
      begun.changed(seqs)
      if (subscriptions.size === 0) return
      for (const seq of seqs) {
        const mention = mentionBySeq(reads, seq)
        if (!mention) continue
        const incoming = arrival(reads, mention)
        for (const subscription of subscriptions) change(subscription, incoming)
      }
    },
    page: (read) => begun.read(read),
    subscribe(filter, liveFrom, signal) {
      const plan = filter.query === '' ? null : planFor(filter.query)
      const subscription = new Subscription(filter, plan, liveFrom, {
        clock,
        cards: (seqs, query) => cards.of(seqs, query),
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
      const changed = begun.changedSince(liveFrom)
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
    forget() {
      cards.forgetAll()
      for (const subscription of subscriptions) subscription.reset()
    },
    close() {
      for (const subscription of subscriptions) subscription.end()
    },
  }
}
