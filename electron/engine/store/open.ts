import type { Said } from '#shared/model/said.ts'
import { said } from '#shared/words/said.ts'
import { userFailure } from '#engine/platform/failure.ts'
import { existsSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { systemClock, type Clock } from '#engine/platform/clock.ts'
import type { Log } from '#engine/platform/log.ts'
import { conceptFolder, type Paths } from '#engine/platform/paths.ts'
import { randomId } from '#shared/util/ids.ts'
import { createSignal } from '#shared/util/signal.ts'
import { makeOwnFile, ownOnly } from '#engine/platform/own-only.ts'
import { backup, backupAhead, lastBackupAt, snapshot, sweepParts } from './backup.ts'
import { brokenMet } from './broken-rows.ts'
import { lend, openReadable, openWritable, type Connection } from './connections.ts'
import { damageMark, isDamage, listBackups, restoreNewest, setAside, shortName } from './damage.ts'
import { makeDataFolder } from '#engine/platform/data-folder.ts'
import { createIndexer } from './indexer.ts'
import { takeLock } from './lock.ts'
import { migrations as allMigrations } from './migrations/all.ts'
import { migrate, versionOf } from './migrations/migrate.ts'
import type { Migration } from './migrations/migration.ts'
import { countUpTo, lastSeq } from './queries/mentions.ts'
import { createReader, type Reader } from './reader.ts'
import { Resting } from './resting.ts'
import { prepareSearchFile } from './search-file.ts'
import type { Offered, Store } from './store.ts'
import { verifyStore } from './verify.ts'

export interface OpenStoreOptions {
  paths: Paths
  clock: Clock
  log: Log
  /** Default `earshot.db` in `paths.dataDir`. */
  file?: string
  keepBackups?: number
  /** For tests of the schema. */
  migrations?: readonly Migration[]
}

/** Files up to this size are checked before they are used; larger ones in the background after the start. */
const CHECK_AT_ONCE_BYTES = 64 * 1024 * 1024
const CHECK_AFTER_MS = 20_000
const CHECK_EVERY_MS = 24 * 3_600_000
/** Broken rows that a notice names. */
const NAMED_MOST = 3
/** Rows; some 100 to 200 MiB of log. */
const CHANGES_BETWEEN_CHECKPOINTS = 40_000
/** Questions that are given more time than this go to the background thread. */
const LONG_MS = 30_000

/**
 * Opens or makes the station's store. Throws a Failure when a person must act (newer file, folder not writable, in use).
 * A damaged file is set aside, never deleted, and the newest sound backup takes its place; `problem` says so.
 * Long: what a store offers, a few lines each over one connection.
 */
export function openStore(options: OpenStoreOptions): Store {
  const { paths, clock, log } = options
  const file = options.file ?? join(paths.dataDir, 'earshot.db')
  const searchFile = file.replace(/\.db$/, '') + '.search.db'
  const backupDir = join(dirname(file), 'backups')
  makeDataFolder(dirname(file))
  const unlock = explained(file, () => takeLock(file))
  let prepared: Prepared
  try {
    prepared = prepare(options, file, searchFile, backupDir)
  } catch (error) {
    unlock()
    throw error
  }
  const { db, stationId, hashSeed, indexedUpto } = prepared
  let { problem } = prepared
  const resting = new Resting()
  const indexer = createIndexer({
    worker: paths.worker('indexer'),
    start: { file, searchFile },
    clock: systemClock,
    log: log.child('indexer'),
    upto: indexedUpto,
    onCheckpoint(pages, left) {
      if (!closing && resting.shorten(pages, left)) indexer.checkpoint()
    },
  })
  // After a crash, or for a new format: a search must not miss what was stored before.
  if (indexedUpto < lastSeq(db)) indexer.work(indexedUpto + 1, null)
  const reading = (): Reader =>
    createReader({
      worker: paths.worker('reader'),
      start: { file, searchFile, concepts: paths.resource(conceptFolder) },
      clock: systemClock,
      log: log.child('reader'),
    })
  const front = reading()
  const background = reading()
  // What may take minutes must not stand before a page, whoever asks it.
  const reader: Reader = {
    ask: (name, input, ask = {}) => ((ask.timeoutMs ?? 0) > LONG_MS ? background : front).ask(name, input, ask),
    get pending() {
      return front.pending
    },
    close: () => front.close(),
  }
  // The indexer checkpoints, so that no commit has to; this is only the brake for when it does not.
  db.pragma('wal_autocheckpoint = 131072')
  const totalChanges = db.prepare('SELECT total_changes()').pluck()
  let checkpointedAt = 0
  let readable: Connection | null = null
  let longestWriteMs = 0
  let closing: Promise<void> | null = null
  // Not in the first seconds, when somebody waits for the first page.
  let cancelCheck = systemClock.after(CHECK_AFTER_MS, () => checkLater(statSync(file).size > CHECK_AT_ONCE_BYTES))
  const checks = createSignal()
  /** Rows that the look in the background could not read. */
  let brokenFound: string[] = []

  function brokenProblem(): Said | null {
    const broken = new Set([...brokenFound, ...brokenMet(db)])
    if (broken.size === 0) return null
    const named = [...broken].slice(0, NAMED_MOST).join(', ')
    return said('store.brokenRows', { n: broken.size, rows: broken.size > NAMED_MOST ? `${named} …` : named })
  }

  /** The indexer copies the log after so many mentions by itself; this is for everything else that writes much. */
  function checkpointSoon(): void {
    const changes = totalChanges.get() as number
    if (changes - checkpointedAt < CHANGES_BETWEEN_CHECKPOINTS) return
    checkpointedAt = changes
    indexer.checkpoint()
  }

  /** Again every day: a file goes bad while it is used as well. `pages`: not only the rows. */
  function checkLater(pages: boolean): void {
    cancelCheck = systemClock.after(CHECK_EVERY_MS, () => checkLater(true))
    background.ask('store.brokenRows', { limit: 1000 }, { timeoutMs: 600_000 }).then(
      (found) => {
        brokenFound = found
        if (found.length > 0)
          log.log('error', 'Rows of the store cannot be read and are left out', {
            rows: found.slice(0, 20),
            n: found.length,
          })
      },
      (error: unknown) => {
        if (isDamage(error)) return store.damaged()
        if (!closing) log.log('warn', 'The background look at the rows did not finish', {}, error)
      },
    )
    checks.tell()
    if (!pages) return
    const asked = background.ask('store.quickCheck', null, { timeoutMs: 600_000 })
    asked.then(
      (found) => {
        if (found.length === 0) return
        log.log('error', 'The store is damaged', { file, found: found.slice(0, 5) })
        store.damaged()
      },
      (error: unknown) => {
        if (isDamage(error)) return store.damaged()
        if (!closing) log.log('warn', 'The background check of the store did not finish', {}, error)
      },
    )
  }

  const offered: Offered = {
    file,
    searchFile,
    stationId,
    hashSeed,
    reader,
    background,
    get readable() {
      return (readable ??= openReadable(file, searchFile))
    },
    get problem() {
      return problem ?? brokenProblem()
    },
    report(next) {
      // Damage stays said until a start has dealt with it.
      if (!existsSync(damageMark(file))) problem = next
    },
    damaged() {
      if (!existsSync(damageMark(file))) log.log('error', 'The store was found damaged while in use', { file })
      writeFileSync(damageMark(file), 'Found damaged while in use.\n', { mode: 0o600 })
      const last = lastBackupAt(backupDir, clock.now())
      const what = last === null ? said('store.willBeginEmpty') : said('store.willRestore', { at: spoken(last) })
      problem = said('store.damagedRestart', { file: shortName(file), what })
    },
    get resting() {
      return resting.now
    },
    get longestWriteMs() {
      return longestWriteMs
    },
    get inTransaction() {
      return db.inTransaction
    },
    transaction(work) {
      if (db.inTransaction) return work()
      const from = systemClock.monotonic()
      db.exec('BEGIN IMMEDIATE')
      try {
        const value = work()
        db.exec('COMMIT')
        checkpointSoon()
        return value
      } catch (error) {
        // SQLite rolls back by itself on a full disk.
        if (db.inTransaction) db.exec('ROLLBACK')
        if (isDamage(error)) store.damaged()
        throw error
      } finally {
        longestWriteMs = Math.max(longestWriteMs, systemClock.monotonic() - from)
      }
    },
    backup: () =>
      backup({
        db,
        backupDir,
        now: clock.now(),
        keep: options.keepBackups ?? 7,
        check: (copy) => background.ask('store.checkFile', { file: copy }, { timeoutMs: 600_000 }),
      }),
    get lastBackupAt() {
      return lastBackupAt(backupDir, clock.now())
    },
    get backupAhead() {
      return backupAhead(backupDir, clock.now())
    },
    verify: () => verifyStore(store),
    onCheck: checks.on,
    indexSoon: (firstSeq, texts) => indexer.work(firstSeq, texts),
    prune: (stretch) => indexer.prune(stretch),
    indexAgain: (seqs) => indexer.again(seqs),
    async indexed() {
      await indexer.caughtUp(lastSeq(db))
    },
    close() {
      return (closing ??= (async () => {
        cancelCheck()
        resting.end()
        await Promise.all([reader.close(), background.close()])
        await indexer.close()
        readable?.close()
        db.close()
        unlock()
      })())
    },
  }
  const store: Store = lend(offered, db)
  return store
}

const spoken = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`

interface Prepared {
  db: Connection
  problem: Said | null
  stationId: string
  hashSeed: number
  /** The last row that the full-text index has. */
  indexedUpto: number
}

/** Both files open, sound and of this version; nothing is left open when one of them cannot be. */
function prepare(options: OpenStoreOptions, file: string, searchFile: string, backupDir: string): Prepared {
  const { clock, log } = options
  sweepParts(backupDir)
  ownOnly(backupDir, (name) => name.endsWith('.db'))
  const { db, problem } = openOrRestore(file, backupDir, options.migrations ?? allMigrations, clock.now(), log)
  try {
    const station = explained(file, () => stationOf(db, clock.now()))
    const indexedUpto = explained(searchFile, () => prepareSearchFile(searchFile, station.stationId, mentionsOf(db)))
    return { db, problem, indexedUpto, ...station }
  } catch (error) {
    db.close()
    throw error
  }
}

const mentionsOf = (db: Connection) => ({ lastSeq: lastSeq(db), countUpTo: (seq: number) => countUpTo(db, seq) })

/** Turns SQLite's "cannot open" into what a person can do about it. */
function explained<T>(file: string, open: () => T): T {
  try {
    return open()
  } catch (error) {
    const { code: own, cause } = error as { code?: unknown; cause?: { code?: unknown } }
    const code = String(own ?? cause?.code ?? '')
    if (code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_READONLY')) {
      throw userFailure('store.cannotWrite', { file, folder: dirname(file) }, error)
    }
    if (code === 'SQLITE_FULL' || code.startsWith('SQLITE_IOERR')) {
      throw userFailure('store.diskFull', { file: dirname(file) }, error)
    }
    throw error
  }
}

function openOrRestore(
  file: string,
  backupDir: string,
  steps: readonly Migration[],
  now: number,
  log: Log,
): { db: Connection; problem: Said | null } {
  const existed = existsSync(file)
  if (isGone(file) && listBackups(backupDir, now).length > 0) return reopenGone(file, backupDir, steps, now, log)
  try {
    return { db: openChecked(file, steps, backupDir, now), problem: null }
  } catch (error) {
    if (!existed || !isDamage(error)) throw error
    const aside = setAside(file, now)
    const restored = restoreNewest(file, backupDir, now)
    log.log('error', 'The store was damaged and set aside', { aside, restored: restored?.file ?? null }, error)
    const problem = restored
      ? said('store.keptAsideRestored', { file: shortName(file), kept: shortName(aside), at: spoken(restored.at) })
      : said('store.keptAsideEmpty', { file: shortName(file), kept: shortName(aside) })
    return { db: openChecked(file, steps, backupDir, now), problem }
  }
}

/** Not there, or empty, which for SQLite is a new database: what a disk check or a tool that copies folders leaves. */
const isGone = (file: string): boolean => (statSync(file, { throwIfNoEntry: false })?.size ?? 0) === 0

/** Backups without what they are of: somebody lost it, and an empty station would push them out in a week. */
function reopenGone(
  file: string,
  backupDir: string,
  steps: readonly Migration[],
  now: number,
  log: Log,
): { db: Connection; problem: Said } {
  if (existsSync(file) || existsSync(`${file}-wal`)) setAside(file, now)
  const restored = restoreNewest(file, backupDir, now)
  log.log('error', 'The store was gone beside its backups', { file, restored: restored?.file ?? null })
  const problem = restored
    ? said('store.goneRestored', { file: shortName(file), at: spoken(restored.at) })
    : said('store.goneEmpty', { file: shortName(file), folder: backupDir })
  return { db: openChecked(file, steps, backupDir, now), problem }
}

function openChecked(file: string, steps: readonly Migration[], backupDir: string, now: number): Connection {
  return explained(file, () => {
    if (existsSync(damageMark(file))) throw Object.assign(new Error('Found damaged before'), { code: 'SQLITE_CORRUPT' })
    makeOwnFile(file)
    const db = openWritable(file)
    try {
      if (statSync(file).size <= CHECK_AT_ONCE_BYTES) {
        const found = String(db.pragma('quick_check(1)', { simple: true }))
        if (found !== 'ok') throw Object.assign(new Error(found), { code: 'SQLITE_CORRUPT' })
      }
      const before = versionOf(db)
      // A migration that turns out wrong must not be the end of somebody's shift.
      if (before > 0 && before < (steps.at(-1)?.version ?? 0)) snapshot(db, backupDir, now)
      migrate(db, steps, file)
      return db
    } catch (error) {
      db.close()
      throw error
    }
  })
}

function stationOf(db: Connection, now: number): { stationId: string; hashSeed: number } {
  const make = db.transaction(() => {
    const seed = globalThis.crypto.getRandomValues(new Int32Array(1))[0]!
    db.prepare(
      'INSERT INTO station (id, station_id, hash_seed, created_at) VALUES (1, ?, ?, ?) ON CONFLICT DO NOTHING',
    ).run(randomId(5), seed, now)
  })
  make.immediate()
  const row = db.prepare('SELECT station_id, hash_seed FROM station').get() as { station_id: string; hash_seed: number }
  return { stationId: row.station_id, hashSeed: row.hash_seed }
}
