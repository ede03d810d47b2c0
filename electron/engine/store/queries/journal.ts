import { canonicalJson } from '#shared/util/canonical-json.ts'
import type { Actor, JournalEntry, JournalKind } from '#shared/model/journal.ts'
import type { Reads, Writes } from '#engine/store/reads.ts'
import { CHAIN_START, chainHash, journalColumns as columns, type JournalRow } from '#engine/store/journal-chain.ts'
import { journalTable } from '#engine/store/tables/journal.ts'
import { readable } from '#engine/store/broken-rows.ts'
import { allRows, connectionOf, statement } from '#engine/store/connections.ts'
import { projections } from '#engine/store/projections/all.ts'

/** What is told to the journal; it adds the number and the hash. */
export interface NewJournalEntry {
  at: number
  kind: JournalKind
  actor: Actor
  mentionId?: string | null
  caseId?: string | null
  data: Record<string, unknown>
}

/**
 * Appends inside the caller's transaction, and writes the rows that follow from it (projections/), so that a decision, its
 * entry and what it changes are kept together or not at all. Cases have a writer of their own, the ledger. Returns the
 * entry's number, which is what `undo` names. Entries are never changed or removed; triggers hold the table to that.
 */
export function appendEntry(db: Writes, entry: NewJournalEntry): number {
  if (!connectionOf(db).inTransaction) throw new Error('A journal entry is written in the transaction of what it tells')
  const last = statement<{ seq: number; hash: Buffer }>(
    db,
    'SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1',
  ).get()
  const row: JournalRow = {
    seq: (last?.seq ?? 0) + 1,
    at: entry.at,
    kind: entry.kind,
    actor_kind: entry.actor.kind,
    actor_id: entry.actor.id,
    actor_name: entry.actor.name,
    mention_id: entry.mentionId ?? null,
    case_id: entry.caseId ?? null,
    data: canonicalJson(entry.data),
  }
  journalTable.insert(db, { ...row, hash: chainHash(last?.hash ?? CHAIN_START, row) })
  // From what was written, so that the rows are the same when they are made from it again.
  projections[entry.kind]?.(db, toEntry(row))
  return row.seq
}

export const toEntry = (row: JournalRow): JournalEntry => ({
  seq: row.seq,
  at: row.at,
  kind: row.kind as JournalKind,
  actor: { kind: row.actor_kind as Actor['kind'], id: row.actor_id, name: row.actor_name },
  mentionId: row.mention_id,
  caseId: row.case_id,
  data: JSON.parse(row.data) as Record<string, unknown>,
})

const entries = (db: Reads, which: string, ...values: (string | number)[]): JournalEntry[] =>
  readable(
    db,
    'journal',
    allRows<JournalRow>(db, `SELECT ${columns} FROM journal WHERE ${which}`, ...values),
    ({ seq }) => seq,
    toEntry,
  )

export const entryBySeq = (db: Reads, seq: number): JournalEntry | undefined => entries(db, 'seq = ?', seq)[0]

/** Oldest first. */
export const entriesOfMention = (db: Reads, mentionId: string): JournalEntry[] =>
  entries(db, 'mention_id = ? ORDER BY seq', mentionId)

/** Oldest first. */
export const entriesOfCase = (db: Reads, caseId: string): JournalEntry[] =>
  entries(db, 'case_id = ? ORDER BY seq', caseId)

/** Of a problem: what was decided about it, and what came to it from others. Newest first. */
export const entriesOfProblem = (db: Reads, id: string, limit: number): JournalEntry[] =>
  entries(
    db,
    `kind = 'problem.changed' AND json_valid(data) AND (data ->> '$.problemId' = ? OR data ->> '$.to' = ?) ORDER BY seq DESC LIMIT ?`,
    id,
    id,
    limit,
  )

/** Of a stretch of time, newest first; `beforeSeq` leads on to older ones. `to` is exclusive. */
export const entriesBetween = (
  db: Reads,
  period: { from: number | null; to: number | null; beforeSeq?: number | null; limit: number },
): JournalEntry[] =>
  entries(
    db,
    'at >= ? AND at < ? AND seq < ? ORDER BY at DESC, seq DESC LIMIT ?',
    period.from ?? Number.MIN_SAFE_INTEGER,
    period.to ?? Number.MAX_SAFE_INTEGER,
    period.beforeSeq ?? Number.MAX_SAFE_INTEGER,
    period.limit,
  )

/** Everything after entry `seq`, oldest first: how a projection is built again or kept up. */
export const entriesAfter = (db: Reads, seq: number, limit: number): JournalEntry[] =>
  entries(db, 'seq > ? ORDER BY seq LIMIT ?', seq, limit)

/** Number of the newest entry, 0 for none. */
export const lastEntrySeq = (db: Reads): number =>
  statement<{ seq: number | null }>(db, 'SELECT max(seq) AS seq FROM journal').get()?.seq ?? 0

/** Whether anything of these kinds was ever told: what a new station sets up by itself waits for that. */
export const wasTold = (db: Reads, ...kinds: JournalKind[]): boolean =>
  kinds.some((kind) => statement(db, 'SELECT 1 FROM journal WHERE kind = ? LIMIT 1').get(kind) !== undefined)
