import type { JournalEntry } from '#shared/model/journal.ts'
import type { SentimentLabel } from '#shared/model/sentiment.ts'
import type { Reads } from '#engine/store/reads.ts'
import { journalColumns, type JournalRow } from '#engine/store/journal-chain.ts'
import type { QuestionContext } from '#engine/store/questions.ts'
import { allRows, connectionOf, statement } from '#engine/store/connections.ts'
import { rowOf } from '#engine/store/station-id.ts'
import { toEntry } from './journal.ts'
import { sentimentOf } from './mentions.ts'
import { earlierReadings, moodsUntilAfter } from './rereading.ts'

/**
 * Row number of the last mention that had been seen at `at`; 0: none. Rows come in the order in which they were seen, so
 * that a binary search over them needs no index. Where the machine's clock was set back, order of arrival decides.
 */
export function lastSeenBy(db: Reads, at: number): number {
  const probe = statement<{ seq: number; seen_at: number }>(
    db,
    'SELECT seq, seen_at FROM mention WHERE seq <= ? ORDER BY seq DESC LIMIT 1',
  )
  let low = 0
  let high = statement<{ seq: number | null }>(db, 'SELECT max(seq) AS seq FROM mention').get()?.seq ?? 0
  // All rows up to `low` were seen, none after `high` is.
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    const row = probe.get(middle)
    if (row === undefined || row.seq <= low) {
      // A hole between the two: rows are missing, nothing to look at.
      low = middle
    } else if (row.seen_at <= at) low = middle
    else high = row.seq - 1
  }
  return probe.get(low)?.seq ?? 0
}

/** Mentions with row numbers in (after, upTo]. */
export const countBetween = (db: Reads, after: number, upTo: number): number =>
  statement<{ n: number }>(db, 'SELECT COUNT(*) AS n FROM mention WHERE seq > ? AND seq <= ?').get(after, upTo)?.n ?? 0

export interface SeenInput {
  after: number
  upTo: number
  from: number
  /** Of one bucket, ms. */
  width: number
  buckets: number
}

/** How many mentions were seen, by bucket × sentiment (0 negative, 1 neutral, 2 positive), three numbers a bucket. */
export function seenByBucket(db: Reads, input: SeenInput, context: Pick<QuestionContext, 'cancelled'>): number[] {
  const counts = new Array<number>(input.buckets * 3).fill(0)
  const rows = connectionOf(db)
    .prepare('SELECT seen_at, sentiment FROM mention WHERE seq > ? AND seq <= ? ORDER BY seq')
    .iterate(input.after, input.upTo) as IterableIterator<{ seen_at: number; sentiment: number }>
  let looked = 0
  for (const row of rows) {
    if (++looked % 10_000 === 0 && context.cancelled()) break
    const bucket = Math.min(input.buckets - 1, Math.max(0, Math.floor((row.seen_at - input.from) / input.width)))
    counts[bucket * 3 + row.sentiment]! += 1
  }
  return counts
}

/** Label of a mention before each time an officer or a change of models changed it, oldest first. */
export interface LabelChange {
  at: number
  before: { label: SentimentLabel; score: number; confidence: number; model: string; driving: string | null }
}

export function labelChanges(db: Reads, mentionId: string): LabelChange[] {
  const told = allRows<{ at: number; data: string }>(
    db,
    `SELECT at, data FROM journal WHERE mention_id = ? AND kind = 'mention.relabelled' ORDER BY seq`,
    mentionId,
  ).map(({ at, data }) => ({ at, before: (JSON.parse(data) as Pick<LabelChange, 'before'>).before }))
  const seq = rowOf(db, mentionId)
  const read = (seq === null ? [] : earlierReadings(db, seq)).map(
    ({ until, sentiment, score, confidence, model, driving }) => ({
      at: until,
      before: { label: sentimentOf[sentiment]!, score, confidence, model, driving },
    }),
  )
  return [...told, ...read].sort((a, b) => a.at - b.at)
}

/** What the labels of rows (after, upTo] were at `at`, where an officer or a change of models changed them since. Each row once. */
export function labelsThen(
  db: Reads,
  within: { after: number; upTo: number },
  at: number,
): { seq: number; label: SentimentLabel }[] {
  const told = allRows<{ id: string; label: SentimentLabel; at: number }>(
    db,
    `SELECT mention_id AS id, json_extract(data, '$.before.label') AS label, at FROM journal
     WHERE at > ? AND kind = 'mention.relabelled' ORDER BY journal.seq`,
    at,
  ).flatMap(({ id, ...change }) => {
    const seq = rowOf(db, id)
    return seq === null || seq <= within.after || seq > within.upTo ? [] : { seq, ...change }
  })
  const read = moodsUntilAfter(db, within, at).map(({ seq, until, sentiment }) => ({
    seq,
    label: sentimentOf[sentiment]!,
    at: until,
  }))
  const first = new Map<number, (typeof told)[number]>()
  for (const change of [...told, ...read]) {
    const known = first.get(change.seq)
    if (known === undefined || change.at < known.at) first.set(change.seq, change)
  }
  return [...first.values()].map(({ seq, label }) => ({ seq, label }))
}

/** Ids of listens that were saved for the first time after `at`. */
export function listensMadeAfter(db: Reads, at: number): Set<string> {
  const rows = statement<{ id: string | null; first: number }>(
    db,
    `SELECT json_extract(data, '$.after.id') AS id, MIN(at) AS first FROM journal WHERE kind = 'listen.saved' GROUP BY 1`,
  ).all()
  return new Set(rows.filter((row) => row.id !== null && row.first > at).map((row) => row.id as string))
}

/** Muted when `at` had been reached, and not unmuted by then: `author:key`, `thread:key`. */
export function mutesAt(db: Reads, at: number): Set<string> {
  const rows = statement<{ kind: string; key: number }>(
    db,
    `SELECT kind, json_extract(data, '$.key') AS key FROM journal
     WHERE kind IN ('author.muted', 'author.unmuted', 'thread.muted', 'thread.unmuted') AND at <= ? ORDER BY seq`,
  ).all(at)
  const muted = new Set<string>()
  for (const { kind, key } of rows) {
    const [what, done] = kind.split('.') as [string, string]
    if (done === 'muted') muted.add(`${what}:${key}`)
    else muted.delete(`${what}:${key}`)
  }
  return muted
}

/** A journal entry with its place in the chain, hex. */
export type HashedEntry = JournalEntry & { hash: string }

/** Entries of a stretch of time and, when given, of one mention, oldest first, `limit` at a time after entry `seq`. */
export function hashedEntries(
  db: Reads,
  input: { from: number | null; to: number | null; mentionId: string | null; afterSeq: number; limit: number },
): HashedEntry[] {
  const rows = statement<JournalRow & { hash: Uint8Array }>(
    db,
    `SELECT ${journalColumns}, hash FROM journal
     WHERE seq > @afterSeq AND at >= @from AND at < @to AND (@mentionId IS NULL OR mention_id = @mentionId)
     ORDER BY seq LIMIT @limit`,
  ).all({ ...input, from: input.from ?? Number.MIN_SAFE_INTEGER, to: input.to ?? Number.MAX_SAFE_INTEGER })
  return rows.map((row) => ({ ...toEntry(row), hash: Buffer.from(row.hash).toString('hex') }))
}
