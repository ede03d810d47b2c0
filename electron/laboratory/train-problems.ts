import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isComplaint, reportsFault } from '#engine/understanding/complaint.ts'
import type { Lexicon } from '#engine/understanding/concepts/lexicon.ts'
import { createEncoder } from '#engine/understanding/encoder/encoder.ts'
import { random as seeded } from '#engine/understanding/linear/random.ts'
import { trainLinear } from '#engine/understanding/linear/train.ts'
import { evidenceNames, evidenceOf, soonness, weighAll, type Weighed } from '#engine/understanding/problems/likeness.ts'
import { pairOdds } from '#engine/understanding/problems/look.ts'
import { neighbourEvidence, neighbourNames } from '#engine/understanding/problems/neighbours.ts'
import {
  conceptValue,
  openPairModel,
  pairModelBytes,
  type KindWeights,
  type PairModel,
} from '#engine/understanding/problems/pair-model.ts'
import { netSize, oddsOf, type PairNet } from '#engine/understanding/problems/pair-net.ts'
import { traitsOf, type Encode } from '#engine/understanding/problems/traits.ts'
import { tokenize } from '#engine/understanding/tokens.ts'
import { readCorpus, type CorpusText } from './corpus.ts'
import { shippedLexicon, shippedUnderstanding } from './evaluate-models.ts'
import { faultKinds, kindOf, OTHER_KIND } from './fault-kinds.ts'
import { fitNet, type Pairs } from './fit-net.ts'
import { mentionOfText } from './mention-of-text.ts'
import { shiftsOf, type ShiftText } from './problem-shifts.ts'
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
const fixed = new Map([
  [evidenceNames.indexOf('words'), 8],
  [evidenceNames.indexOf('codes'), 2.5],
])
const fit = { hidden: 24, epochs: 6, rate: 0.003, penalty: 1e-5 }
const fitFirst = { ...fit, seed: 1, fixed, without: new Set([evidenceNames.indexOf('vectorKnown')]) }
const fitSecond = { ...fit, seed: 2, fixed: new Map<number, number>(), without: new Set<number>() }
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
  const told: Told[] = []
  for (let fold = 0; fold < FOLDS; fold++) {
    const others = all.filter(({ industry }) => foldOf(industry) !== fold)
    const kinds = kindsFrom(others, lexicon)
    for (const trade of trades.filter((one) => foldOf(one) === fold)) {
      const own = complaints
        .filter(({ text }) => text.industry === trade)
        .map(({ text: { text, lang, minute, fault }, reports }) => {
          return { traits: traitsOf(text, lang, lexicon, encode[fold]), reports, minute, fault }
        })
      for (const some of [own, ...handfulsOf(own, trades.indexOf(trade) + 1)])
        told.push(toldOf(some, weighAll(some, lexicon, kinds)))
    }
  }
  const first = fitNet(told.map(pairsOf), evidenceNames.length, fitFirst)
  say('pairs by themselves')
  const second = fitNet(
    told.map((one) => neighboursOf(one, first)),
    neighbourNames.length,
    fitSecond,
  )
  say('pairs among all')
  const bytes = pairModelBytes({ first, second }, kindWeights(all, lexicon))
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
  text: ShiftText
  reports: number
}

/** What a station would take for complaints, as the shipped models read it, when it would have heard it. */
async function complaintsOf(texts: readonly CorpusText[]): Promise<Complaint[]> {
  const understanding = await shippedUnderstanding()
  const lexicon = await shippedLexicon()
  return shiftsOf(texts, 'train').flatMap((shift) =>
    shift.texts.flatMap((text, at) => {
      const understood = understanding.understand({ text: text.text, title: null, lang: text.lang })
      const heard = { id: `${at}`, text: text.text, network: 'corpus', minute: text.minute }
      const lang = understood.lang as CorpusText['lang']
      if (!isComplaint(mentionOfText(heard, at, understood), lexicon)) return []
      return [{ text: { ...text, lang }, reports: reportsFault(understood.intent) }]
    }),
  )
}

/** Handfuls of a trade, and the faults and the texts beside them that one has at most. */
const HANDFULS = 24
const HANDFUL = { faults: 8, beside: 40 }

/** A station that has just begun hears a few faults and little else: the same complaints, a handful at a time. */
function handfulsOf<One extends { fault: string | null }>(own: readonly One[], seed: number): One[][] {
  const random = seeded(seed)
  const faults = [...new Set(own.flatMap(({ fault }) => fault ?? []))]
  return Array.from({ length: HANDFULS }, () => {
    const some = new Set(Array.from({ length: 1 + Math.floor(random() * HANDFUL.faults) }, () => pick(faults, random)))
    const beside = Math.floor(random() * (HANDFUL.beside + 1))
    const share = beside / Math.max(1, own.length)
    const heard = 0.2 + 0.8 * random()
    return own.filter(({ fault }) => random() < (fault !== null && some.has(fault) ? heard : share))
  })
}

const pick = <One>(all: readonly One[], random: () => number): One => all[Math.floor(random() * all.length)]!

/** Complaints of a trade, and the fault of each. */
interface Told {
  faults: (string | null)[]
  weighed: Weighed[]
}

const toldOf = (own: readonly { fault: string | null }[], weighed: Weighed[]): Told => ({
  faults: own.map(({ fault }) => fault),
  weighed,
})

/** The pairs of a trade, each row filled by `fill`. */
function rowsOf(
  { faults }: Told,
  width: number,
  each: (tell: (one: number, other: number, row: Float64Array) => void) => void,
): Pairs {
  const count = (faults.length * (faults.length - 1)) / 2
  const evidence = new Float32Array(count * width)
  const same = new Uint8Array(count)
  let pair = 0
  each((one, other, row) => {
    evidence.set(row, pair * width)
    same[pair++] = faults[one] !== null && faults[one] === faults[other] ? 1 : 0
  })
  return { evidence, same }
}

/** What speaks for and against each pair by itself. */
const pairsOf = (told: Told): Pairs =>
  rowsOf(told, evidenceNames.length, (tell) => {
    const row = new Float64Array(evidenceNames.length)
    told.weighed.forEach((one, at) => {
      for (let other = 0; other < at; other++) tell(at, other, evidenceOf(one, told.weighed[other]!, row))
    })
  })

/** What the others say of each pair, when pairs are judged by `first`. */
const neighboursOf = (told: Told, first: PairNet): Pairs =>
  rowsOf(told, neighbourNames.length, (tell) => {
    const { weighed } = told
    const odds = pairOdds(weighed, (evidence) => oddsOf(first, evidence))
    const soon = (one: number, other: number): number => soonness(weighed[one]!.minute, weighed[other]!.minute)
    neighbourEvidence(odds, weighed.length, [...weighed.keys()], soon, tell)
  })

const kindsFrom = (texts: readonly CorpusText[], lexicon: Lexicon): PairModel => {
  const none = (inputs: number): PairNet => ({ inputs, values: new Float32Array(netSize(inputs, 0)) })
  const nets = { first: none(evidenceNames.length), second: none(neighbourNames.length) }
  return openPairModel(pairModelBytes(nets, kindWeights(texts, lexicon)), lexicon.concepts)
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
