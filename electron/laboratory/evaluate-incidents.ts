import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { isComplaint, reportsFault } from '#engine/understanding/complaint.ts'
import { calibrationErrorByCount } from '#engine/understanding/sentiment/calibration.ts'
import { scorePredictions, type Prediction } from '#engine/understanding/scores.ts'
import type { Arguments, Terminal } from '#hosts/cli/command.ts'
import { rowsOf } from './desk/rows.ts'
import { neededOptions, rounded } from './evaluate-file.ts'
import { shippedGrouping, shippedUnderstanding } from './evaluate-models.ts'
import {
  faultLine,
  faultReports,
  meanLine,
  meanOfFaults,
  straysLine,
  straysOf,
  sumOfStrays,
  type FaultReport,
  type Strays,
} from './fault-scores.ts'
import { groupShift } from './group-shift.ts'
import { mentionOfText } from './mention-of-text.ts'
import { labelScores, type LabelScore } from './label-scores.ts'

const Row = z.object({
  id: z.string(),
  text: z.string(),
  lang: z.string(),
  network: z.string(),
  author: z.string(),
  followers: z.number().nullable(),
  /** Of the shift, from 0. */
  minute: z.number(),
  fault: z.string().nullable(),
  intent: z.string(),
  sentiment: z.enum(['negative', 'neutral', 'positive']),
})

/** What a label of the file counts as; several of ours may stand for one of theirs. */
const theirs: Readonly<Record<string, string>> = {
  thanks: 'praise',
  legal: 'threat',
  violence: 'threat',
  noise: 'other',
}
const counted = (intent: string): string => theirs[intent] ?? intent

/**
 * `earshot evaluate incidents --dir DIR`: mood and intent of what a desk meets, and whether one fault becomes one problem; each
 * file of the folder is a shift of one company, streamed by itself in order of `minute`.
 */
export async function evaluateIncidents(args: Arguments, terminal: Terminal): Promise<void> {
  const { dir } = neededOptions(args, 'incidents', 'dir')
  const result = await measureIncidents(dir)
  if (terminal.json) return terminal.print(JSON.stringify(result))
  await terminal.print(
    [
      `mood: macro-F1 ${result.mood.macroF1}  calibration error ${result.mood.ece}`,
      ...lines(result.mood.byLabel),
      `intent: macro-F1 ${result.intent.macroF1}`,
      ...lines(result.intent.byLabel),
      ...problemLines(result.problems),
    ].join('\n'),
  )
}

/** The faults alone, for `earshot evaluate problems --incidents DIR`. */
export async function evaluateIncidentProblems(dir: string, terminal: Terminal): Promise<void> {
  const { problems } = await measureIncidents(dir)
  await terminal.print(terminal.json ? JSON.stringify(problems) : problemLines(problems).join('\n'))
}

const problemLines = ({
  faults,
  ...means
}: ReturnType<typeof meanOfFaults> & Strays & { faults: FaultReport[] }): string[] => [
  `problems: ${meanLine(means)}  ${straysLine(means)}`,
  ...faults.map(faultLine),
]

async function measureIncidents(dir: string) {
  const files = (await readdir(dir)).filter((name) => name.endsWith('.ndjson')).sort()
  const understanding = await shippedUnderstanding()
  const grouping = await shippedGrouping()
  const moods: Prediction[] = []
  const intents: Prediction[] = []
  const faults: FaultReport[] = []
  const strays: Strays[] = []
  for (const file of files) {
    const rows = (await rowsOf(join(dir, file), Row)).sort((a, b) => a.minute - b.minute)
    const mentions = rows.map((row, at) => {
      const understood = understanding.understand({ text: row.text, title: null, lang: row.lang })
      const { sentiment, intent } = understood
      moods.push({ label: row.sentiment, predicted: sentiment.label, confidence: sentiment.confidence })
      const predicted = counted(intent?.label ?? 'other')
      intents.push({ label: counted(row.intent), predicted, confidence: intent?.confidence ?? null })
      return mentionOfText(row, at, understood)
    })
    const shift = mentions.map((mention, at) => ({
      text: mention.text,
      lang: mention.lang,
      minute: rows[at]!.minute,
      fault: rows[at]!.fault,
      complains: isComplaint(mention, grouping.lexicon),
      reports: reportsFault(mention.intent),
    }))
    const name = file.replace(/\.ndjson$/, '')
    const { grouped, nameOf } = groupShift(shift, grouping)
    const labelled = grouped.map((one, at) => ({ ...one, lang: rows[at]!.lang }))
    faults.push(...faultReports(name, labelled, nameOf))
    const problems = grouped.map(({ problem }) => problem)
    const reports = rows.map(({ fault, intent }) => fault !== null || intent === 'complaint')
    strays.push(straysOf(problems, reports))
  }
  return {
    mood: { ...scores(moods), ece: rounded(eceOf(moods)) },
    intent: scores(intents),
    problems: { ...meanOfFaults(faults), ...sumOfStrays(strays), faults },
  }
}

const scores = (predictions: readonly Prediction[]) => ({
  macroF1: rounded(scorePredictions(predictions).macroF1),
  byLabel: labelScores(predictions),
})

const eceOf = (predictions: readonly Prediction[]): number =>
  calibrationErrorByCount(
    predictions.map(({ confidence, label, predicted }) => ({
      confidence: confidence ?? 0,
      right: label === predicted,
    })),
  )

const lines = (byLabel: Readonly<Record<string, LabelScore>>): string[] =>
  Object.entries(byLabel).map(
    ([label, { precision, recall, n }]) => `  ${label.padEnd(11)} precision ${precision}  recall ${recall}  of ${n}`,
  )
