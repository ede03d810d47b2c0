import { sensitivities } from '#shared/model/alert.ts'
import {
  TRIED_DAYS_MOST,
  TriedDetector,
  triedDetectors,
  type AlertDefinition,
  type BackTest,
  type WouldHaveFired,
} from '#shared/model/back-test.ts'
import { inEnglish } from '#shared/words/words.ts'
import type { Engine } from '#engine/engine.ts'
import { UsageError } from '../say-failure.ts'
import { numberOption, onlyWord, textOption } from './arguments.ts'
import type { Arguments, Command, Terminal } from './command.ts'
import { withEngine } from './with-engine.ts'

type Client = ReturnType<Engine['client']>

/** The one thing of that name or id. */
function found<T extends { id: string; name: string }>(all: readonly T[], text: string, what: string): T {
  const one = all.find(({ id }) => id === text) ?? all.find(({ name }) => name.toLowerCase() === text.toLowerCase())
  if (one === undefined)
    throw new UsageError(
      `There is no ${what} "${text}". There are: ${all.map(({ name }) => name).join(', ') || 'none'}.`,
    )
  return one
}

async function definitionOf(args: Arguments, client: Client): Promise<AlertDefinition> {
  const [listen, source] = [textOption(args, 'listen'), textOption(args, 'source')]
  if (listen !== undefined && source !== undefined) throw new UsageError('Either --listen or --source, not both.')
  const detector = TriedDetector.safeParse(textOption(args, 'detector') ?? 'rise')
  if (!detector.success) throw new UsageError(`--detector takes one of ${triedDetectors.join(', ')}.`)
  const about = { detector: detector.data }
  if (listen !== undefined)
    return { ...about, about: { kind: 'listen', id: found(await client.listens.list(), listen, 'listen').id } }
  if (source === undefined) return { ...about, about: { kind: 'station', id: null } }
  const sources = (await client.sources.list()).map((row) => row.source)
  return { ...about, about: { kind: 'source', id: found(sources, source, 'source').id } }
}

const line = ({ at, strength, what, lastAt, from, done }: WouldHaveFired): string =>
  [
    `  ${new Date(at).toISOString()}`,
    `strength ${strength}`,
    inEnglish(what),
    `${Math.round((lastAt - from) / 60_000)} min`,
    `cases ${done.casesOpened}`,
    ...done.alerts
      .filter(({ same }) => same)
      .map(({ takenBy }) => (takenBy === null ? 'alert stood' : `taken by ${takenBy}`)),
  ].join(' · ')

async function say(
  { period, judgedMinutes, gapMinutes, heard, knownAt, bySensitivity }: BackTest,
  terminal: Terminal,
  chosen: string,
) {
  if (period === null) return terminal.print('Nothing was heard yet.')
  const days = Math.round((judgedMinutes / 1440) * 10) / 10
  await terminal.print(
    `${new Date(period.from).toISOString()} to ${new Date(period.to).toISOString()}: ${heard} mentions in ${days} days` +
      (gapMinutes > 0 ? `, ${gapMinutes} minutes left out in which nobody listened` : ''),
  )
  if (knownAt === null || knownAt > period.from)
    await terminal.print(
      knownAt === null
        ? 'What is usual was still being learned all the time.'
        : `What is usual was still being learned until ${new Date(knownAt).toISOString()}.`,
    )
  for (const sensitivity of sensitivities) {
    const { count, perWeek, marks } = bySensitivity[sensitivity]
    await terminal.print(`${sensitivity}: ${count}${perWeek === null ? '' : ` (${perWeek} a week)`}`)
    if (sensitivity === chosen) for (const mark of marks) await terminal.print(line(mark))
  }
}

export const alertsCommand: Command = {
  name: 'alerts',
  summary: 'Tries an alert on the stored past: what would have fired. Keeps nothing and tells nobody.',
  usage: 'try [--listen NAME | --source NAME] [--detector rise] [--sensitivity normal] [--days 28]',
  help: [
    '--listen NAME        a listen, by name or id (default: everything heard)',
    '--source NAME        a source, by name or id',
    `--detector WHAT      ${triedDetectors.join(', ')} (default: rise)`,
    `--sensitivity HOW    whose alerts are listed: ${sensitivities.join(', ')} (default: normal)`,
    `--days N             so many days back, 1 to ${TRIED_DAYS_MOST} (default: ${TRIED_DAYS_MOST})`,
  ],
  options: {
    listen: { type: 'string' },
    source: { type: 'string' },
    detector: { type: 'string' },
    sensitivity: { type: 'string' },
    days: { type: 'string' },
  },
  run: (args, terminal) => {
    const word = onlyWord(args, 'what to do')
    if (word !== 'try') throw new UsageError(`"${word}" is not known here: earshot alerts try.`)
    const days = numberOption(args, 'days', TRIED_DAYS_MOST, 1, TRIED_DAYS_MOST)
    const chosen = textOption(args, 'sensitivity') ?? 'normal'
    if (!sensitivities.some((one) => one === chosen))
      throw new UsageError(`--sensitivity takes one of ${sensitivities.join(', ')}.`)
    return withEngine(args, async (engine) => {
      const client = engine.client()
      const definition = await definitionOf(args, client)
      const steps = await client.alerts.tryOut({ ...definition, days }, { signal: terminal.signal })
      for await (const { done, total, result } of steps) {
        terminal.progress(() => `${done} of ${total} minutes`)
        if (result === null) continue
        if (terminal.json) await terminal.print(JSON.stringify(result))
        else await say(result, terminal, chosen)
      }
    })
  },
}
