import Database from 'better-sqlite3'
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { contentsOfFile, isWhole } from './whole-file.ts'

/** `20261121-211508`, in UTC: sorts by time. */
export const fileStamp = (now: number): string =>
  new Date(now).toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15)

/** SQLite's result codes that mean the file itself is broken, not the disk or the rights. */
export const isDamage = (error: unknown): boolean => {
  const code = String((error as { code?: unknown } | null)?.code ?? '')
  return code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_NOTADB')
}

export interface BackupFile {
  file: string
  at: number
  bytes: number
}

/** 0 of a file that went meanwhile, and of a link that leads in circles. */
function sizeOf(file: string): number {
  try {
    return statSync(file).size
  } catch {
    return 0
  }
}

/** A folder that is missing or cannot be read has nothing to offer. */
function namesIn(dir: string): string[] {
  try {
    return readdirSync(dir)
  } catch {
    return []
  }
}

/** A name is kept in whole seconds; beyond that, a date ahead is one of a clock that was wrong. */
export const isAhead = (backup: BackupFile, now: number): boolean => backup.at > now + 60_000

/**
 * Whole backups of a folder, newest first; those with a date that is still to come stand behind all others, because nothing
 * is known of when they were made. What is empty or torn is no backup.
 */
export function listBackups(dir: string, now: number): BackupFile[] {
  const all = namedBackups(dir).filter((backup) => isWhole(backup.file))
  return [...all.filter((backup) => !isAhead(backup, now)), ...all.filter((backup) => isAhead(backup, now))]
}

/** What is named as a backup, newest first. */
function namedBackups(dir: string): BackupFile[] {
  return namesIn(dir)
    .filter((name) => /^earshot-\d{8}-\d{6}(-\d+)?\.db$/.test(name))
    .sort()
    .reverse()
    .map((name) => {
      const file = join(dir, name)
      const [, y, mo, d, h, mi, s] = /-(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)/.exec(name)!
      return { file, at: Date.UTC(+y!, +mo! - 1, +d!, +h!, +mi!, +s!), bytes: sizeOf(file) }
    })
}

/** Whether SQLite can read the whole file. SQLite itself takes an empty one for a sound database. */
export function isSound(file: string): boolean {
  if (!isWhole(file)) return false
  let db: Database.Database | null = null
  try {
    db = new Database(file, { readonly: true, fileMustExist: true })
    return db.pragma('quick_check(1)', { simple: true }) === 'ok'
  } catch {
    return false
  } finally {
    db?.close()
  }
}

/** Found damaged while in use: beside the file, so that the next start sets it aside before it is touched. */
export const damageMark = (file: string): string => `${file}.is-damaged`

/** Moves the file and what belongs to it out of the way and returns its new place. Nothing is deleted. */
export function setAside(file: string, now: number, why: 'damaged' | 'replaced' = 'damaged'): string {
  let to = `${file}.${why}-${fileStamp(now)}`
  for (let n = 2; existsSync(to); n++) to = `${file}.${why}-${fileStamp(now)}-${n}`
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(file + suffix)) renameSync(file + suffix, to + suffix)
  }
  rmSync(damageMark(file), { force: true })
  return to
}

/** Puts the newest sound backup in the place of `file`; null when there is none. */
export function restoreNewest(file: string, backupDir: string, now: number): BackupFile | null {
  const found = listBackups(backupDir, now).find((backup) => isSound(backup.file) && contentsOfFile(backup.file))
  if (!found) return null
  putBackup(found.file, file)
  return found
}

/** Copies beside the target first and renames then: a copy that breaks off leaves no half a database. */
export function putBackup(backup: string, file: string): void {
  mkdirSync(join(file, '..'), { recursive: true })
  const part = `${file}.restoring`
  rmSync(part, { force: true })
  copyFileSync(backup, part)
  chmodSync(part, 0o600)
  for (const suffix of ['-wal', '-shm']) rmSync(file + suffix, { force: true })
  renameSync(part, file)
}

export const backupName = (now: number): string => `earshot-${fileStamp(now)}.db`
export const shortName = (file: string): string => basename(file)
