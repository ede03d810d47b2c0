import { asWritten, said } from '#shared/words/said.ts'
import { Failure } from '#engine/platform/failure.ts'
import { z } from 'zod'
import { emptyBatch, type Batch, type Connector, type FetchContext } from '#engine/connectors/connector.ts'
import { sampleReplying } from './sample-replying.ts'
import type { SampleLine } from './sample-lines.ts'

/** Networks of the sample shift in the order of the source-truth strip, with the time a mention takes to reach us. */
const networks: { network: string; name: string; delayMs: number }[] = [
  { network: 'mastodon', name: 'Mastodon', delayMs: 2_100 },
  { network: 'bluesky', name: 'Bluesky', delayMs: 900 },
  { network: 'hackernews', name: 'Hacker News', delayMs: 24_000 },
  { network: 'feed', name: 'Bean forum and news', delayMs: 95_000 },
  { network: 'mail', name: 'Mail', delayMs: 6_000 },
  { network: 'phone', name: 'Hotline', delayMs: 140_000 },
]

/** A stream that has nothing to say still says that it is there. */
const signOfLifeMs = 30_000

/** The hotline's line goes down three hours and twelve minutes into the shift. */
const hotlineDownAt = (3 * 60 + 12) * 60_000

export interface SampleNetwork {
  connector: Connector<Record<string, never>>
  name: string
  /** Resolves when collect has taken every mention that is due at `time`. */
  caughtUp(time: number): Promise<void>
}

/** Connectors that say what the sample shift says, each line when the engine's clock reaches it. */
export function sampleNetworks(lines: readonly SampleLine[], startedAt: number): SampleNetwork[] {
  return networks.map(({ network, name, delayMs }) => {
    const replying = sampleReplying(network)
    const mine = lines.filter((line) => line.network === network)
    const dueAt = (line: SampleLine): number => startedAt + line.at + delayMs
    let taken = 0
    let isDown = false
    const owes = (time: number): boolean => {
      const next = mine[taken]
      return !isDown && next !== undefined && dueAt(next) <= time
    }
    let waiting: { time: number; done: () => void }[] = []
    function took(count: number): void {
      taken = count
      const done = waiting.filter(({ time }) => !owes(time))
      waiting = waiting.filter(({ time }) => owes(time))
      for (const one of done) one.done()
    }

    async function* stream(context: FetchContext<Record<string, never>>): AsyncIterable<Batch> {
      took(Number(context.cursor ?? 0))
      const downAt = startedAt + hotlineDownAt
      // A line that is down must not first say that it is there.
      if (network !== 'phone' || context.now() < downAt) {
        yield { ...emptyBatch(context.cursor), detail: said('sample.invented') }
      }
      for (;;) {
        const next = mine[taken]
        if (network === 'phone' && (!next || context.now() >= downAt)) {
          if (context.now() < downAt) await context.sleep(downAt - context.now())
          isDown = true
          took(taken)
          throw new Failure('operational', 'sample.hotlineSilent')
        }
        if (!next) {
          yield { ...emptyBatch(String(taken)), finished: true, detail: said('sample.over') }
          return
        }
        const wait = Math.min(dueAt(next) - context.now(), signOfLifeMs)
        if (wait > 0) await context.sleep(wait)
        const now = context.now()
        if (dueAt(next) > now) {
          yield emptyBatch(String(taken))
          continue
        }
        let end = taken + 1
        while (end < mine.length && dueAt(mine[end] as SampleLine) <= now) end++
        const drafts = mine.slice(taken, end).map((line) => ({ ...line.draft, publishedAt: startedAt + line.at }))
        yield { ...emptyBatch(String(end)), drafts }
        took(end)
      }
    }

    return {
      name,
      connector: {
        id: `sample-${network}`,
        network,
        name: asWritten(name),
        summary: said('sample.summary'),
        config: z.strictObject({}),
        fields: [],
        secrets: [],
        intervalMs: 60_000,
        minIntervalMs: 1_000,
        stream,
        ...(replying && { replying }),
      },
      caughtUp: (time) =>
        owes(time) ? new Promise((resolve) => waiting.push({ time, done: resolve })) : Promise.resolve(),
    }
  })
}
