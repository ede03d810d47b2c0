import type { Clock } from '#engine/platform/clock.ts'
import type { Store } from '#engine/store/store.ts'
import { History } from './history.ts'
import { createShifts, type Shifts } from './shifts.ts'

export interface ReviewDeps {
  store: Store
  clock: Clock
  timeZone: string
  deskName(id: string): string
}

/** Looking back: shifts, and everything as it was known then. */
export interface Review extends ReviewDeps {
  readonly shifts: Shifts
  readonly history: History
}

export const createReview = (deps: ReviewDeps): Review => ({
  ...deps,
  shifts: createShifts(deps),
  history: new History(deps.store.db),
})
