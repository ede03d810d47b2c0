import { createHash } from 'node:crypto'
import { canonicalJson } from '#shared/util/canonical-json.ts'
import { connectionOf } from './connections.ts'
import type { Reads } from './reads.ts'
import type { RowOf } from './table.ts'
import { journalTable } from './tables/journal.ts'

/** An entry as the table `journal` holds it, without its hash. */
export type JournalRow = Omit<RowOf<typeof journalTable>, 'hash'>

export const journalColumns = journalTable.columns(undefined, ['hash'])

/** Stands before the first entry. */
export const CHAIN_START: Uint8Array = new Uint8Array(32)

/** SHA-256 over the hash before and the canonical JSON of the entry. */
export const chainHash = (before: Uint8Array, row: JournalRow): Buffer =>
  createHash('sha256').update(before).update(canonicalJson(row)).digest()

export interface ChainStretch {
  /** The last entry that was looked at. */
  seq: number
  /** Its hash, hex: what the next stretch begins with. */
  hash: string
  /** The first entry that is not as it was written; null: all of them are. */
  brokenAt: number | null
  /** Nothing is left. */
  done: boolean
}

/** Recomputes a stretch of the chain: up to `limit` entries after `seq`, whose hash (hex; empty: before the first) is given. */
export function verifyStretch(
  db: Reads,
  { seq, hash, limit }: { seq: number; hash: string; limit: number },
): ChainStretch {
  let before = hash === '' ? CHAIN_START : Buffer.from(hash, 'hex')
  let last = seq
  const rows = connectionOf(db).prepare(
    `SELECT ${journalColumns}, hash FROM journal WHERE seq > ? ORDER BY seq LIMIT ?`,
  )
  for (const row of rows.iterate(seq, limit)) {
    const { hash: kept, ...entry } = row as JournalRow & { hash: Buffer }
    if (entry.seq !== last + 1 || !chainHash(before, entry).equals(kept)) {
      return { seq: last, hash: '', brokenAt: entry.seq, done: true }
    }
    last = entry.seq
    before = kept
  }
  return { seq: last, hash: Buffer.from(before).toString('hex'), brokenAt: null, done: last - seq < limit }
}

/** Recomputes the chain. `brokenAt`: the first entry that is not as it was written; null: all are. */
export function verifyJournal(db: Reads): { entries: number; brokenAt: number | null } {
  const { seq, brokenAt } = verifyStretch(db, { seq: 0, hash: '', limit: Number.MAX_SAFE_INTEGER })
  return { entries: brokenAt === null ? seq : seq + 1, brokenAt }
}
