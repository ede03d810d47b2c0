import type { ShiftSummary } from '#shared/contract/review.ts'
import type { Shift } from '#shared/model/shift.ts'
import { entriesBetween, entriesOfMention } from '#engine/journal/journal.ts'
import { audit } from '#engine/review/audit.ts'
import { exported } from '#engine/review/export.ts'
import { momentOf, ShiftSum } from '#engine/review/moments.ts'
import { play } from '#engine/review/play.ts'
import type { Review } from '#engine/review/review.ts'
import { timelineOf } from '#engine/review/timeline.ts'
import { planFor } from '#engine/store/queries/cards.ts'
import { api } from './base.ts'
import { attempt } from './case-problems.ts'

/** Shifts, replay, the journal and exports. */
export function reviewApi(review: Review) {
  const { store, clock, shifts, history } = review
  // What a shift that has ended came to never changes: nothing is written into the past.
  const ended = new Map<string, ShiftSummary>()
  let running: { id: string; sum: ShiftSum } | null = null

  function summary(shift: Shift): ShiftSummary {
    const known = ended.get(shift.id)
    if (known) return { ...known, shift }
    const sum = running?.id === shift.id ? running.sum : new ShiftSum(store, history, shift)
    const made = sum.upTo(shift, shift.endedAt ?? clock.now())
    if (shift.endedAt !== null) ended.set(shift.id, made)
    else running = { id: shift.id, sum }
    return made
  }

  const { review: room } = api
  return {
    shifts: room.shifts.handler(() => shifts.all().map(summary)),
    start: room.start.handler(({ input, context, errors }) =>
      attempt(errors, () => shifts.start(input.name, context.actor)),
    ),
    end: room.end.handler(({ input, context, errors }) =>
      attempt(errors, () => shifts.end(input.id, input.note, context.actor)),
    ),
    rename: room.rename.handler(({ input, context, errors }) =>
      attempt(errors, () => shifts.rename(input.id, input.name, input.note, context.actor)),
    ),
    timeline: room.timeline.handler(({ input, errors, signal }) => {
      const shift = attempt(errors, () => shifts.get(input.id))
      return timelineOf(store, shift, clock.now(), input.buckets, signal)
    }),
    at: room.at.handler(({ input, errors }) =>
      attempt(errors, () => {
        const shift = shifts.get(input.id)
        const at = Math.min(shift.endedAt ?? clock.now(), Math.max(shift.startedAt, input.at))
        return momentOf(store, history, shift, at)
      }),
    ),
    play: room.play.handler(({ input, errors, signal }) => {
      const shift = attempt(errors, () => shifts.get(input.id))
      return play(review, shift, { from: input.from, speed: input.speed }, signal)
    }),
    journal: room.journal.handler(({ input, errors }) => {
      const { from, to, mentionId, before, limit } = input
      const beforeSeq = before === null ? null : Number(before)
      if (beforeSeq !== null && !Number.isSafeInteger(beforeSeq)) {
        throw errors.BAD_INPUT({ message: 'This is no place in the journal. Load it anew.' })
      }
      const items =
        mentionId === null
          ? entriesBetween(store.db, { from, to, beforeSeq, limit })
          : entriesOfMention(store.db, mentionId)
              .filter(
                ({ at, seq }) => at >= (from ?? -Infinity) && at < (to ?? Infinity) && seq < (beforeSeq ?? Infinity),
              )
              .reverse()
              .slice(0, limit)
      const last = items.at(-1)
      return { items, next: items.length === limit && last ? String(last.seq) : null }
    }),
    audit: room.audit.handler(({ input }) => audit(review, input)),
    verify: room.verify.handler(({ signal }) =>
      store.reader.ask('review.verifyJournal', null, { timeoutMs: 600_000, ...(signal && { signal }) }),
    ),
    export: room.export.handler(({ input, errors }) => {
      const shift = input.shiftId === null ? null : attempt(errors, () => shifts.get(input.shiftId as string))
      const plan = input.query.trim() === '' ? null : planFor(input.query)
      if (plan === null && input.query.trim() !== '') {
        throw errors.BAD_INPUT({ message: 'The query cannot be read. The editor of listens shows where it is wrong.' })
      }
      return exported(review, { shift, from: input.from, to: input.to, plan, format: input.format })
    }),
  }
}
