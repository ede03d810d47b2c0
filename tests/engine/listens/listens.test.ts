import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Client } from '#engine/api/router.ts'
import type { Engine } from '#engine/engine.ts'
import type { Draft } from '#shared/model/mention.ts'
import { ManualClock } from '#tests/support/manual-clock.ts'
import { openTestEngine } from '#tests/support/engine.ts'

const clock = new ManualClock('2026-11-20T10:00:00Z')
let engine: Engine
let client: Client
let close: () => Promise<void>

beforeEach(async () => {
  const opened = await openTestEngine({ clock })
  engine = opened.engine
  close = opened.close
  client = engine.client()
})
afterEach(() => close())

const draft = (externalId: string, text: string, minutesAgo = 5): Draft => ({
  externalId, kind: 'post', text, title: null, url: null, author: { id: 'a', handle: '@lena', name: null, url: null, followers: null },
  publishedAt: clock.now() - minutesAgo * 60_000, lang: null, country: null, threadId: null, inReplyTo: null, engagement: null,
  links: [], media: [], private: false, raw: null,
}) // prettier-ignore

async function hear(...texts: string[]): Promise<void> {
  const drafts = texts.map((text, i) => draft(`${text}-${i}`, text))
  await engine.intake.push({ sourceId: 'src_test', network: 'mastodon', drafts })
  await engine.store.indexed()
}

const listen = { name: 'Bags', colour: 1, query: 'bag lost', enabled: true, routed: true }
/** Errors on the wire carry code and data; the in-process client throws the same. */
const failure = async (call: Promise<unknown>): Promise<{ code: string; message: string; data: unknown }> =>
  call.then(
    () => ({ code: 'OK', message: '', data: null }),
    (error: { code: string; message: string; data: unknown }) => error,
  )

describe('saved listens', () => {
  it('hear what arrives after they were saved, and what was there before', async () => {
    await hear('my bag is lost', 'my bag is here')
    const saved = await client.listens.save(listen)
    await hear('again a lost bag', 'nothing')
    await engine.intake.backfilled()
    const [found] = await client.listens.list()
    expect(found).toMatchObject({ id: saved.id, name: 'Bags', heardLastHour: 2, heardInAll: 2 })
  })

  it('refuse a query that cannot be read and say where', async () => {
    const error = await failure(client.listens.save({ ...listen, query: 'bag AND (lost' }))
    expect(error).toMatchObject({ data: { code: 'query.wrong', values: { field: 'query', position: 8 } } })
    expect(error.message).toContain('never closed')
    expect(await client.listens.list()).toEqual([])
  })

  it('cannot be changed once they are gone', async () => {
    expect(await failure(client.listens.save({ ...listen, id: 'lis_unknown' }))).toMatchObject({
      data: { code: 'listen.goneSaveNew' },
    })
    expect(await failure(client.listens.remove({ id: 'lis_unknown' }))).toMatchObject({ data: { code: 'listen.gone' } })
  })

  it('come back with undo, with what they had heard', async () => {
    const saved = await client.listens.save(listen)
    await hear('a lost bag')
    const { undo } = await client.listens.remove({ id: saved.id })
    expect(await client.listens.list()).toEqual([])
    await client.cases.undo({ entry: undo })
    await engine.intake.backfilled()
    expect(await client.listens.list()).toMatchObject([{ id: saved.id, query: 'bag lost', heardInAll: 1 }])
    expect(await failure(client.cases.undo({ entry: undo }))).toMatchObject({ data: { code: 'undo.nameChangedSince' } })
  })

  it('know a source by its name, live as in history', async () => {
    const saved = await client.listens.save({ ...listen, query: 'source:"Night desk" bag' })
    const file = Readable.from([
      Buffer.from('id,text,date\n1,a bag,2026-11-20T09:00:00Z\n2,sun,2026-11-20T09:00:00Z\n'),
    ])
    await engine.collect.importFile(file, { fileName: 'a.csv', sourceName: 'Night desk' })
    expect((await client.listens.list())[0]!.heardInAll).toBe(1)
    await engine.store.indexed()
    expect(await client.listens.preview({ query: saved.query, days: 7 })).toMatchObject({ count: 1 })
  })

  it('match nothing new while switched off', async () => {
    const saved = await client.listens.save(listen)
    await hear('a lost bag')
    await client.listens.save({ ...listen, id: saved.id, enabled: false })
    await hear('another lost bag')
    expect((await client.listens.list())[0]!.heardInAll).toBe(1)
  })

  it('are made many at once, all or none, and taken back as one', async () => {
    const drafts = ['ferry', 'boat', 'raft'].map((name) => ({ ...listen, name, query: name }))
    const before = (await client.listens.list()).length
    const { listens: made, undo } = await client.listens.saveAll({ drafts })
    expect(made.map(({ name }) => name)).toEqual(['ferry', 'boat', 'raft'])
    expect((await client.listens.list()).length).toBe(before + 3)
    for (const entry of undo) expect((await client.cases.undo({ entry })).cannot).toBeNull()
    expect((await client.listens.list()).length).toBe(before)
    const broken = [...drafts, { ...listen, query: '(lost' }]
    expect(await failure(client.listens.saveAll({ drafts: broken }))).toMatchObject({ data: { kind: 'user' } })
    expect((await client.listens.list()).length).toBe(before)
  })

  it('of an export are shown with what each becomes', async () => {
    const text = 'Ferry: from:sealine\nBoat: boat AND city:kiel'
    const [ferry, boat] = await client.listens.readList({ text, locale: 'en' })
    expect(ferry).toMatchObject({ name: 'Ferry', query: 'author:sealine', state: 'translated', dialect: 'x' })
    expect(boat).toMatchObject({ state: 'changed', notes: [{ written: 'city:kiel', effect: 'dropped' }] })
  })

  it('are known again after a restart and refused to a wall', async () => {
    await client.listens.save(listen)
    const wall = engine.client('wall')
    expect(await wall.listens.list()).toHaveLength(1)
    expect(await failure(wall.listens.save(listen))).toMatchObject({ data: { code: 'wall.onlyShows' } })
  })
})

describe('the preview', () => {
  it('counts, shows examples, near misses with the part that is missing, and what changes', async () => {
    const saved = await client.listens.save({ ...listen, query: 'bag' })
    await hear('my bag is lost', 'a bag found', 'lost my mind', 'bag lost again and found', 'sun')
    const preview = await client.listens.preview({ query: 'bag AND lost NOT found', savedId: saved.id, days: 7 })
    expect(preview).toMatchObject({ count: 1, estimated: false, gained: 0, lost: 2 })
    expect(preview.matched.map(({ mention }) => mention.text)).toEqual(['my bag is lost'])
    expect(preview.matched[0]!.marks).toEqual([
      [3, 6],
      [10, 14],
    ])
    const missed = preview.missed.map(({ card, missing }) => [card.mention.text, missing])
    expect(missed).toContainEqual(['lost my mind', 'bag'])
    expect(missed).toContainEqual(['bag lost again and found', 'NOT found'])
    expect(preview.lostExamples.map(({ mention }) => mention.text).sort()).toEqual([
      'a bag found',
      'bag lost again and found',
    ])
  })

  it('shows for a phrase the mentions that have its words elsewhere', async () => {
    await hear('bag was lost', 'lost bag')
    const preview = await client.listens.preview({ query: '"lost bag"', days: 7 })
    expect(preview.missed.map(({ card, missing }) => [card.mention.text, missing])).toEqual([
      ['bag was lost', '"lost bag"'],
    ])
  })

  it('shows what is written almost like a listened word, and words that begin with it', async () => {
    await hear(
      'kaffora is great',
      'kafora is bad',
      'die Kafforamaschine',
      'kafofra',
      'kaffee',
      'nothing kaffora kafora',
    )
    const preview = await client.listens.preview({ query: 'kaffora OR xyzzy', days: 7 })
    expect(preview.count).toBe(2)
    expect(preview.missed.map(({ card, missing }) => [card.mention.text, missing]).sort()).toEqual([
      ['die Kafforamaschine', 'kaffora'],
      ['kafofra', 'kaffora'],
      ['kafora is bad', 'kaffora'],
    ])
    expect(preview.missed.every(({ card }) => card.marks.length === 1)).toBe(true)
  })

  it('is empty on an empty store and refuses what cannot be read', async () => {
    expect(await client.listens.preview({ query: 'bag', days: 7 })).toMatchObject({ count: 0, matched: [], missed: [] })
    expect(await failure(client.listens.preview({ query: '(bag', days: 7 }))).toMatchObject({
      data: { code: 'query.wrong', values: { position: 0 } },
    })
  })
})

describe('explain and propose', () => {
  it('puts a query into words of the asked language', async () => {
    const en = await client.listens.explain({ query: 'bag -lost network:nowhere', locale: 'en' })
    expect(en).toMatchObject({ valid: true, words: 'Mentions with “bag”, on “nowhere”, without “lost”.' })
    expect(en.problems.map(({ code }) => code)).toContain('unknown-network')
    const de = await client.listens.explain({ query: 'bag (', locale: 'de' })
    expect(de).toMatchObject({
      valid: false,
      words: '',
      problems: [{ severity: 'error', code: 'unbalanced', start: 4, end: 5 }],
    })
    expect(de.problems[0]!.message).toContain('Klammer')
  })

  it('makes listens and sources that can be saved as they are', async () => {
    const proposal = await client.listens.propose({
      brand: 'Nordlicht Bahn AG',
      competitors: ['Südwind', 'SAP'],
      lang: 'de',
      locale: 'de',
    })
    expect(proposal.listens.map(({ name, routed }) => [name, routed])).toEqual([
      ['Nordlicht Bahn', true],
      ['Südwind', false],
      ['SAP', false],
    ])
    expect(proposal.words).toHaveLength(3)
    expect(new Set(proposal.sources.map(({ connector }) => connector))).toEqual(
      new Set(['mastodon', 'bluesky', 'hackernews', 'feed']),
    )
    for (const proposed of proposal.listens) await client.listens.save(proposed)
    for (const { connector, name, config } of proposal.sources) {
      await client.sources.save({ connector, name, enabled: false, config, secrets: {} })
    }
    await hear(
      'Gestern mit der #NordlichtBahn gefahren',
      'Die Nordlicht-Bahn steht',
      'Bahn ohne Nordlicht',
      'suedwind war besser',
      'sap im Baum',
    )
    const heard = await client.listens.list()
    expect(heard.map(({ name, heardInAll }) => [name, heardInAll])).toEqual([
      ['Nordlicht Bahn', 2],
      ['Südwind', 1],
      ['SAP', 0],
    ])
  })

  it('asks for a name with letters', async () => {
    expect(await failure(client.listens.propose({ brand: '???', competitors: [], lang: null }))).toMatchObject({
      data: { code: 'listen.brandEmpty' },
    })
  })
})
