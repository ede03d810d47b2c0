import type { Reads } from '../reads.ts'
import { statement } from '../connections.ts'

const HOUR_MS = 3_600_000
const DAY_HOURS = 24
const WEEK_HOURS = 168

export interface SourceRates {
  /** Mentions per hour that the same hours of past weeks (days, in the first week) let expect; null before a day. */
  expectedPerHour: number | null
  heardLastHour: number
}

/**
 * Read from the roll-ups: at most 12 hour buckets and 60 minute buckets. "The same hours" are this hour of the week and
 * its two neighbours, in up to four past weeks; hours before the source was made do not count.
 */
export function sourceRates(db: Reads, sourceId: string, now: number): SourceRates {
  const source = statement(
    db,
    `SELECT source_no.no AS no, sources.created_at AS createdAt
     FROM sources LEFT JOIN source_no ON source_no.source_id = sources.id WHERE sources.id = ?`,
  ).get(sourceId) as { no: number | null; createdAt: number } | undefined
  if (!source || now < source.createdAt) return { expectedPerHour: null, heardLastHour: 0 }
  const minute = Math.floor(now / 60_000)
  const heardLastHour = source.no === null ? 0 : count(db, 1, source.no, minute - 59, minute)
  const hour = Math.floor(now / HOUR_MS)
  const firstHour = Math.ceil(source.createdAt / HOUR_MS)
  if (hour - firstHour < DAY_HOURS) return { expectedPerHour: null, heardLastHour }
  const step = hour - firstHour >= WEEK_HOURS ? WEEK_HOURS : DAY_HOURS
  const periods = step === WEEK_HOURS ? 4 : 6
  let heard = 0
  let hours = 0
  for (let back = 1; back <= periods; back++) {
    const from = Math.max(hour - back * step - 1, firstHour)
    const to = hour - back * step + 1
    if (to < from) break
    hours += to - from + 1
    if (source.no !== null) heard += count(db, 60, source.no, from, to)
  }
  return { expectedPerHour: hours === 0 ? null : heard / hours, heardLastHour }
}

const count = (db: Reads, step: number, source: number, from: number, to: number): number =>
  (
    statement(
      db,
      `SELECT COALESCE(SUM(negative + neutral + positive), 0) AS heard FROM rollup
       WHERE step = ? AND listen = 0 AND source = ? AND bucket BETWEEN ? AND ?`,
    ).get(step, source, from, to) as { heard: number }
  ).heard
