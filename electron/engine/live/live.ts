import type { MentionCard, MentionFilter, MentionPatch } from '#shared/contract/mentions.ts'
import type { Clock } from '#engine/platform/clock.ts'
import type { ReadableDb } from '#engine/store/handles.ts'
import { cardBySeq, caseOf, isAnythingMuted, isMuted, planFor, rowBySeq } from '#engine/store/queries/cards.ts'
import { lastSeq, mentionBySeq, mentionsAfter } from '#engine/store/queries/mentions.ts'
import { arrival, type Arrival, fits, isWaiting } from './fits.ts'
import { Subscription } from './subscription.ts'

/** The open panes. Fed by callbacks after each commit; reads rows, never writes. */
export interface Live {
  /** New rows, and rows whose counts changed. */
  stored(batch: { firstSeq: number; lastSeq: number; updated: readonly number[] }): void
  /** Rows whose card changed: label, mute, case. */
  changed(seqs: readonly number[]): void
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
/** Cards kept for other panes that show the same rows. */
const CARDS_KEPT = 1000

export function createLive(deps: { db: ReadableDb; stationId: string; clock: Clock }): Live {
  const { db, stationId, clock } = deps
  const subscriptions = new Set<Subscription>()
  const cards = new Map<string, MentionCard>()
  let anyMuted = false

  function cardsOf(seqs: readonly number[], query: string): MentionCard[] {
    return seqs.flatMap((seq) => {
      const key = `${seq}|${query}`
      let card = cards.get(key)
      if (!card) {
        card = cardBySeq(db, stationId, seq, query)
        if (!card) return []
        if (cards.size >= CARDS_KEPT) cards.clear()
        cards.set(key, card)
      }
      return card
    })
  }

  /** Whether a mention that fits belongs into the pane now. Looks at the row alone: most are never shown. */
  function belongs(filter: MentionFilter, seq: number): boolean {
    if (filter.unanswered && !isWaiting(caseOf(db, seq))) return false
    if (filter.query !== '' || !anyMuted) return true
    const row = rowBySeq(db, seq)
    return row !== undefined && !isMuted(db, row)
  }

  function offer(subscription: Subscription, incoming: Arrival): void {
    const { filter, plan } = subscription
    const { seq, publishedAt } = incoming.mention
    if (fits(filter, plan, incoming) && belongs(filter, seq)) subscription.add({ seq, publishedAt })
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
      anyMuted = isAnythingMuted(db)
      if (last >= firstSeq) {
        const arrivals = mentionsAfter(db, stationId, firstSeq - 1, last - firstSeq + 1).map((mention) =>
          arrival(db, mention),
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
      if (subscriptions.size === 0) return
      for (const seq of seqs) {
        const mention = mentionBySeq(db, stationId, seq)
        if (!mention) continue
        const incoming = arrival(db, mention)
        for (const subscription of subscriptions) {
          const { filter, plan } = subscription
          // A new label may have taken it out of the pane: the pane decides with the card in hand.
          if (!fits({ ...filter, sentiments: [] }, plan, incoming)) continue
          // A case that was opened brings its mention into a pane of those that wait, long after it was stored.
          if (filter.unanswered && !subscription.knows(seq) && belongs(filter, seq)) {
            subscription.add({ seq, publishedAt: mention.publishedAt })
          } else subscription.change(seq)
        }
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
      const now = lastSeq(db)
      anyMuted = isAnythingMuted(db)
      if (now - liveFrom > MOST_BEHIND || liveFrom > now) subscription.reset()
      else {
        for (const mention of mentionsAfter(db, stationId, liveFrom, MOST_BEHIND))
          offer(subscription, arrival(db, mention))
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
