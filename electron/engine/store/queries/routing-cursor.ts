import type { Mention } from '#shared/model/mention.ts'
import type { Reads, Writes } from '#engine/store/reads.ts'
import { statement } from '#engine/store/connections.ts'
import { mentionColumns, toMention, type MentionRow } from './mentions.ts'

/** Row number of the last mention that the rules have looked at. */
export const readRoutingCursor = (db: Reads): number =>
  statement<{ seq: number }>(db, 'SELECT mention_seq AS seq FROM routing_cursor WHERE id = 1').get()?.seq ?? 0

export function writeRoutingCursor(db: Writes, mentionSeq: number): void {
  statement(db, 'UPDATE routing_cursor SET mention_seq = ? WHERE id = 1').run(mentionSeq)
}

export interface MentionKeys {
  seq: number
  authorKey: number | null
  threadKey: number | null
  /** Earlier mentions by the same author on the same network, as counted when this one arrived. */
  authorEarlier: number
}

/** Keys by which mentions of one author or conversation are found. */
export function mentionKeys(db: Reads, seq: number): MentionKeys | undefined {
  return statement<MentionKeys>(
    db,
    `SELECT seq, author_key AS authorKey, thread_key AS threadKey, author_earlier AS authorEarlier
     FROM mention WHERE seq = ?`,
  ).get(seq)
}

/**
 * Up to `limit` mentions after row `seq` that rules can be about: heard by a listen, written to us alone, or to what we
 * answered. History of an import is none of them.
 */
export function mentionsToRoute(db: Reads, seq: number, limit: number): Mention[] {
  const rows = statement<MentionRow>(
    db,
    `SELECT ${mentionColumns} FROM mention m
     WHERE m.seq > ? AND m.arrival IS NOT 1 AND (m.listens IS NOT NULL OR m.private = 1 OR EXISTS (
       SELECT 1 FROM parcels p WHERE p.external_id = m.in_reply_to AND p.network = m.network)) ORDER BY m.seq LIMIT ?`,
  ).all(seq, limit)
  return rows.map((row) => toMention(db, row))
}
