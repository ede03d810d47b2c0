import type { Crisis } from '#shared/model/crisis.ts'
import type { CrisisBrief } from '#shared/model/crisis-view.ts'

/** A crisis in one line. `late`: steps that are due by now and not done. */
export function briefOf(crisis: Crisis, now: number): CrisisBrief {
  const { id, name, lead, state, since, endedAt, private: isPrivate, nextUpdateAt, alertIds, steps } = crisis
  return {
    id,
    name,
    lead,
    state,
    since,
    endedAt,
    private: isPrivate,
    nextUpdateAt,
    alertIds,
    steps: {
      all: steps.length,
      done: steps.filter(({ doneAt }) => doneAt !== null).length,
      late: steps.filter(({ doneAt, dueAt }) => doneAt === null && dueAt !== null && dueAt <= now).length,
    },
  }
}
