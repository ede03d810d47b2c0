import type { AlertDefinition } from '#shared/model/back-test.ts'
import { minutesOf } from '#engine/store/queries/alert-counts.ts'
import { historyOf, MINUTE } from '#engine/store/queries/rollup-reads.ts'
import { readHealth } from '#engine/store/queries/source-health.ts'
import { numbersOf } from '#engine/store/listen-numbers.ts'
import { sourceNumber } from '#engine/store/numbers.ts'
import type { Reads } from '#engine/store/reads.ts'
import { ALL } from '#engine/store/rollups.ts'
import { gapsIn, type Gap } from './gaps.ts'

/** Of the roll-ups. */
export interface TriedPair {
  listen: number
  source: number
}

/** Minutes of a slice: a read of so many rows takes a few milliseconds. */
export const SLICE = 1440

/** null: there is no such listen or source, or nothing of it was ever stored. */
export function pairOf(reads: Reads, { kind, id }: AlertDefinition['about']): TriedPair | null {
  if (kind === 'station') return { listen: ALL, source: ALL }
  if (kind === 'source') {
    const source = sourceNumber(reads, id ?? '')
    return source === null ? null : { listen: ALL, source }
  }
  const [listen] = numbersOf(reads, [id ?? ''])
  return listen === undefined ? null : { listen, source: ALL }
}

/**
 * The minutes [from, to) that are tried: the last `days` of what is stored, up to the minute that is over. What was
 * imported as old counts. null: nothing is stored.
 */
export function periodOf(reads: Reads, now: number, days: number): { from: number; to: number } | null {
  const history = historyOf(reads)
  if (history === null) return null
  const to = Math.min(Math.floor(now / MINUTE), history.to / MINUTE)
  const first = history.from / MINUTE
  if (to <= first) return null
  const from = Math.max(first, to - days * 1440)
  // Of its first day the minutes before anything was heard say nothing.
  const begun = from > first ? from : firstHeard(reads, from, to)
  return begun === null ? null : { from: begun, to }
}

function firstHeard(reads: Reads, from: number, to: number): number | null {
  for (let at = from; at < to; at += SLICE) {
    const minutes = [...minutesOf(reads, ALL, ALL, at, Math.min(to, at + SLICE)).keys()]
    if (minutes.length > 0) return Math.min(...minutes)
  }
  return null
}

/** Minutes of the period without data; what the source itself knows of its gaps among them. Yields after each slice. */
export function* gapsOf(
  reads: Reads,
  about: AlertDefinition['about'],
  { from, to }: { from: number; to: number },
): Generator<undefined, Gap[], void> {
  const counts = new Uint32Array(to - from)
  for (let at = from; at < to; at += SLICE) {
    for (const [minute, { all }] of minutesOf(reads, ALL, ALL, at, Math.min(to, at + SLICE)))
      counts[minute - from] = all
    yield
  }
  const gaps = gapsIn(counts, from)
  if (about.kind === 'source')
    for (const gap of readHealth(reads, about.id ?? '').gaps)
      gaps.push({ from: Math.floor(gap.from / MINUTE), to: Math.ceil(gap.to / MINUTE) })
  return merged(gaps.map((gap) => ({ from: Math.max(from, gap.from), to: Math.min(to, gap.to) })))
}

/** In order, without overlaps and empty ones. */
function merged(gaps: readonly Gap[]): Gap[] {
  const all: Gap[] = []
  for (const gap of gaps.toSorted((a, b) => a.from - b.from)) {
    const last = all.at(-1)
    if (gap.to <= gap.from) continue
    if (last !== undefined && gap.from <= last.to) last.to = Math.max(last.to, gap.to)
    else all.push({ ...gap })
  }
  return all
}
