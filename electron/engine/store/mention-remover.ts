import { allValues, statement } from './connections.ts'
import type { LookUps } from './look-ups.ts'
import { BLOCK_SIZE, blockOf } from './blocks.ts'
import type { Writes } from './reads.ts'
import { ALL, RollupSums } from './rollups.ts'

interface Going {
  seq: number
  source_id: string
  external_id: string
  network: string
  published_at: number
  sentiment: number
  author_id: string | null
  thread_key: number | null
}

export interface Finding {
  lookUps: LookUps
  keyOf(sourceId: string, externalId: string): number
}

/**
 * Takes mentions out of the store with everything that was written beside them: places in panes and charts, keys, authors'
 * chains, conversations, payloads, places in problems. Inside a transaction, and only rows that the look-up tables have.
 * Nobody may have decided anything about them. What calls them its first (`duplicate_of`) and the full-text index follow
 * later, see `orphanedCopies` and `Indexing.prune`. Returns how many mentions that stay had to be linked anew: all later ones of
 * their authors.
 */
export function removeMentions(db: Writes, { lookUps, keyOf }: Finding, seqs: readonly number[]): number {
  const rows = rowsOf(db, seqs)
  takeFromPanes(db, rows)
  for (const row of rows) lookUps.forgetKey(keyOf(row.source_id, row.external_id), row.seq)
  const relinked = shortenChains(db, lookUps, rows)
  const member = statement(db, 'DELETE FROM thread_member WHERE thread_key = ? AND seq = ?')
  const beside = [
    'mention_raw WHERE seq',
    'problem_member WHERE mention_seq',
    'relevance WHERE mention_seq',
    'mention_category WHERE mention_seq',
    'earlier_reading WHERE seq',
  ].map((of) => statement(db, `DELETE FROM ${of} = ?`))
  const mention = statement(db, 'DELETE FROM mention WHERE seq = ?')
  for (const { seq, thread_key: thread } of rows) {
    if (thread !== null) member.run(thread, seq)
    for (const one of beside) one.run(seq)
    mention.run(seq)
  }
  recountBlocks(db, rows)
  return relinked
}

function rowsOf(db: Writes, seqs: readonly number[]): Going[] {
  const read = statement<Going>(
    db,
    `SELECT seq, source_id, external_id, network, published_at, sentiment, author_id, thread_key FROM mention
     WHERE seq = ?`,
  )
  return seqs.flatMap((seq) => read.get(seq) ?? [])
}

/** Out of every listen that has them, also those whose history was matched later. */
function takeFromPanes(db: Writes, rows: readonly Going[]): void {
  const listens = [ALL, ...allValues<number>(db, 'SELECT no FROM listen_no WHERE retired <> 2')]
  const take = statement<{ source: number; sentiment: number }>(
    db,
    'DELETE FROM heard WHERE listen = ? AND published_at = ? AND seq = ? RETURNING source, sentiment',
  )
  const sums = new RollupSums()
  for (const { seq, published_at: at } of rows) {
    for (const listen of listens) {
      const taken = take.get(listen, at, seq)
      if (taken) sums.add(listen, taken.source, at, taken.sentiment, -1)
    }
  }
  sums.write(db)
}

/** An author's later mentions lead past those that go, and count fewer before them. */
function shortenChains(db: Writes, lookUps: LookUps, rows: readonly Going[]): number {
  const authors = new Map<string, { network: string; authorId: string; seqs: Set<number> }>()
  for (const { network, author_id: authorId, seq } of rows) {
    if (authorId === null) continue
    const name = `${network}\n${authorId}`
    const author = authors.get(name) ?? { network, authorId, seqs: new Set() }
    authors.set(name, author)
    author.seqs.add(seq)
  }
  const link = statement<{ prev: number | null; earlier: number }>(
    db,
    'SELECT author_prev AS prev, author_earlier AS earlier FROM mention WHERE seq = ?',
  )
  const relink = statement(db, 'UPDATE mention SET author_prev = ?, author_earlier = ? WHERE seq = ?')
  let relinked = 0
  for (const { network, authorId, seqs } of authors.values()) {
    const state = lookUps.knownAuthor(network, authorId)
    const later: number[] = []
    let left = seqs.size
    let at: number | null = state.lastSeq || null
    let earlier = 0
    while (at !== null && left > 0) {
      const row: { prev: number | null; earlier: number } | undefined = link.get(at)
      if (!row) throw new Error(`Row ${at} is missing in the chain of an author`)
      if (seqs.has(at)) left--
      else later.push(at)
      at = row.prev
      earlier = row.earlier
    }
    relinked += later.length
    for (const seq of later.reverse()) {
      relink.run(at, earlier, seq)
      at = seq
      earlier++
    }
    lookUps.setAuthor({ ...state, mentions: earlier, lastSeq: at ?? 0 })
    knownBy(db, state.key, seqs, at)
  }
  return relinked
}

/** Where an account was known by one of the rows that go, it is by the newest that stays; without any it is forgotten. */
function knownBy(db: Writes, key: number, gone: ReadonlySet<number>, newest: number | null): void {
  const by = statement<{ seq: number }>(db, 'SELECT last_seq AS seq FROM known_account WHERE author_key = ?').get(key)
  if (by === undefined || !gone.has(by.seq)) return
  if (newest === null) statement(db, 'DELETE FROM known_account WHERE author_key = ?').run(key)
  else statement(db, 'UPDATE known_account SET last_seq = ? WHERE author_key = ?').run(newest, key)
}

function recountBlocks(db: Writes, rows: readonly Going[]): void {
  const count = statement<{ n: number; first: number | null; last: number | null }>(
    db,
    `SELECT count(*) AS n, min(published_at) AS first, max(published_at) AS last FROM mention
     WHERE seq >= ? AND seq < ?`,
  )
  for (const no of new Set(rows.map(({ seq }) => blockOf(seq)))) {
    const { n, first, last } = count.get(no * BLOCK_SIZE, (no + 1) * BLOCK_SIZE)!
    if (n === 0) statement(db, 'DELETE FROM block WHERE no = ?').run(no)
    else
      statement(db, 'UPDATE block SET mentions = ?, first_published = ?, last_published = ? WHERE no = ?').run(
        n,
        first,
        last,
        no,
      )
  }
}

/** Mentions in rows [firstSeq, lastSeq] that are called copies of one that is gone, oldest first. */
export const orphanedCopies = (db: Writes, firstSeq: number, lastSeq: number): { seq: number; of: number }[] =>
  statement<{ seq: number; of: number }>(
    db,
    `SELECT seq, duplicate_of AS "of" FROM mention m WHERE seq BETWEEN ? AND ? AND duplicate_of IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM mention o WHERE o.seq = m.duplicate_of) ORDER BY seq`,
  ).all(firstSeq, lastSeq)

/** `of` null: it is the first of its kind. */
export const setCopyOf = (db: Writes, seq: number, of: number | null): void =>
  void statement(db, 'UPDATE mention SET duplicate_of = ? WHERE seq = ?').run(of, seq)
