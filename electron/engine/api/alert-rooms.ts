import type { Board } from '#engine/board.ts'
import { alertsApi, type AlertsDeps } from './alerts.ts'
import { crisesApi } from './crises.ts'

/** What is unusual, and what people make of it. */
export const alertRooms = (deps: AlertsDeps & { board: Pick<Board, 'crises'> }) => ({
  alerts: alertsApi(deps),
  crises: crisesApi({ ...deps, crises: deps.board.crises, expectation: deps.watch.expectation }),
})
