import type { Sentiment } from '#shared/model/sentiment.ts'
import type { Token } from './tokens.ts'

export interface TextToUnderstand {
  text: string
  title: string | null
  /** What the network claimed. */
  lang: string | null
  /** `lang` is known, and not only claimed. */
  believed?: true
}

/** Pure and synchronous; one instance a thread. */
export interface Analyzer {
  /** Name and version that every label carries, e.g. `ml-sentiment 2.0.7`. */
  readonly model: string
  /** `tokens`: those of `text`, where the caller has cut it already. */
  sentiment(text: string, lang: string, tokens?: readonly Token[]): Sentiment
}
