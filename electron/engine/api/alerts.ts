import type { Alert } from '#shared/model/alert.ts'
import { alertCommandNames, type AlertCommandName } from '#shared/model/alert.ts'
import { mentionSeq } from '#shared/util/ids.ts'
import { aboutNow } from '#engine/alerts/about-now.ts'
import { publicAlert, type AlertInput } from '#engine/alerts/book.ts'
import { alertChart } from '#engine/alerts/chart.ts'
import type { Watch } from '#engine/alerts/watch.ts'
import { createBackTests } from '#engine/alerts/back-test/back-test.ts'
import type { Board } from '#engine/board.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { entriesOfAlert } from '#engine/store/queries/alert-entries.ts'
import { alertsOver, openAlerts, type StoredAlert } from '#engine/store/queries/alerts.ts'
import { cardBySeq } from '#engine/store/queries/cards.ts'
import { problemNo } from '#engine/store/queries/problems.ts'
import type { Store } from '#engine/store/store.ts'
import { api } from './base.ts'
import { recipientsApi } from './recipients.ts'

export interface AlertsDeps {
  store: Store
  clock: Clock
  timeZone: string
  board: Pick<Board, 'alerts' | 'alertsOutside'>
  watch: Pick<Watch, 'expectation' | 'counted' | 'causeOfProblem'>
}

/** Two looks a second at most; one costs nothing while no card changed. */
const LOOK_MS = 500

const bySeverity = (a: Alert, b: Alert): number => b.strength - a.strength || b.lastAt - a.lastAt

export const openCards = (store: Store): Alert[] =>
  openAlerts(store)
    .filter(({ state }) => state !== 'pending')
    .map((alert) => aboutNow(store, publicAlert(alert)))
    .sort(bySeverity)

/** At once, then with every change. */
async function* liveCards({ store, clock, board }: AlertsDeps, signal?: AbortSignal) {
  let changed = true
  const stop = board.alerts.onChanged(() => void (changed = true))
  try {
    while (!signal?.aborted) {
      if (changed) {
        changed = false
        yield { alerts: openCards(store) }
      }
      const stopped = await clock.sleep(LOOK_MS, signal).then(
        () => false,
        () => true,
      )
      if (stopped) return
    }
  } finally {
    stop()
  }
}

export function alertsApi(deps: AlertsDeps) {
  const { store, clock, board, watch } = deps
  const book = board.alerts
  const chartOf = alertChart(store, clock, watch.expectation, watch.counted)
  const { alerts: room } = api
  const tryOut = createBackTests(deps)
  /** As it is now: where its problem was sorted into another, with what drives that one. */
  function withCause(alert: StoredAlert): StoredAlert {
    const now = aboutNow(store, alert)
    const no = now.about.id === alert.about.id ? undefined : problemNo(now.about.id ?? '')
    return no === undefined ? now : { ...now, ...watch.causeOfProblem(no, now.lastAt) }
  }
  const command = <N extends AlertCommandName>(name: N) =>
    room[name].handler(({ input: { id, ...input }, context }) =>
      book.do(name, id, input as never as AlertInput<N>, context.actor),
    )
  return {
    list: room.list.handler(({ input: { resolvedSince, limit } }) => {
      const over =
        resolvedSince === null
          ? []
          : alertsOver(store, resolvedSince, limit).map((alert) => aboutNow(store, publicAlert(alert)))
      return { alerts: [...openCards(store), ...over].slice(0, limit) }
    }),
    one: room.one.handler(({ input }) => {
      const alert = withCause(book.get(input.id))
      const mentions = alert.readFirst.flatMap((id) => {
        const seq = mentionSeq(store.stationId, id)
        return (seq === undefined ? null : cardBySeq(store, seq)) ?? []
      })
      return { alert: publicAlert(alert), mentions, chart: chartOf(alert) }
    }),
    history: room.history.handler(({ input }) => entriesOfAlert(store, book.get(input.id))),
    tryOut: room.tryOut.handler(({ input, signal }) => tryOut(input, signal)),
    ...recipientsApi(board),
    live: room.live.handler(({ signal }) => liveCards(deps, signal)),
    ...(Object.fromEntries(alertCommandNames.map((name) => [name, command(name)])) as {
      [N in AlertCommandName]: ReturnType<typeof command<N>>
    }),
  }
}
