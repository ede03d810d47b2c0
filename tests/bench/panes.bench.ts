import { rmSync } from 'node:fs'
import { connectionOf } from '#engine/store/connections.ts'
import { commonWord, listens, rareWord } from './corpus.ts'
import { bigStore, corpusEnd, DAY, openStation, percentile, type Measure } from './station.ts'
import type { Filter } from '#engine/store/queries/filter.ts'

const note = (text: string): void => void process.stderr.write(`${text}\n`)
const everything: Filter = {
  listenIds: [], sourceIds: [], networks: [], sentiments: [], query: '', from: null, to: null, unanswered: false,
} // prettier-ignore
const ROUNDS = 60

/** Pages, searches and charts on a store of a million mentions, through the reading thread, message and copy included. */
export async function benchPanes(): Promise<Measure[]> {
  const big = await bigStore(note)
  const station = openStation(big.dir)
  const { reader } = station.store
  const readable = connectionOf(station.store.readable)
  // A kept store may have been made with an index of an older format.
  await station.store.indexed()
  const measures: Measure[] = []
  const time = async (name: string, run: (round: number) => Promise<unknown>): Promise<void> => {
    const first = performance.now()
    await run(0)
    const cold = performance.now() - first
    const took: number[] = []
    for (let round = 1; round <= ROUNDS; round++) {
      const from = performance.now()
      await run(round)
      took.push(performance.now() - from)
    }
    measures.push({ name: `${name}.p95`, value: percentile(took, 0.95), unit: 'ms' })
    measures.push({ name: `${name}.first`, value: cold, unit: 'ms' })
  }
  const page = (
    filter: Partial<Filter>,
    before: { publishedAt: number; seq: number } | null = null,
  ): Promise<unknown> => reader.ask('mentions.page', { filter: { ...everything, ...filter }, before, limit: 50 })
  const listen = (round: number): string => listens[round % listens.length]!.id
  await reader.ask('mentions.page', { filter: everything, before: null, limit: 1 })

  await time('pane.all', () => page({}))
  await time('pane.listen', (round) => page({ listenIds: [listen(round)] }))
  await time('pane.4-listens', (round) => page({ listenIds: [0, 1, 2, 3].map((n) => listen(round + n)) }))
  await time('pane.listen.negative.network', (round) =>
    page({ listenIds: [listen(round)], sentiments: ['negative'], networks: ['bluesky'] }),
  )
  await time('pane.deep', (round) => page({}, { publishedAt: corpusEnd - (round % 29) * DAY, seq: 1 }))
  for (const [name, query] of [
    ['word', 'northwind'],
    ['common', commonWord],
    ['rare', rareWord],
    ['phrase', '"lost waiting"'],
    ['boolean', '(acme OR globex OR initech) (late OR broken) -love'],
    ['prefix', 'northwi*'],
    ['near', 'refund NEAR/5 delay'],
    ['author', 'author:@bababa'],
    ['nothing', 'xyzzyplugh'],
  ] as const) {
    await time(`search.${name}`, () => page({ query }))
  }
  await time('search.word.listen', (round) => page({ query: 'refund', listenIds: [listen(round)] }))
  // The worst of it: two long lists that have nothing in common.
  const without = listens.find(({ query }) => query === 'hooli -love')!.id
  await time('search.word.listen.never', () => page({ query: 'love', listenIds: [without] }))
  await time('search.word.source', () => page({ query: 'refund', sourceIds: ['src_mastodon'] }))
  const week = { from: corpusEnd - 7 * DAY, to: corpusEnd }
  await time('chart.7-days', (round) =>
    reader.ask('charts.sentiment', { listenIds: [listen(round)], ...week, bucketMinutes: 60 }),
  )
  await time('chart.7-days.10-minutes', (round) =>
    reader.ask('charts.sentiment', { listenIds: [listen(round)], ...week, bucketMinutes: 10 }),
  )
  await time('chart.7-days.all', () => reader.ask('charts.sentiment', { listenIds: [], ...week, bucketMinutes: 60 }))
  await time('chart.networks', (round) => reader.ask('charts.networks', { listenIds: [listen(round)], ...week }))
  await time('chart.numbers', (round) =>
    reader.ask('charts.numbers', { listenIds: [listen(round)], ...week, now: corpusEnd }),
  )
  const brands = listens.map(({ id }) => ({ name: id, listenIds: [id], ours: false }))
  await time('chart.voice', () => reader.ask('charts.voice', { listenIds: [], ...week, brands }))
  await time('chart.heat', () => reader.ask('charts.heat', { listenIds: [], ...week, timeZone: 'Europe/Berlin' }))

  // The naive peer of the same questions: rows counted and sorted when they are asked for.
  const peer = readable.prepare(
    `SELECT published_at / 3600000 AS hour, sentiment, count(*) FROM mention
     WHERE published_at >= ? AND published_at < ? GROUP BY 1, 2`,
  )
  const like = readable.prepare(
    "SELECT seq, text FROM mention WHERE text LIKE '%northwind%' ORDER BY published_at DESC LIMIT 50",
  )
  for (const [name, run] of [
    ['chart.7-days.all.peer', () => peer.all(week.from, week.to)],
    ['search.word.peer', () => like.all()],
  ] as const) {
    const from = performance.now()
    run()
    measures.push({ name, value: performance.now() - from, unit: 'ms' })
  }
  await station.close()
  if (!big.kept) rmSync(big.dir, { recursive: true, force: true })
  return measures
}

if (import.meta.main) for (const measure of await benchPanes()) console.log(JSON.stringify(measure))
