import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openReadable, openWritable, type Connection } from '#engine/store/connections.ts'
import { MentionWriter, type NewMention } from '#engine/store/mention-writer.ts'
import { migrations } from '#engine/store/migrations/all.ts'
import { migrate } from '#engine/store/migrations/migrate.ts'
import { openSearchFile } from '#engine/store/search-file.ts'

/** Both files of a store in a folder of their own, filled without its threads: rows and what stands in the index are given. */
export function newSearchFiles() {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-search-'))
  const file = join(folder, 'earshot.db')
  const searchFile = join(folder, 'earshot.search.db')
  const db = openWritable(file)
  migrate(db, migrations, file)
  db.exec("INSERT INTO station (id, station_id, hash_seed, created_at) VALUES (1, 'st', 1, 0)")
  const writer = new MentionWriter(db, 1)
  const search = openSearchFile(searchFile, 'st')
  const index = search.prepare('INSERT INTO mention_fts (rowid, body) VALUES (?, ?)')
  return {
    db,
    writer,
    /** Returns the row number of the first. */
    add(mentions: NewMention[], texts: readonly string[]): number {
      const first = db.transaction(() => writer.insert(mentions))()
      search.transaction(() => texts.forEach((text, i) => index.run(first + i, text)))()
      return first
    },
    /** What writes is closed. */
    open(): Connection {
      search.close()
      db.close()
      return openReadable(file, searchFile)
    },
    remove: () => rmSync(folder, { recursive: true }),
  }
}
