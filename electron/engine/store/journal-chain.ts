import { createHash } from 'node:crypto'
import { canonicalJson } from '#shared/util/canonical-json.ts'
import type { ReadableDb } from './handles.ts'

/** An entry as the table `journal` holds it, without its hash. */
export interface JournalRow {
  seq: number
  at: number
  kind: string
  actor_kind: string
  actor_id: string
  actor_name: string
  mention_id: string | null
  case_id: string | null
  data: string
}

export const journalColumns = 'seq, at, kind, actor_kind, actor_id, actor_name, mention_id, case_id, data'

/** Stands before the first entry. */
export const CHAIN_START: Uint8Array = new Uint8Array(32)

/** SHA-256 over the hash before and the canonical JSON of the entry. */
export const chainHash = (before: Uint8Array, row: JournalRow): Buffer =>
  createHash('sha256').update(before).update(canonicalJson(row)).digest()

/** Recomputes the chain. `brokenAt`: the first entry that is not as it was written; null: all are. */
export function verifyJournal(db: ReadableDb): { entries: number; brokenAt: number | null } {
  let before = CHAIN_START
  let entries = 0
  for (const row of db.prepare(`SELECT ${journalColumns}, hash FROM journal ORDER BY seq`).iterate()) {
    const { hash, ...entry } = row as JournalRow & { hash: Buffer }
    entries++
    if (entry.seq !== entries || !chainHash(before, entry).equals(hash)) return { entries, brokenAt: entry.seq }
    before = hash
  }
  return { entries, brokenAt: null }
}
