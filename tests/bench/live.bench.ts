import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLive } from '#engine/live/live.ts'
import { systemClock } from '#engine/platform/clock.ts'
import { MentionFilter } from '#shared/contract/mentions.ts'
import { listens, post } from './corpus.ts'
import { openStation, percentile, type Measure } from './station.ts'

const PANES = 12
const PER_SECOND = 200
const SECONDS = 8

/** From the push of a mention to the patch that holds it, twelve panes open, 200 mentions a second; and what it weighs. */
export async function benchLive(): Promise<Measure[]> {
  const dir = mkdtempSync(join(tmpdir(), 'earshot-live-'))
  const station = openStation(dir)
  const { store, intake } = station
  const live = createLive({ reads: store, clock: systemClock })
  intake.setListens(listens)
  intake.onStored((batch) => live.stored(batch))
  const pushedAt = new Map<string, number>()
  const took: number[] = []
  let patches = 0
  const panes = Array.from({ length: PANES }, (_, i) =>
    live.subscribe(MentionFilter.parse(i < 4 ? {} : i < 10 ? { listenIds: [listens[i]!.id] } : { query: 'refund OR late' }), 0),
  ) // prettier-ignore
  const readers = panes.map(async (pane) => {
    for await (const patch of pane) {
      patches++
      const now = performance.now()
      for (const card of patch.added) {
        const from = pushedAt.get(card.mention.externalId)
        if (from !== undefined) took.push(now - from)
      }
    }
  })
  // The first push starts models and statements; a station that runs has them.
  const first = post(0, { startAt: Date.UTC(2026, 4, 1), stepMs: 1 })
  await intake.push({ ...first, drafts: [first.draft] })
  const pushes: Promise<unknown>[] = []
  let number = 1
  for (let tick = 0; tick < SECONDS * 20; tick++) {
    for (let i = 0; i < PER_SECOND / 20; i++) {
      const one = post(number++, { startAt: Date.UTC(2026, 4, 1), stepMs: 5 })
      pushedAt.set(one.draft.externalId, performance.now())
      pushes.push(intake.push({ ...one, drafts: [one.draft] }))
    }
    await systemClock.sleep(50)
  }
  await Promise.all(pushes)
  await systemClock.sleep(500)
  live.close()
  await Promise.all(readers)
  const rss = process.memoryUsage().rss / 1024 / 1024
  await station.close()
  rmSync(dir, { recursive: true, force: true })
  return [
    { name: 'live.p95', value: percentile(took, 0.95), unit: 'ms' },
    { name: 'live.median', value: percentile(took, 0.5), unit: 'ms' },
    { name: 'live.patches', value: patches / SECONDS, unit: 'a second, 12 panes' },
    { name: 'live.residentMemory', value: rss, unit: 'MiB' },
  ] // prettier-ignore
}

if (import.meta.main) for (const measure of await benchLive()) console.log(JSON.stringify(measure))
