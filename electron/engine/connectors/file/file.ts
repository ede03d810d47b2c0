import { z } from 'zod'
import type { Batch, Connector, Dropped } from '../connector.ts'
import { emptyBatch } from '../connector.ts'
import { parseDate } from '../text/dates.ts'
import { isDropped, rowToDraft } from './draft.ts'
import { openFile } from './open.ts'
import { replay } from './replay.ts'

const Config = z.object({
  path: z.string().trim().min(1, 'Name a file.'),
  /** Whose posts these are: shown and searched as `network:`. */
  network: z.string().trim().regex(/^[\p{L}\p{N}_-]{1,40}$/u, 'Letters and digits only, e.g. twitter.').default('file'), // prettier-ignore
  /** `field=column`, one each; what is not named is guessed. */
  mapping: z.array(z.string().regex(/^[a-zA-Z]+=.+$/, 'Write field=column, e.g. text=Tweet.')).default([]),
  dateOrder: z.enum(['guess', 'dmy', 'mdy']).default('guess'),
  /** For a file without dates: when all of its rows were written. */
  date: z
    .string()
    .default('')
    .refine((text) => text === '' || parseDate(text) !== null, 'Write a date as 2026-03-01 or 2026-03-01T10:00Z.'),
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
      yield { ...batch, cursor: JSON.stringify({ rows: at }), detail: `read ${at} rows of ${name}` }
      batch = emptyBatch(null)
    }
    if (at > done) batch.dropped.push(...bad)
  }
  yield { ...batch, cursor: JSON.stringify({ rows: at }), finished: true, detail: `read ${at} rows of ${name}` }
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
  name: 'File',
  summary: 'CSV, NDJSON or a JSON array, also gzipped: read at once, or played back as if it happened now.',
  config: Config,
  fields: [
    { key: 'path', label: 'File', hint: 'Full path on this machine.', kind: 'file', choices: [], required: true },
    { key: 'network', label: 'Network', hint: 'Whose posts these are, e.g. twitter.', kind: 'text', choices: [], required: false, initial: 'file' }, // prettier-ignore
    { key: 'mapping', label: 'Columns', hint: 'field=column, e.g. text=Tweet. What is not named is guessed.', kind: 'list', choices: [], required: false, initial: [] }, // prettier-ignore
    { key: 'dateOrder', label: 'Dates like 03/04/2024', hint: 'Day first or month first.', kind: 'choice', choices: ['guess', 'dmy', 'mdy'], required: false, initial: 'guess' }, // prettier-ignore
    { key: 'date', label: 'Date of all rows', hint: 'Only for a file that has no dates of its own.', kind: 'text', choices: [], required: false, initial: '' }, // prettier-ignore
    { key: 'speed', label: 'Replay speed', hint: '0 reads at once; 1 to 1000 plays it as if live.', kind: 'number', choices: [], required: false, initial: 0 }, // prettier-ignore
  ],
  secrets: [],
  intervalMs: 60_000,
  minIntervalMs: 1_000,
  stream: read,
} satisfies Connector<Config>
