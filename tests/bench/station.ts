import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openIntake } from '#engine/intake/open.ts'
import type { Intake } from '#engine/intake/intake.ts'
import { systemClock } from '#engine/platform/clock.ts'
import { silentLog } from '#engine/platform/log.ts'
import { sourceTreePaths } from '#engine/platform/paths.ts'
import { openStore } from '#engine/store/open.ts'
import { writeListen } from '#engine/store/queries/listens.ts'
import type { Store } from '#engine/store/store.ts'
import { listens, post } from './corpus.ts'

export interface Measure {
  name: string
  value: number
  unit: string
}

export const DAY = 86_400_000
/** The big store holds thirty days up to this moment. */
export const corpusEnd = Date.UTC(2026, 5, 1)
export const bigSize = Number(process.env['EARSHOT_BENCH_MENTIONS'] ?? 1_000_000)
const stepMs = (30 * DAY) / bigSize
export const corpusOptions = { startAt: corpusEnd - 30 * DAY, stepMs }

export interface Station {
  store: Store
  intake: Intake
  close(): Promise<void>
}

export function openStation(dir: string): Station {
  const clock = { ...systemClock, now: () => corpusEnd + DAY }
  const paths = sourceTreePaths(process.cwd(), dir)
  const store = openStore({ paths, clock, log: silentLog })
  const intake = openIntake({ store, paths, clock, log: silentLog })
  return {
    store,
    intake,
    async close() {
      await intake.close()
      await store.close()
    },
  }
}

/** Pushes posts [from, to) as a few busy sources would: batches of 500 by network, `ahead` pushes under way. */
export async function feed(
  intake: Intake,
  from: number,
  to: number,
  options = corpusOptions,
  ahead = 16,
): Promise<number> {
  const open = new Set<Promise<unknown>>()
  const waiting = new Map<string, ReturnType<typeof post>[]>()
  let stored = 0
  const push = async (posts: ReturnType<typeof post>[]): Promise<void> => {
    const { sourceId, network } = posts[0]!
    const sent = intake
      .push({ sourceId, network, sourceName: network, drafts: posts.map((one) => one.draft) })
      .then((result) => {
        stored += result.stored
        open.delete(sent)
      })
    open.add(sent)
    if (open.size >= ahead) await Promise.race(open)
  }
  for (let i = from; i < to; i++) {
    const one = post(i, options)
    let batch = waiting.get(one.sourceId)
    if (!batch) waiting.set(one.sourceId, (batch = []))
    batch.push(one)
    if (batch.length < 500) continue
    waiting.delete(one.sourceId)
    await push(batch)
  }
  for (const batch of waiting.values()) await push(batch)
  await Promise.all(open)
  return stored
}

/** A folder with the big store. `EARSHOT_BENCH_KEEP` names one that is kept for the next run. */
export async function bigStore(note: (text: string) => void): Promise<{ dir: string; kept: boolean }> {
  const keep = process.env['EARSHOT_BENCH_KEEP']
  const dir = keep ? join(keep, `big-${bigSize}`) : mkdtempSync(join(tmpdir(), 'earshot-bench-'))
  if (existsSync(join(dir, 'complete'))) return { dir, kept: true }
  rmSync(dir, { recursive: true, force: true })
  mkdirSync(dir, { recursive: true })
  note(`making a store of ${bigSize} mentions`)
  const station = openStation(dir)
  saveListens(station)
  for (let i = 0; i < bigSize; i += 100_000) {
    const from = performance.now()
    await feed(station.intake, i, Math.min(bigSize, i + 100_000))
    note(`${i + 100_000}: ${Math.round(100_000 / ((performance.now() - from) / 1000))}/s`)
  }
  await station.store.indexed()
  await station.close()
  mkdirSync(join(dir, 'complete'))
  return { dir, kept: keep !== undefined }
}

/** As an engine has them saved, so that one that opens this store later finds its listens as they are. */
export function saveListens({ store, intake }: Station): void {
  store.transaction(() => {
    for (const { id, query, enabled } of listens) {
      const rest = { colour: 1, enabled, routed: false, createdAt: corpusEnd, updatedAt: corpusEnd }
      writeListen(store, { id, name: id, query, ...rest })
    }
  })
  intake.setListens(listens)
}

export const percentile = (values: number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!
}
