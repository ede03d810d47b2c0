import { statement } from '../connections.ts'
import type { Reads } from '../reads.ts'

/** Of which mentions: those that a listen heard, those of a source, or all. */
export type CasesOf = { listen: number } | { source: number } | null

/** Cases opened within [from, to), instants, and how many of those the customer heard back on since. By the index of their opening. */
export function casesOpenedThen(db: Reads, of: CasesOf, from: number, to: number): { opened: number; replied: number } {
  const [only, no] =
    of === null
      ? ['', []]
      : 'listen' in of
        ? [
            `AND EXISTS (SELECT 1 FROM heard h WHERE h.listen = ? AND h.published_at = c.published_at AND h.seq = c.mention_seq)`,
            [of.listen],
          ]
        : [
            'AND (SELECT source_id FROM mention m WHERE m.seq = c.mention_seq) = (SELECT source_id FROM source_no WHERE no = ?)',
            [of.source],
          ]
  return statement<{ opened: number; replied: number }>(
    db,
    `SELECT count(*) AS opened, count(c.replied_at) AS replied FROM cases c
     WHERE c.opened_at >= ? AND c.opened_at < ? ${only}`,
  ).get(from, to, ...no)!
}
