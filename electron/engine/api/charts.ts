import type { Clock } from '#engine/platform/clock.ts'
import { brandsOf, isOurs } from '#shared/model/brand.ts'
import { fold } from '#shared/query/fold.ts'
import { commonWords } from '#engine/understanding/problems/common-words.ts'
import { readListens } from '#engine/store/queries/listens.ts'
import { readSettings } from '#engine/store/queries/settings.ts'
import type { Store } from '#engine/store/store.ts'
import { createAnnotations } from '#engine/journal/annotations.ts'
import { Failure } from '#engine/platform/failure.ts'
import { api, type CallContext } from './base.ts'
import { chartMarks } from './chart-marks.ts'
import { createWallSight } from './wall-sight.ts'

/** Charts cost their points: every call reads the roll-ups, on the reading thread. */
export function chartsApi({ store, clock, timeZone }: { store: Store; clock: Clock; timeZone: string }) {
  const { reader } = store
  const annotations = createAnnotations({ store, clock })
  let skip: string[] | undefined
  const sight = createWallSight(store)
  /** What it is about, when the caller may ask that. */
  function about<Period extends { listenIds: string[] }>(period: Period, { role }: CallContext): Period {
    if (role === 'wall' && !sight.isAbout(period.listenIds)) throw new Failure('user', 'wall.notHung')
    return period
  }
  function brands() {
    const settings = readSettings(store)
    return brandsOf(settings, readListens(store)).map((one) => ({ ...one, ours: isOurs(one.name, settings.brand) }))
  }
  return {
    sentiment: api.charts.sentiment.handler(async ({ input, context, signal }) =>
      reader.ask('charts.sentiment', { ...about(input, context), timeZone }, { signal }),
    ),
    marks: api.charts.marks.handler(({ input, context }) => chartMarks(store, about(input, context))),
    annotate: api.charts.annotate.handler(({ input, context }) => annotations.save(input, context.actor)),
    removeAnnotation: api.charts.removeAnnotation.handler(({ input, context }) =>
      annotations.remove(input.id, context.actor),
    ),
    networks: api.charts.networks.handler(async ({ input, context, signal }) =>
      reader.ask('charts.networks', about(input, context), { signal }),
    ),
    numbers: api.charts.numbers.handler(async ({ input, context, signal }) =>
      reader.ask('charts.numbers', { ...about(input, context), now: clock.now() }, { signal }),
    ),
    waiting: api.charts.waiting.handler(({ input, signal }) => reader.ask('charts.waiting', input, { signal })),
    voice: api.charts.voice.handler(async ({ input, context, signal }) =>
      reader.ask('charts.voice', { ...about(input, context), brands: brands() }, { signal }),
    ),
    terms: api.charts.terms.handler(async ({ input, context, signal }) =>
      reader.ask(
        'charts.terms',
        { ...about(input, context), skip: (skip ??= [...new Set(commonWords().map(fold))]) },
        { signal },
      ),
    ),
    authors: api.charts.authors.handler(({ input, signal }) => reader.ask('charts.authors', input, { signal })),
    heat: api.charts.heat.handler(async ({ input, context, signal }) =>
      reader.ask('charts.heat', { ...about(input, context), timeZone }, { signal }),
    ),
  }
}
