import { said } from '#shared/words/said.ts'
import type { Code } from '#shared/words/said.ts'
import { z } from 'zod'
import type { Batch, Connector, Dropped } from '../connector.ts'
import { emptyBatch } from '../connector.ts'
import { parseDate } from '../text/dates.ts'
import { isDropped, rowToDraft } from './draft.ts'
import { openFile } from './open.ts'
import { replay } from './replay.ts'

const Config = z.object({
  path: z
    .string()
    .trim()
    .min(1, 'file.nameOne' satisfies Code),
  /** Whose posts these are: shown and searched as `network:`. */
  network: z.string().trim().regex(/^[\p{L}\p{N}_-]{1,40}$/u, 'file.networkForm' satisfies Code).default('file'), // prettier-ignore
  /** `field=column`, one each; what is not named is guessed. */
  mapping: z.array(z.string().regex(/^[a-zA-Z]+=.+$/, 'file.columnsForm' satisfies Code)).default([]),
  dateOrder: z.enum(['guess', 'dmy', 'mdy']).default('guess'),
  /** For a file without dates: when all of its rows were written. */
  date: z
    .string()
    .default('')
    .refine((text) => text === '' || parseDate(text) !== null, 'file.dateForm' satisfies Code),
  /** 0: read at once. 1 … 1000: play it as if live, so many times as fast. */
  speed: z.number().min(0).max(1000).default(0),
})
type Config = z.infer<typeof Config>

/** Rows kept in one transaction. */
const AT_ONCE = 1_000

/** A file is read once, from the first row that was not kept yet; a replay goes through the clock. */
async function* read(context: Parameters<NonNullable<Connector<Config>['stream']>>[0]): AsyncGenerator<Batch> {
  const { config, signal } = context
  const name = config.path.split(/[\\/]/).at(-1) ?? config.path
  const opened = await openFile(config.path, name, {
    mapping: mappingOf(config.mapping),
    date: config.date === '' ? null : parseDate(config.date),
    dateOrder: config.dateOrder,
    signal,
  })
  if (config.speed > 0) return yield* replay(opened, config.speed, context)
  const done = rowsDone(context.cursor)
  let at = 0
  let batch = emptyBatch(context.cursor)
  for await (const block of opened.table.blocks()) {
    signal.throwIfAborted()
    const bad: Dropped[] = block.bad.map(({ reason, line, detail }) => ({ reason, where: `line ${line}`, detail }))
    for (const row of block.rows) {
      at++
      if (at <= done) continue
      const draft = rowToDraft(row, opened.draftOptions)
      if (isDropped(draft)) batch.dropped.push(draft)
      else batch.drafts.push(draft)
      if (batch.drafts.length + batch.dropped.length < AT_ONCE) continue
      yield { ...batch, cursor: JSON.stringify({ rows: at }), detail: said('file.readRows', { n: at, file: name }) }
      batch = emptyBatch(null)
    }
    if (at > done) batch.dropped.push(...bad)
  }
  yield {
    ...batch,
    cursor: JSON.stringify({ rows: at }),
    finished: true,
    detail: said('file.readRows', { n: at, file: name }),
  }
}

function rowsDone(cursor: string | null): number {
  try {
    const { rows } = JSON.parse(cursor ?? '{}') as { rows?: unknown }
    return typeof rows === 'number' ? rows : 0
  } catch {
    return 0
  }
}

export const mappingOf = (pairs: string[]): Record<string, string> =>
  Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]))

export const file = {
  id: 'file',
  network: 'file',
  name: said('file.name'),
  summary: said('file.summary'),
  config: Config,
  fields: [
    { key: 'path', label: said('file.name'), hint: said('file.pathHint'), kind: 'file', choices: [], required: true },
    { key: 'network', label: said('file.network'), hint: said('file.networkHint'), kind: 'text', choices: [], required: false, initial: 'file' }, // prettier-ignore
    { key: 'mapping', label: said('file.columns'), hint: said('file.columnsHint'), kind: 'list', choices: [], required: false, initial: [] }, // prettier-ignore
    { key: 'dateOrder', label: said('file.dates'), hint: said('file.datesHint'), kind: 'choice', choices: ['guess', 'dmy', 'mdy'], required: false, initial: 'guess' }, // prettier-ignore
    { key: 'date', label: said('file.dateOfAll'), hint: said('file.dateOfAllHint'), kind: 'text', choices: [], required: false, initial: '' }, // prettier-ignore
    { key: 'speed', label: said('file.speed'), hint: said('file.speedHint'), kind: 'number', choices: [], required: false, initial: 0 }, // prettier-ignore
  ],
  secrets: [],
  intervalMs: 60_000,
  minIntervalMs: 1_000,
  stream: read,
} satisfies Connector<Config>
