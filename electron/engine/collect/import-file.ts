import { cut } from '#shared/util/text-length.ts'
import { said } from '#shared/words/said.ts'
import { basename } from 'node:path'
import type { ImportProgress } from '#shared/model/import.ts'
import type { ImportReport } from '#shared/model/source.ts'
import type { Letter } from '#shared/model/letter.ts'
import type { Draft } from '#shared/model/mention.ts'
import type { Actor } from '#shared/model/journal.ts'
import { changeImport, insertImport } from '#engine/store/queries/imports.ts'
import { appendEntry } from '#engine/store/queries/journal.ts'
import { newId } from '#shared/util/ids.ts'
import type { Batch } from '#engine/connectors/connector.ts'
import { emptyBatch } from '#engine/connectors/connector.ts'
import { HISTORY_MS } from '#engine/connectors/file/file.ts'
import type { FileInput } from '#engine/connectors/file/bytes.ts'
import { openHolding, type Holding, type Item, type LeftOut } from '#engine/connectors/file/holding.ts'
import type { HealthFacts } from '#engine/store/queries/source-health.ts'
import { itself, recordSource } from './record-source.ts'
import { findSourceByName } from '#engine/store/queries/sources.ts'
import type { StoredSource } from '#engine/store/queries/sources.ts'
import type { CollectDeps } from './collect.ts'
import type { IntakeResult } from './intake-port.ts'

export interface ImportOptions {
  /** Field → column: `{ text: 'tweet', publishedAt: 'created' }`. What is not named is guessed. */
  mapping?: Record<string, string>
  /** An import of the same name continues the same source, so that a file imported twice finds its duplicates. */
  sourceName?: string
  /** The file's own name, when the input is bytes. */
  fileName?: string
  /** Whose posts these are, e.g. `twitter`; default `file`. */
  network?: string
  /** For a file without dates: when all of its rows were written. */
  date?: number
  dateOrder?: 'guess' | 'dmy' | 'mdy'
  /** The file's encoding, when the guess is wrong. */
  encoding?: string
  /** Which table of a workbook or an archive; default: the largest that is not hidden. */
  sheet?: string
  /** Of dates without one; default UTC. */
  zone?: string
  /** Addresses of the mailbox whose mails a file holds: what they wrote is no mention. Default: as the mails tell. */
  own?: string[]
  /** Old rows too are looked at by the rules, as if they were written now. Default: those older than a day are history. */
  live?: boolean
  /** Called at most every 250 ms, and once at the end. `bytes` and `totalBytes` are those of the file as it lies there. */
  onProgress?: (progress: {
    holds: Holding['holds']
    read: number
    stored: number
    /** Since it began. */
    seconds: number
    bytes: number
    totalBytes: number | null
  }) => void
  /** Bytes of the file, where the input does not say it itself. */
  size?: number
  signal?: AbortSignal
  /** Ends it after the rows in hand, with a report of what came in. */
  callOff?: AbortSignal
  /** Who imports; default: Earshot itself. */
  by?: Actor
}

/** How far an import is that has just begun; `id` names it from now on. */
export function importStarts(input: FileInput, options: ImportOptions, now: number): ImportProgress {
  const file = options.fileName ?? (typeof input === 'string' ? basename(input) : 'the file')
  return {
    id: newId('imp'),
    file,
    sourceName: options.sourceName ?? file,
    startedAt: now,
    read: 0,
    stored: 0,
    bytes: 0,
    totalBytes: null,
  }
}

export interface ImportHooks {
  opened(stored: StoredSource): void
  keep(stored: StoredSource, batch: Batch): Promise<IntakeResult>
  note(id: string, change: Partial<HealthFacts>): void
  /** Gives a mail to whoever waits for it; false: nobody does. */
  takeLetter(letter: Letter): Promise<boolean>
  /** Addresses that are the station's own. */
  own: readonly string[]
}

const AT_ONCE = 1_000
/** Batches on their way into the store: one is being written while the next is understood and a third is read. */
const IN_FLIGHT = 3
const PROBLEMS = 20
const PROGRESS_MS = 250

/** Rows read = stored + duplicates + Σ dropped, whatever the file holds. What was kept before an abort stays. */
export async function importFile(
  input: FileInput,
  options: ImportOptions & { id: string },
  deps: Pick<CollectDeps, 'store' | 'clock'>,
  hooks: ImportHooks,
): Promise<ImportReport> {
  const { clock } = deps
  const startedAt = clock.monotonic()
  const historyBefore = options.live === true ? undefined : clock.now() - HISTORY_MS
  const fileName = options.fileName ?? (typeof input === 'string' ? basename(input) : 'the file')
  const holding = await openHolding(input, fileName, { ...options, known: hooks.own })
  const sources = sourcesFor(options.sourceName ?? fileName, options.network ?? holding.network, deps, hooks)
  const { id } = sources.main.source
  const { report, drop, add } = tally(id, options.id, holding.leadIn)
  const made = importRecord(deps, options, { file: fileName, sourceName: sources.main.source.name })

  const tell = teller(options, clock, startedAt, () => ({
    holds: holding.holds,
    read: report.read,
    stored: report.stored,
    bytes: holding.bytesRead(),
    totalBytes: holding.totalBytes ?? options.size ?? null,
  }))
  const flights = inFlight(async (source, drafts) => {
    add(await hooks.keep(source, { ...emptyBatch(null), drafts, historyBefore, importNo: made.no }))
    tell(false)
  })

  let wasRead = false
  try {
    const waiting = new Map<StoredSource, Draft[]>()
    for await (const { items, bad } of holding.parts()) {
      options.signal?.throwIfAborted()
      if (options.callOff?.aborted) {
        report.calledOff = true
        break
      }
      for (const one of bad) drop(one)
      for (const item of items) {
        const draft = await draftIn(item, drop, hooks)
        if (draft === null) continue
        report.read++
        const source = sources.of(draft.told?.network)
        sources.count(source)
        const drafts = waiting.get(source) ?? []
        if (drafts.length === 0) waiting.set(source, drafts)
        drafts.push(draft)
        if (drafts.length < AT_ONCE) continue
        waiting.delete(source)
        await flights.send(source, drafts)
      }
      tell(false)
    }
    for (const [source, drafts] of waiting) await flights.send(source, drafts)
    wasRead = !report.calledOff
  } finally {
    await flights.landed()
    // Also of one that was called off or failed half-way: what it stored stays, and its source says so.
    made.end(report, wasRead)
    const now = clock.now()
    const well = { finished: true, consecutiveFailures: 0, error: null, lastSuccessAt: now, lastAttemptAt: now }
    const code = holding.holds === 'mails' ? 'file.importedMails' : 'file.imported'
    for (const [one, n] of sources.shares(report.read))
      hooks.note(one.source.id, { ...well, detail: said(code, { n }) })
  }
  flights.check()
  tell(true)
  report.seconds = Math.round(clock.monotonic() - startedAt) / 1000
  return report
}

/** The mention of a row or of a mail; null: there is none, and why is counted. */
async function draftIn(
  item: Item,
  drop: (left: LeftOut) => void,
  { takeLetter }: Pick<ImportHooks, 'takeLetter'>,
): Promise<Draft | null> {
  if ('draft' in item) return item.draft
  if ('letter' in item) {
    if (await takeLetter(item.letter)) drop({ ...item.left, reason: 'taken by a desk' })
    else if (item.letter.draft) return item.letter.draft
    else drop(item.left)
    return null
  }
  drop(item.left)
  return null
}

type Progress = Parameters<NonNullable<ImportOptions['onProgress']>>[0]

/** Tells how far it is, at most every 250 ms unless it must. */
function teller(
  { onProgress }: ImportOptions,
  clock: CollectDeps['clock'],
  startedAt: number,
  now: () => Omit<Progress, 'seconds'>,
) {
  let toldAt = startedAt
  return (must: boolean): void => {
    const at = clock.monotonic()
    if (!onProgress || (!must && at - toldAt < PROGRESS_MS)) return
    toldAt = at
    onProgress({ ...now(), seconds: (at - startedAt) / 1000 })
  }
}

/** Writes that there is an import, so that it can be taken back, and at its end what it brought. */
function importRecord(
  { store, clock }: Pick<CollectDeps, 'store' | 'clock'>,
  { id, by = itself }: { id: string; by?: Actor },
  { file, sourceName }: { file: string; sourceName: string },
) {
  const begun = { id, file, source_name: sourceName, by_name: by.name, started_at: clock.now() }
  const no = store.transaction(() => insertImport(store, begun))
  return {
    no,
    /** `wasRead`: to its end. */
    end({ read, stored, duplicates, dropped }: ImportReport, wasRead: boolean): void {
      const data = { importId: id, file, sourceName, read, stored, duplicates, dropped, wasRead }
      store.transaction(() => {
        changeImport(store, no, { ended_at: wasRead ? clock.now() : null, stored })
        appendEntry(store, { at: clock.now(), kind: 'import.finished', actor: by, data })
      })
    },
  }
}

/** Counts what becomes of the rows. */
function tally(sourceId: string, importId: string, leadIn: number) {
  const none = { read: 0, stored: 0, history: 0, duplicates: 0, leadIn, seconds: 0, calledOff: false }
  const report: ImportReport = { ...none, sourceId, importId, dropped: {}, problems: [] }
  const dropped = (reason: string, n: number): void => {
    report.dropped[reason] = (report.dropped[reason] ?? 0) + n
  }
  return {
    report,
    drop({ reason, line, column, detail }: LeftOut): void {
      report.read++
      dropped(reason, 1)
      if (report.problems.length < PROBLEMS) report.problems.push({ line, column, message: detail })
    },
    add(result: IntakeResult): void {
      report.stored += result.stored
      report.history += result.history
      report.duplicates += result.duplicates
      for (const [reason, count] of Object.entries(result.dropped)) dropped(reason, count)
    },
  }
}

/** A few batches at a time on their way into the store. The first failure is thrown where the next one would be sent. */
function inFlight(keep: (source: StoredSource, drafts: Draft[]) => Promise<void>) {
  const flights = new Set<Promise<void>>()
  let failure: unknown
  const check = (): void => {
    if (failure !== undefined) throw failure
  }
  return {
    check,
    landed: () => Promise.all(flights),
    async send(source: StoredSource, drafts: Draft[]): Promise<void> {
      const flight = keep(source, drafts)
        .catch((error: unknown) => void (failure ??= error))
        .finally(() => flights.delete(flight))
      flights.add(flight)
      if (flights.size >= IN_FLIGHT) await Promise.race(flights)
      check()
    },
  }
}

/**
 * The source of a name, and beside it one for each other network that rows name: what is heard where is counted by source.
 * Made when the first row needs it.
 */
function sourcesFor(
  name: string,
  network: string,
  deps: Pick<CollectDeps, 'store' | 'clock'>,
  hooks: Pick<ImportHooks, 'opened'>,
) {
  const known = new Map<string, StoredSource>()
  const rows = new Map<StoredSource, number>()
  function open(name: string, network: string): StoredSource {
    const { stored, isNew } = sourceFor(name, network, deps)
    if (isNew) deps.store.transaction(() => recordSource(deps, null, stored, itself))
    hooks.opened(stored)
    return stored
  }
  const main = open(name, network)
  known.set(main.network, main)
  return {
    of(named: string | undefined): StoredSource {
      const wanted = named ?? main.network
      let source = known.get(wanted)
      if (!source) known.set(wanted, (source = open(`${cut(name, 76)} · ${wanted}`, wanted)))
      return source
    },
    main,
    /** A row of the file is this source's. */
    count: (source: StoredSource): void => void rows.set(source, (rows.get(source) ?? 0) + 1),
    /** Each with its rows, of so many in the file; those that became nobody's are the main one's. */
    shares(read: number): [StoredSource, number][] {
      const others = [...known.values()].filter((one) => one !== main)
      const theirs = others.map((one): [StoredSource, number] => [one, rows.get(one) ?? 0])
      return [[main, read - theirs.reduce((sum, [, n]) => sum + n, 0)], ...theirs]
    },
  }
}

function sourceFor(
  name: string,
  network: string,
  { store, clock }: Pick<CollectDeps, 'store' | 'clock'>,
): { stored: StoredSource; isNew: boolean } {
  const found = findSourceByName(store, 'file', cut(name, 120))
  if (found) return { stored: found, isNew: false }
  const source = {
    id: newId('src'),
    connector: 'file',
    name: cut(name, 120),
    enabled: false,
    config: {},
    createdAt: clock.now(),
  }
  return { stored: { source, network, secretKeys: [] }, isNew: true }
}
