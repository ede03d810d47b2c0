import type { Mention } from '#shared/model/mention.ts'
import { allRows } from '../connections.ts'
import type { Reads } from '../reads.ts'
import { intentOf } from './mentions.ts'

/** A member of a problem, for who looks over all of them. */
export interface MemberToLookAt {
  seq: number
  no: number
  fixed: boolean
  text: string
  lang: string
  /** When it was written, in milliseconds since 1970. */
  publishedAt: number
  /** Written to the company alone. */
  private: boolean
  /** Why it was written, as far as that is known. */
  intent: Mention['intent']
}

/** Newest members of open groups seen since `since`, at most `each` of one group and `most` in all. */
export function membersToLookAt(db: Reads, since: number, each: number, most: number): MemberToLookAt[] {
  const rows = allRows<
    Omit<MemberToLookAt, 'fixed' | 'intent' | 'private'> & {
      by_officer: number
      private: number
      intent: string | null
    }
  >(
    db,
    `SELECT r.mention_seq AS seq, r.no, r.by_officer, m.text, m.lang, m.published_at AS publishedAt, m.private, m.intent
     FROM (SELECT p.mention_seq, p.no, p.by_officer, row_number() OVER (PARTITION BY p.no ORDER BY p.mention_seq DESC) AS nth
           FROM problem_member p LEFT JOIN problem o ON o.no = p.no
           WHERE p.seen_at >= ? AND o.closed_at IS NULL AND o.merged_into IS NULL) r
     JOIN mention m ON m.seq = r.mention_seq
     WHERE r.nth <= ? ORDER BY r.mention_seq DESC LIMIT ?`,
    since,
    each,
    most,
  )
  return rows.map(({ by_officer, private: isPrivate, intent, ...row }) => ({
    ...row,
    fixed: by_officer === 1,
    private: isPrivate === 1,
    intent: intentOf(db, row.seq, row.text, intent),
  }))
}
