import { packWords, sentimentNumber } from '#engine/store/queries/mentions.ts'
import type { Reading } from '#engine/store/queries/rereading.ts'
import type { Understanding } from '#engine/understanding/understand.ts'
import { packIntent } from './analysis.ts'

/** Texts of mentions that are stored already; parallel arrays. */
export interface StoredTexts {
  texts: string[]
  titles: (string | null)[]
  /** As they were settled when the mention came: it was routed and is found by them. */
  langs: string[]
}

export interface ReadAnew {
  /** What read them, as labels carry it; null: weights are missing, or something else decides a mood. */
  edition: string | null
  /** At the places of the texts; null: the models trip over it, and it stays as it is. */
  readings: (Reading | null)[]
}

/** How stored texts are read today, and by what. Pure; runs in the analysis thread. */
export const readAnew = ({ texts, titles, langs }: StoredTexts, understanding: Understanding): ReadAnew => ({
  edition: understanding.edition,
  readings: texts.map((text, at) => {
    try {
      const title = titles[at] ?? null
      const { sentiment, intent } = understanding.understand({ text, title, lang: langs[at] ?? null, believed: true })
      return {
        sentiment: sentimentNumber[sentiment.label],
        score: sentiment.score,
        confidence: sentiment.confidence,
        model: sentiment.model,
        driving: sentiment.words.length > 0 ? JSON.stringify(packWords(sentiment.words)) : null,
        intent: packIntent(intent),
      }
    } catch {
      return null
    }
  }),
})
