import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Engine } from '#engine/engine.ts'
import { openSampleEngine } from '#sample/sample-engine.ts'
import { readSampleLines } from '#sample/sample-lines.ts'
import { projectRoot, temporaryFolder, testDeps } from '#tests/support/engine.ts'

describe('the sample shift, played', () => {
  const folder = temporaryFolder('sample')
  let engine: Engine
  const progress: number[] = []

  beforeAll(async () => {
    const { clock: _clock, ...deps } = testDeps(folder.path)
    engine = await openSampleEngine(deps, (done) => progress.push(done))
  }, 120_000)
  afterAll(async () => {
    await engine.stop()
    folder.remove()
  })

  it('has heard everything that was due, and nothing twice', async () => {
    const lines = await readSampleLines(`${projectRoot}/resources/sample-shift/shift.ndjson`)
    const due = lines.filter((line) => line.at < 281 * 60_000 && line.network === 'bluesky').length
    const page = await engine.client().charts.networks({ listenIds: [], from: 0, to: Date.now() + 60_000 })
    const bluesky = page.find((row) => row.network === 'bluesky')?.count ?? 0
    expect(bluesky).toBeGreaterThanOrEqual(due)
    expect(bluesky).toBeLessThan(due + 60)
    expect(page.map((row) => row.network).sort()).toEqual([
      'bluesky',
      'feed',
      'hackernews',
      'mail',
      'mastodon',
      'phone',
    ])
    expect(progress.at(-1)).toBeGreaterThan(0.99)
  })

  it('brought the ones that must not drown to the people who can act', async () => {
    const client = engine.client()
    const desks = new Map((await client.desks.list({})).map(({ desk }) => [desk.id, desk.name]))
    const page = await client.cases.page({ filter: {}, limit: 500 })
    const all = [...page.items]
    for (let next = page.next; next !== null;) {
      const more = await client.cases.page({ filter: {}, after: next, limit: 500 })
      all.push(...more.items)
      next = more.next
    }
    const deskOf = (words: string): (string | null | undefined)[] =>
      all
        .filter(({ mention }) => `${mention.title} ${mention.text}`.includes(words))
        .map((card) => desks.get(card.case?.explanation.deskId ?? ''))
    expect(deskOf('Our deadline is 12:00')).toEqual(['Press'])
    expect(new Set(deskOf('212.000 Leute'))).toEqual(new Set(['Officer on shift']))
    expect(deskOf('coffee partner for a chain of 12 gyms')).toContain('Sales')
    expect(new Set(deskOf('fire brigade was here'))).toEqual(new Set(['Legal and safety']))
    const states = new Set(all.map((card) => card.case?.state))
    expect([...states].sort()).toEqual(['accepted', 'closed', 'new', 'replied', 'routed'])
  })

  it('keeps two shifts, one of them running, and shows the hotline broken', async () => {
    const client = engine.client()
    const shifts = await client.review.shifts({})
    expect(shifts.map(({ shift }) => [shift.name, shift.endedAt === null])).toEqual([['Late shift', true], ['Early shift', false]]) // prettier-ignore
    expect(shifts[1]?.heard).toBeGreaterThan(800)
    const status = engine.status()
    expect(status.sample).toBe(true)
    const states = Object.fromEntries(status.sources.map(({ network, health }) => [network, health.state]))
    expect(states.phone).toBe('broken')
    expect(states.mastodon).toBe('live')
  })
})
