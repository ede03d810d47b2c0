import Database from 'better-sqlite3'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { makeOwnFile } from '#engine/platform/own-only.ts'
import { backupName, isAhead, isSound, listBackups } from './damage.ts'
import { contentsOf, contentsOfFile } from './whole-file.ts'
import { lend } from './connections.ts'
import { mentionCount } from './queries/rollup-reads.ts'

/** A name that is not taken: two backups in one second get a number. */
function freeName(dir: string, now: number): string {
  const name = join(dir, backupName(now))
  for (let n = 1; ; n++) {
    const file = n === 1 ? name : name.replace(/\.db$/, `-${n}.db`)
    if (!existsSync(file)) return file
  }
}

/**
 * SQLite's online backup, page by page, while ingest and readers go on. Written under another name and renamed when it
 * is complete and sound: a backup that broke off is never taken for one. Keeps the newest `keep`.
 */
export async function backup(options: {
  /** Looks through the finished copy, on another thread. */
  check(file: string): Promise<string[]>
  db: Database.Database
  backupDir: string
  now: number
  keep: number
}): Promise<{ file: string; mentions: number }> {
  const { db, backupDir } = options
  mkdirSync(backupDir, { recursive: true, mode: 0o700 })
  const file = freeName(backupDir, options.now)
  const part = `${file}.part`
  rmSync(part, { force: true })
  try {
    makeOwnFile(part)
    await db.backup(part, { progress: () => 2000 })
    const mentions = plain(part)
    const found = await options.check(part)
    if (found.length > 0) throw new Error(`The backup ${file} did not pass its check and was dropped: ${found[0]}`)
    renameSync(part, file)
    prune(backupDir, options.keep, options.now)
    return { file, mentions }
  } finally {
    for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(part + suffix, { force: true })
  }
}

/** One file without a log beside it: easy to copy elsewhere, and looking at it leaves nothing behind. Returns the mentions. */
function plain(file: string): number {
  const copy = new Database(file)
  try {
    copy.pragma('journal_mode = DELETE')
    return mentionCount(lend(copy, copy))
  } finally {
    copy.close()
  }
}

/**
 * The same at once, for before a migration. null: what the store holds was copied before, by a start whose migration failed,
 * so that every further try makes no further copy.
 */
export function snapshot(db: Database.Database, backupDir: string, now: number): string | null {
  mkdirSync(backupDir, { recursive: true, mode: 0o700 })
  const is = contentsOf(db)
  const copied = listBackups(backupDir, now).some(({ file }) => {
    const was = contentsOfFile(file)
    return (
      was !== null &&
      was.stationId === is.stationId &&
      was.schema <= is.schema &&
      was.lastSeq === is.lastSeq &&
      was.lastEntry === is.lastEntry &&
      isSound(file)
    )
  })
  if (copied) return null
  const file = freeName(backupDir, now)
  const part = `${file}.part`
  rmSync(part, { force: true })
  try {
    makeOwnFile(part)
    db.prepare('VACUUM INTO ?').run(part)
    if (!isSound(part)) throw new Error(`The copy ${file} did not pass its check and was dropped`)
    renameSync(part, file)
    return file
  } finally {
    rmSync(part, { force: true })
  }
}

/** What a backup that was killed left behind. Only under the store's lock. */
export function sweepParts(backupDir: string): void {
  if (!existsSync(backupDir)) return
  for (const name of readdirSync(backupDir)) {
    if (/^earshot-\d{8}-\d{6}(-\d+)?\.db\.part(-wal|-shm|-journal)?$/.test(name))
      rmSync(join(backupDir, name), { force: true })
  }
}

/** Keeps the newest of each station: an empty one that took the place of a lost file pushes out none of what was there. */
function prune(backupDir: string, keep: number, now: number): void {
  const kept = new Map<string, number>()
  for (const { file } of listBackups(backupDir, now)) {
    const contents = contentsOfFile(file)
    // Whatever cannot be read is no backup, and not ours to remove either.
    if (contents === null) continue
    const already = kept.get(contents.stationId) ?? 0
    if (already < keep) kept.set(contents.stationId, already + 1)
    else rmSync(file, { force: true })
  }
}

/** The newest whole one that is not dated ahead; null: there is none. */
export const lastBackupAt = (backupDir: string, now: number): number | null =>
  listBackups(backupDir, now).find((backup) => !isAhead(backup, now))?.at ?? null

/** One with a date that is still to come, from when the clock was wrong. */
export const backupAhead = (backupDir: string, now: number): string | null =>
  listBackups(backupDir, now).find((backup) => isAhead(backup, now))?.file ?? null
