import { Failure } from '#engine/platform/failure.ts'
import { endOfShift } from '#shared/model/shift.ts'
import type { ShiftSummary, Shift } from '#shared/model/shift.ts'
import { entriesBetween, entriesOfMention, lastEntrySeq } from '#engine/store/queries/journal.ts'
import { audit } from '#engine/review/audit.ts'
import { BOM } from '#engine/review/csv.ts'
import { exported } from '#engine/review/export.ts'
import { play } from '#engine/review/play.ts'
import type { Review } from '#engine/review/review.ts'
import { planFor } from '#engine/store/queries/cards.ts'
import type { Store } from '#engine/store/store.ts'
import { api } from './base.ts'

const LONG_MS = 60_000

/** A table begins as spreadsheets want it. */
async function* asFile(format: string, chunks: AsyncGenerator<string>): AsyncGenerator<string, undefined, void> {
  if (format === 'csv') yield BOM
  yield* chunks
}

/** Entries of one stretch, a fraction of a second: how often whoever waits hears how far it is. */
const STRETCH = 10_000

async function* chainChecked(store: Store, signal: AbortSignal | undefined) {
  const total = lastEntrySeq(store)
  for (let at = { seq: 0, hash: '' }; ;) {
    const asked = { ...at, limit: STRETCH }
    const { brokenAt, done, ...reached } = await store.background.ask('review.verifyStretch', asked, {
      timeoutMs: LONG_MS,
      ...(signal && { signal }),
    })
    at = reached
    yield { entries: at.seq, total: Math.max(total, at.seq), brokenAt, done }
    if (done) return
  }
}

/** Shifts, replay, the journal and exports. */
export function reviewApi(review: Review) {
  const { store, clock, shifts, looking } = review
  // What a shift that has ended came to never changes: nothing is written into the past.
  const ended = new Map<string, ShiftSummary>()

  async function summary(shift: Shift, signal: AbortSignal | undefined): Promise<ShiftSummary> {
    const known = ended.get(shift.id)
    if (known) return { ...known, shift }
    const end = endOfShift(shift, clock.now())
    const made = await looking.ask('summary', { shift, end }, signal && { signal })
    if (shift.endedAt !== null) ended.set(shift.id, made)
    return made
  }

  const { review: room } = api
  return {
    shifts: room.shifts.handler(async ({ signal }) => {
      const summaries: ShiftSummary[] = []
      // One after the other: the thread takes one at a time, and years of shifts are more than it lets wait.
      for (const shift of shifts.all()) summaries.push(await summary(shift, signal))
      return summaries
    }),
    start: room.start.handler(({ input, context }) => shifts.start(input.name, context.actor)),
    end: room.end.handler(({ input, context }) => shifts.end(input.id, input.note, context.actor)),
    rename: room.rename.handler(({ input, context }) => shifts.rename(input.id, input.name, input.note, context.actor)),
    timeline: room.timeline.handler(({ input, signal }) => {
      const shift = shifts.get(input.id)
      const asked = { shift, now: clock.now(), buckets: input.buckets }
      return looking.ask('timeline', asked, signal && { signal })
    }),
    at: room.at.handler(({ input, signal }) => {
      const shift = shifts.get(input.id)
      const at = Math.min(endOfShift(shift, clock.now()), Math.max(shift.startedAt, input.at))
      return looking.ask('moment', { shift, at }, signal && { signal })
    }),
    play: room.play.handler(({ input, signal }) => {
      const shift = shifts.get(input.id)
      return play(review, shift, { from: input.from, speed: input.speed }, signal)
    }),
    journal: room.journal.handler(({ input }) => {
      const { from, to, mentionId, before, limit } = input
      const beforeSeq = before === null ? null : Number(before)
      if (beforeSeq !== null && !Number.isSafeInteger(beforeSeq)) {
        throw new Failure('user', 'review.noPlace')
      }
      const items =
        mentionId === null
          ? entriesBetween(store, { from, to, beforeSeq, limit })
          : entriesOfMention(store, mentionId)
              .filter(
                ({ at, seq }) => at >= (from ?? -Infinity) && at < (to ?? Infinity) && seq < (beforeSeq ?? Infinity),
              )
              .reverse()
              .slice(0, limit)
      const last = items.at(-1)
      return { items, next: items.length === limit && last ? String(last.seq) : null }
    }),
    audit: room.audit.handler(({ input }) => asFile(input.format, audit(review, input))),
    verify: room.verify.handler(({ signal }) => chainChecked(store, signal)),
    export: room.export.handler(({ input }) => {
      const shift = input.shiftId === null ? null : shifts.get(input.shiftId as string)
      const plan = input.query.trim() === '' ? null : planFor(input.query)
      if (plan === null && input.query.trim() !== '') {
        throw new Failure('user', 'query.unreadable')
      }
      const { from, to, format } = input
      return asFile(format, exported(review, { shift, from, to, plan, format }))
    }),
  }
}
