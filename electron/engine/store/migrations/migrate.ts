import { userFailure } from '#engine/platform/failure.ts'
import type { Database } from 'better-sqlite3'
import type { Migration } from './migration.ts'

/** `user_version` of the file: the last step that ran. */
export const versionOf = (db: Database): number => Number(db.pragma('user_version', { simple: true }))

/**
 * Runs the steps that the file has not seen, each in a transaction of its own: a step that fails leaves the file as the
 * step before it left it. A file from a newer Earshot is refused untouched.
 */
export function migrate(db: Database, steps: readonly Migration[], file: string): number {
  const newest = steps.at(-1)?.version ?? 0
  const found = versionOf(db)
  if (found > newest) {
    throw userFailure('store.newerFile', { file, theirs: found, ours: newest })
  }
  const done = new Set(found === 0 ? [] : (db.prepare('SELECT version FROM migration').pluck().all() as number[]))
  for (const step of steps) {
    if (done.has(step.version)) continue
    const run = db.transaction(() => {
      db.exec('CREATE TABLE IF NOT EXISTS migration (version INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT')
      step.up(db)
      db.prepare('INSERT INTO migration (version, name) VALUES (?, ?)').run(step.version, step.name)
      db.pragma(`user_version = ${Math.max(step.version, versionOf(db))}`)
    })
    try {
      run.immediate()
    } catch (error) {
      throw new Error(`Step ${step.version} (${step.name}) of the schema failed on ${file}`, { cause: error })
    }
  }
  return newest
}
