import type { Reads } from '#engine/store/reads.ts'
import type { JournalRow } from '#engine/store/journal-chain.ts'
import { rowOf } from '#engine/store/station-id.ts'
import { statement } from '#engine/store/connections.ts'

/** A case of a period with what its first entry says. */
export interface OpenedCase {
  caseId: string
  mentionId: string
  openedAt: number
  state: string
  explanation: string
}

/** Cases opened in [from, to), newest first. */
export const casesOpenedBetween = (db: Reads, from: number, to: number, limit: number): OpenedCase[] =>
  statement<OpenedCase>(
    db,
    `SELECT id AS caseId, mention_id AS mentionId, opened_at AS openedAt, state, explanation
     FROM cases WHERE opened_at >= ? AND opened_at < ? ORDER BY opened_at DESC, seq DESC LIMIT ?`,
  ).all(from, to, limit)

/** What one entry of a case's journal says about desks. JSON null and absent are told apart by `deskType`. */
export interface DeskEntry extends Omit<JournalRow, 'mention_id' | 'case_id' | 'data'> {
  deskType: string | null
  deskId: string | null
  undoes: number | null
  reason: string | null
  suggested: number
}

/** Entries of a case that decide or judge where it is, oldest first. */
export const deskEntries = (db: Reads, caseId: string): DeskEntry[] =>
  statement<DeskEntry>(
    db,
    `SELECT seq, at, kind, actor_kind, actor_id, actor_name, json_type(data, '$.after.deskId') AS deskType,
       json_extract(data, '$.after.deskId') AS deskId, json_extract(data, '$.undoes') AS undoes,
       json_extract(data, '$.after.closeReason') AS reason, json_type(data, '$.suggested') IS NOT NULL AS suggested
     FROM journal WHERE case_id = ? AND json_valid(data) AND kind IN ('case.opened', 'case.routed', 'case.escalated', 'case.queued', 'case.closed',
       'case.reopened', 'case.undone', 'case.accepted', 'case.replied', 'case.approved', 'handoff.bounced') ORDER BY seq`,
  ).all(caseId)

/** Whether the rule that opened a case raised an alert: it stands in the entry that opened it. */
export const openedWithAlert = (db: Reads, caseId: string): boolean =>
  statement<{ alert: number | null }>(
    db,
    `SELECT json_extract(data, '$.alert') AS alert FROM journal WHERE case_id = ? AND kind = 'case.opened' AND json_valid(data)`,
  ).get(caseId)?.alert === 1

/** First words of a mention, for a list. */
export const mentionStart = (db: Reads, mentionId: string, length: number): string =>
  statement<{ text: string }>(db, 'SELECT substr(text, 1, ?) AS text FROM mention WHERE seq = ?').get(
    length,
    rowOf(db, mentionId),
  )?.text ?? ''

/** When the first mention after row `seq` was seen; undefined: there is none. */
export const firstSeenAfter = (db: Reads, seq: number): number | undefined =>
  statement<{ at: number }>(db, 'SELECT seen_at AS at FROM mention WHERE seq > ? ORDER BY seq LIMIT 1').get(seq)?.at
