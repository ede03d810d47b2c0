import type { MentionCategory } from '#shared/model/category.ts'
import type { Intent } from '#shared/model/mention.ts'
import type { Sentiment } from '#shared/model/sentiment.ts'
import type { MoodModel } from '#shared/model/settings.ts'
import type { Analyzer, TextToUnderstand } from './analyzer.ts'
import { createAspectFinder, forAspects } from './aspects/aspects.ts'
import type { Aspect } from './aspects/read-aspects.ts'
import { createBaseline } from './baseline.ts'
import { categoriesOfText, type LearnedCategory } from './categories/read.ts'
import { openClassifier } from './classify/classifier.ts'
import { lexiconFile, openLexicon } from './concepts/lexicon.ts'
import { editionOf } from './edition.ts'
import type { MeaningOf } from './encoder/open.ts'
import { readIntent } from './intent/intent.ts'
import { createLanguageModel } from './language/model.ts'
import { openOr, type ModelFault } from './open-models.ts'
import type { LocalLayer } from './sentiment/local.ts'
import { createSentimentModel } from './sentiment/model.ts'
import { simhash, type Simhash } from './simhash.ts'
import { tokenize, type Token } from './tokens.ts'

/** Everything that is read out of one text. */
export interface Understood {
  /** BCP 47, or `und`. */
  lang: string
  sentiment: Sentiment
  /** null: fewer than three words. Compare with `simhashDistance`, look up with `simhashBands` (simhash.ts). */
  simhash: Simhash | null
  /** Why they write; null: nothing that the classifier knows, or not sure enough. */
  intent: Intent | null
  /** What it is about: own names, matters (`delivery`, `staff`) and parts (`parcel-locker`), in order of appearance; see `AspectFinder`. */
  aspects: string[]
  /** The station's own categories that it belongs to or may, surest first. */
  categories: MentionCategory[]
}

/** Pure and synchronous; one instance a thread. */
export interface Understanding {
  understand(input: TextToUnderstand): Understood
  /** Takes over what the station learned; see `Learned`. Anything else is ignored. */
  learn(learned: unknown): void
  /** The sentiment alone, for measuring. */
  sentiment(input: TextToUnderstand): Sentiment
  /**
   * What reads mood and intent, as every label carries it; another after any change of their weights. null: some are missing, and
   * something else stands in or decides.
   */
  readonly edition: string | null
  /** Files that do not serve: what stands in for them is at work. */
  readonly faults: readonly ModelFault[]
}

/** The files under `resources/` that hold the weights and the lexicon; without one (null) the baseline stands in, or nothing is read of it. */
export const modelFiles = {
  sentiment: 'models/sentiment.bin',
  language: 'models/language.bin',
  intent: 'models/intent.bin',
  lexicon: lexiconFile,
} as const
export type ModelFiles = { [name in keyof typeof modelFiles]: Uint8Array | null }

/** What one station learned from its officers and its dictionary. Plain values: it crosses to the analysis thread. */
export interface Learned {
  kind: 'learned'
  sentiment: LocalLayer | null
  aspects: Aspect[]
  /** The station's own categories, as far as they can tell; absent: none. */
  categories?: readonly LearnedCategory[]
  /** What decides a mood from now on. */
  moodBy: MoodModel
}

export interface UnderstandingOptions {
  models: ModelFiles
  /** The customer's own names of products and matters. */
  aspects?: readonly Aspect[]
  /** What a text means, by which the station's own categories are told; absent: they are not. */
  meaningOf?: MeaningOf
  /** Overrides the shipped sentiment model, e.g. with the baseline. */
  analyzer?: Analyzer
}

export function createUnderstanding(options: UnderstandingOptions): Understanding {
  const { models } = options
  const edition = editionOf([models.sentiment, models.intent].filter((file) => file !== null))
  const faults: ModelFault[] = []
  const opened = <Model>(name: keyof ModelFiles, open: (bytes: Uint8Array) => Model): Model | null =>
    openOr(models[name], modelFiles[name], open, (fault) => void faults.push(fault))
  const own = options.analyzer ? null : opened('sentiment', (bytes) => createSentimentModel(bytes, edition))
  const baseline = createBaseline()
  let analyzer = options.analyzer ?? own ?? baseline
  const language = opened('language', createLanguageModel)
  const intents = opened('intent', openClassifier)
  const lexicon = opened('lexicon', (bytes) => openLexicon(bytes, [], forAspects)) ?? openLexicon(null)
  let categories: readonly LearnedCategory[] = []
  let named = JSON.stringify(options.aspects ?? [])
  let aspects = createAspectFinder(lexicon.withNames(options.aspects ?? []))
  const languageOf = (tokens: readonly Token[], claimed: string | null): string =>
    decideLanguage(language?.guess(tokens).lang ?? 'und', claimed)
  return {
    faults,
    get edition() {
      return own && intents && analyzer === own ? own.model : null
    },
    learn(learned) {
      const {
        kind,
        sentiment,
        aspects: names = [],
        categories: told = [],
        moodBy,
      } = (learned ?? {}) as Partial<Learned>
      if (kind !== 'learned') return
      own?.setLocal(sentiment ?? null)
      if (!options.analyzer) analyzer = moodBy === 'ml-sentiment' ? baseline : (own ?? baseline)
      // Told with each correction that is learned, also where no name is another.
      const written = JSON.stringify(names)
      if (written !== named) aspects = createAspectFinder(lexicon.withNames(names))
      named = written
      categories = told
    },
    sentiment(input) {
      const tokens = tokenize(input.text)
      return analyzer.sentiment(input.text, languageOf(tokens, input.lang), tokens)
    },
    understand(input) {
      const tokens = tokenize(input.text)
      const lang = input.believed ? decideLanguage('und', input.lang) : languageOf(tokens, input.lang)
      const sentiment = analyzer.sentiment(input.text, lang, tokens)
      return {
        lang,
        sentiment,
        simhash: simhash(tokens),
        intent: intents ? readIntent(intents, input.text, tokens, sentiment) : null,
        aspects: aspects.find(tokens, lang).map(({ name }) => name),
        categories: options.meaningOf ? categoriesOfText(categories, input, options.meaningOf) : [],
      }
    },
  }
}

/**
 * The text has the first word; what the network claims is often only the account's setting. It decides where the text does not
 * say, and for Hindi typed in Latin letters, which is half English by its words.
 */
export function decideLanguage(guessed: string, claimed: string | null): string {
  const claim = claimed?.trim() ?? ''
  if (guessed === 'en' && /^hi\b/i.test(claim)) return 'hi-Latn'
  if (guessed !== 'und') return guessed
  if (/^hi-latn/i.test(claim)) return 'hi-Latn'
  const base = /^[a-z]{2,3}/i.exec(claim)?.[0].toLowerCase()
  return base ?? 'und'
}
