import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Mention } from '#shared/model/mention.ts'
import { draftOf } from '#engine/connectors/draft.ts'
import { isComplaint } from '#engine/understanding/complaint.ts'
import { calibrationError } from '#engine/understanding/sentiment/calibration.ts'
import { createClusterer } from '#engine/understanding/problems/cluster.ts'
import { scorePredictions, type Prediction } from '#engine/understanding/scores.ts'
import type { Arguments, Terminal } from '#hosts/cli/command.ts'
import { rowsOf } from './desk/rows.ts'
import { neededOptions, rounded } from './evaluate-file.ts'
import { shippedUnderstanding } from './evaluate-models.ts'
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
type Row = z.infer<typeof Row>

/** Problems of this many mentions are shown. */
const SHOWN = 2

/** What a label of the file counts as; several of ours may stand for one of theirs. */
const theirs: Readonly<Record<string, string>> = {
  thanks: 'praise',
  legal: 'threat',
  violence: 'threat',
  noise: 'other',
}
const counted = (intent: string): string => theirs[intent] ?? intent

const mentionOf = (row: Row, at: number, understood: Pick<Mention, 'lang' | 'sentiment' | 'intent' | 'aspects'>) => {
  const { text, network } = row
  const draft = draftOf({ externalId: row.id, kind: 'post', text, publishedAt: row.minute * 60_000, raw: null })
  const { lang, sentiment, intent, aspects } = understood
  const known = { id: row.id, seq: at + 1, sourceId: 'incidents', network, seenAt: row.minute * 60_000 }
  return { ...draft, ...known, lang, sentiment, intent, aspects, listenIds: [], duplicateOf: null } satisfies Mention
}

/**
 * `earshot evaluate incidents --dir DIR`: mood and intent of what a desk meets, and whether one fault becomes one problem; each
 * file of the folder is a shift of one company, streamed by itself in order of `minute`.
 */
export async function evaluateIncidents(args: Arguments, terminal: Terminal): Promise<void> {
  const { dir } = neededOptions(args, 'incidents', 'dir')
  const files = (await readdir(dir)).filter((name) => name.endsWith('.ndjson')).sort()
  const understanding = await shippedUnderstanding()
  const moods: Prediction[] = []
  const intents: Prediction[] = []
  const faults: FaultReport[] = []
  for (const file of files) {
    const rows = (await rowsOf(join(dir, file), Row)).sort((a, b) => a.minute - b.minute)
    const mentions = rows.map((row, at) => {
      const understood = understanding.understand({ text: row.text, title: null, lang: row.lang })
      const { sentiment, intent } = understood
      moods.push({ label: row.sentiment, predicted: sentiment.label, confidence: sentiment.confidence })
      const predicted = counted(intent?.label ?? 'other')
      intents.push({ label: counted(row.intent), predicted, confidence: intent?.confidence ?? null })
      return mentionOf(row, at, understood)
    })
    faults.push(...faultsOf(file, rows, mentions))
  }
  const result = {
    mood: { ...scores(moods), ece: rounded(eceOf(moods)) },
    intent: scores(intents),
    problems: {
      share: mean(faults.map(({ share }) => share)),
      purity: mean(faults.map(({ purity }) => purity)),
      perFault: mean(faults.map(({ problems }) => problems)),
      minutesToNew: mean(faults.flatMap(({ minutesToNew }) => minutesToNew ?? [])),
      faults,
    },
  }
  if (terminal.json) return terminal.print(JSON.stringify(result))
  await terminal.print(
    [
      `mood: macro-F1 ${result.mood.macroF1}  calibration error ${result.mood.ece}`,
      ...lines(result.mood.byLabel),
      `intent: macro-F1 ${result.intent.macroF1}`,
      ...lines(result.intent.byLabel),
      `problems: share ${result.problems.share}  purity ${result.problems.purity}  a fault ${result.problems.perFault}  minutes ${result.problems.minutesToNew}`,
      ...faults.map(
        (one) =>
          `  ${one.file} ${one.fault}: share ${one.share}  purity ${one.purity}  problems ${one.problems}  minutes ${one.minutesToNew ?? '–'}  languages ${one.languages}`,
      ),
    ].join('\n'),
  )
}

interface FaultReport {
  file: string
  fault: string
  /** Of its mentions in the problem that holds most of them, and their part of that problem. */
  share: number
  purity: number
  /** Problems that hold some of it. */
  problems: number
  /** From its first mention until a problem that holds it is shown; null: none is. */
  minutesToNew: number | null
  /** Joined in its biggest problem. */
  languages: number
}

function faultsOf(file: string, rows: readonly Row[], mentions: readonly Mention[]): FaultReport[] {
  const clusterer = createClusterer()
  const placed = rows.map((_, at) => {
    const mention = mentions[at]!
    return isComplaint(mention) ? clusterer.place(mention.text, undefined, mention.lang).cluster : null
  })
  const names = [...new Set(rows.flatMap(({ fault }) => fault ?? []))].sort()
  return names.map((fault) => {
    const own = rows.flatMap((row, at) => (row.fault === fault ? [at] : []))
    const held = new Map<number, number[]>()
    for (const at of own) {
      const cluster = placed[at]
      if (cluster != null) held.set(cluster, [...(held.get(cluster) ?? []), at])
    }
    const [biggest, members] = [...held].sort((a, b) => b[1].length - a[1].length)[0] ?? [null, []]
    const all = placed.filter((cluster) => cluster !== null && cluster === biggest).length
    const shownAt = rows.find((row, at) => {
      const cluster = placed[at]
      if (row.fault !== fault || cluster == null) return false
      return placed.slice(0, at + 1).filter((one) => one === cluster).length >= SHOWN
    })?.minute
    return {
      file,
      fault,
      share: rounded(members.length / own.length),
      purity: all === 0 ? 0 : rounded(members.length / all),
      problems: held.size,
      minutesToNew: shownAt === undefined ? null : shownAt - rows[own[0]!]!.minute,
      languages: new Set(members.map((at) => rows[at]!.lang)).size,
    }
  })
}

const scores = (predictions: readonly Prediction[]) => ({
  macroF1: rounded(scorePredictions(predictions).macroF1),
  byLabel: labelScores(predictions),
})

const eceOf = (predictions: readonly Prediction[]): number =>
  calibrationError(
    predictions.map(({ confidence, label, predicted }) => ({
      confidence: confidence ?? 0,
      right: label === predicted,
    })),
  )

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : rounded(values.reduce((sum, value) => sum + value, 0) / values.length)

const lines = (byLabel: Readonly<Record<string, LabelScore>>): string[] =>
  Object.entries(byLabel).map(
    ([label, { precision, recall, n }]) => `  ${label.padEnd(11)} precision ${precision}  recall ${recall}  of ${n}`,
  )
