import type { Said } from '#shared/model/said.ts'
import { said } from '#shared/words/said.ts'
import type { StationStatus } from '#shared/contract/station.ts'
import type { Shift } from '#shared/model/shift.ts'
import type { Collect } from '#engine/collect/collect.ts'
import type { EncoderThread } from '#engine/intake/encoder-thread.ts'
import type { ProblemLook } from '#engine/knowledge/problem-look.ts'
import type { OpenIntake } from '#engine/intake/open.ts'
import type { ModelFault } from '#engine/understanding/open-models.ts'
import type { Clock } from '#engine/platform/clock.ts'
import type { Review } from '#engine/review/review.ts'
import { caseCounts } from '#engine/store/queries/case-counts.ts'
import { goneAfter, historyBetween } from '#engine/store/queries/imports.ts'
import { lastSeq } from '#engine/store/queries/mentions.ts'
import { lastSeenBy } from '#engine/store/queries/review.ts'
import { sumOf, totalOf } from '#engine/store/queries/rollup-reads.ts'
import { ALL } from '#engine/store/rollups.ts'
import type { Store } from '#engine/store/store.ts'

export interface StatusDeps {
  store: Store
  clock: Clock
  collect: Collect
  review: Review
  encoder: EncoderThread
  intake: Pick<OpenIntake, 'modelFaults'>
  knowledge: { look: Pick<ProblemLook, 'faults'> | null }
  /** This station plays the sample shift. */
  sample?: boolean | undefined
  /** How much of it was lived through while it is being opened, 0 … 1; null: it is not. */
  sampleOpening?: (() => number | null) | undefined
}

const MINUTE = 60_000

/** Shipped files that do not serve: texts are understood less well until somebody puts them there again. */
const problemOf = (faults: readonly ModelFault[]): Said | null =>
  faults.length === 0 ? null : said('models.unreadable', { files: faults.map(({ file }) => file).join(', ') })

/** What every page shows of the station at the moment. */
export function statusOf({
  store,
  clock,
  collect,
  review,
  encoder,
  intake,
  knowledge,
  sample = false,
  sampleOpening,
}: StatusDeps) {
  /** Rows come in the order in which they were seen, so a shift's count is a difference of two row numbers. */
  let shiftStart = { id: '', seq: 0 }
  /** History of files since then, which nobody heard in this shift; counted on from row to row until some go. */
  let past = { upTo: 0, gone: 0, count: 0 }
  const heardSince = (shift: Shift): number => {
    if (shiftStart.id !== shift.id) {
      shiftStart = { id: shift.id, seq: lastSeenBy(store, shift.startedAt - 1) }
      past = { upTo: shiftStart.seq, gone: 0, count: 0 }
    }
    const last = lastSeq(store)
    const gone = goneAfter(store, shiftStart.seq)
    if (gone !== past.gone) past = { upTo: shiftStart.seq, gone, count: 0 }
    past.count += historyBetween(store, past.upTo, last)
    past.upTo = last
    return last - shiftStart.seq - gone - past.count
  }

  return (): StationStatus => {
    const now = clock.now()
    const counts = caseCounts(store, now)
    const shift = review.shifts.running()
    const opening = sampleOpening?.() ?? null
    return {
      now,
      sources: collect
        .list()
        .map(({ source, network, health }) => ({ id: source.id, name: source.name, network, health })),
      heardInShift: shift ? heardSince(shift) : 0,
      heardLastHour: totalOf(sumOf(store, ALL, ALL, now - 60 * MINUTE, now + MINUTE)),
      openCases: counts.open,
      undecided: counts.undecided,
      overdue: counts.overdue,
      shift: shift ?? null,
      storeProblem: store.problem,
      storeInTrouble: store.problem !== null,
      modelProblem: encoder.problem ?? problemOf([...intake.modelFaults(), ...(knowledge.look?.faults ?? [])]),
      sample,
      ...(opening !== null && { sampleOpening: opening }),
    }
  }
}
