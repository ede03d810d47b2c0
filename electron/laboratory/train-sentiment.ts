import { readFile, writeFile } from 'node:fs/promises'
import { writeWeights } from '#engine/understanding/binary.ts'
import { createLanguageModel } from '#engine/understanding/language/model.ts'
import { trainLinear } from '#engine/understanding/linear/train.ts'
import { fitCalibration, type Calibration, type Outcome } from '#engine/understanding/sentiment/calibration.ts'
import { createFeatures, extractFeatures, groupValues } from '#engine/understanding/sentiment/features.ts'
import { buildLexicon, stemEntries, type Lexicon } from '#engine/understanding/sentiment/lexicon.ts'
import { createSentimentModel } from '#engine/understanding/sentiment/model.ts'
import { moodEntries } from '#engine/understanding/sentiment/mood-words.ts'
import { readPhrases } from '#engine/understanding/intent/phrases.ts'
import { packTable } from '#engine/understanding/sentiment/table.ts'
import { tokenize } from '#engine/understanding/tokens.ts'
import { decideLanguage } from '#engine/understanding/understand.ts'
import { readLabelled, type Labelled } from './evaluate-posts.ts'
import { lexiconEntries, readMoodWords } from './train-valence-lists.ts'

export interface SentimentTraining {
  train: string
  val: string
  /** The language model that texts are told apart with, as at run time. */
  language: string
  /** Invented phrases with intents: plain reports of a fault sound neutral in what people label, and are bad news to a company. */
  phrases: string
  /** Words that carry a mood, see the file itself. */
  moodWords: string
  out: string
  say: (line: string) => void
}

const labels = ['negative', 'neutral', 'positive'] as const
/** Chosen by five-fold cross-validation on train.tsv, confirmed on val.tsv; see resources/models/README.md. */
const LEAST_COUNT = 2
const SEMEVAL_IMPORTANCE = 0.4
const PHRASES = 'phrases'
const PHRASE_IMPORTANCE = 2
const OPTIONS = { naiveBayes: 1, alpha: 0.5, rate: 2, penalty: 1e-5, epochs: 5, seed: 1 }
const TEMPERATURE = 1
const FOLDS = 5
/** Of the large English set, one post in so many is enough to calibrate on. */
const SEMEVAL_SHARE = 20
/** A validation post was judged by the model that is shipped, and counts for this many of the others in its calibration. */
const VALIDATION_WEIGHT = 8
/** Of the curve of all languages on that of each, in posts. */
const CALIBRATION_PULL = 0.2

/**
 * Trains the sentiment model, calibrates it and writes the weights. Deterministic: same files in, same bytes out. The curves are fitted on
 * what models trained on four fifths of the posts said about the fifth that they had not seen, and on the validation posts.
 */
export async function trainSentiment(options: SentimentTraining): Promise<void> {
  const { say } = options
  const language = createLanguageModel(await readFile(options.language))
  const words = readMoodWords(await readFile(options.moodWords, 'utf8'), options.moodWords)
  const entries = await lexiconEntries()
  const lexicon = buildLexicon([...entries, ...stemEntries(entries), ...moodEntries(words)])
  const labelled = await readLabelled(options.train)
  const invented = await phrases(options.phrases)
  const langOf = ({ text, lang }: Labelled): string => decideLanguage(language.guess(tokenize(text)).lang, lang)
  const judge = (bytes: Uint8Array, posts: readonly Labelled[]): Outcome[] => {
    const model = createSentimentModel(bytes)
    return posts.map((post) => {
      const lang = langOf(post)
      const odds = model.odds(post.text, lang)
      const top = Math.max(odds.negative, odds.neutral, odds.positive)
      return { lang, top, right: odds[post.label as 'neutral'] === top }
    })
  }
  const plain = { '*': { slope: 1, offset: 0 } }
  const outcomes: Outcome[] = []
  for (let fold = 0; fold < FOLDS; fold++) {
    say(`fold ${fold + 1} of ${FOLDS}`)
    const seen = labelled.filter((_, at) => at % FOLDS !== fold)
    const unseen = labelled.filter((_, at) => at % FOLDS === fold)
    const held = unseen.filter(({ set }, at) => set !== 'semeval2017' || at % SEMEVAL_SHARE === 0)
    outcomes.push(...judge(fit([...seen, ...invented], langOf, lexicon)(plain), held))
  }
  const posts = [...labelled, ...invented]
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
  const { weights, bias } = trainLinear(
    {
      documents,
      labels: Uint8Array.from(posts, (post) => labels.indexOf(post.label as (typeof labels)[number])),
      importance: balance(posts),
      featureCount: hashes.length,
      classCount: 3,
      values: Float32Array.from(groups, (group) => groupValues[group]!),
    },
    { ...OPTIONS, onEpoch: (epoch, loss) => say(`epoch ${epoch + 1} of ${OPTIONS.epochs}, loss ${loss.toFixed(4)}`) },
  )
  const differences = new Float32Array(hashes.length * 2)
  for (let at = 0; at < hashes.length; at++) {
    differences[at * 2] = weights[at * 3]! - weights[at * 3 + 1]!
    differences[at * 2 + 1] = weights[at * 3 + 2]! - weights[at * 3 + 1]!
  }
  const table = packTable(hashes, differences)
  return (calibration) =>
    writeWeights(
      {
        model: 'earshot-sentiment 2',
        unit: table.unit,
        bias: [bias[0]! - bias[1]!, bias[2]! - bias[1]!],
        temperature: TEMPERATURE,
        calibration,
      },
      { words: table.words, lexiconKeys: lexicon.keys, lexiconValues: lexicon.values },
    )
}

const moodOf: Readonly<Record<string, string>> = {
  complaint: 'negative',
  threat: 'negative',
  churn: 'negative',
  praise: 'positive',
}

async function phrases(file: string): Promise<Labelled[]> {
  const language = /[äöüß]|\b(?:der|die|das|ich|nicht|ist|und|ein|eine|mit|auf|wir|ihr|mein|keine?)\b/iu
  return readPhrases(await readFile(file, 'utf8'), file).map(({ label, text }) => ({
    set: PHRASES,
    lang: language.test(text) ? 'de' : 'en',
    label: moodOf[label] ?? 'neutral',
    text,
  }))
}

/** Every label counts the same within its set and language; the one big English set counts less. */
function balance(posts: readonly Labelled[]): Float32Array {
  const counts = new Map<string, number>()
  const bump = (key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1)
  for (const post of posts) {
    bump(`${post.set} ${post.lang}`)
    bump(`${post.set} ${post.lang} ${post.label}`)
  }
  return Float32Array.from(posts, (post) => {
    const share = counts.get(`${post.set} ${post.lang} ${post.label}`)! / counts.get(`${post.set} ${post.lang}`)!
    return (
      (post.set === PHRASES ? PHRASE_IMPORTANCE : post.set === 'semeval2017' ? SEMEVAL_IMPORTANCE : 1) / (3 * share)
    )
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
