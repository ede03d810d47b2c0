import type { Watch } from '#engine/alerts/watch.ts'
import type { Board } from '#engine/board.ts'
import { alertsApi, type AlertsDeps } from './alerts.ts'
import { crisesApi } from './crises.ts'
import { seriesApi } from './series.ts'

/** What is unusual, and what people make of it. */
export const alertRooms = (
  deps: AlertsDeps & { board: Pick<Board, 'crises' | 'counted'>; watch: Pick<Watch, 'counted'> },
) => ({
  alerts: alertsApi(deps),
  crises: crisesApi({ ...deps, crises: deps.board.crises, expectation: deps.watch.expectation }),
  series: seriesApi({ ...deps, counted: deps.board.counted, expected: deps.watch.counted }),
})
