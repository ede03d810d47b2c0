import type { Reads } from '../reads.ts'
import { threadKey } from '../mention-writer.ts'
import { keyHash } from '../hash.ts'
import { statement } from '../connections.ts'
import { rowBySeq } from './mentions.ts'
import { type Card, cardOfRow, cardsBySeq } from './cards.ts'
import type { MentionRow } from './mentions.ts'

/** Longer conversations show their newest part. */
const MOST = 200

/** The conversation that row `seq` belongs to, oldest first; the mention alone when it belongs to none. */
export function thread(db: Reads, question: { seq: number; seed: number }): Card[] {
  const row = rowBySeq(db, question.seq)
  if (!row) return []
  const key = row.thread_key ?? threadKey(question.seed, row.network, row.external_id)
  const members = statement<{ seq: number }>(
    db,
    'SELECT seq FROM thread_member WHERE thread_key = ? ORDER BY seq DESC LIMIT ?',
  ).all(key, MOST)
  const rows = new Map<number, MentionRow>([[row.seq, row]])
  for (const { seq } of members) {
    const member = rowBySeq(db, seq)
    if (member && member.network === row.network) rows.set(seq, member)
  }
  const root = rootOf(db, question.seed, key, [...rows.values()])
  if (root) rows.set(root.seq, root)
  return [...rows.values()]
    .sort((a, b) => a.published_at - b.published_at || a.seq - b.seq)
    .map((member) => cardOfRow(db, member))
}

/** The mention that began the conversation names it by its own id and is not in the table of members. */
function rootOf(db: Reads, seed: number, key: number, members: readonly MentionRow[]): MentionRow | undefined {
  const ids = new Set<string>()
  for (const { thread_id, in_reply_to, network } of members) {
    for (const id of [thread_id, in_reply_to]) {
      if (id !== null && threadKey(seed, network, id) === key) ids.add(id)
    }
  }
  const network = members[0]?.network
  const sources = statement<{ source_id: string }>(db, 'SELECT source_id FROM source_no WHERE network = ?').all(network)
  const byKey = statement<{ seq: number }>(db, 'SELECT seq FROM mention_key WHERE key = ?')
  for (const id of ids) {
    for (const { source_id } of sources) {
      for (let at = keyHash(seed, source_id, id); ; at++) {
        const found = byKey.get(at)
        if (!found) break
        const row = rowBySeq(db, found.seq)
        if (row?.external_id === id && row.source_id === source_id) return row
      }
    }
  }
  return undefined
}

/** The same author's other mentions, newest first. */
export function byAuthor(db: Reads, question: { seq: number; limit: number }): Card[] {
  const row = rowBySeq(db, question.seq)
  if (!row || row.author_key === null) return []
  const newest = statement<{ last_seq: number }>(db, 'SELECT last_seq FROM author WHERE key = ?').get(row.author_key)
  const before = statement<{ author_prev: number | null }>(db, 'SELECT author_prev FROM mention WHERE seq = ?')
  const seqs: number[] = []
  // The author's entry may lag while much comes in; what is older than this mention is always found.
  let at: number | null = Math.max(newest?.last_seq ?? 0, row.seq)
  while (at !== null && seqs.length < question.limit) {
    if (at !== row.seq) seqs.push(at)
    at = before.get(at)?.author_prev ?? null
  }
  return cardsBySeq(db, seqs)
}

/** The card of one row; null when there is none. */
export const card = (db: Reads, question: { seq: number }): Card | null => {
  const row = rowBySeq(db, question.seq)
  return row ? cardOfRow(db, row) : null
}
