import { allValues, connectionOf, statement } from '../connections.ts'
import type { Reads, Writes } from '../reads.ts'
import { ALL, rollupSteps } from '../rollups.ts'

/**
 * What panes and charts keep beside the mentions follows from them: `heard` from a mention's own listens, the roll-ups from
 * `heard`. Here is what does not, and how it is made anew.
 */

/** An entry of a pane, by its key. */
export interface Entry {
  listen: number
  publishedAt: number
  seq: number
}
export interface RollupGaps {
  /** Since 1970, in which minutes or the hour itself differ from a recount. */
  hours: number[]
  /** Since 1970, that differ from their hours. */
  days: number[]
}

const WRONG = '(h.seq IS NULL OR h.sentiment <> m.sentiment OR h.source <> s.no)'
const AT = 'h.published_at = m.published_at AND h.seq = m.seq'
const OWN = "'[' || m.listens || ']'"

/** Rows [fromSeq, toSeq] that lack an entry in a pane which they name, or have one that says something else. */
export function paneGaps(db: Reads, ask: { fromSeq: number; toSeq: number; limit: number }): number[] {
  const rows = connectionOf(db).prepare<unknown[], number>(
    `SELECT m.seq FROM mention m JOIN source_no s ON s.source_id = m.source_id
     LEFT JOIN heard h ON h.listen = ${ALL} AND ${AT}
     WHERE m.seq BETWEEN @fromSeq AND @toSeq AND ${WRONG}
     UNION
     SELECT m.seq FROM mention m JOIN source_no s ON s.source_id = m.source_id
     JOIN json_each(CASE WHEN json_valid(${OWN}) THEN ${OWN} ELSE '[]' END) l
     JOIN listen_no n ON n.no = l.value AND n.retired = 0
     LEFT JOIN heard h ON h.listen = n.no AND ${AT}
     WHERE m.seq BETWEEN @fromSeq AND @toSeq AND m.listens IS NOT NULL AND ${WRONG}
     LIMIT @limit`,
  )
  return rows.pluck().all(ask)
}

/** Entries of a pane that are of no mention, or of one that says something else. */
export const paneStrangers = (db: Reads, ask: { listen: number; limit: number }): Entry[] =>
  connectionOf(db)
    .prepare<unknown[], Entry>(
      `SELECT h.listen, h.published_at AS publishedAt, h.seq FROM heard h LEFT JOIN mention m ON m.seq = h.seq
       LEFT JOIN source_no s ON s.source_id = m.source_id
       WHERE h.listen = @listen AND (m.seq IS NULL OR m.published_at <> h.published_at OR m.sentiment <> h.sentiment
         OR s.no <> h.source) LIMIT @limit`,
    )
    .all(ask)

const SUMS = 'sum(sentiment = 0) AS a, sum(sentiment = 1) AS b, sum(sentiment = 2) AS c'
const stored = (step: number): string =>
  `SELECT source, bucket, negative AS a, neutral AS b, positive AS c FROM rollup
   WHERE step = ${step} AND listen = @listen AND (negative <> 0 OR neutral <> 0 OR positive <> 0)`
const folded = (step: number, factor: number): string =>
  `SELECT source, bucket / ${factor} AS bucket, sum(a) AS a, sum(b) AS b, sum(c) AS c FROM (${stored(step)}) GROUP BY 1, 2`
const minutes = `SELECT source, published_at / 60000 AS bucket, ${SUMS} FROM heard WHERE listen = @listen GROUP BY 1, 2
  UNION ALL SELECT ${ALL}, published_at / 60000, ${SUMS} FROM heard WHERE listen = @listen GROUP BY 2`
/** Buckets in which one of both says something else than the other. */
const differing = (one: string, other: string, width: number): string => {
  const all = (sql: string): string => `SELECT source, bucket, a, b, c FROM (${sql})`
  const only = (here: string, there: string): string => all(`${all(here)} EXCEPT ${all(there)}`)
  return `SELECT DISTINCT bucket / ${width} AS at FROM (${only(one, other)} UNION ALL ${only(other, one)}) LIMIT @limit`
}

/** Where the charts of a listen differ from a recount of its pane. */
export function rollupGaps(db: Reads, ask: { listen: number; limit: number }): RollupGaps {
  const at = (sql: string): number[] => connectionOf(db).prepare<unknown[], number>(sql).pluck().all(ask)
  const hours = new Set([...at(differing(minutes, stored(1), 60)), ...at(differing(folded(1, 60), stored(60), 1))])
  return { hours: [...hours], days: at(differing(folded(60, 24), stored(1440), 1)) }
}

/** Whether the charts of a listen know of more mentions somewhere than its pane: entries were lost. */
export const paneLost = (db: Reads, ask: { listen: number }): boolean =>
  rollupSteps.some((step) =>
    connectionOf(db)
      .prepare(
        // One walk in the order of buckets: joined to a recount, each bucket would have all of the pane counted anew.
        `SELECT 1 FROM (
           SELECT bucket, -(negative + neutral + positive) AS n FROM rollup
           WHERE step = ${step} AND listen = @listen AND source = ${ALL}
           UNION ALL SELECT published_at / (60000 * ${step}), 1 FROM heard WHERE listen = @listen)
         GROUP BY bucket HAVING sum(n) < 0 LIMIT 1`,
      )
      .get(ask),
  )

/** Gives rows their entries and takes strangers out; with the charts, in the transaction that it is called in. */
export function mendEntries(db: Writes, seqs: readonly number[], strangers: readonly Entry[]): void {
  const told = statement<{ publishedAt: number; sentiment: number; source: number; listens: string | null }>(
    db,
    `SELECT m.published_at AS publishedAt, m.sentiment, m.listens, s.no AS source
     FROM mention m JOIN source_no s ON s.source_id = m.source_id WHERE m.seq = ?`,
  )
  const put = statement(
    db,
    `INSERT INTO heard (listen, published_at, seq, source, sentiment) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET source = excluded.source, sentiment = excluded.sentiment`,
  )
  const drop = statement(db, 'DELETE FROM heard WHERE listen = ? AND published_at = ? AND seq = ?')
  const current = new Set(currentPanes(db))
  const touched = new Map<string, [listen: number, hour: number]>()
  const touch = (listen: number, publishedAt: number): void => {
    const hour = Math.floor(publishedAt / 3_600_000)
    touched.set(`${listen} ${hour}`, [listen, hour])
  }
  const give = (seq: number, listens: (own: number[]) => number[]): void => {
    const row = told.get(seq)
    if (!row) return
    const own = (row.listens ?? '').split(',').map(Number)
    for (const listen of listens(own)) {
      if (!current.has(listen)) continue
      put.run(listen, row.publishedAt, seq, row.source, row.sentiment)
      touch(listen, row.publishedAt)
    }
  }
  for (const { listen, publishedAt, seq } of strangers) {
    drop.run(listen, publishedAt, seq)
    touch(listen, publishedAt)
    give(seq, () => [listen])
  }
  for (const seq of seqs) give(seq, (own) => [ALL, ...own])
  for (const [listen, hour] of touched.values()) recountHour(db, listen, hour)
}

/** Minutes, hour and day of a listen's charts, from its pane. Inside a transaction. */
export function recountHour(db: Writes, listen: number, hour: number): void {
  const from = hour * 3_600_000
  clear(db, 1, listen, hour * 60, hour * 60 + 59)
  const insert = (source: string): void =>
    void statement(
      db,
      `INSERT INTO rollup (step, listen, source, bucket, negative, neutral, positive)
       SELECT 1, @listen, ${source}, @minute + (published_at - @from) / 60000, sum(sentiment = 0), sum(sentiment = 1),
         sum(sentiment = 2)
       FROM heard WHERE listen = @listen AND published_at >= @from AND published_at < @from + 3600000 GROUP BY 3, 4`,
    ).run({ listen, from, minute: hour * 60 })
  insert('source')
  insert(String(ALL))
  fold(db, listen, { step: 60, bucket: hour, finer: 1, factor: 60 })
  recountDay(db, listen, Math.floor(hour / 24))
}

export const recountDay = (db: Writes, listen: number, day: number): void =>
  fold(db, listen, { step: 1440, bucket: day, finer: 60, factor: 24 })

function fold(db: Writes, listen: number, to: { step: number; bucket: number; finer: number; factor: number }): void {
  const { step, bucket, finer, factor } = to
  clear(db, step, listen, bucket, bucket)
  const sum = statement(
    db,
    `INSERT INTO rollup (step, listen, source, bucket, negative, neutral, positive)
     SELECT @step, @listen, source, @bucket, sum(negative), sum(neutral), sum(positive) FROM rollup
     WHERE step = @finer AND listen = @listen AND source = @source AND bucket BETWEEN @first AND @last
     GROUP BY source`,
  )
  const first = bucket * factor
  for (const source of sourcesIn(db, finer, listen))
    sum.run({ step, listen, source, bucket, finer, first, last: first + factor - 1 })
}

function clear(db: Writes, step: number, listen: number, first: number, last: number): void {
  const gone = statement(
    db,
    'DELETE FROM rollup WHERE step = ? AND listen = ? AND source = ? AND bucket BETWEEN ? AND ?',
  )
  for (const source of sourcesIn(db, step, listen)) gone.run(step, listen, source, first, last)
}

/** Each by one look into the index; those that no source has any more too. */
function sourcesIn(db: Reads, step: number, listen: number): number[] {
  const next = statement<{ source: number }>(
    db,
    'SELECT source FROM rollup WHERE step = ? AND listen = ? AND source > ? ORDER BY source LIMIT 1',
  )
  const found: number[] = []
  for (let at = -1_000_000; ; at = found.at(-1)!) {
    const row = next.get(step, listen, at)
    if (!row) return found
    found.push(row.source)
  }
}

/** All mentions, and the listens as they are saved now. */
export const currentPanes = (db: Reads): number[] => [
  ALL,
  ...allValues<number>(db, 'SELECT no FROM listen_no WHERE retired = 0'),
]

/** What a listen heard of history stands in its pane alone: where that was lost, history is matched again. */
export function matchAgain(db: Writes, listen: number): void {
  statement(db, 'INSERT INTO backfill (listen) VALUES (?) ON CONFLICT DO NOTHING').run(listen)
}
