import { said } from '#shared/words/said.ts'
import { userFailure } from '#engine/platform/failure.ts'
import type { FilePreview, ImportProgress } from '#shared/model/import.ts'
import type { ImportReport, SourceDraft } from '#shared/model/source.ts'
import type { Letter } from '#shared/model/letter.ts'
import type { Actor } from '#shared/model/journal.ts'
import type { Source, SourceHealth } from '#shared/model/source.ts'
import { newId } from '#shared/util/ids.ts'
import { createSignal } from '#shared/util/signal.ts'
import type { FileInput } from '#engine/connectors/file/bytes.ts'
import type { HoldingOptions } from '#engine/connectors/file/holding.ts'
import type { Batch, Connector } from '#engine/connectors/connector.ts'
import type { Clock } from '#engine/platform/clock.ts'
import type { Http } from '#engine/platform/http.ts'
import type { Log } from '#engine/platform/log.ts'
import type { Secrets } from '#engine/platform/secrets.ts'
import type { Sockets } from '#engine/platform/socket.ts'
import { writeCursor } from '#engine/store/queries/cursors.ts'
import { appendEntry } from '#engine/store/queries/journal.ts'
import { findSource, listSources } from '#engine/store/queries/sources.ts'
import { itself, recordSource } from './record-source.ts'
import type { StoredSource } from '#engine/store/queries/sources.ts'
import type { WritingStore } from '#engine/store/store.ts'
import { checkSource } from './check.ts'
import type { CheckResult } from './check.ts'
import { networkOf, readDraft } from './config.ts'
import { emptiedSources } from '#engine/store/queries/emptied-sources.ts'
import { HealthBook } from './health-book.ts'
import { importFile, importStarts } from './import-file.ts'
import type { ImportOptions } from './import-file.ts'
import type { IntakePort } from './intake-port.ts'
import { ownAddresses } from './own-addresses.ts'
import { previewFile } from './preview-file.ts'
import { Running } from './running.ts'

export interface CollectDeps {
  store: WritingStore
  intake: IntakePort
  connectors: readonly Connector[]
  http: Http
  sockets: Sockets
  secrets: Secrets
  clock: Clock
  log: Log
  /** Takes a mail that answers what this station sent; false: it is none of its. */
  takeLetter?: (letter: Letter) => Promise<boolean>
  /** 0 … 1, for jitter; the default is Math.random. */
  random?: () => number
  /** How far each fetch looks behind its cursor; default 2 min. */
  overlapMs?: number
}

export interface ListedSource {
  source: Source
  network: string
  health: SourceHealth
  secretsSet: string[]
}

/** Everything that keeps the station's ears open. */
export interface Collect {
  readonly connectors: readonly Connector[]
  /** Starts every source that is switched on. */
  start(): void
  /** Ends every source and waits until what they had fetched is kept. */
  stop(): Promise<void>
  /** The machine goes to sleep or the network is gone: everything is ended, nothing counts as a failure. */
  suspend(): Promise<void>
  /** Back again: every source looks at once for what it missed; what the network cannot give any more becomes a gap. */
  resume(): void
  list(): ListedSource[]
  /** Throws a Failure when the connector is unknown or the configuration does not fit its schema. */
  save(draft: SourceDraft, by?: Actor): Promise<Source>
  /** Mentions stay; cursor and secrets go. */
  remove(id: string, by?: Actor): Promise<void>
  /** Takes away what an import of this name made and that holds nothing any more. */
  removeEmptied(sourceName: string, by: Actor): Promise<void>
  /** A source that is switched off is silent within a second. */
  setEnabled(id: string, enabled: boolean, by?: Actor): Promise<Source>
  /** Tries a configuration once without keeping anything. Never throws for what the network does. */
  check(draft: SourceDraft): Promise<CheckResult>
  fetchNow(id: string): void
  /** What the first rows of a file would become; keeps nothing. `name`: for sentences. */
  previewFile(input: FileInput, name: string, options?: HoldingOptions): Promise<FilePreview>
  /** `input`: a path, or the file's bytes. Everything that was read is accounted for in the report. */
  importFile(input: FileInput, options?: ImportOptions): Promise<ImportReport>
  /** Imports that are under way. */
  importing(): ImportProgress[]
  /** Ends those into the source of this name; each answers with what came in. */
  callOffImport(sourceName: string): void
  /** Called with the health of sources whose health changed, at most twice a second. Returns how to stop it. */
  onHealth(call: (changed: SourceHealth[]) => void): () => void
  /** Called after sources were added, changed or removed. */
  onSources(call: () => void): () => void
}

/** Keeps what was typed into the form; an empty one is taken away. Returns the keys that have a secret then. */
async function keepSecrets(
  secrets: Secrets,
  connector: Connector,
  id: string,
  before: readonly string[],
  typed: Readonly<Record<string, string>>,
): Promise<string[]> {
  const keys = new Set(before)
  for (const [key, value] of Object.entries(typed)) {
    if (!connector.secrets.some((known) => known.key === key))
      throw userFailure('source.secretUnknown', { connector: connector.name, key })
    if (value === '') {
      await secrets.delete(`${id}/${key}`)
      keys.delete(key)
    } else {
      await secrets.set(`${id}/${key}`, value)
      keys.add(key)
    }
  }
  return [...keys]
}

/** Long: what can be done about sources, a few lines each over the same loops and their health. */
export function createCollect(deps: CollectDeps): Collect {
  const { store, clock, secrets } = deps
  const connectors = new Map(deps.connectors.map((connector) => [connector.id, connector]))
  const book = new HealthBook(store, clock, deps.log)
  const sources = new Running(deps, book)
  const sourcesChanged = createSignal()
  const importing = new Map<ImportProgress, AbortController>()
  let running = false

  function connectorOf(id: string): Connector {
    const connector = connectors.get(id)
    if (!connector) throw userFailure('source.connectorUnknown', { id, ids: [...connectors.keys()].join(', ') })
    return connector
  }

  function existing(id: string): StoredSource {
    const stored = findSource(store, id)
    if (!stored) throw userFailure('source.gone')
    return stored
  }

  function begin(stored: StoredSource): void {
    const connector = connectors.get(stored.source.connector)
    if (!running || !stored.source.enabled || !connector) return
    sources.begin(stored, connector)
  }

  async function save(given: SourceDraft, by: Actor = itself): Promise<Source> {
    const connector = connectorOf(given.connector)
    const { draft, config } = readDraft(connector, given)
    const before = draft.id === undefined ? undefined : existing(draft.id)
    const id = draft.id ?? newId('src')
    const secretKeys = await keepSecrets(secrets, connector, id, before?.secretKeys ?? [], draft.secrets ?? {})
    await sources.end(id)
    const source: Source = {
      id,
      connector: connector.id,
      name: draft.name,
      enabled: draft.enabled,
      config: draft.config,
      createdAt: before?.source.createdAt ?? clock.now(),
    }
    const stored: StoredSource = { source, network: networkOf(connector, config), secretKeys }
    const changed = before === undefined || JSON.stringify(before.source.config) !== JSON.stringify(draft.config)
    store.transaction(() => {
      recordSource(deps, before?.source ?? null, stored, by)
      // Another place to listen to has another history: an old cursor would skip what it never saw.
      if (before && changed) writeCursor(store, id, null, clock.now())
    })
    book.reset(stored, sources.intervalOf(stored, connector))
    begin(stored)
    sourcesChanged.tell()
    return source
  }

  async function remove(id: string, by: Actor = itself): Promise<void> {
    const stored = existing(id)
    // First what may fail: with a locked keychain the source stays as it is, and no secret is left behind unseen.
    for (const key of stored.secretKeys) await secrets.delete(`${id}/${key}`)
    await sources.end(id)
    store.transaction(() => {
      appendEntry(store, { at: clock.now(), kind: 'source.removed', actor: by, data: { before: stored.source } })
      writeCursor(store, id, null, clock.now())
    })
    book.close(id)
    sourcesChanged.tell()
  }

  return {
    connectors: deps.connectors,
    start() {
      if (running) return
      running = true
      book.start()
      for (const stored of listSources(store)) {
        const connector = connectors.get(stored.source.connector)
        book.open(stored, connector ? sources.intervalOf(stored, connector) : 0)
        if (!connector && stored.source.enabled) {
          const error = said('source.connectorMissing', { id: stored.source.connector })
          book.note(stored.source.id, { needsPerson: true, error })
        }
        if (!book.facts(stored.source.id).finished) begin(stored)
      }
    },
    async stop() {
      running = false
      await sources.endAll()
      book.stop()
    },
    async suspend() {
      running = false
      await sources.endAll()
      book.flush()
    },
    resume() {
      if (running) return
      running = true
      for (const stored of listSources(store)) if (!book.facts(stored.source.id).finished) begin(stored)
    },
    list() {
      return listSources(store).map((stored) => ({
        source: stored.source,
        network: stored.network,
        health: book.health(stored),
        secretsSet: stored.secretKeys,
      }))
    },
    save,
    remove,
    async removeEmptied(sourceName, by) {
      if ([...importing.keys()].some((one) => one.sourceName === sourceName)) return
      for (const id of emptiedSources(store, sourceName)) await remove(id, by)
    },
    async setEnabled(id, enabled, by = itself) {
      const stored = existing(id)
      const source = { ...stored.source, enabled }
      await sources.end(id)
      store.transaction(() => recordSource(deps, stored.source, { ...stored, source }, by))
      const connector = connectors.get(source.connector)
      book.open({ ...stored, source }, connector ? sources.intervalOf(stored, connector) : 0)
      book.note(
        id,
        enabled
          ? { needsPerson: false, consecutiveFailures: 0, finished: false, error: null }
          : { nextAttemptAt: null },
      )
      begin({ ...stored, source })
      sourcesChanged.tell()
      return source
    },
    async check(draft) {
      const connector = connectorOf(draft.connector)
      const read = readDraft(connector, draft)
      return checkSource(connector, read.config, read.draft, deps)
    },
    fetchNow(id) {
      const { source } = existing(id)
      const { name } = source
      if (!source.enabled) throw userFailure('source.off', { name })
      if (book.facts(id).finished) throw userFailure('source.readToEnd', { name })
      sources.poke(id)
    },
    previewFile: (input, name, options = {}) =>
      previewFile(input, name, { ...options, known: ownAddresses(store), now: clock.now() }),
    importing: () => [...importing.keys()],
    callOffImport(sourceName) {
      for (const [progress, callingOff] of importing) if (progress.sourceName === sourceName) callingOff.abort()
    },
    async importFile(input, options = {}) {
      const progress = importStarts(input, options, clock.now())
      const callingOff = new AbortController()
      importing.set(progress, callingOff)
      try {
        return await importFile(
          input,
          {
            ...options,
            callOff: callingOff.signal,
            id: progress.id,
            onProgress(now) {
              const { read, stored, bytes, totalBytes } = now
              Object.assign(progress, { read, stored, bytes, totalBytes })
              options.onProgress?.(now)
            },
          },
          deps,
          {
            opened: (stored) => {
              book.open(stored, 0)
              sourcesChanged.tell()
            },
            keep: (stored: StoredSource, batch: Batch) => sources.keep(stored, batch),
            note: (id, change) => book.note(id, change),
            takeLetter: async (letter) => (await deps.takeLetter?.(letter)) ?? false,
            own: ownAddresses(store),
          },
        )
      } finally {
        importing.delete(progress)
      }
    },
    onHealth: (call) => book.onHealth(call),
    onSources: sourcesChanged.on,
  }
}
