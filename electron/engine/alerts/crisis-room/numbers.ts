import type { AlertPoint } from '#shared/model/alert.ts'
import type { Crisis } from '#shared/model/crisis.ts'
import type { CrisisNumbers } from '#shared/model/crisis-view.ts'
import { bandOfPeople } from '#engine/alerts/detect/problem.ts'
import type { Expectation } from '#engine/alerts/chart.ts'
import { alertById, type StoredAlert } from '#engine/store/queries/alerts.ts'
import type { Reads } from '#engine/store/reads.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** What is drawn at most; what is older than that is counted and not drawn. */
const MOST_DAYS = 30

/** Minutes of a point: as fine as anybody reads at that length. */
export const widthFor = (from: number, to: number): number =>
  to - from <= 2 * DAY ? 15 : to - from <= 14 * DAY ? 60 : 360

/** From when on it is drawn. */
export const drawnFrom = (from: number, to: number): number => Math.max(from, to - MOST_DAYS * DAY)

export type Counted = 'mentions' | 'people' | 'negative'
export interface CrisisChart {
  counts: Counted
  points: AlertPoint[]
}

const countedOf = ({ kind, about }: StoredAlert): Counted =>
  about.kind === 'problem' ? 'people' : kind === 'negative' || kind === 'mood' ? 'negative' : 'mentions'

/** What its leading alert counts, beside what was expected there: of a problem people, of a listen mentions. */
export function crisisChart(
  reads: Reads,
  crisis: Crisis,
  { points, width }: CrisisNumbers,
  expectation: Expectation,
  now: number,
): CrisisChart {
  const lead = crisis.alertIds.flatMap((id) => alertById(reads, id) ?? [])[0]
  const counts = lead === undefined ? 'mentions' : countedOf(lead)
  // Several subjects have no expectation in common.
  const hasBand = lead !== undefined && crisis.alertIds.length === 1
  const over = Math.floor(now / MINUTE)
  return {
    counts,
    points: points.map((point) => {
      const minute = point.at / MINUTE
      // Of the point that runs, what its minutes so far let expect.
      const minutes = Math.max(1, Math.min(width, over - minute))
      const band = !hasBand
        ? null
        : lead.about.kind === 'problem'
          ? bandOfPeople(lead.expected, minutes)
          : expectation(lead.about, lead.kind, minute, minutes)
      return { at: point.at, n: point[counts], expected: null, low: null, high: null, ...band }
    }),
  }
}
