import { intentsOf, type Intent } from '#shared/model/mention.ts'
import type { SentimentLabel } from '#shared/model/sentiment.ts'
import { documentOf, type QueryDocument } from '#shared/query/document.ts'
import { searchText } from '#shared/query/search-text.ts'
import { packIntents, packWords, sentimentNumber } from '#engine/store/queries/mentions.ts'
import type { Understanding, Understood } from '#engine/understanding/understand.ts'
import type { AnalysisItem, AnalysisJob, AnalysisResult } from './analysis-protocol.ts'
import type { ListenMatcher } from './listen-matcher.ts'

/** As somebody else decided it: certain, and by no words. */
const toldSentiment = (label: SentimentLabel): Understood['sentiment'] => ({
  label,
  score: label === 'negative' ? -1 : label === 'positive' ? 1 : 0,
  confidence: 1,
  words: [],
  model: 'file',
})

/** As the column holds it. */
export const packIntent = (intent: Intent | null): string | null => intent && JSON.stringify(packIntents(intent))

/** Understands and matches a batch. Pure; runs in the analysis thread. */
export function analyse(job: AnalysisJob, understanding: Understanding, matcher: ListenMatcher): AnalysisResult {
  const count = job.items.length
  const result: AnalysisResult = {
    langs: new Array<string>(count),
    labels: new Uint8Array(count),
    scores: new Float64Array(count),
    confidences: new Float64Array(count),
    models: new Array<string>(count),
    driving: new Array<string | null>(count),
    intents: new Array<string | null>(count),
    aspects: new Array<string | null>(count),
    categories: new Array<[id: string, percent: number][] | null>(count),
    listens: new Array<number[] | null>(count),
    simhashes: new Uint32Array(count * 3),
    streams: new Array<string>(count),
    failures: [],
  }
  // One text that a model trips over must not hold up its source for ever.
  function understand(item: AnalysisItem): Understood {
    try {
      const { told } = item
      const found = understanding.understand({
        text: item.text,
        title: item.title,
        lang: item.lang,
        ...(told?.lang && { believed: true }),
      })
      return told?.mood === undefined ? found : { ...found, sentiment: toldSentiment(told.mood) }
    } catch (error) {
      result.failures.push(String(error))
      const sentiment = { label: 'neutral', score: 0, confidence: 0, words: [], model: 'none' } as const
      return {
        lang: 'und',
        sentiment: { ...sentiment, words: [] },
        simhash: null,
        intent: null,
        aspects: [],
        categories: [],
      }
    }
  }
  function match(document: QueryDocument): number[] {
    try {
      return matcher.match(document)
    } catch (error) {
      result.failures.push(String(error))
      return []
    }
  }
  for (let i = 0; i < count; i++) {
    const item = job.items[i]!
    const understood = understand(item)
    const { sentiment, intent, aspects, categories } = understood
    const document = documentOf(item, {
      sourceId: job.sourceIds[i]!,
      sourceName: job.sourceNames[i]!,
      network: job.networks[i]!,
      lang: understood.lang,
      sentiment: sentiment.label,
      intents: intentsOf(intent).map(({ label }) => label),
      aspects,
      categories,
    })
    const listens = match(document)
    result.langs[i] = understood.lang
    result.labels[i] = sentimentNumber[sentiment.label]
    result.scores[i] = sentiment.score
    result.confidences[i] = sentiment.confidence
    result.models[i] = sentiment.model
    result.driving[i] = sentiment.words.length > 0 ? JSON.stringify(packWords(sentiment.words)) : null
    result.intents[i] = packIntent(intent)
    result.aspects[i] = aspects.length > 0 ? JSON.stringify(aspects) : null
    result.categories[i] =
      categories.length > 0 ? categories.map(({ id, certainty }) => [id, Math.round(certainty * 100)]) : null
    result.listens[i] = listens.length > 0 ? listens : null
    if (understood.simhash) result.simhashes.set([...understood.simhash, 1], i * 3)
    result.streams[i] = searchText(document)
  }
  return result
}
