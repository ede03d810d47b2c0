import { copyFileSync, existsSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openWritable } from '#engine/store/connections.ts'
import { migrations } from '#engine/store/migrations/all.ts'
import { migrate } from '#engine/store/migrations/migrate.ts'
import { newFolder } from './folder.ts'
import { WORKERS } from './paths.ts'

/** A store as all steps of the schema leave it, and of no station yet. Made once for a run; null where nothing is shared. */
function emptyStore(): string | null {
  const shared = process.env[WORKERS]
  if (shared === undefined) return null
  const kept = join(shared, 'empty-store.db')
  if (existsSync(kept)) return kept
  // Whole or not at all: another worker may look for it now.
  const making = `${kept}.${process.pid}`
  const db = openWritable(making)
  migrate(db, migrations, making)
  db.close()
  renameSync(making, kept)
  return kept
}

/**
 * A folder for a new station whose store need not be built: the steps of the schema, which hundreds of tests would take
 * one by one, are most of what opening a new one costs. What opens nothing but new files is tests/engine/store/open.test.ts.
 */
export function stationFolder(name = 'station'): ReturnType<typeof newFolder> {
  const folder = newFolder(name)
  const store = emptyStore()
  if (store === null) return folder
  copyFileSync(store, join(folder.path, 'earshot.db'))
  // As a station leaves it that ended in order.
  writeFileSync(join(folder.path, 'earshot.db.lock'), '', { mode: 0o600 })
  return folder
}
