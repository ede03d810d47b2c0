import { crisisMost, type Crisis, type CrisisCommandName, type crisisCommands } from '#shared/model/crisis.ts'
import { newId } from '#shared/util/ids.ts'
import { said } from '#shared/words/said.ts'
import type { z } from 'zod'
import { Failure } from '#engine/platform/failure.ts'
import type { CrisisPatch } from '#engine/store/projections/crises.ts'
import type { StoredAlert } from '#engine/store/queries/alerts.ts'

export type CrisisInput<N extends CrisisCommandName> = z.output<(typeof crisisCommands)[N]['input']>

/** Who does it, and when. */
export interface Doing {
  by: string
  now: number
}

type Doers = {
  [N in Exclude<CrisisCommandName, 'join'>]: (crisis: Crisis, input: CrisisInput<N>, doing: Doing) => CrisisPatch
}

const MINUTE = 60_000

/** One more where there is room. */
function room(list: readonly unknown[], most: number): void {
  if (list.length >= most) throw new Failure('user', said('crisis.full', { n: most }))
}
const after = (list: readonly { place: number }[]): number => (list.at(-1)?.place ?? -1) + 1
function found<One extends { id: string }>(list: readonly One[], id: string): One {
  const one = list.find((each) => each.id === id)
  if (one === undefined) throw new Failure('user', 'crisis.lineGone')
  return one
}

/** A further alert: the crisis is as old as the oldest of them, and private only as long as all are. */
export function joinedBy(
  { alertIds, since, countedFrom, private: isPrivate }: Crisis,
  alert: StoredAlert,
): CrisisPatch {
  room(alertIds, crisisMost.alerts)
  return {
    alertIds: [...alertIds, alert.id],
    since: Math.min(since, alert.since),
    countedFrom: Math.min(countedFrom, alert.since - alert.minutes * MINUTE),
    private: isPrivate && alert.private,
  }
}

const sameName = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase()

/** What each command makes of a crisis that runs: pure. */
export const doers: Doers = {
  change: (_crisis, { name, lead, nextUpdateAt }) => ({
    ...(name !== undefined && { name }),
    ...(lead !== undefined && { lead }),
    ...(nextUpdateAt !== undefined && { nextUpdateAt }),
  }),
  plan({ steps }, { stepId, text, who, dueAt }) {
    if (stepId !== null) return { [`steps/${stepId}`]: { ...found(steps, stepId), text, who, dueAt } }
    room(steps, crisisMost.steps)
    const id = newId('stp')
    return { [`steps/${id}`]: { id, place: after(steps), text, who, dueAt, doneAt: null, doneBy: null } }
  },
  strike: ({ steps }, { stepId }) => ({ [`steps/${found(steps, stepId).id}`]: null }),
  tick({ steps }, { stepId, done }, { by, now }) {
    const step = found(steps, stepId)
    if ((step.doneAt !== null) === done) throw new Failure('user', 'alarm.isSo')
    return { [`steps/${stepId}`]: { ...step, doneAt: done ? now : null, doneBy: done ? by : null } }
  },
  state({ statements }, { lang, text, networks }, { by, now }) {
    const known = statements.find(({ id }) => id === lang)
    if (known === undefined) room(statements, crisisMost.languages)
    const version = (known?.version ?? 0) + 1
    const approved = known?.approved ?? null
    return { [`statements/${lang}`]: { id: lang, text, version, networks, by, at: now, approved } }
  },
  approve({ statements }, { lang, version, approver }, { now }) {
    const known = found(statements, lang)
    if (known.version !== version) throw new Failure('user', 'crisis.newerVersion')
    if (known.approved?.version === version) throw new Failure('user', 'alarm.isSo')
    if (sameName(approver, known.by)) throw new Failure('user', said('crisis.ownWord', { field: 'approver' }))
    const { text, networks } = known
    return { [`statements/${lang}`]: { ...known, approved: { text, version, networks, by: approver, at: now } } }
  },
  answer({ answers }, { answerId, ...row }) {
    if (answerId !== null) return { [`answers/${answerId}`]: { ...found(answers, answerId), ...row } }
    room(answers, crisisMost.answers)
    const id = newId('ans')
    return { [`answers/${id}`]: { id, place: after(answers), ...row } }
  },
  strikeAnswer: ({ answers }, { answerId }) => ({ [`answers/${found(answers, answerId).id}`]: null }),
  comment({ comments }, { text }, { by, now }) {
    room(comments, crisisMost.comments)
    const id = newId('com')
    return { [`comments/${id}`]: { id, at: now, by, text } }
  },
  end: (_crisis, { note }, { by, now }) => ({ state: 'ended', endedAt: now, endedBy: by, closing: note }),
}
