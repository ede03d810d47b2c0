import { mentionId } from '#shared/util/ids.ts'
import type { Migration } from './migration.ts'

/**
 * What people decide about a mention is kept under the mention's id, which holds on every station. `mention_seq` beside it is
 * the mention's row in this file, for joins; NULL when the mention is not in it.
 */
export const mentionKeys: Migration = {
  version: 735,
  name: 'mention keys',
  up(db) {
    db.exec(`
      ALTER TABLE mute RENAME TO old_mute;
      CREATE TABLE mute (
        kind TEXT NOT NULL CHECK (kind IN ('author', 'thread')),
        key INTEGER NOT NULL,
        mention_id TEXT NOT NULL,
        entry INTEGER NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (kind, key)
      ) STRICT, WITHOUT ROWID;

      ALTER TABLE correction RENAME TO old_correction;
      DROP INDEX correction_mention;
      CREATE TABLE correction (
        -- The journal's entry of the relabelling: who, when, what.
        entry INTEGER PRIMARY KEY,
        mention_id TEXT NOT NULL,
        mention_seq INTEGER,
        at INTEGER NOT NULL,
        by_name TEXT NOT NULL,
        -- 0 negative, 1 neutral, 2 positive.
        was INTEGER NOT NULL,
        is_now INTEGER NOT NULL,
        -- 0: taken back, or from before a reset: no longer learned from.
        counts INTEGER NOT NULL DEFAULT 1
      ) STRICT;
      CREATE INDEX correction_mention ON correction (mention_id, entry);

      ALTER TABLE relevance_mark RENAME TO old_relevance_mark;
      DROP INDEX relevance_mark_listen;
      DROP INDEX relevance_mark_mention;
      CREATE TABLE relevance_mark (
        -- The journal's entry of the decision; one row for each listen that heard the mention.
        entry INTEGER NOT NULL,
        listen_id TEXT NOT NULL,
        mention_id TEXT NOT NULL,
        mention_seq INTEGER,
        relevant INTEGER NOT NULL,
        -- 0: taken back, replaced by a later word, or from before the listen was told to forget.
        counts INTEGER NOT NULL DEFAULT 1,
        PRIMARY KEY (entry, listen_id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX relevance_mark_listen ON relevance_mark (listen_id, counts, entry);
      CREATE INDEX relevance_mark_mention ON relevance_mark (mention_id);
    `)
    const station = db.prepare('SELECT station_id FROM station').pluck().get() as string | undefined
    const idOf = (seq: unknown): string => mentionId(station ?? '', seq as number)
    const move = (from: string, columns: string, sql: string): void => {
      const insert = db.prepare(sql)
      for (const row of db.prepare(`SELECT mention_seq, ${columns} FROM ${from}`).all() as { mention_seq: number }[]) {
        insert.run({ ...row, mention_id: idOf(row.mention_seq) })
      }
      db.exec(`DROP TABLE ${from}`)
    }
    move(
      'old_mute',
      'kind, key, entry, at',
      'INSERT INTO mute (kind, key, mention_id, entry, at) VALUES (@kind, @key, @mention_id, @entry, @at)',
    )
    move(
      'old_correction',
      'entry, at, by_name, was, is_now, counts',
      `INSERT INTO correction (entry, mention_id, mention_seq, at, by_name, was, is_now, counts)
       VALUES (@entry, @mention_id, @mention_seq, @at, @by_name, @was, @is_now, @counts)`,
    )
    move(
      'old_relevance_mark',
      'entry, listen_id, relevant, counts',
      `INSERT INTO relevance_mark (entry, listen_id, mention_id, mention_seq, relevant, counts)
       VALUES (@entry, @listen_id, @mention_id, @mention_seq, @relevant, @counts)`,
    )
  },
}
