import type { Reads } from '#engine/store/reads.ts'
import { allValues, firstValue, statement } from '#engine/store/connections.ts'

/** An entry of the journal that officers are told of. */
export interface NoticeRow {
  seq: number
  at: number
  kind: string
  actorId: string
  actorName: string
  mentionId: string | null
  caseId: string | null
}

/** The last entry before a time: where somebody begins to read who wants what came after. */
export const lastEntryBefore = (db: Reads, at: number): number =>
  firstValue<number>(db, 'SELECT seq FROM journal WHERE at < ? ORDER BY at DESC, seq DESC LIMIT 1', at) ?? 0

/**
 * What asks for officers, after one entry up to another: rules that alert, desks that let a case wait too long, answers
 * that did not arrive. By the entries' numbers: they are few, while a kind has its entries all over the journal.
 */
export const alertsBetween = (db: Reads, after: number, upTo: number): NoticeRow[] =>
  statement<NoticeRow>(
    db,
    `SELECT seq, at, kind, actor_id AS actorId, actor_name AS actorName, mention_id AS mentionId, case_id AS caseId
     FROM journal NOT INDEXED
     WHERE seq > ? AND seq <= ? AND (kind IN ('alert.raised', 'answer.failed', 'answer.unknown')
       OR (kind = 'case.opened' AND json_valid(data) AND json_extract(data, '$.alert') = 1)
       OR (kind = 'case.queued' AND json_valid(data) AND json_extract(data, '$.waited') = 'alert'))
     ORDER BY seq`,
  ).all(after, upTo)

/** Cases whose newest answer was not delivered, or perhaps not; the newest change first. */
export const undeliveredCases = (db: Reads, limit: number): string[] =>
  allValues<string>(
    db,
    `SELECT id FROM cases WHERE state <> 'closed' AND answer IN ('failed', 'unknown') ORDER BY updated_at DESC LIMIT ?`,
    limit,
  )

/** Open cases about which a desk outside said something; the newest case first. */
export const casesWithDeskWords = (db: Reads, limit: number): string[] =>
  allValues<string>(
    db,
    `SELECT id FROM cases WHERE desk_says IS NOT NULL AND state <> 'closed' ORDER BY seq DESC LIMIT ?`,
    limit,
  )
