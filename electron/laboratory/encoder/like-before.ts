import { ALIKE, closeOnes, Precedents, subjectOf, VOTERS, votes } from '#engine/advice/precedents.ts'
import type { Sentiment } from '#shared/model/sentiment.ts'
import type { CorpusText } from '../corpus.ts'
import { mentionOfText } from '../mention-of-text.ts'

/** What "like this before" finds, parts 0 … 1. */
export interface LikeBefore {
  /** Of the earlier cases that are called alike: those that tell of the same fault; and the share of those that do which is called alike. */
  precision: number
  recall: number
  /** Texts whose earlier cases vote for their own main intent, as if each intent had a desk, among all. */
  rightDesk: number
}

function termsOf({ text, lang }: CorpusText): string[] {
  const sentiment: Sentiment = { label: 'neutral', score: 0, confidence: 0, words: [], model: '' }
  const mention = { id: '', text, network: 'mail', minute: 0 }
  return subjectOf(mentionOfText(mention, 0, { sentiment, intent: null, aspects: [], lang }))
}

/**
 * Every text asks, all other texts of its trade being cases that were decided before: precision and recall over the reports of faults, the votes
 * over all. `vectorOf`: null: by words alone.
 */
export function measureLikeBefore(
  texts: readonly CorpusText[],
  vectorOf: ((at: number) => Float32Array) | null,
): LikeBefore {
  const byTrade = Map.groupBy(texts.keys(), (at) => texts[at]!.industry)
  let called = 0
  let right = 0
  let same = 0
  let rightDesk = 0
  for (const trade of byTrade.values()) {
    const precedents = new Precedents(trade.length)
    const terms = new Map(trade.map((at) => [at, termsOf(texts[at]!)]))
    for (const at of trade)
      precedents.add(
        { caseId: String(at), deskId: texts[at]!.intents[0]!, priority: 'normal' },
        terms.get(at)!,
        vectorOf?.(at) ?? null,
      )
    for (const query of trade) {
      const { part, group, intents } = texts[query]!
      const found = precedents
        .nearest(terms.get(query)!, trade.length, ALIKE, vectorOf?.(query) ?? null)
        .filter(({ precedent }) => precedent.caseId !== String(query))
      if (votes(found.slice(0, VOTERS))[0]?.deskId === intents[0]) rightDesk++
      if (part === null) continue
      const close = closeOnes(found)
      called += close.length
      right += close.filter(({ precedent }) => texts[Number(precedent.caseId)]!.group === group).length
      same += trade.filter((at) => at !== query && texts[at]!.group === group).length
    }
  }
  return {
    precision: called === 0 ? 0 : right / called,
    recall: same === 0 ? 0 : right / same,
    rightDesk: texts.length === 0 ? 0 : rightDesk / texts.length,
  }
}
