import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectionOf } from '#engine/store/connections.ts'
import { createEngine, type Engine } from '#engine/engine.ts'
import { systemClock } from '#engine/platform/clock.ts'
import { silentLog } from '#engine/platform/log.ts'
import { sourceTreePaths } from '#engine/platform/paths.ts'
import { openStore } from '#engine/store/open.ts'
import { writeListen } from '#engine/store/queries/listens.ts'
import { lastSeq } from '#engine/store/queries/mentions.ts'
import { writeRoutingCursor } from '#engine/store/queries/routing-cursor.ts'
import { testDeps } from '#tests/support/engine.ts'
import { listens, post } from './corpus.ts'
import { bigSize, bigStore, corpusEnd, DAY, type Measure } from './station.ts'

const MENTIONS = 40_000
const note = (text: string): void => void process.stderr.write(`${text}\n`)
const clock = { ...systemClock, now: () => corpusEnd + DAY }

/** The big store as a station that routes what its listens hear, and has routed what it holds. */
async function makeRouted(dir: string): Promise<void> {
  const store = openStore({ paths: sourceTreePaths(process.cwd(), dir), clock, log: silentLog })
  await store.indexed()
  store.transaction(() => {
    for (const { id, query, enabled } of listens) {
      const rest = { colour: 1, enabled, routed: true, createdAt: corpusEnd, updatedAt: corpusEnd }
      writeListen(store, { id, name: id, query, ...rest })
    }
    writeRoutingCursor(store, lastSeq(store))
  })
  await store.close()
}

/** Pushes as `ingest` does; resolves with the seconds until all was stored, and until all was routed. */
async function pour(engine: Engine, posts: ReturnType<typeof post>[]): Promise<{ stored: number; routed: number }> {
  const from = performance.now()
  const open = new Set<Promise<unknown>>()
  for (let i = 0; i < posts.length;) {
    const { sourceId, network } = posts[i]!
    const drafts = posts.slice(i, i + 500).map((one) => one.draft)
    i += drafts.length
    const sent = engine.intake.push({ sourceId, network, drafts }).finally(() => open.delete(sent))
    open.add(sent)
    if (open.size >= 16) await Promise.race(open)
  }
  await Promise.all(open)
  const stored = (performance.now() - from) / 1000
  await engine.idle()
  return { stored, routed: (performance.now() - from) / 1000 }
}

/**
 * Everything on: matching, understanding, problems, persons, influence, starter rules, cases and journal, into a store that
 * holds a million mentions. The made-up posts are full of complaints: far more of them become cases than of real ones, and a
 * case is what costs.
 */
export async function benchRouted(): Promise<Measure[]> {
  const big = await bigStore(note)
  const dir = mkdtempSync(join(tmpdir(), 'earshot-routed-'))
  try {
    cpSync(big.dir, dir, { recursive: true })
    await makeRouted(dir)
    const posts = Array.from({ length: MENTIONS }, (_, i) =>
      post(bigSize + i, { startAt: corpusEnd + DAY - 3_600_000, stepMs: 0.1 }),
    )
    const engine = await createEngine(testDeps(dir, { clock }))
    engine.start()
    const warm = posts.splice(0, 2_000)
    await pour(engine, warm)
    await engine.store.indexed()
    const count = (table: 'cases' | 'journal'): number =>
      connectionOf(engine.store).prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number
    const before = count('cases')
    const cpu = process.threadCpuUsage()
    const { stored, routed } = await pour(engine, posts)
    const { user, system } = process.threadCpuUsage(cpu)
    const cases = count('cases') - before
    const longest = engine.store.longestWriteMs
    await engine.stop()
    return [
      { name: 'routed', value: posts.length / routed, unit: 'mentions/s, stored and routed' },
      { name: 'routed.stored', value: posts.length / stored, unit: 'mentions/s stored while routing' },
      { name: 'routed.cases', value: cases / posts.length, unit: 'cases a mention' },
      { name: 'routed.casesPerSecond', value: cases / routed, unit: 'cases/s' },
      { name: 'routed.processor.engine', value: (user + system) / posts.length, unit: 'µs a mention' },
      { name: 'routed.longestTransaction', value: longest, unit: 'ms' },
    ]
  } finally {
    rmSync(dir, { recursive: true, force: true })
    if (!big.kept) rmSync(big.dir, { recursive: true, force: true })
  }
}

if (import.meta.main) for (const measure of await benchRouted()) console.log(JSON.stringify(measure))
