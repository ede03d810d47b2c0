import { userFailure } from '#engine/platform/failure.ts'
import { earshot, type Actor } from '#shared/model/journal.ts'
import { endOfShift, type Shift } from '#shared/model/shift.ts'
import { newId } from '#shared/util/ids.ts'
import { appendEntry } from '#engine/store/queries/journal.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { readShifts, runningShift, shiftById } from '#engine/store/queries/shifts.ts'
import type { Store } from '#engine/store/store.ts'

/** Recorded stretches of listening. At most one runs; nothing is copied, a shift is two times on the journal. */
export interface Shifts {
  /** Newest first. */
  all(): Shift[]
  get(id: string): Shift
  running(): Shift | null
  /** The one that runs ends first. */
  start(name: string, actor: Actor): Shift
  end(id: string, note: string, actor: Actor): Shift
  rename(id: string, name: string, note: string, actor: Actor): Shift
  /** A station that has never had a shift starts one, so that there is something to review from the first day. */
  startFirst(): Shift | null
}

export function createShifts({ store, clock, timeZone }: { store: Store; clock: Clock; timeZone: string }): Shifts {
  function save(
    shift: Shift,
    kind: 'shift.started' | 'shift.ended' | 'shift.renamed',
    actor: Actor,
    before: Shift | null,
  ): Shift {
    appendEntry(store, { at: clock.now(), kind, actor, data: { before, after: shift } })
    return shift
  }

  function get(id: string): Shift {
    const shift = shiftById(store, id)
    if (shift === undefined) throw userFailure('review.shiftGone')
    return shift
  }

  function end(shift: Shift, note: string, actor: Actor): Shift {
    if (shift.endedAt !== null) throw userFailure('review.shiftEnded', { name: shift.name })
    return save(
      { ...shift, endedAt: endOfShift(shift, clock.now()), note: note || shift.note },
      'shift.ended',
      actor,
      shift,
    )
  }

  function start(name: string, actor: Actor): Shift {
    return store.transaction(() => {
      const running = runningShift(store)
      if (running) end(running, '', actor)
      const shift: Shift = {
        id: newId('shift'),
        name,
        officer: actor.name,
        startedAt: clock.now(),
        endedAt: null,
        note: '',
      }
      return save(shift, 'shift.started', actor, null)
    })
  }

  return {
    all: () => readShifts(store),
    get,
    running: () => runningShift(store) ?? null,
    start,
    end: (id, note, actor) => store.transaction(() => end(get(id), note, actor)),
    rename: (id, name, note, actor) =>
      store.transaction(() => {
        const shift = get(id)
        return save({ ...shift, name, note }, 'shift.renamed', actor, shift)
      }),
    startFirst() {
      if (readShifts(store).length > 0) return null
      // Neutral digits; the page shows times in the reader's own form.
      const name = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(
        clock.now(),
      )
      return start(name, earshot)
    },
  }
}
