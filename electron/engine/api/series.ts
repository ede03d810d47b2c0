import type { Counted } from '#engine/counted/counted.ts'
import { countedChart } from '#engine/alerts/counted-chart.ts'
import type { CountedWatch } from '#engine/alerts/counted-watch.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { Failure } from '#engine/platform/failure.ts'
import type { Store } from '#engine/store/store.ts'
import { api } from './base.ts'
import { createWallSight } from './wall-sight.ts'

/** Numbers that are counted elsewhere. */
export function seriesApi(deps: { store: Store; clock: Clock; counted: Counted; expected: CountedWatch['expected'] }) {
  const { store, clock, counted, expected } = deps
  const sight = createWallSight(store)
  return {
    list: api.series.list.handler(() => ({ series: counted.all() })),
    chart: api.series.chart.handler(({ input: { id, from, to }, context }) => {
      if (context.role === 'wall' && !sight.isSeriesHung(id)) throw new Failure('user', 'wall.notHung')
      const series = counted.get(id)
      return { series, ...countedChart(store, series, { from, to, now: clock.now() }, expected) }
    }),
    save: api.series.save.handler(({ input, context }) => counted.save(input, context.actor)),
    remove: api.series.remove.handler(({ input, context }) => counted.remove(input.id, context.actor)),
    newKey: api.series.newKey.handler(({ input, context }) => counted.newKey(input.id, context.actor)),
    take: api.series.take.handler(({ input: { id, ...block } }) => counted.takeLines(id, block)),
  }
}
