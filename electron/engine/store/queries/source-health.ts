import type { SourceGap } from '#shared/model/source.ts'
import type { Reads, Writes } from '../reads.ts'
import { statement } from '../connections.ts'

/** The part of a source's health that must survive a restart; the rest is derived from it and the time. */
export interface HealthFacts {
  lastSuccessAt: number | null
  lastNewAt: number | null
  lastAttemptAt: number | null
  nextAttemptAt: number | null
  quota: { used: number; limit: number; resetsAt: number | null } | null
  /** Oldest first, the latest 50. */
  gaps: SourceGap[]
  dropped: Record<string, number>
  consecutiveFailures: number
  /** The last failure is one that only a person can mend: configuration or secret. */
  needsPerson: boolean
  finished: boolean
  error: string | null
  detail: string | null
}

export const noFacts = (): HealthFacts => ({
  lastSuccessAt: null,
  lastNewAt: null,
  lastAttemptAt: null,
  nextAttemptAt: null,
  quota: null,
  gaps: [],
  dropped: {},
  consecutiveFailures: 0,
  needsPerson: false,
  finished: false,
  error: null,
  detail: null,
})

interface Row {
  last_success_at: number | null
  last_new_at: number | null
  last_attempt_at: number | null
  next_attempt_at: number | null
  quota: string | null
  gaps: string
  dropped: string
  consecutive_failures: number
  needs_person: number
  finished: number
  error: string | null
  detail: string | null
}

export function readHealth(db: Reads, sourceId: string): HealthFacts {
  const row = statement(
    db,
    `SELECT last_success_at, last_new_at, last_attempt_at, next_attempt_at, quota, gaps, dropped,
         consecutive_failures, needs_person, finished, error, detail
       FROM source_health WHERE source_id = ?`,
  ).get(sourceId) as Row | undefined
  if (row === undefined) return noFacts()
  return {
    lastSuccessAt: row.last_success_at,
    lastNewAt: row.last_new_at,
    lastAttemptAt: row.last_attempt_at,
    nextAttemptAt: row.next_attempt_at,
    quota: row.quota === null ? null : (JSON.parse(row.quota) as HealthFacts['quota']),
    gaps: JSON.parse(row.gaps) as SourceGap[],
    dropped: JSON.parse(row.dropped) as Record<string, number>,
    consecutiveFailures: row.consecutive_failures,
    needsPerson: row.needs_person === 1,
    finished: row.finished === 1,
    error: row.error,
    detail: row.detail,
  }
}

export function writeHealth(db: Writes, sourceId: string, facts: HealthFacts): void {
  statement(
    db,
    `INSERT INTO source_health (source_id, last_success_at, last_new_at, last_attempt_at, next_attempt_at, quota, gaps,
       dropped, consecutive_failures, needs_person, finished, error, detail)
     VALUES (@sourceId, @lastSuccessAt, @lastNewAt, @lastAttemptAt, @nextAttemptAt, @quota, @gaps,
       @dropped, @consecutiveFailures, @needsPerson, @finished, @error, @detail)
     ON CONFLICT (source_id) DO UPDATE SET last_success_at = excluded.last_success_at, last_new_at = excluded.last_new_at,
       last_attempt_at = excluded.last_attempt_at, next_attempt_at = excluded.next_attempt_at, quota = excluded.quota,
       gaps = excluded.gaps, dropped = excluded.dropped, consecutive_failures = excluded.consecutive_failures,
       needs_person = excluded.needs_person, finished = excluded.finished, error = excluded.error, detail = excluded.detail`,
  ).run({
    ...facts,
    sourceId,
    quota: facts.quota === null ? null : JSON.stringify(facts.quota),
    gaps: JSON.stringify(facts.gaps),
    dropped: JSON.stringify(facts.dropped),
    needsPerson: facts.needsPerson ? 1 : 0,
    finished: facts.finished ? 1 : 0,
  })
}
