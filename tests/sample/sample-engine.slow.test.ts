import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Engine } from '#engine/engine.ts'
import { preparedSample, type PreparedSamples } from '#sample/prepared-sample.ts'
import { openSampleEngine, prepareSample } from '#sample/sample-engine.ts'
import { readSampleLines } from '#sample/sample-lines.ts'
import { projectRoot, temporaryFolder, testDeps } from '#tests/support/engine.ts'

describe('the sample shift, played', () => {
  const folder = temporaryFolder('sample')
  let engine: Engine
  const progress: number[] = []
  const samples: PreparedSamples = { folder: join(folder.path, 'samples'), madeBy: () => 'this program' }

  beforeAll(async () => {
    const { clock: _clock, ...deps } = testDeps(folder.path)
    await prepareSample(deps, samples, (done) => progress.push(done))
    engine = await openSampleEngine({ ...deps, samples })
  }, 240_000)
  afterAll(async () => {
    await engine.stop()
    folder.remove()
  })

  it('has heard everything that was due, and nothing twice', async () => {
    const lines = await readSampleLines(`${projectRoot}/resources/sample-shift/shift.ndjson`)
    const due = lines.filter((line) => line.at < 281 * 60_000 && line.network === 'bluesky').length
    const page = await engine.client().charts.networks({ listenIds: [], from: 0, to: engine.status().now + 60_000 })
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

  it('tells of one fault as one problem and one alarm, in both languages, with its cause', async () => {
    const client = engine.client()
    const [biggest, next] = (await client.problems.list({ since: 0, limit: 50 })).toSorted(
      (a, b) => b.mentions - a.mentions,
    )
    expect(biggest!.label).toBe('Payment is declined')
    expect(biggest!.mentions).toBeGreaterThan(5 * next!.mentions)
    const { alerts } = await client.alerts.list({})
    const standing = alerts.filter(({ state }) => state === 'raised' || state === 'taken')
    expect(standing.filter(({ about }) => about.id === biggest!.id).map(({ about }) => about.name)).toEqual([
      biggest!.label,
    ])
    expect(standing[0]!.about.id).toBe(biggest!.id)
    const { chart, alert } = await client.alerts.one({ id: standing[0]!.id })
    expect(Math.max(...chart.points.map(({ n }) => n ?? 0))).toBeGreaterThan(10)
    const languages = alert.causes.filter(({ kind }) => kind === 'language').map(({ label }) => label)
    expect(languages).toHaveLength(2)
  })

  it('is not taken from another program, nor from a folder that is damaged', async () => {
    expect(await preparedSample(samples, 'en')).toMatchObject({ folder: join(samples.folder, 'en') })
    expect(await preparedSample({ ...samples, madeBy: () => 'the next program' }, 'en')).toBeNull()
    expect(await preparedSample(samples, 'de')).toBeNull()
    expect(await preparedSample(null, 'en')).toBeNull()
    await writeFile(join(samples.folder, 'en', 'manifest.json'), '{"madeBy":"this pro')
    expect(await preparedSample(samples, 'en')).toBeNull()
  })
})
