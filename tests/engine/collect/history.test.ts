import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Client } from '#engine/api/router.ts'
import type { Engine } from '#engine/engine.ts'
import { emptyBatch, type Connector } from '#engine/connectors/connector.ts'
import { connectors } from '#engine/connectors/registry.ts'
import { feed } from '#engine/connectors/feed/feed.ts'
import { openTestEngine } from '#tests/support/engine.ts'
import { draft } from '#tests/engine/store/station.ts'
import { ManualClock } from '#tests/support/manual-clock.ts'

const NOW = '2026-11-20T12:00:00Z'
const HOUR = 3_600_000
let clock: ManualClock
let engine: Engine
let client: Client
let dataDir: string
let close: () => Promise<void>
/** What the feed brings next. */
let feedBrings: string[]

const complaint = (id: string, publishedAt: number) =>
  draft({ externalId: id, text: 'Kaffora broke again, I want a refund for this awful machine', publishedAt })

beforeEach(async () => {
  clock = new ManualClock(NOW)
  feedBrings = []
  const poll: Connector['poll'] = () =>
    Promise.resolve({
      ...emptyBatch('c'),
      drafts: feedBrings.splice(0).map((at) => complaint(at, Date.parse(at))),
    })
  const all = connectors.map((one) => (one.id === feed.id ? { ...one, poll } : one))
  ;({ engine, close, dataDir } = await openTestEngine({ clock, connectors: all as Connector[] }))
  client = engine.client()
  await client.listens.save({ name: 'Kaffora', colour: 1, query: 'kaffora', enabled: true, routed: true })
})
afterEach(() => close())

const csv = (...dates: string[]): string =>
  `id,created_at,text\n${dates.map((date, i) => `${i},${date},"Kaffora ${i} broke again, I want a refund for this awful machine"`).join('\n')}\n`
const cases = async (): Promise<number> => {
  await engine.idle()
  return (await client.cases.page({ filter: {}, limit: 50 })).total
}
const importing = (content: string, more: { live?: boolean; sourceName?: string } = {}) =>
  client.sources.importFile({ file: new File([content], 'a.csv'), name: 'a.csv', sourceName: 'A', ...more })
const arrivals = (): (string | undefined)[] => [...engine.mentionsAfter(0, 1_000)].map(({ arrival }) => arrival)

describe('rows of an imported file', () => {
  it('have authors that a person may say are one, though nothing was routed', async () => {
    const row = (id: string, who: string) => `${id},2015-02-24T11:35:52Z,"Kaffora broke",${who},Ana ${who}`
    await importing(`id,created_at,text,author,author name\n${row('1', 'a')}\n${row('2', 'b')}\n`)
    await engine.idle()
    const [one, other] = [...engine.mentionsAfter(0, 10)]
    const { accounts } = await client.persons.ofMention({ mentionId: one!.id })
    await client.persons.link({ mentionId: other!.id, account: accounts[0]!.key })
    expect(
      (await client.persons.ofMention({ mentionId: one!.id })).accounts.filter(({ linked }) => linked),
    ).toHaveLength(2)
  })

  it('that are older than a day are stored, found and counted, and open no case', async () => {
    const report = await importing(csv('2015-02-24T11:35:52Z', '2026-11-19T11:59:59Z', '2026-11-19T12:00:00Z', NOW))
    expect(report).toMatchObject({ stored: 4, history: 2 })
    expect(await cases()).toBe(2)
    expect(arrivals()).toEqual(['history', 'history', undefined, undefined])
    await engine.store.indexed()
    const found = await client.mentions.page({ filter: { query: 'refund' }, limit: 10 } as never)
    expect(found).toMatchObject({ items: { length: 4 } })
  })

  it('are all looked at by the rules when somebody says that they are live', async () => {
    expect(await importing(csv('2015-02-24T11:35:52Z', NOW), { live: true })).toMatchObject({ stored: 2, history: 0 })
    expect(await cases()).toBe(2)
    expect(arrivals()).toEqual([undefined, undefined])
  })

  it('stay history after a restart of routing, and a person can open a case by hand', async () => {
    await importing(csv('2015-02-24T11:35:52Z'))
    engine.board.wake()
    expect(await cases()).toBe(0)
    const [old] = [...engine.mentionsAfter(0, 1)]
    await client.cases.open({ mentionId: old!.id, deskId: 'desk_care', priority: 'normal' })
    expect(await cases()).toBe(1)
    expect((await engine.store.verify()).problems).toEqual([])
  })

  it('are told of in the preview before anything is kept', async () => {
    const file = new File([csv('2015-02-24T11:35:52Z', '2026-11-20T11:00:00Z', 'never')], 'a.csv')
    expect(await client.sources.previewFile({ file, name: 'a.csv' })).toMatchObject({ history: { rows: 1, of: 2 } })
  })

  it('of a source that reads a file are history as well, unless it is said to be live', async () => {
    const path = join(dataDir, 'old.csv')
    writeFileSync(path, csv('2015-02-24T11:35:52Z', '2026-11-20T11:00:00Z'))
    engine.start()
    const save = (name: string, config: object) =>
      client.sources.save({ connector: 'file', name, enabled: true, config: { path, ...config }, secrets: {} })
    const read = async (id: string): Promise<void> => {
      for (let i = 0; i < 500; i++) {
        const one = (await client.sources.list()).find(({ source }) => source.id === id)
        if (one?.health.state === 'finished') return
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
    }
    await read((await save('Old', {})).id)
    expect(await cases()).toBe(1)
    await read((await save('Live', { live: true })).id)
    expect(await cases()).toBe(3)
  })
})

describe('what a running source catches up on', () => {
  it('is marked late and opens its cases, however old it is', async () => {
    feedBrings = ['2026-11-20T11:55:00Z', '2026-11-20T09:00:00Z', '2026-11-17T09:00:00Z']
    engine.start()
    await client.sources.save({
      connector: 'feed',
      name: 'F',
      enabled: true,
      config: { url: 'https://gazette.example/rss' },
      secrets: {},
    })
    for (let i = 0; i < 500 && arrivals().length < 3; i++) await new Promise((resolve) => setTimeout(resolve, 10))
    expect(arrivals()).toEqual([undefined, 'late', 'late'])
    expect(await cases()).toBe(3)
    const newest = await client.cases.page({ filter: {}, limit: 50 })
    // Its clock runs from when it was heard, not from when it was written.
    expect(newest.items.every((one) => one.case!.openedAt >= Date.parse(NOW) - HOUR)).toBe(true)
  })
})
