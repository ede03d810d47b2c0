import { readFile } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { z } from 'zod'
import { listOption, textOption } from '#hosts/cli/arguments.ts'
import type { Arguments, Terminal } from '#hosts/cli/command.ts'
import { UsageError } from '#hosts/say-failure.ts'
import { rounded } from '#laboratory/evaluate-file.ts'
import { normalisedScore, probationOf, scoreSeries, type ScoredWindow, type SeriesScore } from './nab-score.ts'
import { cardsOf, type Raised } from './raised.ts'
import { instantOf, readSeries, type SeriesFile } from './series-file.ts'

const Windows = z.record(z.string(), z.array(z.tuple([z.string(), z.string()])))

/**
 * `earshot evaluate alerts --series F.csv … --windows F.json`: which cards the series would have raised with what every station begins with, and what the Numenta Anomaly Benchmark gives for them.
 */
export async function evaluateSeries(args: Arguments, terminal: Terminal): Promise<void> {
  const windowsFile = textOption(args, 'windows')
  const windows = windowsFile === undefined ? {} : await readWindows(windowsFile)
  const measured = []
  for (const file of listOption(args, 'series')) {
    const series = await readSeries(file, basename(file, extname(file)))
    measured.push({ series, ...measureSeries(series, windows[series.name] ?? []) })
    terminal.progress(() => `${measured.length} series`)
  }
  const scores = measured.map(({ score }) => score)
  const all = normalisedScore(scores)
  const weeks = measured.reduce((sum, one) => sum + one.weeks, 0)
  const falseAlarms = scores.reduce((sum, one) => sum + one.falseAlarms, 0)
  const files = measured.map(({ series, score, weeks: own, raised }) => ({
    file: series.name,
    score: roundedOrNull(normalisedScore([score])),
    windows: score.windows,
    found: score.found,
    falseAlarms: score.falseAlarms,
    falseAlarmsPerWeek: own > 0 ? rounded(score.falseAlarms / own) : null,
    cards: raised.map(({ at, verdict }) => ({ at: series.stamps[at]!, strength: verdict.strength })),
  }))
  const result = {
    score: roundedOrNull(all),
    falseAlarmsPerWeek: weeks > 0 ? rounded(falseAlarms / weeks) : null,
    alerts: Object.fromEntries(
      measured.map(({ series, raised }) => [series.name, raised.map(({ at }) => series.stamps[at]!)]),
    ),
    files,
  }
  if (terminal.json) return terminal.print(JSON.stringify(result))
  for (const one of files)
    await terminal.print(
      `${one.file}: score ${one.score ?? '–'}  found ${one.found} of ${one.windows}  false alarms ${one.falseAlarms} (${one.falseAlarmsPerWeek ?? '–'} a week)  cards ${one.cards.length}`,
    )
  await terminal.print(
    `in all: score ${result.score ?? '–'}  false alarms a series-week ${result.falseAlarmsPerWeek ?? '–'}`,
  )
}

const roundedOrNull = (value: number | null): number | null => (value === null ? null : rounded(value))

async function readWindows(file: string): Promise<z.infer<typeof Windows>> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new UsageError(`${file} cannot be read. Name a JSON file with windows by series.`)
  })
  try {
    return Windows.parse(JSON.parse(text))
  } catch {
    throw new UsageError(`${file} has no windows: by the base name of a series, pairs of times.`)
  }
}

const WEEK = 7 * 24 * 60 * 60_000
const MINUTE = 60_000

function measureSeries(
  series: SeriesFile,
  windows: readonly [string, string][],
): { score: SeriesScore; raised: Raised[]; weeks: number } {
  const { times, values, width } = series
  const raised = cardsOf(
    times.map((time, at) => ({ no: Math.floor(time / MINUTE / width), count: values[at]! })),
    width,
  )
  const rows = windows.map(([from, to]) => rowsOf(series, from, to)).filter((one) => one !== null)
  const score = scoreSeries(
    times.length,
    raised.map(({ at }) => at),
    rows.sort((a, b) => a.first - b.first),
  )
  const scored = times[probationOf(times.length)]
  return { score, raised, weeks: scored === undefined ? 0 : Math.max(0, (times.at(-1)! - scored) / WEEK) }
}

function rowsOf({ times, name }: SeriesFile, from: string, to: string): ScoredWindow | null {
  const [begins, ends] = [instantOf(from), instantOf(to)]
  if (begins === null || ends === null)
    throw new UsageError(`The windows of ${name} need times, not "${from}" and "${to}".`)
  const first = times.findIndex((time) => time >= begins)
  const last = times.findLastIndex((time) => time <= ends)
  return first >= 0 && last >= first ? { first, last } : null
}
