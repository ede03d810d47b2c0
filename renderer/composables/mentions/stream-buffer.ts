import type { MentionCard } from '#shared/model/mention-card.ts'
import { byArrival } from '#shared/util/ids.ts'

/** Newest first: by the time it was published, then by order of arrival. */
export const newerFirst = (a: MentionCard, b: MentionCard): number =>
  b.mention.publishedAt - a.mention.publishedAt || byArrival(b.mention.id, a.mention.id)

/** A bounded list that never moves under its reader. Plain data: no Vue, no clock. */
export function createStreamBuffer(limit = 200, keepWaiting = 200) {
  let items: MentionCard[] = []
  let waiting: MentionCard[] = []
  let waitingCount = 0
  let waitingSince: number | null = null

  const known = (id: string) =>
    items.some((card) => card.mention.id === id) || waiting.some((card) => card.mention.id === id)
  function merge(into: readonly MentionCard[], more: readonly MentionCard[]): MentionCard[] {
    const ids = new Set(into.map((card) => card.mention.id))
    const fresh = more.filter((card) => !ids.has(card.mention.id))
    if (!fresh.length) return [...into]
    return [...into, ...fresh].sort(newerFirst)
  }
  function change(cards: readonly MentionCard[]) {
    const byId = new Map(cards.map((card) => [card.mention.id, card]))
    const swap = (list: MentionCard[]) =>
      list.some((card) => byId.has(card.mention.id)) ? list.map((card) => byId.get(card.mention.id) ?? card) : list
    items = swap(items)
    waiting = swap(waiting)
  }
  return {
    /** What is on screen, newest first, at most `limit` unless the reader asked for older ones. */
    get items(): readonly MentionCard[] {
      return items
    },
    /** How many wait above, and when the first of them was seen (engine time). */
    get waitingCount() {
      return waitingCount
    },
    get waitingSince() {
      return waitingSince
    },
    /** More wait than are kept: take a snapshot instead of `show`. */
    get waitingTooMany() {
      return waitingCount > waiting.length
    },
    replace(cards: readonly MentionCard[]) {
      items = [...cards].sort(newerFirst)
      waiting = []
      waitingCount = 0
      waitingSince = null
    },
    /**
     * `count`: how many there were, of which `cards` are the newest. At the top they go in, else they wait. Those that are here
     * already are brought up to date: a list of what waits for an answer is given them again. Returns how many are new here.
     */
    add(cards: readonly MentionCard[], count: number, atTop: boolean): number {
      const fresh = cards.filter((card) => !known(card.mention.id))
      const repeated = cards.length - fresh.length
      if (repeated) change(cards)
      const arrived = Math.max(fresh.length, count - repeated)
      if (!arrived) return 0
      if (atTop && !waitingCount) {
        items = merge(items, fresh).slice(0, limit)
        return arrived
      }
      waiting = merge(waiting, fresh).slice(0, keepWaiting)
      waitingCount += arrived
      for (const card of fresh) waitingSince = Math.min(waitingSince ?? card.mention.seenAt, card.mention.seenAt)
      return arrived
    },
    change,
    older(cards: readonly MentionCard[]) {
      items = merge(items, cards)
    },
    /** Lets in what waits. */
    show() {
      items = merge(items, waiting).slice(0, limit)
      waiting = []
      waitingCount = 0
      waitingSince = null
    },
  }
}

/** One line of a stream: a mention, and how many of the same author directly below it are folded into it. */
export interface StreamRow {
  card: MentionCard
  folded: number
}
export const authorKey = (card: MentionCard): string | null =>
  card.mention.author ? `${card.mention.network}:${card.mention.author.id}` : null
const sameAuthor = (a: MentionCard, b: MentionCard): boolean =>
  a.mention.author?.id === b.mention.author?.id && a.mention.network === b.mention.network

/** Folds a burst: three or more in a row by one author become one row, unless `unfolded` names the author. */
export function foldBursts(cards: readonly MentionCard[], unfolded: ReadonlySet<string>): StreamRow[] {
  const rows: StreamRow[] = []
  for (let index = 0; index < cards.length;) {
    const card = cards[index]!
    let end = index + 1
    if (card.mention.author) while (end < cards.length && sameAuthor(cards[end]!, card)) end++
    const length = end - index
    if (length >= 3 && !unfolded.has(authorKey(card)!)) rows.push({ card, folded: length - 1 })
    else for (let at = index; at < end; at++) rows.push({ card: cards[at]!, folded: 0 })
    index = end
  }
  return rows
}
