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

/** A rule that tells the officers said so of a mention. */
export interface Word {
  rule: string
  /** The rule's name then. */
  name: string
  mentionId: string
  at: number
}

/** What rules told the officers after one entry up to another, with a case or without one, oldest first. By the entries' numbers, as below. */
export const wordsBetween = (db: Reads, after: number, upTo: number): Word[] =>
  statement<Word>(
    db,
    `SELECT actor_id AS rule, actor_name AS name, mention_id AS mentionId, at
     FROM journal NOT INDEXED
     WHERE seq > ? AND seq <= ? AND mention_id IS NOT NULL AND actor_kind = 'rule'
       AND (kind = 'alert.raised'
         OR (kind = 'case.opened' AND json_valid(data) AND json_extract(data, '$.alert') = 1))
     ORDER BY seq`,
  ).all(after, upTo)

/**
 * What asks for officers, after one entry up to another: desks that let a case wait too long, answers
 * that did not arrive. By the entries' numbers: they are few, while a kind has its entries all over the journal.
 */
export const waitingBetween = (db: Reads, after: number, upTo: number): NoticeRow[] =>
  statement<NoticeRow>(
    db,
    `SELECT seq, at, kind, actor_id AS actorId, actor_name AS actorName, mention_id AS mentionId, case_id AS caseId
     FROM journal NOT INDEXED
     WHERE seq > ? AND seq <= ? AND (kind IN ('answer.failed', 'answer.unknown')
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
