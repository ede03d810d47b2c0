import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectionOf } from '#engine/store/connections.ts'
import { listens, post } from './corpus.ts'
import { NaiveStore } from './naive-store.ts'
import { bigSize, bigStore, corpusEnd, corpusOptions, openStation, percentile, type Measure } from './station.ts'

const ROUND = 60_000
const note = (text: string): void => void process.stderr.write(`${text}\n`)

/** Live posts: their times are now, not spread over a month. */
const rounds = (): ReturnType<typeof post>[] =>
  Array.from({ length: ROUND }, (_, i) => post(bigSize + i, { startAt: corpusEnd - bigSize * 0.1, stepMs: 0.1 }))

/** The whole pipeline into a store that holds a million mentions, and the naive store beside it. */
export async function benchIngest(): Promise<Measure[]> {
  const big = await bigStore(note)
  const dir = mkdtempSync(join(tmpdir(), 'earshot-ingest-'))
  try {
    cpSync(big.dir, dir, { recursive: true })
    const posts = rounds()
    const ours = await measureOurs(dir, posts)
    const peer = await measureNaive(posts)
    return [...ours, ...peer, { name: 'ingest.ratio', value: ours[0]!.value / peer[0]!.value, unit: 'times the peer' }]
  } finally {
    rmSync(dir, { recursive: true, force: true })
    if (!big.kept) rmSync(big.dir, { recursive: true, force: true })
  }
}

async function measureOurs(dir: string, posts: ReturnType<typeof post>[]): Promise<Measure[]> {
  const station = openStation(dir)
  const { store, intake } = station
  intake.setListens(listens)
  // One small push first: threads are up and models are loaded, as in a station that runs.
  const [first, ...rest] = posts
  await intake.push({ sourceId: first!.sourceId, network: first!.network, drafts: [first!.draft] })
  await store.indexed()
  const committed: { seq: number; at: number }[] = []
  const fresh: number[] = []
  intake.onStored(({ lastSeq }) => committed.push({ seq: lastSeq, at: performance.now() }))
  const upto = connectionOf(store.readable).prepare('SELECT upto_seq FROM search.search_state').pluck()
  const look = setInterval(() => {
    const seq = upto.get() as number
    while (committed[0] && committed[0].seq <= seq) fresh.push(performance.now() - committed.shift()!.at)
  }, 10)
  const cpu = process.cpuUsage()
  const cpuHere = process.threadCpuUsage()
  const from = performance.now()
  const open = new Set<Promise<unknown>>()
  for (let i = 0; i < rest.length;) {
    const { sourceId, network } = rest[i]!
    const drafts = rest.slice(i, i + 500).map((one) => one.draft)
    i += drafts.length
    const sent = intake.push({ sourceId, network, drafts }).finally(() => open.delete(sent))
    open.add(sent)
    if (open.size >= 16) await Promise.race(open)
  }
  await Promise.all(open)
  const seconds = (performance.now() - from) / 1000
  const { user, system } = process.cpuUsage(cpu)
  const here = process.threadCpuUsage(cpuHere)
  const longest = store.longestWriteMs
  await store.indexed()
  const indexedSeconds = (performance.now() - from) / 1000
  await new Promise((resolve) => setTimeout(resolve, 30))
  clearInterval(look)
  await station.close()
  return [
    { name: 'ingest', value: rest.length / seconds, unit: 'mentions/s' },
    { name: 'ingest.processor', value: (user + system) / rest.length, unit: 'µs a mention, all threads' },
    { name: 'ingest.processor.engine', value: (here.user + here.system) / rest.length, unit: 'µs a mention' },
    { name: 'ingest.indexed', value: rest.length / indexedSeconds, unit: 'mentions/s' },
    { name: 'ingest.longestTransaction', value: longest, unit: 'ms' },
    { name: 'ingest.searchable.p95', value: percentile(fresh, 0.95), unit: 'ms' },
    { name: 'ingest.searchable.max', value: Math.max(...fresh), unit: 'ms' },
  ]
}

/** Everything of the store that is written along: look-ups, roll-ups, panes, index. Understanding is not in the peer. */
async function measureNaive(posts: ReturnType<typeof post>[]): Promise<Measure[]> {
  const keep = process.env['EARSHOT_BENCH_KEEP']
  const dir = mkdtempSync(join(tmpdir(), 'earshot-naive-'))
  const kept = keep ? join(keep, `naive-${bigSize}`) : dir
  try {
    if (!existsSync(join(kept, 'complete'))) {
      note(`making the naive store of ${bigSize} mentions`)
      mkdirSync(kept, { recursive: true })
      const naive = new NaiveStore(join(kept, 'naive.db'))
      naive.fill(0, bigSize, corpusOptions)
      naive.db.close()
      mkdirSync(join(kept, 'complete'))
    }
    if (kept !== dir) cpSync(kept, dir, { recursive: true })
    const naive = new NaiveStore(join(dir, 'naive.db'))
    const from = performance.now()
    for (let i = 0; i < posts.length; i += 1000) naive.insert(posts.slice(i, i + 1000))
    const seconds = (performance.now() - from) / 1000
    naive.db.close()
    return [
      { name: 'ingest.peer', value: posts.length / seconds, unit: 'mentions/s' },
      { name: 'ingest.peer.longestTransaction', value: naive.longestMs, unit: 'ms' },
    ]
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

if (import.meta.main) for (const measure of await benchIngest()) console.log(JSON.stringify(measure))
