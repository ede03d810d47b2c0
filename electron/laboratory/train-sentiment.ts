import { readFile, writeFile } from 'node:fs/promises'
import { writeWeights } from '#engine/understanding/binary.ts'
import { createLanguageModel } from '#engine/understanding/language/model.ts'
import { trainLinear } from '#engine/understanding/linear/train.ts'
import {
  DESK_CURVES,
  fitCalibration,
  type Calibration,
  type Outcome,
} from '#engine/understanding/sentiment/calibration.ts'
import { createFeatures, extractFeatures, groupValues } from '#engine/understanding/sentiment/features.ts'
import { buildLexicon, stemEntries, type Lexicon } from '#engine/understanding/sentiment/lexicon.ts'
import { createSentimentModel } from '#engine/understanding/sentiment/model.ts'
import { moodEntries } from '#engine/understanding/sentiment/mood-words.ts'
import { packTable } from '#engine/understanding/sentiment/table.ts'
import { tokenize } from '#engine/understanding/tokens.ts'
import { decideLanguage } from '#engine/understanding/understand.ts'
import { readLabelled, type Labelled } from './evaluate-posts.ts'
import { DESK, deskTexts, MOOD_PHRASES, moodPhraseTexts, PHRASES, phraseTexts } from './sentiment-texts.ts'
import { lexiconEntries, readMoodWords } from './train-valence-lists.ts'

export interface SentimentTraining {
  train: string
  val: string
  /** The language model that texts are told apart with, as at run time. */
  language: string
  /** Invented phrases with intents: plain reports of a fault sound neutral in what people label, and are bad news to a company. */
  phrases: string
  /** Short texts of the kinds that were read wrongly, with their moods. */
  moodPhrases: string
  /** The desk corpus: what people write to a company, see resources/corpus/README.md. */
  corpus: string
  /** Words that carry a mood, see the file itself. */
  moodWords: string
  out: string
  say: (line: string) => void
}

const labels = ['negative', 'neutral', 'positive'] as const
/** Chosen by five-fold cross-validation on train.tsv, confirmed on val.tsv; see resources/models/README.md. */
const LEAST_COUNT = 2
/** How much each set counts, by what a model is to read; other sets count 1. */
const PUBLIC_IMPORTANCE = { [PHRASES]: 2, [MOOD_PHRASES]: 1, [DESK]: 0, semeval2017: 0.4 } as const
const DESK_IMPORTANCE = {
  [PHRASES]: 2,
  [MOOD_PHRASES]: 3,
  [DESK]: 3,
  semeval2017: 0.04,
  umsab: 0.1,
} as const
const OPTIONS = { naiveBayes: 1, alpha: 0.5, rate: 2, penalty: 1e-5, epochs: 5, seed: 1 }
/** Parts of the posts, of which the first few take turns at being held back; labels repeat every three rows of some sets. */
const PARTS = 5
const HELD = 2
/** Of the large English set, one post in so many is enough to calibrate on. */
const SEMEVAL_SHARE = 20
/** A validation post was judged by the model that is shipped, and counts for this many of the others in its calibration. */
const VALIDATION_WEIGHT = 8
/** Of the curve of all languages on that of each, in posts. */
const CALIBRATION_PULL = 0.2

/**
 * Trains the sentiment model, calibrates it and writes the weights. Deterministic: same files in, same bytes out. The curves are fitted on
 * what models trained on four fifths of the posts said about a fifth that they had not seen, and on the validation posts.
 */
export async function trainSentiment(options: SentimentTraining): Promise<void> {
  const { say } = options
  const language = createLanguageModel(await readFile(options.language))
  const words = readMoodWords(await readFile(options.moodWords, 'utf8'), options.moodWords)
  const entries = await lexiconEntries()
  const lexicon = buildLexicon([...entries, ...stemEntries(entries), ...moodEntries(words)])
  const labelled = await readLabelled(options.train)
  const invented = [...(await phraseTexts(options.phrases)), ...(await moodPhraseTexts(options.moodPhrases))]
  const written = await deskTexts(options.corpus, PARTS)
  const langOf = ({ text, lang }: Labelled): string => decideLanguage(language.guess(tokenize(text)).lang, lang)
  const judge = (bytes: Uint8Array, posts: readonly Labelled[]): Outcome[] => {
    const model = createSentimentModel(bytes)
    return posts.map((post) => {
      const lang = langOf(post)
      const odds = model.odds(post.text, lang)
      const top = Math.max(odds.negative, odds.neutral, odds.positive)
      const right = odds[post.label as 'neutral'] === top
      return { lang: post.set === DESK ? `${lang}${DESK_CURVES}` : lang, top, right }
    })
  }
  const plain = { '*': { slope: 1, offset: 0 } }
  const outcomes: Outcome[] = []
  for (let fold = 0; fold < HELD; fold++) {
    say(`held back: part ${fold + 1} of ${PARTS}`)
    const seen = labelled.filter((_, at) => at % PARTS !== fold)
    const unseen = labelled.filter((_, at) => at % PARTS === fold)
    const held = unseen.filter(({ set }, at) => set !== 'semeval2017' || at % SEMEVAL_SHARE === 0)
    // Of the desk corpus whole trades: texts of one meaning would know each other.
    const [others, own] = [written.filter((one) => one.fold !== fold), written.filter((one) => one.fold === fold)]
    outcomes.push(...judge(fit([...seen, ...invented, ...others], langOf, lexicon)(plain), [...held, ...own]))
  }
  const posts = [...labelled, ...invented, ...written]
  say(`all ${posts.length} posts`)
  const file = fit(posts, langOf, lexicon, say)
  const judged = judge(file(plain), await readLabelled(options.val))
  outcomes.push(...judged.map((outcome) => ({ ...outcome, weight: VALIDATION_WEIGHT })))
  const bytes = file(fitCalibration(outcomes, CALIBRATION_PULL))
  await writeFile(options.out, bytes)
  say(`${options.out}: ${(bytes.length / 1e6).toFixed(1)} MB`)
}

/** Learns from `posts`; the answer makes the file of weights for a calibration. */
function fit(
  posts: readonly Labelled[],
  langOf: (post: Labelled) => string,
  lexicon: Lexicon,
  say: (line: string) => void = () => {},
): (calibration: Calibration) => Uint8Array {
  const { documents, hashes, groups } = numberFeatures(posts, langOf, lexicon)
  say(`${hashes.length} features seen at least ${LEAST_COUNT} times`)
  const learn = (labels: Uint8Array, importance: Float32Array, classCount: number) =>
    trainLinear(
      {
        documents,
        labels,
        importance,
        featureCount: hashes.length,
        classCount,
        values: Float32Array.from(groups, (group) => groupValues[group]!),
      },
      { ...OPTIONS, onEpoch: (epoch, loss) => say(`epoch ${epoch + 1} of ${OPTIONS.epochs}, loss ${loss.toFixed(4)}`) },
    )
  const moods = Uint8Array.from(posts, (post) => labels.indexOf(post.label as (typeof labels)[number]))
  const ofPublic = learn(moods, balance(posts, PUBLIC_IMPORTANCE), 3)
  const ofDesk = learn(moods, balance(posts, DESK_IMPORTANCE), 3)
  const isDesk = (post: Labelled): boolean => post.set === DESK || post.set === PHRASES || post.set === MOOD_PHRASES
  const gate = learn(
    Uint8Array.from(posts, (post) => (isDesk(post) ? 1 : 0)),
    evenly(posts, isDesk),
    2,
  )
  const table = packTable(hashes, {
    public: lessNeutral(ofPublic.weights),
    desk: lessNeutral(ofDesk.weights),
    gate: Float32Array.from(hashes, (_, at) => gate.weights[at * 2 + 1]! - gate.weights[at * 2]!),
  })
  const pair = ({ bias }: { bias: Float32Array }): [number, number] => [bias[0]! - bias[1]!, bias[2]! - bias[1]!]
  return (calibration) =>
    writeWeights(
      {
        model: 'earshot-sentiment 4',
        units: table.units,
        bias: { public: pair(ofPublic), desk: pair(ofDesk), gate: gate.bias[1]! - gate.bias[0]! },
        calibration,
      },
      { words: table.words, lexiconKeys: lexicon.keys, lexiconValues: lexicon.values },
    )
}

/** Negative and positive of each feature, less neutral. */
function lessNeutral(weights: Float32Array): Float32Array {
  const pairs = new Float32Array((weights.length / 3) * 2)
  for (let at = 0; at * 3 < weights.length; at++) {
    pairs[at * 2] = weights[at * 3]! - weights[at * 3 + 1]!
    pairs[at * 2 + 1] = weights[at * 3 + 2]! - weights[at * 3 + 1]!
  }
  return pairs
}

/** Both kinds of text together count the same. */
function evenly(posts: readonly Labelled[], isDesk: (post: Labelled) => boolean): Float32Array {
  const desk = posts.filter(isDesk).length
  return Float32Array.from(posts, (post) => posts.length / 2 / (isDesk(post) ? desk : posts.length - desk))
}

/** Every label counts the same within its set and language, but for single phrases; the one big English set counts less. */
function balance(posts: readonly Labelled[], importanceOf: Readonly<Record<string, number>>): Float32Array {
  const counts = new Map<string, number>()
  const bump = (key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1)
  for (const post of posts) {
    bump(`${post.set} ${post.lang}`)
    bump(`${post.set} ${post.lang} ${post.label}`)
  }
  return Float32Array.from(posts, (post) => {
    if (post.set === MOOD_PHRASES) return importanceOf[post.set]!
    const share = counts.get(`${post.set} ${post.lang} ${post.label}`)! / counts.get(`${post.set} ${post.lang}`)!
    return (importanceOf[post.set] ?? 1) / (3 * share)
  })
}

function numberFeatures(posts: readonly Labelled[], langOf: (post: Labelled) => string, lexicon: Lexicon) {
  const features = createFeatures()
  const counts = new Map<number, number>()
  const groupOf = new Map<number, number>()
  const raw = posts.map((post) => {
    extractFeatures(post.text, tokenize(post.text), langOf(post), lexicon, features)
    const found = features.hashes.slice(0, features.count)
    for (let at = 0; at < found.length; at++) {
      counts.set(found[at]!, (counts.get(found[at]!) ?? 0) + 1)
      groupOf.set(found[at]!, features.groups[at]!)
    }
    return found
  })
  const numbers = new Map<number, number>()
  for (const [hash, count] of counts) if (count >= LEAST_COUNT) numbers.set(hash, numbers.size)
  const documents = raw.map((found) => {
    const known: number[] = []
    for (const hash of found) {
      const number = numbers.get(hash)
      if (number !== undefined) known.push(number)
    }
    return Int32Array.from(known)
  })
  const hashes = Uint32Array.from(numbers.keys())
  return { documents, hashes, groups: Array.from(hashes, (hash) => groupOf.get(hash)!) }
}
