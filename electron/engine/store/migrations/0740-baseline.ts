import { writeBaseline, type BaselineTable } from '../projections/baseline.ts'
import type { Migration } from './migration.ts'

/** As they were at this version, in this order. Never edited: another shape is another migration with a baseline of its own. */
const tables: readonly BaselineTable[] = [
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
  { table: 'shifts', key: 'id' },
  { table: 'mute', key: 'kind, key' },
  { table: 'dismissed_proposal', key: 'key' },
  { table: 'person_account', key: 'author_key' },
  { table: 'person_apart', key: 'one, other' },
  {
    table: 'problem',
    key: 'no',
    where: 'named = 1 OR closed_at IS NOT NULL OR merged_into IS NOT NULL OR split_from IS NOT NULL',
  },
  { table: 'problem_member', key: 'mention_seq', where: 'by_officer = 1' },
  { table: 'correction', key: 'entry' },
  { table: 'aspect_word', key: 'aspect, word' },
  { table: 'relevance_mark', key: 'entry, listen_id' },
  { table: 'relevance_listen', key: 'listen_id' },
  { table: 'relevance', key: 'mention_seq', where: 'by_name IS NOT NULL' },
]

/**
 * From here on everything a person can change follows from the journal. Before, it did not tell everything (walls, sources,
 * imported people …): it is told how things stand, so that `verify` can make them again from there.
 */
export const baseline: Migration = { version: 740, name: 'baseline', up: (db) => writeBaseline(db, tables) }
