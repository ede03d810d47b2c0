import type { Reads } from '../reads.ts'
import { numbersOf } from '../listen-numbers.ts'
import { ALL, rollupSteps, type RollupStep } from '../rollups.ts'
import { statement } from '../connections.ts'

export interface Counts {
  negative: number
  neutral: number
  positive: number
}

export const MINUTE = 60_000

export const none = (): Counts => ({ negative: 0, neutral: 0, positive: 0 })
export const totalOf = (counts: Counts): number => counts.negative + counts.neutral + counts.positive

export function plus(sum: Counts, more: Counts): Counts {
  sum.negative += more.negative
  sum.neutral += more.neutral
  sum.positive += more.positive
  return sum
}

/** Empty: all mentions. A mention that two of the listens heard counts for each of them. */
export const listensOf = (db: Reads, listenIds: readonly string[]): number[] =>
  listenIds.length === 0 ? [ALL] : numbersOf(db, listenIds)

/** Counts of one listen and source by bucket of `step`, for buckets [from, to) counted in steps. */
export const bucketsOf = (
  db: Reads,
  step: RollupStep,
  listen: number,
  source: number,
  from: number,
  to: number,
): (Counts & { bucket: number })[] =>
  statement<Counts & { bucket: number }>(
    db,
    `SELECT bucket, negative, neutral, positive FROM rollup
     WHERE step = ? AND listen = ? AND source = ? AND bucket >= ? AND bucket < ?`,
  ).all(step, listen, source, from, to)

/** The same of all sources for parts of an hour; `from` and `to` are counted in `parts` minutes. */
export const bucketsWithinHours = (
  db: Reads,
  parts: 60 | 30 | 15 | 1,
  listen: number,
  from: number,
  to: number,
): (Counts & { bucket: number })[] =>
  parts === 60 || parts === 1
    ? bucketsOf(db, parts, listen, ALL, from, to)
    : statement<Counts & { bucket: number }>(
        db,
        `SELECT bucket / @parts AS bucket, sum(negative) AS negative, sum(neutral) AS neutral, sum(positive) AS positive
         FROM rollup WHERE step = 1 AND listen = @listen AND source = 0 AND bucket >= @from AND bucket < @to
         GROUP BY bucket / @parts`,
      ).all({ parts, listen, from: from * parts, to: to * parts })

/**
 * Counts of [from, to) in whole minutes: days in the middle, hours beside them, minutes at the edges. At most a few
 * hundred rows, however long the stretch.
 */
export function sumOf(db: Reads, listen: number, source: number, from: number, to: number): Counts {
  const sum = none()
  const add = (step: RollupStep, first: number, end: number): void => {
    if (first >= end) return
    const row = statement<Counts>(
      db,
      `SELECT coalesce(sum(negative), 0) AS negative, coalesce(sum(neutral), 0) AS neutral,
         coalesce(sum(positive), 0) AS positive
       FROM rollup WHERE step = ? AND listen = ? AND source = ? AND bucket >= ? AND bucket < ?`,
    ).get(step, listen, source, first, end)
    if (row) plus(sum, row)
  }
  const split = (level: number, first: number, end: number): void => {
    const step = rollupSteps[level]!
    const coarser = rollupSteps[level + 1]
    if (coarser === undefined) return add(step, first, end)
    const factor = coarser / step
    const firstWhole = Math.ceil(first / factor)
    const endWhole = Math.floor(end / factor)
    if (firstWhole >= endWhole) return add(step, first, end)
    add(step, first, firstWhole * factor)
    split(level + 1, firstWhole, endWhole)
    add(step, endWhole * factor, end)
  }
  split(0, Math.floor(from / MINUTE), Math.ceil(to / MINUTE))
  return sum
}

/** The days [from, to) of which anything is counted, as instants; null in an empty store. */
export function historyOf(db: Reads): { from: number; to: number } | null {
  const day = (end: 'min' | 'max') =>
    statement<{ bucket: number | null }>(
      db,
      `SELECT ${end}(bucket) AS bucket FROM rollup WHERE step = 1440 AND listen = 0 AND source = 0`,
    ).get()?.bucket ?? null
  const [first, last] = [day('min'), day('max')]
  return first === null || last === null ? null : { from: first * 1440 * MINUTE, to: (last + 1) * 1440 * MINUTE }
}

/** The first of them; null in an empty store. */
export const historyBegins = (db: Reads): number | null => historyOf(db)?.from ?? null

/** All mentions of the station, counted by day. */
export const mentionCount = (db: Reads): number =>
  statement<{ n: number | null }>(
    db,
    'SELECT sum(negative + neutral + positive) AS n FROM rollup WHERE step = 1440 AND listen = 0 AND source = 0',
  ).get()?.n ?? 0
