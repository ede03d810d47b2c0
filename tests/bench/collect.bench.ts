import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { termFilter } from '#engine/connectors/bluesky/terms.ts'
import { JetstreamEvent, readPost } from '#engine/connectors/bluesky/post.ts'
import { openFile } from '#engine/connectors/file/open.ts'
import { rowToDraft } from '#engine/connectors/file/draft.ts'
import type { Draft } from '#shared/model/mention.ts'
import { dataFolder } from '#tests/support/data-folder.ts'
import { openTestEngine } from '#tests/support/engine.ts'
import { inventedPost } from '#tests/support/jetstream-server.ts'
import { NaiveStore } from './naive-store.ts'
import type { Measure } from './station.ts'

/** What the same reader of a newspaper would listen for: some words that are there, some that are not. */
const queries = [
  'delay OR late', 'cancelled', '"customer service"', 'luggage OR baggage', 'refund', 'lost', 'hold', 'thanks', 'great -not',
  'flight NEAR/5 cancelled', 'delt*', 'seat', '"flight attendant"', 'crew', 'app OR website', 'weather', 'gate', 'hours', 'love', 'kaffora',
] // prettier-ignore

/** Importing a real file through the whole pipeline; reading a stream. */
export async function benchCollect(): Promise<Measure[]> {
  const file = dataFolder('airline/airline-dev.csv')
  return [...(file === null ? [] : await benchImport(file)), ...benchFirehose()]
}

async function benchImport(file: string): Promise<Measure[]> {
  const { engine, close } = await openTestEngine()
  try {
    engine.start()
    const client = engine.client()
    for (const [i, query] of queries.entries()) {
      await client.listens.save({ name: `Listen ${i}`, colour: (i % 8) + 1, query, enabled: true, routed: false })
    }
    const report = await engine.collect.importFile(file, { sourceName: 'airline' })
    const dropped = Object.values(report.dropped).reduce((sum, count) => sum + count, 0)
    if (report.read !== report.stored + report.duplicates + dropped)
      throw new Error(`Rows unaccounted for: ${JSON.stringify(report)}`)
    return [
      { name: 'import.airline', value: report.seconds, unit: 's (10,011 rows, 20 listens, new store)' },
      {
        name: 'import.airline.rows',
        value: report.read,
        unit: `rows read, ${report.stored} stored, ${dropped} dropped`,
      },
      ...(await benchReading(file)),
      naiveImport(file),
    ]
  } finally {
    await close()
  }
}

/** The file alone: bytes to drafts, beside csv-parse that gives records only. */
async function benchReading(file: string): Promise<Measure[]> {
  const from = performance.now()
  const { table, draftOptions } = await openFile(file, 'airline-dev.csv')
  let rows = 0
  for await (const block of table.blocks())
    for (const row of block.rows) if (!('reason' in rowToDraft(row, draftOptions))) rows++
  const ours = (rows / (performance.now() - from)) * 1000
  const peerFrom = performance.now()
  const records = parse(readFileSync(file), { columns: true }) as unknown[]
  const peer = (records.length / (performance.now() - peerFrom)) * 1000
  return [
    { name: 'import.read', value: Math.round(ours), unit: 'rows/s to drafts' },
    { name: 'import.read.csv-parse', value: Math.round(peer), unit: 'rows/s to records' },
  ]
}

/** csv-parse and one table: stores the words, understands and matches nothing. */
function naiveImport(file: string): Measure {
  const dir = mkdtempSync(join(tmpdir(), 'earshot-naive-'))
  try {
    const from = performance.now()
    const store = new NaiveStore(join(dir, 'naive.sqlite'))
    const rows = parse(readFileSync(file), { columns: true }) as Record<string, string>[]
    const drafts = rows.map((row): { draft: Draft; sourceId: string; network: string } => ({
      sourceId: 'airline',
      network: 'file',
      draft: {
        externalId: row['tweet_id']!, kind: 'post', text: row['text']!, title: null, url: null, publishedAt: Date.parse(row['created_at']!),
        author: { id: row['name']!, handle: row['name']!, name: null, url: null, followers: null }, lang: null, country: null,
        threadId: null, inReplyTo: null, engagement: null, links: [], media: [], private: false, raw: null,
      },
    })) // prettier-ignore
    for (let i = 0; i < drafts.length; i += 1_000) store.insert(drafts.slice(i, i + 1_000))
    store.db.close()
    return { name: 'import.naive', value: Math.round(performance.now() - from) / 1000, unit: 's (stores only)' }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

/** One thread reading Jetstream's messages with 200 words to listen for; the network makes 50 to 100 a second. */
function benchFirehose(): Measure[] {
  const passes = termFilter(Array.from({ length: 200 }, (_, i) => (i === 0 ? 'kaffora' : `brandname${i}`)))
  const texts = [
    'the coffee here is fine, nothing to see',
    'ich liebe meine kaffora',
    'just another long post about nothing in particular that goes on and on '.repeat(3),
  ]
  const messages = Array.from({ length: 20_000 }, (_, i) =>
    JSON.stringify(inventedPost(1_780_000_000_000 + i, `${texts[i % 3]} ${i}`)),
  )
  const from = performance.now()
  let passed = 0
  for (const message of messages) {
    const post = readPost(JetstreamEvent.parse(JSON.parse(message)), passes)
    if (post !== undefined && !('reason' in post)) passed++
  }
  const perSecond = (messages.length / (performance.now() - from)) * 1000
  return [
    {
      name: 'bluesky.read',
      value: Math.round(perSecond),
      unit: `posts/s, 200 words, ${passed} of ${messages.length} passed`,
    },
  ]
}
