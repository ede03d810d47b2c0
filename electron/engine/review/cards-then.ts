import type { MentionCard } from '#shared/model/mention-card.ts'
import type { Mention } from '#shared/model/mention.ts'
import { cardBySeq } from '#engine/store/queries/cards.ts'
import { publicCase, type StoredCase } from '#engine/store/queries/cases.ts'
import { intentOf, rowBySeq, wordsOf } from '#engine/store/queries/mentions.ts'
import { labelChanges, listensMadeAfter, mutesAt } from '#engine/store/queries/review.ts'
import { earlierReadings } from '#engine/store/queries/rereading.ts'
import type { Reads } from '#engine/store/reads.ts'

/** The mention with the label and the intent that it had at `at`. */
export function labelledAsOf(reads: Reads, mention: Mention, at: number): Mention {
  const later = labelChanges(reads, mention.id).find((change) => change.at > at)
  if (!later) return mention
  const read = earlierReadings(reads, mention.seq).find(({ until }) => until > at)
  const intent = read ? intentOf(reads, read.seq, mention.text, read.intent) : mention.intent
  const { label, score, confidence, model, driving } = later.before
  const words = driving === null ? [] : wordsOf(mention.text, JSON.parse(driving) as [number, number, number][])
  return { ...mention, intent, sentiment: { label, score, confidence, model, words } }
}

/**
 * Makes cards as they were known at `at`: labels before later corrections, the case before later changes, listens that
 * existed then, mutes that held then. Counts of likes and reposts are the newest: networks do not tell older ones.
 */
export function cardsAsOf(
  reads: Reads,
  at: number,
): (seq: number, known: StoredCase | null, earlierCases?: number) => MentionCard | undefined {
  const muted = mutesAt(reads, at)
  const later = listensMadeAfter(reads, at)
  return (seq, known, earlierCases) => {
    const row = rowBySeq(reads, seq)
    const card = row && cardBySeq(reads, seq)
    if (!row || !card || card.mention.seenAt > at) return undefined
    const mention = labelledAsOf(reads, card.mention, at)
    return {
      ...card,
      mention: later.size === 0 ? mention : { ...mention, listenIds: mention.listenIds.filter((id) => !later.has(id)) },
      case: known && publicCase(known),
      earlier: { mentions: card.earlier.mentions, cases: earlierCases ?? card.earlier.cases },
      muted: muted.has(`author:${row.author_key}`) || muted.has(`thread:${row.thread_key}`),
    }
  }
}
