import { createReadStream } from 'node:fs'
import {
  CountedSeriesDraft,
  seriesBads,
  seriesKinds,
  seriesWidths,
  type SeriesStanding,
} from '#shared/model/counted-series.ts'
import { takeLines } from '#shared/model/take-lines.ts'
import { lineBlocks } from '#shared/util/line-blocks.ts'
import { inEnglish } from '#shared/words/words.ts'
import type { Engine } from '#engine/engine.ts'
import { UsageError, type ExitCode } from '../say-failure.ts'
import { numberOption, textOption } from './arguments.ts'
import type { Arguments, Command, Terminal } from './command.ts'
import { withEngine } from './with-engine.ts'

type Client = ReturnType<Engine['client']>

/** Of a file in one call: some two thousand lines, so that the station does something else in between. */
const BLOCK = 64 * 1024

async function standingOf(client: Client, text: string): Promise<SeriesStanding> {
  const { series } = await client.series.list()
  const found =
    series.find((one) => one.series.id === text) ??
    series.find((one) => one.series.name.toLowerCase() === text.toLowerCase())
  if (found === undefined)
    throw new UsageError(
      `There is no series "${text}". There are: ${series.map((one) => one.series.name).join(', ') || 'none'}.`,
    )
  return found
}

const line = ({ series, state, since, last, hasKey }: SeriesStanding): string =>
  [
    series.id,
    series.name,
    state,
    ...(since === null ? [] : [`since ${new Date(since).toISOString()}`]),
    last === null
      ? 'no number'
      : `${last.value}${series.unit === '' ? '' : ` ${series.unit}`} at ${new Date(last.at).toISOString()}`,
    ...(hasKey ? ['has a key'] : []),
  ].join(' · ')

async function add(client: Client, name: string, args: Arguments, terminal: Terminal): Promise<void> {
  const draft = CountedSeriesDraft.safeParse({
    id: null,
    name,
    unit: textOption(args, 'unit') ?? '',
    kind: textOption(args, 'kind') ?? 'sum',
    everyMinutes: numberOption(args, 'every', 1, 1, 60),
    bad: textOption(args, 'bad') ?? 'up',
    sensitivity: null,
    listenId: null,
    enabled: true,
  })
  if (!draft.success)
    throw new UsageError(
      `--kind takes ${seriesKinds.join(' or ')}, --bad ${seriesBads.join(', ')}, --every ${seriesWidths.join(', ')}; a name has at most 80 characters.`,
    )
  const { series } = await client.series.save(draft.data)
  await terminal.print(terminal.json ? JSON.stringify(series) : `${series.id} · ${series.name}`)
}

async function load(client: Client, id: string, path: string, terminal: Terminal): Promise<ExitCode | undefined> {
  const sum = await takeLines(
    lineBlocks(createReadStream(path, { highWaterMark: BLOCK }), TextDecoder),
    (block) => client.series.take({ id, ...block }),
    { told: ({ lines }) => terminal.progress(() => `${lines} numbers`), signal: terminal.signal },
  )
  if (terminal.json) await terminal.print(JSON.stringify(sum))
  else {
    await terminal.print(
      `${sum.lines} numbers: ${sum.stored} new, ${sum.changed} changed, ${sum.same} as before, ${sum.tooOld} too long ago, ${sum.left} left out`,
    )
    for (const { line: at, why } of sum.faults) await terminal.print(`line ${at}: ${inEnglish(why)}`)
  }
  return sum.lines > 0 && sum.left === sum.lines ? 1 : undefined
}

export const seriesCommand: Command = {
  name: 'series',
  summary:
    'Numbers per minute that are counted elsewhere: lists the series, adds one, takes a file of them, makes a key.',
  usage:
    'list | add NAME [--kind sum] [--bad up] [--every 1] [--unit calls] | import NAME FILE | key NAME | remove NAME',
  help: [
    `--kind HOW     ${seriesKinds.join(' or ')}: counts add up, levels have a mean (default: sum)`,
    `--bad WHICH    which way is bad: ${seriesBads.join(', ')} (default: up)`,
    `--every N      minutes from one number to the next: ${seriesWidths.join(', ')} (default: 1)`,
    '--unit WORD    what is counted, in the plural',
    'FILE           lines of a time and a number; times without a zone are of this station',
  ],
  options: { kind: { type: 'string' }, bad: { type: 'string' }, every: { type: 'string' }, unit: { type: 'string' } },
  run: (args, terminal) => {
    const [what = 'list', name, file, ...more] = args.words
    const takes: Record<string, number> = { list: 0, add: 1, import: 2, key: 1, remove: 1 }
    const given = [name, file, ...more].filter((word) => word !== undefined).length
    if (takes[what] !== given)
      throw new UsageError('earshot series list | add NAME | import NAME FILE | key NAME | remove NAME')
    return withEngine(args, async (engine) => {
      const client = engine.client()
      if (what === 'add') return add(client, name!, args, terminal)
      if (what === 'list') {
        const { series } = await client.series.list()
        if (terminal.json) return terminal.print(JSON.stringify(series))
        if (series.length === 0) return terminal.print('Nothing is counted yet.')
        for (const one of series) await terminal.print(line(one))
        return
      }
      const { id } = (await standingOf(client, name!)).series
      if (what === 'import') return load(client, id, file!, terminal)
      if (what === 'remove') return void (await client.series.remove({ id }))
      const { key } = await client.series.newKey({ id })
      await terminal.print(
        terminal.json ? JSON.stringify({ id, key }) : `POST /series/${id} with "Authorization: Bearer ${key}"`,
      )
      return
    })
  },
}
