import Database from 'better-sqlite3'
import { existsSync } from 'node:fs'
import { post, type CorpusOptions } from './corpus.ts'
import type { Draft } from '#shared/model/mention.ts'

/**
 * What one writes first: one table, three indexes, FTS5 over the text kept by triggers, a transaction for a thousand
 * rows, everything on one thread. It understands nothing, matches nothing and keeps no roll-ups.
 */
export class NaiveStore {
  readonly db: Database.Database
  longestMs = 0

  constructor(file: string) {
    const exists = existsSync(file)
    this.db = new Database(file)
    this.db.pragma('journal_mode = WAL')
    this.db.pragma('synchronous = NORMAL')
    this.db.pragma('cache_size = -65536')
    if (exists) return
    this.db.exec(`
      CREATE TABLE mention (
        id INTEGER PRIMARY KEY, source TEXT NOT NULL, external_id TEXT NOT NULL, network TEXT NOT NULL, text TEXT NOT NULL,
        author TEXT, followers INTEGER, published_at INTEGER NOT NULL, lang TEXT, url TEXT, data TEXT NOT NULL
      );
      CREATE UNIQUE INDEX mention_key ON mention (source, external_id);
      CREATE INDEX mention_time ON mention (published_at);
      CREATE INDEX mention_author ON mention (author, published_at);
      CREATE VIRTUAL TABLE mention_text USING fts5(text, content='mention', content_rowid='id');
      CREATE TRIGGER mention_in AFTER INSERT ON mention BEGIN
        INSERT INTO mention_text (rowid, text) VALUES (new.id, new.text);
      END;
    `)
  }

  insert(batch: readonly { draft: Draft; sourceId: string; network: string }[]): void {
    const insert = this.db.prepare(
      `INSERT OR IGNORE INTO mention (source, external_id, network, text, author, followers, published_at, lang, url, data)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    const from = performance.now()
    const run = this.db.transaction(() => {
      for (const { draft, sourceId, network } of batch) {
        insert.run(
          sourceId, draft.externalId, network, draft.text, draft.author?.id ?? null, draft.author?.followers ?? null,
          draft.publishedAt, draft.lang, draft.url, JSON.stringify({ engagement: draft.engagement, media: draft.media }),
        ) // prettier-ignore
      }
    })
    run.immediate()
    this.longestMs = Math.max(this.longestMs, performance.now() - from)
  }

  fill(from: number, to: number, options: CorpusOptions): void {
    for (let i = from; i < to; i += 1000) {
      this.insert(Array.from({ length: Math.min(1000, to - i) }, (_, n) => post(i + n, options)))
    }
  }
}
