import type { Reads } from '../reads.ts'
import { statement } from '../connections.ts'
import { END, type Narrow, newestFirst, type Place } from './filter.ts'

interface HeardRow {
  published_at: number
  seq: number
  source: number
  sentiment: number
}

const CHUNK = 256

/** Entries of one listen, newest first, from before `place` down to `from`. */
function* heardBy(db: Reads, listen: number, narrow: Narrow, place: Place, from: number): Generator<Place> {
  const read = statement<HeardRow>(
    db,
    `SELECT published_at, seq, source, sentiment FROM heard
     WHERE listen = ? AND (published_at, seq) < (?, ?) AND published_at >= ?
     ORDER BY published_at DESC, seq DESC LIMIT ?`,
  )
  let at = place
  let size = CHUNK
  for (;;) {
    const rows = read.all(listen, at.publishedAt, at.seq, from, size)
    let hits = 0
    for (const row of rows) {
      if (narrow.sources && !narrow.sources.has(row.source)) continue
      if (narrow.sentiments && !narrow.sentiments.has(row.sentiment)) continue
      hits++
      yield { publishedAt: row.published_at, seq: row.seq }
    }
    if (rows.length < size) return
    const last = rows.at(-1)!
    at = { publishedAt: last.published_at, seq: last.seq }
    if (hits > 0) continue
    // Nothing of that source or label around here: go on where the roll-ups know of one.
    size = Math.min(size * 2, 4096)
    const next = nextBusyHour(db, listen, narrow, Math.floor(at.publishedAt / 3_600_000), from)
    if (next === null) return
    const end = (next + 1) * 3_600_000
    if (end <= at.publishedAt) at = { publishedAt: end, seq: 0 }
  }
}

/** The newest hour up to `hour` in which the roll-ups count something that fits; null when there is none. */
function nextBusyHour(db: Reads, listen: number, narrow: Narrow, hour: number, from: number): number | null {
  const rows = statement<{ bucket: number; negative: number; neutral: number; positive: number }>(
    db,
    `SELECT bucket, negative, neutral, positive FROM rollup
     WHERE step = 60 AND listen = ? AND source = ? AND bucket <= ? AND bucket >= ? ORDER BY bucket DESC`,
  )
  let best: number | null = null
  for (const source of narrow.sources ?? [0]) {
    for (const row of rows.iterate(listen, source, hour, Math.floor(from / 3_600_000))) {
      if (best !== null && row.bucket <= best) break
      const counts = [row.negative, row.neutral, row.positive]
      const sum = counts.reduce(
        (n, count, label) => n + (!narrow.sentiments || narrow.sentiments.has(label) ? count : 0),
        0,
      )
      if (sum <= 0) continue
      best = row.bucket
      break
    }
  }
  return best
}

/**
 * What the listens heard, newest first, each mention once. Costs what is taken: several listens are merged from the ends
 * of their ranges.
 */
export function* heard(db: Reads, narrow: Narrow, before: Place | null, from: number | null): Generator<Place> {
  const place = before ?? END
  const least = from ?? Number.MIN_SAFE_INTEGER
  const ends: { rows: Generator<Place>; head: Place }[] = []
  for (const listen of narrow.listens) {
    const rows = heardBy(db, listen, narrow, place, least)
    const first = rows.next()
    if (!first.done) ends.push({ rows, head: first.value })
  }
  let lastSeq = -1
  while (ends.length > 0) {
    let newest = ends[0]!
    for (const end of ends) if (newestFirst(end.head, newest.head) < 0) newest = end
    if (newest.head.seq !== lastSeq) {
      lastSeq = newest.head.seq
      yield newest.head
    }
    const next = newest.rows.next()
    if (next.done) ends.splice(ends.indexOf(newest), 1)
    else newest.head = next.value
  }
}

/** Whether one of the listens heard the mention, and source and label fit. */
export function isHeard(db: Reads, narrow: Narrow, place: Place): boolean {
  const read = statement<{ source: number; sentiment: number }>(
    db,
    'SELECT source, sentiment FROM heard WHERE listen = ? AND published_at = ? AND seq = ?',
  )
  for (const listen of narrow.listens) {
    const row = read.get(listen, place.publishedAt, place.seq)
    if (!row) continue
    return (
      (!narrow.sources || narrow.sources.has(row.source)) &&
      (!narrow.sentiments || narrow.sentiments.has(row.sentiment))
    )
  }
  return false
}
