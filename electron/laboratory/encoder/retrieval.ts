import { likeness } from '#engine/understanding/encoder/encoder.ts'
import type { CorpusText } from '../corpus.ts'

/** Parts of the queries, 0 … 1. */
export interface Retrieval {
  queries: number
  /** The nearest text of another language, among all texts of the trade in other languages, says the same. */
  first: number
  /** One of the five nearest does. */
  five: number
  /** The nearest text of any language says the same: those of the query's own language compete too. */
  anyLanguage: number
}

/** Every report of a fault looks for what says the same among the other texts of its trade. `vectors`: of length 1, one a text. */
export function measureRetrieval(texts: readonly CorpusText[], vectorOf: (at: number) => Float32Array): Retrieval {
  const byTrade = new Map<string, number[]>()
  texts.forEach(({ industry }, at) => byTrade.set(industry, [...(byTrade.get(industry) ?? []), at]))
  let queries = 0
  let first = 0
  let five = 0
  let anyLanguage = 0
  for (const trade of byTrade.values())
    for (const query of trade) {
      const { part, group, lang } = texts[query]!
      if (part === null) continue
      queries++
      const vector = vectorOf(query)
      const ranked = trade
        .filter((at) => at !== query)
        .map((at) => ({ text: texts[at]!, near: likeness(vector, vectorOf(at)) }))
        .sort((a, b) => b.near - a.near)
      const others = ranked.filter(({ text }) => text.lang !== lang).slice(0, 5)
      if (others[0]?.text.group === group) first++
      if (others.some(({ text }) => text.group === group)) five++
      if (ranked[0]?.text.group === group) anyLanguage++
    }
  const share = (count: number): number => (queries === 0 ? 0 : count / queries)
  return { queries, first: share(first), five: share(five), anyLanguage: share(anyLanguage) }
}
