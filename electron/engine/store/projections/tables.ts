import type { Database } from 'better-sqlite3'

/** A table, or a part of one, that follows from the journal. */
export interface ProjectedTable {
  table: string
  /** Column or columns that tell rows apart. */
  key: string
  /** The part that people decide, where a table holds what the machine found as well. */
  where?: string
  /** What is compared; default: every column. */
  columns?: string
}

/** Names of its columns, with commas between them. */
export const columnsOf = (db: Database, table: string): string =>
  (db.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(table) as string[]).join(', ')

/** Everything a person can change, except cases, which have a projection of their own, and labels, which stand with mentions. */
export const projectedTables: readonly ProjectedTable[] = [
  { table: 'desks', key: 'id' },
  { table: 'rules', key: 'id' },
  { table: 'people', key: 'id' },
  { table: 'people_desks', key: 'person_id, desk_id' },
  { table: 'channels', key: 'id' },
  { table: 'canned_replies', key: 'id' },
  { table: 'listens', key: 'id' },
  { table: 'sources', key: 'id' },
  { table: 'settings', key: 'name' },
  { table: 'wall_layouts', key: 'id' },
  { table: 'annotation', key: 'id' },
  { table: 'counted_series', key: 'id' },
  { table: 'shifts', key: 'id' },
  { table: 'mute', key: 'kind, key' },
  { table: 'dismissed_proposal', key: 'key' },
  { table: 'person_account', key: 'author_key' },
  { table: 'person_apart', key: 'one, other' },
  {
    table: 'problem',
    key: 'no',
    where: 'named = 1 OR closed_at IS NOT NULL OR merged_into IS NOT NULL OR split_from IS NOT NULL',
    columns: `no, named, iif(named = 1, label, '') AS label, closed_at, merged_into, split_from`,
  },
  { table: 'problem_member', key: 'mention_seq', where: 'by_officer = 1', columns: 'mention_seq, no' },
  { table: 'correction', key: 'entry' },
  { table: 'aspect_word', key: 'aspect, word' },
  { table: 'relevance_mark', key: 'entry, listen_id' },
  { table: 'relevance_listen', key: 'listen_id' },
  { table: 'alert', key: 'id' },
  { table: 'alert_recipients', key: 'id' },
  { table: 'alert_rotas', key: 'id' },
  { table: 'category', key: 'id' },
  { table: 'category_mark', key: 'entry' },
  { table: 'mention_category', key: 'mention_seq, category_id', where: 'by_name IS NOT NULL' },
  { table: 'crisis', key: 'id' },
  { table: 'relevance', key: 'mention_seq', where: 'by_name IS NOT NULL' },
]
