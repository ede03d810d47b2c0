import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isComplaint, reportsFault } from '#engine/understanding/complaint.ts'
import type { Lexicon } from '#engine/understanding/concepts/lexicon.ts'
import { createEncoder } from '#engine/understanding/encoder/encoder.ts'
import { trainLinear } from '#engine/understanding/linear/train.ts'
import { evidenceNames, evidenceOf, weighAll, type Compared } from '#engine/understanding/problems/likeness.ts'
import {
  conceptValue,
  openPairModel,
  pairModelBytes,
  type KindWeights,
} from '#engine/understanding/problems/pair-model.ts'
import { traitsOf, type Encode } from '#engine/understanding/problems/traits.ts'
import { tokenize } from '#engine/understanding/tokens.ts'
import { readCorpus, type CorpusText } from './corpus.ts'
import { shippedLexicon, shippedUnderstanding } from './evaluate-models.ts'
import { faultKinds, kindOf, OTHER_KIND } from './fault-kinds.ts'
import { fitPairs, type Pairs } from './fit-pairs.ts'
import { mentionOfText } from './mention-of-text.ts'
import { trainEncoder } from './train-encoder.ts'

export interface ProblemTraining {
  /** Folders with the desk corpus and with the lexicon's lines. */
  corpus: string
  concepts: string
  out: string
  /** Encoders that learned without a third of the trades each, in their order; absent: they are trained first. */
  encoders?: readonly Encode[]
  say(line: string): void
}

/** Parts that the trades for training fall into: what is compared was learned from the other two. */
const FOLDS = 3
/** The corpus' writers avoided each other's words and seldom name a code; customers do not avoid them, and a code hardly lies. */
const fixed = { words: 8, codes: 2.5 }
const fit = { fixed, without: ['vectorKnown'], penalty: 1e-4 }
const kindOptions = { naiveBayes: 0, alpha: 1, rate: 2, penalty: 2e-5, epochs: 20, seed: 1 }

/**
 * Trains what tells whether two complaints are about one fault from the corpus' train part: first kinds of faults by what is meant, then what each piece of evidence
 * weighs, over all pairs of complaints of one trade. Neither the encoder nor the kinds have seen the trade whose pairs are weighed. Deterministic.
 */
export async function trainProblems({ corpus, concepts, out, encoders, say }: ProblemTraining): Promise<void> {
  const all = (await readCorpus(corpus)).filter(({ split }) => split === 'train')
  const lexicon = await shippedLexicon()
  const encode = encoders ?? (await trainFolds(corpus, concepts, say))
  const trades = [...new Set(all.map(({ industry }) => industry))]
  const foldOf = (trade: string): number => trades.indexOf(trade) % FOLDS
  const complaints = await complaintsOf(all)
  const pairs: Pairs[] = []
  for (let fold = 0; fold < FOLDS; fold++) {
    const others = all.filter(({ industry }) => foldOf(industry) !== fold)
    const kinds = openPairModel(pairModelBytes({}, kindWeights(others, lexicon)), lexicon.concepts)
    for (const trade of trades.filter((one) => foldOf(one) === fold)) {
      const own = complaints.filter(({ text }) => text.industry === trade)
      const compared = own.map(({ text, reports }) => {
        return { traits: traitsOf(text.text, text.lang, lexicon, encode[fold]), reports }
      })
      pairs.push(
        pairsOf(
          compared,
          own.map(({ text }) => (text.part === null ? null : text.group)),
          (some) => weighAll(some, lexicon, kinds),
        ),
      )
    }
  }
  const weights = fitPairs(pairs, evidenceNames, fit)
  for (const name of evidenceNames) say(`${name} ${(weights[name] ?? 0).toFixed(2)}`)
  const bytes = pairModelBytes(weights, kindWeights(all, lexicon))
  await writeFile(out, bytes)
  say(`${out}: ${(bytes.length / 1e6).toFixed(2)} MB`)
}

/** Encoders that have not seen a third of the trades each. */
async function trainFolds(corpus: string, concepts: string, say: (line: string) => void): Promise<Encode[]> {
  const files = (await readdir(corpus)).filter((name) => name.endsWith('.txt')).sort()
  const contents = await Promise.all(files.map(async (name) => readFile(join(corpus, name), 'utf8')))
  const trades = files.filter((_, at) => /^@.*\|\s*train\s*$/m.test(contents[at]!))
  const encoders: Encode[] = []
  for (let fold = 0; fold < FOLDS; fold++) {
    const folder = await mkdtemp(join(tmpdir(), 'earshot-fold-'))
    try {
      for (const [at, name] of trades.entries())
        if (at % FOLDS !== fold) await copyFile(join(corpus, name), join(folder, name))
      const file = join(folder, 'encoder.bin')
      await trainEncoder({ corpus: folder, concepts, out: file, say: () => {} })
      encoders.push(createEncoder(await readFile(file)).encode)
    } finally {
      await rm(folder, { recursive: true })
    }
    say(`encoder ${fold + 1} of ${FOLDS}`)
  }
  return encoders
}

interface Complaint {
  text: CorpusText
  reports: number
}

/** What a station would take for complaints, as the shipped models read it. */
async function complaintsOf(texts: readonly CorpusText[]): Promise<Complaint[]> {
  const understanding = await shippedUnderstanding()
  return texts.flatMap((text, at) => {
    const understood = understanding.understand({ text: text.text, title: null, lang: text.lang })
    const heard = { id: `${at}`, text: text.text, network: 'corpus', minute: 0 }
    const lang = understood.lang as CorpusText['lang']
    if (!isComplaint(mentionOfText(heard, at, understood))) return []
    return [{ text: { ...text, lang }, reports: reportsFault(understood.intent) }]
  })
}

function pairsOf(
  compared: readonly Compared[],
  groups: readonly (string | null)[],
  weighed: (some: readonly Compared[]) => ReturnType<typeof weighAll>,
): Pairs {
  const all = weighed(compared)
  const width = evidenceNames.length
  const count = (all.length * (all.length - 1)) / 2
  const evidence = new Float32Array(count * width)
  const same = new Uint8Array(count)
  const row = new Float64Array(width)
  let pair = 0
  for (let one = 0; one < all.length; one++)
    for (let other = 0; other < one; other++, pair++) {
      evidence.set(evidenceOf(all[one]!, all[other]!, row), pair * width)
      same[pair] = groups[one] !== null && groups[one] === groups[other] ? 1 : 0
    }
  return { evidence, same }
}

/** Which kind of fault a text tells of, by the concepts in it: over trades, so by what is wrong and not by what it is wrong with. */
function kindWeights(texts: readonly CorpusText[], lexicon: Lexicon): KindWeights {
  const faults = texts.filter(({ symptom }) => symptom !== null)
  const documents = faults.map(({ text, lang }) =>
    Int32Array.from(new Set(lexicon.find(tokenize(text), lang).map(({ concept }) => concept))),
  )
  // What the lexicon calls a symptom says its kind too: most are seldom met in the corpus.
  const symptoms = lexicon.concepts.flatMap(({ kind, id }, at) => {
    const named = kindOf(id.replaceAll('-', ' '))
    return kind === 'symptom' && named !== OTHER_KIND ? [{ at, named }] : []
  })
  const { weights, bias } = trainLinear(
    {
      documents: [...documents, ...symptoms.map(({ at }) => Int32Array.of(at))],
      labels: [...faults.map(({ symptom }) => kindOf(symptom!)), ...symptoms.map(({ named }) => named)],
      importance: [...faults.map(() => 1), ...symptoms.map(() => 1)],
      featureCount: lexicon.concepts.length,
      classCount: faultKinds.length,
      values: Float32Array.from(lexicon.concepts, conceptValue),
    },
    kindOptions,
  )
  return { concepts: lexicon.concepts, kinds: faultKinds, weights, bias }
}
