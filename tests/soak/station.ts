/**
 * A whole station in a process of its own that hears so many mentions a second, for soak.ts: `node --expose-gc station.ts RATE real|simulated
 * SECONDS`. Prints `{url}` of a wall, then what memory there is after a forced collection, whenever it is told `measure` on stdin.
 */
import { createInterface } from 'node:readline'
import { systemClock } from '#engine/platform/clock.ts'
import { SampleClock } from '#sample/sample-clock.ts'
import { createEngine } from '#engine/engine.ts'
import { openStation } from '#hosts/station.ts'
import { listens, post } from '#tests/bench/corpus.ts'
import { temporaryFolder, testDeps } from '#tests/support/engine.ts'
import { projectRoot } from '#tests/support/root.ts'
import { join } from 'node:path'

const [rateText = '100', mode = 'real', secondsText = '900'] = process.argv.slice(2)
const rate = Number(rateText)
const seconds = Number(secondsText)
const simulated = mode === 'simulated'
const startAt = simulated ? Date.now() - seconds * 1000 - 1000 : Date.now()
const clock = simulated ? new SampleClock(startAt) : systemClock
const folder = temporaryFolder('soak')
const engine = await createEngine(testDeps(folder.path, { clock, learningClock: systemClock }))
const officer = engine.client()
for (const [n, { query }] of listens.slice(0, 8).entries())
  await officer.listens.save({ name: `Listen ${n}`, colour: (n % 8) + 1, query, enabled: true, routed: true })
const source = await officer.sources.save({
  connector: 'file',
  name: 'Flow',
  enabled: false,
  config: { path: '/none' },
})
engine.start()
const station = await openStation({
  connect: (role, send, letGo) => {
    void letGo
    return engine.serve(role, send)
  },
  pageFolder: join(projectRoot, 'out/renderer'),
  port: 0,
})
console.log(JSON.stringify({ url: station.wallUrl }))

/** MiB after everything that can be collected was. */
async function measure(): Promise<Record<string, number>> {
  await engine.idle()
  for (let n = 0; n < 3; n++) {
    globalThis.gc?.()
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  const { heapUsed, external, arrayBuffers, rss } = process.memoryUsage()
  const mib = (bytes: number): number => Math.round((bytes / 2 ** 20) * 10) / 10
  return { heap: mib(heapUsed), external: mib(external), buffers: mib(arrayBuffers), rss: mib(rss) }
}
createInterface({ input: process.stdin }).on('line', (line) => {
  if (line === 'measure') void measure().then((memory) => console.log(JSON.stringify({ memory })))
})

const from = performance.now()
const options = { startAt, stepMs: 1000 / rate }
let told = 0
for (let second = 0; second < seconds; second++) {
  if (clock instanceof SampleClock) clock.moveTo(startAt + second * 1000)
  const drafts = Array.from({ length: rate }, (_, n) => post(second * rate + n, options).draft)
  await engine.intake.push({ sourceId: source.id, network: 'mastodon', drafts })
  if (simulated && second % 20 === 0) await engine.idle()
  const ahead = (second + 1) * 1000 - (performance.now() - from)
  if (!simulated && ahead > 0) await new Promise((resolve) => setTimeout(resolve, ahead))
  // Four marks: a quarter, the middle, three quarters, the end.
  const mark = Math.floor(((second + 1) * 4) / seconds)
  if (mark > told) {
    told = mark
    console.log(JSON.stringify({ mark, mentions: (second + 1) * rate, memory: await measure() }))
  }
}
await station.close()
await engine.stop()
folder.remove()
process.exit(0)
