import type { CountedSeries } from '#shared/model/counted-series.ts'
import { allRows, run, statement } from '#engine/store/connections.ts'
import type { Reads, Writes } from '#engine/store/reads.ts'
import { countedSeriesTable } from '#engine/store/tables/counted.ts'

/** `keyHash`: SHA-256, in hex, of the key of the program that sends its numbers; null: none may. */
export type StoredSeries = CountedSeries & { keyHash: string | null }

type Row = Parameters<typeof countedSeriesTable.put>[1]
const fromRow = ({ body, keyHash }: Row): StoredSeries => ({ ...body, keyHash })

/** By name. */
export const allSeries = (db: Reads): StoredSeries[] =>
  countedSeriesTable
    .all(db, 'ORDER BY id')
    .map(fromRow)
    .sort((a, b) => a.name.localeCompare(b.name))

export const seriesById = (db: Reads, id: string): StoredSeries | undefined => {
  const row = countedSeriesTable.get(db, id)
  return row && fromRow(row)
}

export const writeSeries = (db: Writes, { keyHash, ...body }: StoredSeries): void =>
  countedSeriesTable.put(db, { id: body.id, body, keyHash })

export const removeSeries = (db: Writes, id: string): boolean => countedSeriesTable.remove(db, id)

/** What is known of what comes in. Minutes since 1970. */
export interface Feed {
  no: number
  id: string
  /** Milliseconds since 1970. */
  liveAt: number | null
  changedFrom: number | null
}

const FEED = 'SELECT no, id, live_at AS liveAt, changed_from AS changedFrom FROM counted_feed'

/** undefined: no number ever came. */
export const feedOf = (db: Reads, id: string): Feed | undefined => statement<Feed>(db, `${FEED} WHERE id = ?`).get(id)

export function feedFor(db: Writes, id: string): Feed {
  statement(db, 'INSERT INTO counted_feed (id) VALUES (?) ON CONFLICT DO NOTHING').run(id)
  return feedOf(db, id)!
}

export const writeFeed = (db: Writes, { no, liveAt, changedFrom }: Feed): void =>
  void statement(db, 'UPDATE counted_feed SET live_at = ?, changed_from = ? WHERE no = ?').run(liveAt, changedFrom, no)

/** The number of a minute; undefined: there is none. */
export const valueAt = (db: Reads, series: number, minute: number): number | undefined =>
  statement<{ value: number }>(db, 'SELECT value FROM counted_value WHERE series = ? AND minute = ?').get(
    series,
    minute,
  )?.value

export const putValue = (db: Writes, series: number, minute: number, value: number): void =>
  void statement(
    db,
    'INSERT INTO counted_value VALUES (?, ?, ?) ON CONFLICT (series, minute) DO UPDATE SET value = excluded.value',
  ).run(series, minute, value)

export interface Bucket {
  /** Minutes since 1970 ÷ width. */
  bucket: number
  value: number
}

/** Of the minutes [from, to), by buckets of `width` minutes: sums, or means of a level; oldest first. Buckets without a number are left out. */
export const valuesBetween = (
  db: Reads,
  series: number,
  { kind, width, from, to }: { kind: CountedSeries['kind']; width: number; from: number; to: number },
): Bucket[] =>
  allRows<Bucket>(
    db,
    `SELECT minute / CAST(? AS INTEGER) AS bucket, ${kind === 'sum' ? 'sum' : 'avg'}(value) AS value FROM counted_value
     WHERE series = ? AND minute >= ? AND minute < ? GROUP BY bucket ORDER BY bucket`,
    width,
    series,
    from,
    to,
  )

/** The newest minute with a number, and the first. */
export const lastValue = (db: Reads, series: number): { minute: number; value: number } | undefined =>
  statement<{ minute: number; value: number }>(
    db,
    'SELECT minute, value FROM counted_value WHERE series = ? ORDER BY minute DESC LIMIT 1',
  ).get(series)
export const firstMinute = (db: Reads, series: number): number | undefined =>
  statement<{ minute: number }>(db, 'SELECT minute FROM counted_value WHERE series = ? ORDER BY minute LIMIT 1').get(
    series,
  )?.minute

/** Forgets the oldest numbers of minutes before this one, at most so many; with `gone` all of series that are there no more. Returns how many. */
export function pruneValues(
  db: Writes,
  { before, gone, most }: { before: number; gone: boolean; most: number },
): number {
  let left = most
  const feeds = allRows<{ no: number; isGone: 0 | 1 }>(
    db,
    'SELECT f.no, s.id IS NULL AS isGone FROM counted_feed f LEFT JOIN counted_series s ON s.id = f.id',
  )
  for (const { no, isGone } of feeds) {
    const isOver = gone && isGone === 1
    const deleted = run(
      db,
      `DELETE FROM counted_value WHERE series = ? AND minute IN
         (SELECT minute FROM counted_value WHERE series = ? AND minute < ? ORDER BY minute LIMIT ?)`,
      no,
      no,
      isOver ? Number.MAX_SAFE_INTEGER : before,
      left,
    )
    if (isOver && deleted < left) run(db, 'DELETE FROM counted_feed WHERE no = ?', no)
    left -= deleted
    if (left <= 0) break
  }
  return most - left
}
