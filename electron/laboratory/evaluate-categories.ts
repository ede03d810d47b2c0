import { BELONGS_FROM, UNSURE_FROM } from '#shared/model/category.ts'
import { certaintyOf, learnCategory } from '#engine/understanding/categories/learn.ts'
import { random, shuffle } from '#engine/understanding/linear/random.ts'
import { tokenize } from '#engine/understanding/tokens.ts'
import { UsageError } from '#hosts/say-failure.ts'
import type { Arguments, Terminal } from '#hosts/cli/command.ts'
import { readCorpus, type CorpusText } from './corpus.ts'
import { neededOptions, rounded } from './evaluate-file.ts'
import { shippedEncode } from './evaluate-models.ts'

/** What a company might sort by, told from the corpus's own labels: what people want, and what faults are about by the heads of their blocks. */
const wants = ['press', 'job', 'lead', 'legal', 'churn', 'suggestion'] as const
const faults: Record<string, RegExp> = {
  delivery: /parcel|deliver|courier|shipment/,
  billing: /bill|invoice|charged|price|fee|payment|refund|debit/,
  login: /login|password|account|log in/,
  leak: /leak|water gets|drips/,
  battery: /battery|range far/,
  app: /\bapp\b|website|crash/,
  display: /display|screen/,
}
const EXAMPLES = [3, 5, 10, 20]
const DRAWS = 4
const BACKGROUND = 400

interface Case {
  name: string
  isOf(text: CorpusText): boolean
}
const cases: Case[] = [
  ...wants.map((want) => ({
    name: want,
    isOf: ({ intents }: CorpusText) => intents.includes(want),
  })),
  ...Object.entries(faults).map(([name, about]) => ({
    name,
    isOf: ({ part, symptom }: CorpusText) => about.test(`${part} ${symptom}`),
  })),
]

interface Score {
  right: number
  said: number
  asked: number
  askedRight: number
  members: number
  texts: number
}

/**
 * `earshot evaluate categories --dir DIR`: a station's own categories, learned from 3 to 20 texts of the desk corpus's check part and asked about others
 * of it. Whatever block taught is not asked about: faults are found in other faults of the kind, told by other trades.
 */
export async function evaluateCategories(args: Arguments, terminal: Terminal): Promise<void> {
  const { dir } = neededOptions(args, 'categories', 'dir')
  const texts = (await readCorpus(dir)).filter(({ split }) => split === 'check')
  const encode = await shippedEncode()
  if (encode === null)
    throw new UsageError('resources/models/encoder.bin is missing: without it no category can be learned.')
  const vectors = texts.map(({ text }) => encode(text, tokenize(text)))
  const result: Record<string, unknown> = {}
  for (const examples of EXAMPLES) {
    const scores: Record<string, Score> = {}
    for (const one of cases)
      for (let draw = 0; draw < DRAWS; draw++) {
        const score = measure(texts, vectors, one, examples, draw)
        if (score === null) continue
        const sum = (scores[one.name] ??= {
          right: 0,
          said: 0,
          asked: 0,
          askedRight: 0,
          members: 0,
          texts: 0,
        })
        for (const key of Object.keys(score) as (keyof Score)[]) sum[key] += score[key]
      }
    const each = Object.entries(scores).map(([name, score]) => [name, shares(score)] as const)
    result[`${examples} examples`] = {
      wants: mean(each.filter(([name]) => !(name in faults)).map(([, one]) => one)),
      faults: mean(each.filter(([name]) => name in faults).map(([, one]) => one)),
      each: Object.fromEntries(each),
    }
  }
  await terminal.print(JSON.stringify(result, null, terminal.json ? 0 : 1))
}

/** null: there are not enough texts to teach with and to ask about. */
function measure(
  texts: readonly CorpusText[],
  vectors: readonly Float32Array[],
  { isOf }: Case,
  examples: number,
  draw: number,
): Score | null {
  const order = shuffled(texts.length, draw * 101 + examples)
  const members = order.filter((at) => isOf(texts[at]!))
  const groups = [...new Set(members.map((at) => texts[at]!.group))]
  const asked = new Set(groups.slice(0, Math.floor(groups.length / 2)))
  const taught = members.filter((at) => !asked.has(texts[at]!.group)).slice(0, examples)
  if (taught.length < examples || asked.size === 0) return null
  const met = new Set(taught)
  const background = order.filter((at) => !met.has(at) && !asked.has(texts[at]!.group)).slice(0, BACKGROUND)
  for (const at of background) met.add(at)
  const weights = learnCategory({
    belongs: taught.map((at) => vectors[at]!),
    not: [],
    background: background.map((at) => vectors[at]!),
  })!
  const score: Score = {
    right: 0,
    said: 0,
    asked: 0,
    askedRight: 0,
    members: 0,
    texts: 0,
  }
  texts.forEach((text, at) => {
    const member = isOf(text)
    if (met.has(at) || (member && !asked.has(text.group))) return
    const certainty = certaintyOf(weights, vectors[at]!)
    score.texts++
    if (member) score.members++
    if (certainty >= BELONGS_FROM) {
      score.said++
      if (member) score.right++
    } else if (certainty >= UNSURE_FROM) {
      score.asked++
      if (member) score.askedRight++
    }
  })
  return score
}

interface Shares {
  precision: number
  recall: number
  /** Of a thousand texts, and how many of the members that are not said are among them. */
  askedOfThousand: number
  recallWithAsked: number
}

const shares = ({ right, said, asked, askedRight, members, texts }: Score): Shares => ({
  precision: rounded(said === 0 ? 1 : right / said),
  recall: rounded(right / Math.max(1, members)),
  askedOfThousand: rounded((1000 * asked) / Math.max(1, texts)),
  recallWithAsked: rounded((right + askedRight) / Math.max(1, members)),
})

function mean(all: readonly Shares[]): Shares {
  const of = (key: keyof Shares): number =>
    rounded(all.reduce((sum, one) => sum + one[key], 0) / Math.max(1, all.length))
  return {
    precision: of('precision'),
    recall: of('recall'),
    askedOfThousand: of('askedOfThousand'),
    recallWithAsked: of('recallWithAsked'),
  }
}

function shuffled(count: number, seed: number): readonly number[] {
  const order = Int32Array.from({ length: count }, (_, at) => at)
  shuffle(order, random(seed))
  return [...order]
}
