import Database from 'better-sqlite3'
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { backupName, listBackups } from './damage.ts'
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
  mkdirSync(backupDir, { recursive: true })
  const file = freeName(backupDir, options.now)
  const part = `${file}.part`
  rmSync(part, { force: true })
  try {
    await db.backup(part, { progress: () => 2000 })
    const mentions = plain(part)
    const found = await options.check(part)
    if (found.length > 0) throw new Error(`The backup ${file} did not pass its check and was dropped: ${found[0]}`)
    renameSync(part, file)
    prune(backupDir, options.keep)
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

/** The same at once, for before a migration. */
export function snapshot(db: Database.Database, backupDir: string, now: number): string {
  mkdirSync(backupDir, { recursive: true })
  const file = freeName(backupDir, now)
  db.prepare('VACUUM INTO ?').run(file)
  return file
}

function prune(backupDir: string, keep: number): void {
  for (const old of listBackups(backupDir).slice(keep)) rmSync(old.file, { force: true })
}

export const lastBackupAt = (backupDir: string): number | null => listBackups(backupDir)[0]?.at ?? null
