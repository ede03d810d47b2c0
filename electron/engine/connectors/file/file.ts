import { said, type Code } from '#shared/words/said.ts'
import { z } from 'zod'
import { emptyBatch, type Batch, type Connector, type FetchContext } from '../connector.ts'
import { dropped } from '../draft.ts'
import { field } from '../form.ts'
import { readCursor } from '../incoming.ts'
import { parseDate } from '../text/dates.ts'
import { openHolding, type Item } from './holding.ts'
import { replay } from './replay.ts'

const orders = ['guess', 'dmy', 'mdy'] as const
const Network = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N}_-]{1,40}$/u, 'file.networkForm' satisfies Code)

const Config = z.object({
  path: z
    .string()
    .trim()
    .min(1, 'file.nameOne' satisfies Code),
  /** Whose posts these are: shown and searched as `network:`. */
  network: Network.default('file'),
  /** `field=column`, one each; what is not named is guessed. */
  mapping: z.array(z.string().regex(/^[a-zA-Z]+=.+$/, 'file.columnsForm' satisfies Code)).default([]),
  dateOrder: z.enum(orders).default('guess'),
  /** Of a workbook or an archive; '': the largest that is not hidden. */
  sheet: z.string().default(''),
  /** For a file without dates: when all of its rows were written. */
  date: z
    .string()
    .default('')
    .refine((text) => text === '' || parseDate(text) !== null, 'file.dateForm' satisfies Code),
  /** Rows older than a day, too, are looked at by the rules. */
  live: z.boolean().default(false),
  /** 0: read at once. 1 … 1000: play it as if live, so many times as fast. */
  speed: z.number().min(0).max(1000).default(0),
})
type Config = z.infer<typeof Config>

/** A row that is so old when it is read is history, unless somebody says that the file is live. */
export const HISTORY_MS = 86_400_000
/** Rows kept in one transaction. */
const AT_ONCE = 1_000

/** A file is read once, from the first row that was not kept yet; a replay goes through the clock. */
async function* read(context: FetchContext<Config>): AsyncGenerator<Batch> {
  const { config, signal } = context
  const name = config.path.split(/[\\/]/).at(-1) ?? config.path
  const holding = await openHolding(config.path, name, {
    mapping: mappingOf(config.mapping),
    date: config.date === '' ? null : parseDate(config.date),
    dateOrder: config.dateOrder,
    sheet: config.sheet,
    signal,
  })
  if (config.speed > 0) return yield* replay(holding, config.speed, context)
  const { rows } = readCursor<{ rows: number }>(context.cursor)
  const done = typeof rows === 'number' ? rows : 0
  const code = holding.holds === 'mails' ? 'file.readMails' : 'file.readRows'
  let at = 0
  const begin = (cursor: string | null): Filling => ({
    ...emptyBatch(cursor),
    letters: [],
    ...(!config.live && { historyBefore: context.now() - HISTORY_MS }),
  })
  let batch = begin(context.cursor)
  for await (const { items, bad } of holding.parts()) {
    signal.throwIfAborted()
    for (const item of items) {
      at++
      if (at <= done) continue
      put(batch, item)
      if (batch.drafts.length + batch.dropped.length + batch.letters.length < AT_ONCE) continue
      yield { ...batch, cursor: JSON.stringify({ rows: at }), detail: said(code, { n: at, file: name }) }
      batch = begin(null)
    }
    // A block may hold more of them than a call has arguments.
    if (at > done) for (const { reason, where, detail } of bad) batch.dropped.push(dropped(reason, where, detail))
  }
  yield {
    ...batch,
    cursor: JSON.stringify({ rows: at }),
    finished: true,
    detail: said(code, { n: at, file: name }),
  }
}

type Filling = Batch & { letters: NonNullable<Batch['letters']> }

function put(batch: Filling, item: Item): void {
  if ('letter' in item) batch.letters.push(item.letter)
  else if ('draft' in item) batch.drafts.push(item.draft)
  else batch.dropped.push(dropped(item.left.reason, item.left.where, item.left.detail))
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
    field('file', 'path', 'file.name', { hint: 'file.pathHint', required: true }),
    field('text', 'network', 'file.network', { hint: 'file.networkHint', initial: 'file' }),
    field('list', 'mapping', 'file.columns', { hint: 'file.columnsHint', initial: [] }),
    field('choice', 'dateOrder', 'file.dates', { hint: 'file.datesHint', choices: orders, initial: orders[0] }),
    field('text', 'sheet', 'file.sheet', { hint: 'file.sheetHint', initial: '' }),
    field('text', 'date', 'file.dateOfAll', { hint: 'file.dateOfAllHint', initial: '' }),
    field('boolean', 'live', 'file.live', { hint: 'file.liveHint', initial: false }),
    field('number', 'speed', 'file.speed', { hint: 'file.speedHint', initial: 0 }),
  ],
  secrets: [],
  intervalMs: 60_000,
  minIntervalMs: 1_000,
  stream: read,
} satisfies Connector<Config>
