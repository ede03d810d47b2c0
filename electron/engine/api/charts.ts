import type { Clock } from '#engine/platform/clock.ts'
import { fold } from '#shared/query/fold.ts'
import { commonWords } from '#engine/understanding/problems/common-words.ts'
import type { Store } from '#engine/store/store.ts'
import { api } from './base.ts'

/** Charts cost their points: every call reads the roll-ups, on the reading thread. */
export function chartsApi({ store, clock, timeZone }: { store: Store; clock: Clock; timeZone: string }) {
  const { reader } = store
  let skip: string[] | undefined
  return {
    sentiment: api.charts.sentiment.handler(({ input, signal }) =>
      reader.ask('charts.sentiment', { ...input, timeZone }, { signal }),
    ),
    networks: api.charts.networks.handler(({ input, signal }) => reader.ask('charts.networks', input, { signal })),
    numbers: api.charts.numbers.handler(({ input, signal }) =>
      reader.ask('charts.numbers', { ...input, now: clock.now() }, { signal }),
    ),
    waiting: api.charts.waiting.handler(({ input, signal }) => reader.ask('charts.waiting', input, { signal })),
    voice: api.charts.voice.handler(({ input, signal }) => reader.ask('charts.voice', input, { signal })),
    terms: api.charts.terms.handler(({ input, signal }) =>
      reader.ask('charts.terms', { ...input, skip: (skip ??= [...new Set(commonWords().map(fold))]) }, { signal }),
    ),
    authors: api.charts.authors.handler(({ input, signal }) => reader.ask('charts.authors', input, { signal })),
    heat: api.charts.heat.handler(({ input, signal }) => reader.ask('charts.heat', { ...input, timeZone }, { signal })),
  }
}
