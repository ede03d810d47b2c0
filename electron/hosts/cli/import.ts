import type { Engine } from '#engine/engine.ts'
import type { FilePreview, ImportRecord, SavedMapping } from '#shared/model/import.ts'
import { asWritten, said } from '#shared/words/said.ts'
import { Failure } from '#engine/platform/failure.ts'
import { inEnglish } from '#shared/words/words.ts'
import { basename, resolve } from 'node:path'
import { UsageError } from '../say-failure.ts'
import { instantOption, listOption, onlyWord, textOption } from './arguments.ts'
import type { Command, Terminal } from './command.ts'
import { withEngine } from './with-engine.ts'

/** `text=tweet` → { text: 'tweet' }: field of a mention = column of the file. */
function mappingOf(pairs: string[]): Record<string, string> {
  const entries = pairs.map((pair) => {
    const at = pair.indexOf('=')
    if (at < 1) throw new UsageError(`--map takes field=column, not "${pair}".`)
    return [pair.slice(0, at), pair.slice(at + 1)]
  })
  return Object.fromEntries(entries) as Record<string, string>
}

const counted = (n: number): string => n.toLocaleString('en')

type Reading = Pick<SavedMapping, 'mapping'> & { dateOrder?: 'dmy' | 'mdy'; encoding?: string; zone?: string }

/** What was kept under a name, where nothing else is said. */
async function keptReading(engine: Engine, name: string, said: Reading): Promise<Reading> {
  const { settings } = await engine.client().station.hello({ contractVersion: 1, contractHash: '' })
  const kept = settings.mappings.find((one) => one.name === name)
  if (!kept) {
    const names = settings.mappings.map((one) => one.name).join(', ')
    throw new UsageError(`Nothing is kept under "${name}". Kept: ${names || 'nothing'}.`)
  }
  return {
    mapping: { ...kept.mapping, ...said.mapping },
    dateOrder: said.dateOrder ?? (kept.dateOrder === 'guess' ? undefined : kept.dateOrder),
    encoding: said.encoding ?? (kept.encoding || undefined),
    zone: said.zone ?? (kept.zone || undefined),
  }
}

/** What the first rows would become, as lines of text. */
async function preview(found: FilePreview, terminal: Terminal): Promise<void> {
  if (terminal.json) return terminal.print(JSON.stringify(found))
  for (const { name, hidden, chosen } of found.sheets)
    await terminal.print(`sheet ${name}${hidden ? ' (hidden)' : ''}${chosen ? ' (this one)' : ''}`)
  for (const note of [...found.notes, ...found.problems]) await terminal.print(inEnglish(note))
  for (const [field, column] of Object.entries(found.mapping)) await terminal.print(`${field} = ${column}`)
  const one = found.holds === 'mails' ? 'mail' : 'row'
  for (const row of found.becomes) {
    const { line, publishedAt, author, network, kind, lang, mood, text, why } = row
    const when = publishedAt === null ? '' : new Date(publishedAt).toISOString()
    const about = [when, author, network, kind, lang, mood].filter((part) => part !== null && part !== '').join(' · ')
    await terminal.print(
      `${one} ${line}: ${why === null ? `${about}: ${text.replace(/\s+/g, ' ')}` : `left out: ${inEnglish(why)}`}`,
    )
  }
  for (const { n, line, why } of found.dropped)
    await terminal.print(
      `${counted(n)} of ${counted(found.looked)} ${one}s would be left out: ${inEnglish(why)} (first in ${one} ${line})`,
    )
  const { rows, of } = found.history
  if (rows > 0)
    await terminal.print(
      `${counted(rows)} of ${counted(of)} ${one}s are older than a day: history, which opens no case (--live: they do)`,
    )
}

const stateOf = ({ state, endedAt, stored, removed, kept }: ImportRecord): string => {
  if (state === 'undone') return `taken back: ${counted(removed)} gone${kept > 0 ? `, ${counted(kept)} stay` : ''}`
  if (state === 'going') return `being taken back: ${counted(removed)} gone`
  return `${counted(stored)} stored${endedAt === null ? ' so far, not read to its end' : ''}`
}

async function list(engine: Engine, terminal: Terminal): Promise<void> {
  const all = await engine.client().sources.pastImports()
  if (terminal.json) return terminal.print(JSON.stringify(all))
  if (all.length === 0) await terminal.print('Nothing was imported yet.')
  for (const one of all) {
    const at = new Date(one.startedAt).toISOString()
    await terminal.print(`${one.id}  ${at}  ${one.file}  ${stateOf(one)}`)
  }
}

async function undo(engine: Engine, wanted: string, terminal: Terminal): Promise<void> {
  const { sources } = engine.client()
  const last = async () => (await sources.pastImports()).find(({ state }) => state !== 'undone')?.id
  const id = wanted === 'last' ? ((await last()) ?? '') : wanted
  const record = await sources.undoImport({ id })
  if (terminal.json) return terminal.print(JSON.stringify(record))
  await terminal.print(`The import of ${record.file} is ${stateOf(record)}`)
}

export const importCommand: Command = {
  name: 'import',
  summary:
    'Reads a file of mentions (CSV, XLSX, ODS, NDJSON, JSON) or of mails (mbox, EML, Maildir), also packed, into the store.',
  usage:
    'FILE | --list | --undo ID [--map field=column]… [--source NAME] [--network NAME] [--date DATE]\n         [--encoding NAME] [--order dmy|mdy] [--zone ZONE]\n         [--sheet NAME] [--saved NAME] [--own ADDRESS]… [--live] [--preview]',
  help: [
    '--map text=tweet   which column holds a field; what is not named is guessed. Fields: text, publishedAt,',
    '                   externalId, author, url, lang, country, kind, title, followers, likes, reposts, replies, …',
    '--source NAME      name of the source (default: the file name); the same name again finds its duplicates',
    '--network NAME     whose posts these are, e.g. twitter',
    '--date DATE        for a file without dates: when its rows were written',
    '--encoding NAME    how the letters are written, when the guess is wrong, e.g. windows-1250 or shift_jis',
    '--order dmy|mdy    what comes first in dates like 03/04/2024, when nothing in the file tells',
    '--zone ZONE        of dates without one, e.g. +02:00 or Europe/Berlin (default UTC)',
    '--sheet NAME       of a workbook, or the file in an archive (default: the largest that is not hidden)',
    '--own ADDRESS      of the mailbox whose mails they are: what it wrote is left out (default: as the mails tell)',
    '--saved NAME       what the columns mean, as it was kept under this name on the page',
    '--list             what was imported, newest first',
    '--undo ID          takes an import back: its mentions, and its cases that nobody has touched; `last` is',
    '                   the newest that was not taken back',
    '--preview          says what the first rows would become, and keeps nothing',
    '--live             rules look at rows older than a day too; else those are history: found and counted, and no case',
  ],
  options: {
    map: { type: 'string', multiple: true },
    source: { type: 'string' },
    network: { type: 'string' },
    date: { type: 'string' },
    encoding: { type: 'string' },
    order: { type: 'string' },
    zone: { type: 'string' },
    sheet: { type: 'string' },
    saved: { type: 'string' },
    own: { type: 'string', multiple: true },
    live: { type: 'boolean' },
    preview: { type: 'boolean' },
    list: { type: 'boolean' },
    undo: { type: 'string' },
  },
  run: (args, terminal) => {
    if (args.options['list'] === true) return withEngine(args, (engine) => list(engine, terminal))
    const wanted = textOption(args, 'undo')
    if (wanted !== undefined) return withEngine(args, (engine) => undo(engine, wanted, terminal))
    const file = resolve(onlyWord(args, 'the file'))
    const mapping = mappingOf(listOption(args, 'map'))
    const date = instantOption(args, 'date') ?? undefined
    const order = textOption(args, 'order')
    if (order !== undefined && order !== 'dmy' && order !== 'mdy')
      throw new UsageError(`--order takes dmy or mdy, not "${order}".`)
    const reading = {
      mapping,
      dateOrder: order as 'dmy' | 'mdy' | undefined,
      encoding: textOption(args, 'encoding'),
      zone: textOption(args, 'zone'),
      sheet: textOption(args, 'sheet'),
      own: listOption(args, 'own'),
    }
    const savedAs = textOption(args, 'saved')
    return withEngine(args, async (engine) => {
      if (savedAs !== undefined) Object.assign(reading, await keptReading(engine, savedAs, reading))
      if (args.options['preview'] === true)
        return preview(await engine.collect.previewFile(file, basename(file), { ...reading, date }), terminal)
      const kept = async (): Promise<number> => (await engine.client().station.storage()).mentions
      const before = await kept()
      let readSoFar = '0 rows'
      const importing = engine.collect.importFile(file, {
        ...reading,
        sourceName: textOption(args, 'source'),
        network: textOption(args, 'network'),
        date,
        live: args.options['live'] === true,
        signal: terminal.signal,
        onProgress({ holds, read, bytes, totalBytes, seconds }) {
          readSoFar = `${counted(read)} ${holds}`
          const share = totalBytes ? `, ${Math.floor((100 * bytes) / totalBytes)} %` : ''
          const rate = Math.round(read / Math.max(0.5, seconds))
          terminal.progress(() => `${counted(read)} ${holds} read${share}, ${counted(rate)} ${holds} a second`)
        },
      })
      const report = await importing.catch(async (error: unknown) => {
        if (!terminal.signal.aborted) throw error
        await engine.idle()
        throw new Failure(
          'operational',
          asWritten(
            `Stopped after ${readSoFar}; ${counted((await kept()) - before)} of them were new and are stored. The same command goes on from there: it knows what is stored.`,
          ),
        )
      })
      await engine.idle()
      const { read, stored, history, duplicates, dropped, seconds, problems } = report
      if (terminal.json) return terminal.print(JSON.stringify({ read, stored, history, duplicates, dropped, seconds }))
      await terminal.print(
        `${counted(read)} read, ${counted(stored)} stored, ${counted(duplicates)} known already, in ${seconds.toFixed(1)} s`,
      )
      if (report.leadIn > 0) await terminal.print(inEnglish(said('file.leadIn', { n: report.leadIn })))
      if (history > 0)
        await terminal.print(`${counted(history)} of them are history (older than a day): they open no case`)
      for (const [reason, count] of Object.entries(dropped))
        await terminal.print(`${counted(count)} dropped: ${reason}`)
      for (const { line, column, message } of problems) {
        terminal.note(
          `${file}${line === null ? '' : `:${line}`}${column === null ? '' : `, column "${column}"`}: ${inEnglish(message)}`,
        )
      }
    })
  },
}
