import type { CaseState } from '#shared/model/case.ts'
import { priorities, type Priority } from '#shared/model/rule.ts'
import { connectionOf } from '#engine/store/connections.ts'
import type { Reads } from '#engine/store/reads.ts'
import { CLOCK_RUNS, UNDECIDED } from './case-counts.ts'

/** Which cases; the contract's CaseFilter without the query, which is asked of each mention. Empty means all. */
export interface CaseSelection {
  states: CaseState[]
  deskIds: string[]
  priorities: Priority[]
  undecided: boolean
  overdue: boolean
  problemIds: string[]
  officerIds: string[]
  tags: string[]
  approval: boolean
}

/**
 * A place in the order of urgency: overdue first, then priority, then the nearest due time, then the oldest. `now`
 * belongs to it: what becomes overdue between two pages does not change the order of the pages.
 */
export interface UrgencyPlace {
  now: number
  late: number
  rank: number
  due: number
  seq: number
}

export interface CasePlace extends UrgencyPlace {
  id: string
  mentionId: string
}

/** Without a clock: after everything that has one. Fits SQLite's integers and JavaScript's. */
const NO_CLOCK = Number.MAX_SAFE_INTEGER

type Bound = Record<string, string | number>

function where(selection: CaseSelection, withStates: boolean): { sql: string; bound: Bound } {
  const parts: string[] = []
  const bound: Bound = {}
  const oneOf = (column: string, name: string, values: readonly (string | number)[]): void => {
    if (values.length === 0) return
    parts.push(`${column} IN (SELECT value FROM json_each(@${name}))`)
    bound[name] = JSON.stringify(values)
  }
  if (withStates) oneOf('state', 'states', selection.states)
  oneOf('desk_id', 'desks', selection.deskIds)
  const ranks = selection.priorities.map((priority) => priorities.indexOf(priority))
  oneOf('rank', 'ranks', ranks)
  oneOf('problem_id', 'problems', selection.problemIds)
  oneOf('officer_id', 'officers', selection.officerIds)
  if (selection.tags.length > 0) {
    parts.push(
      `EXISTS (SELECT 1 FROM json_each(iif(json_valid(tags), tags, '[]')) t WHERE t.value IN (SELECT value FROM json_each(@tags)))`,
    )
    bound.tags = JSON.stringify(selection.tags)
  }
  if (selection.undecided) parts.push(UNDECIDED)
  if (selection.overdue) parts.push(`due_at <= @now AND ${CLOCK_RUNS}`)
  if (selection.approval) parts.push(`pending_reply IS NOT NULL`)
  return { sql: parts.length === 0 ? '1' : parts.join(' AND '), bound }
}

const late = `(due_at <= @now AND ${CLOCK_RUNS})`

/**
 * The `limit` most urgent cases after a place, or from the top as of `now`. A selection of closed cases alone has nothing
 * urgent in it: it comes newest closed first, along an index, however many there are.
 */
export function casesByUrgency(
  db: Reads,
  selection: CaseSelection,
  from: { now: number } | UrgencyPlace,
  limit: number,
): CasePlace[] {
  if (selection.states.length === 1 && selection.states[0] === 'closed') return newestClosed(db, selection, from, limit)
  const { sql, bound } = where(selection, true)
  const after = 'seq' in from ? `AND (1 - late, rank, due, seq) > (1 - @late, @rank, @due, @seq)` : ''
  const rows = connectionOf(db)
    .prepare(
      `SELECT late, rank, due, seq, id, mentionId FROM (
         SELECT ${late} IS TRUE AS late, rank, COALESCE(due_at, ${NO_CLOCK}) AS due, seq, id, mention_id AS mentionId
         FROM cases WHERE ${sql})
       WHERE 1 ${after} ORDER BY 1 - late, rank, due, seq LIMIT @limit`,
    )
    .all({ ...bound, ...from, limit }) as Omit<CasePlace, 'now'>[]
  return rows.map((row) => ({ ...row, now: from.now }))
}

/** `due` of such a place is what is left to the end of time, so that it grows as places do. */
function newestClosed(
  db: Reads,
  selection: CaseSelection,
  from: { now: number } | UrgencyPlace,
  limit: number,
): CasePlace[] {
  const { sql, bound } = where(selection, false)
  const place = 'seq' in from ? { closedAt: NO_CLOCK - from.due, seq: from.seq } : null
  const after = place === null ? '' : 'AND (closed_at, seq) < (@closedAt, @seq)'
  const now = sql.includes('@now') ? { now: from.now } : {}
  const rows = connectionOf(db)
    .prepare(
      `SELECT closed_at AS closedAt, seq, id, mention_id AS mentionId FROM cases
       WHERE state = 'closed' AND closed_at IS NOT NULL ${after} AND ${sql} ORDER BY closed_at DESC, seq DESC LIMIT @limit`,
    )
    .all({ ...bound, ...place, ...now, limit }) as { closedAt: number; seq: number; id: string; mentionId: string }[]
  return rows.map(({ closedAt, ...row }) => ({ ...row, now: from.now, late: 0, rank: 0, due: NO_CLOCK - closedAt }))
}

/** How many cases the selection has by state; its own `states` do not narrow, so that every column has its number. */
export function selectionCounts(db: Reads, selection: CaseSelection, now: number): Map<CaseState, number> {
  const { sql, bound } = where(selection, false)
  const rows = connectionOf(db)
    .prepare(`SELECT state, COUNT(*) AS n FROM cases WHERE ${sql} GROUP BY state`)
    .all({ ...bound, ...(sql.includes('@now') ? { now } : {}) }) as { state: CaseState; n: number }[]
  return new Map(rows.map(({ state, n }) => [state, n]))
}

export const urgencyCursor = ({ now, late, rank, due, seq }: UrgencyPlace): string =>
  [now, late, rank, due, seq].map((part) => part.toString(36)).join('.')

/** undefined: not a cursor of ours. */
export function urgencyPlace(cursor: string): UrgencyPlace | undefined {
  if (!/^-?[0-9a-z]{1,11}(?:\.-?[0-9a-z]{1,11}){4}$/.test(cursor)) return undefined
  const [now, late, rank, due, seq] = cursor.split('.').map((part) => Number.parseInt(part, 36))
  return { now: now!, late: late!, rank: rank!, due: due!, seq: seq! }
}
