import { createBaseline } from '#engine/understanding/baseline.ts'
import { scorePredictions, type Prediction } from '#engine/understanding/scores.ts'
import { rounded } from './evaluate-file.ts'
import { UsageError } from '#hosts/say-failure.ts'
import { textOption } from '#hosts/cli/arguments.ts'
import type { Arguments, Terminal } from '#hosts/cli/command.ts'
import { readLabelled, type Labelled } from './evaluate-posts.ts'
import { shippedUnderstanding } from './evaluate-models.ts'

interface Judge {
  name: string
  judge(post: Labelled): { label: string; confidence: number | null }
}

interface Row {
  model: string
  set: string
  lang: string
  n: number
  macroRecall: number
  macroF1: number
  accuracy: number
  ece: number | null
}

const bySign = (score: number): string => (score > 0 ? 'positive' : score < 0 ? 'negative' : 'neutral')
/** Thresholds that the authors of VADER recommend. */
const VADER_NEUTRAL = 0.05

/** `earshot evaluate sentiment --file F.tsv [--json]`: Earshot's model beside four lexicons and always-neutral, per set and language. */
export async function evaluateSentiment(args: Arguments, terminal: Terminal): Promise<void> {
  const file = textOption(args, 'file')
  if (!file) throw new UsageError('evaluate sentiment needs --file FILE.')
  const posts = await readLabelled(file)
  const results: Row[] = []
  const perSecond: Record<string, number> = {}
  for (const { name, judge } of await judges(terminal)) {
    const predictions = new Map<string, Prediction[]>()
    const answers = posts.map(judge)
    perSecond[name] = Math.round(steadyRate(posts, judge))
    posts.forEach((post, at) => {
      const key = `${post.set}\t${post.lang}`
      const list = predictions.get(key) ?? []
      predictions.set(key, list)
      list.push({ label: post.label, predicted: answers[at]!.label, confidence: answers[at]!.confidence })
    })
    for (const [key, list] of predictions) {
      const [set = '', lang = ''] = key.split('\t')
      const scores = scorePredictions(list)
      results.push({
        model: name,
        set,
        lang,
        n: scores.n,
        macroRecall: rounded(scores.macroRecall),
        macroF1: rounded(scores.macroF1),
        accuracy: rounded(scores.accuracy),
        ece: scores.ece === null ? null : rounded(scores.ece),
      })
    }
    terminal.progress(() => `${name} done`)
  }
  if (terminal.json) return terminal.print(JSON.stringify({ results, perSecond }))
  for (const line of table(results, perSecond)) await terminal.print(line)
}

/** For how long each model warms up, and is measured at least; ms. */
const STEADY_MS = 600

/** Posts a second once the code is warm: as a station runs for hours, not as it begins. Whole rounds over the file, the same for every model. */
function steadyRate(posts: readonly Labelled[], judge: Judge['judge']): number {
  if (posts.length === 0) return 0
  const warm = performance.now() + STEADY_MS
  for (let at = 0; performance.now() < warm; at++) judge(posts[at % posts.length]!)
  const began = performance.now()
  let rounds = 0
  let took = 0
  do {
    for (const post of posts) judge(post)
    rounds++
    took = performance.now() - began
  } while (took < STEADY_MS)
  return (posts.length * rounds * 1000) / took
}

async function judges(terminal: Terminal): Promise<Judge[]> {
  const earshot = await shippedUnderstanding()
  const baseline = createBaseline()
  const list: Judge[] = [
    {
      name: 'earshot',
      judge: ({ text, lang }) => earshot.sentiment({ text, title: null, lang }),
    },
    {
      name: 'ml-sentiment',
      judge: ({ text, lang }) => ({ label: baseline.sentiment(text, lang).label, confidence: null }),
    },
  ]
  const others: [name: string, load: () => Promise<(text: string) => number>][] = [
    [
      'sentiment',
      async () => {
        const { default: Sentiment } = (await import('sentiment')) as unknown as {
          default: new () => { analyze(text: string): { score: number } }
        }
        const analyser = new Sentiment()
        return (text) => analyser.analyze(text).score
      },
    ],
    [
      'wink-sentiment',
      async () => {
        const { default: wink } = (await import('wink-sentiment')) as unknown as {
          default: (text: string) => { score: number }
        }
        return (text) => wink(text).score
      },
    ],
    [
      'vader-sentiment',
      async () => {
        const { default: vader } = (await import('vader-sentiment')) as unknown as {
          default: { SentimentIntensityAnalyzer: { polarity_scores(text: string): { compound: number } } }
        }
        return (text) => {
          const { compound } = vader.SentimentIntensityAnalyzer.polarity_scores(text)
          return Math.abs(compound) < VADER_NEUTRAL ? 0 : compound
        }
      },
    ],
  ]
  for (const [name, load] of others) {
    try {
      const score = await load()
      list.push({ name, judge: ({ text }) => ({ label: bySign(score(text)), confidence: null }) })
    } catch {
      terminal.note(`${name} is not installed here and is left out (it is a development dependency).`)
    }
  }
  list.push({ name: 'always-neutral', judge: () => ({ label: 'neutral', confidence: null }) })
  return list
}

/** One line a model and set: macro-recall, macro-F1, accuracy, calibration error; and the mean over a set's languages. */
function table(results: readonly Row[], perSecond: Record<string, number>): string[] {
  const lines = ['model            set           lang      n  macro-recall  macro-F1  accuracy    ECE']
  const number = (value: number | null): string => (value === null ? '–' : value.toFixed(3))
  const line = (model: string, set: string, lang: string, n: number, values: (number | null)[]): string =>
    `${model.padEnd(16)} ${set.padEnd(13)} ${lang.padEnd(8)} ${String(n).padStart(4)}  ${number(values[0]!).padStart(12)}  ${number(values[1]!).padStart(8)}  ${number(values[2]!).padStart(8)}  ${number(values[3]!).padStart(5)}`
  for (const model of Object.keys(perSecond)) {
    const rows = results.filter((row) => row.model === model)
    for (const row of rows)
      lines.push(line(model, row.set, row.lang, row.n, [row.macroRecall, row.macroF1, row.accuracy, row.ece]))
    for (const set of new Set(rows.map((row) => row.set))) {
      const members = rows.filter((row) => row.set === set)
      if (members.length < 2) continue
      const mean = (pick: (row: Row) => number): number =>
        members.reduce((sum, row) => sum + pick(row), 0) / members.length
      lines.push(
        line(
          model,
          set,
          'mean',
          members.reduce((sum, row) => sum + row.n, 0),
          [mean((row) => row.macroRecall), mean((row) => row.macroF1), mean((row) => row.accuracy), null],
        ),
      )
    }
    lines.push(`${model.padEnd(16)} ${perSecond[model]!.toLocaleString('en')} posts/s`)
  }
  return lines
}
