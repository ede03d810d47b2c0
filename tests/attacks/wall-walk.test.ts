import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Right } from '#shared/contract/base.ts'
import { contract } from '#shared/contract/contract.ts'
import { MentionFilter } from '#shared/contract/mentions.ts'
import type { Draft } from '#shared/model/mention.ts'
import type { Client } from '#engine/api/router.ts'
import { maskOf } from '#engine/api/mask.ts'
import { alertCard } from '#tests/support/alert.ts'
import { openTestEngine } from '#tests/support/engine.ts'
import { procedures } from '#tests/contract/fingerprint.ts'

/** Planted all over a station; no call of a wall may give back any of them, whatever it asks. */
const secrets = {
  text: 'zwetschge',
  title: 'quitte',
  link: 'mirabelle',
  privateHandle: 'holunder',
  privateName: 'Sanddorn',
  thread: 'brombeere',
  promise: 'schlehe',
  outcome: 'hagebutte',
  reply: 'stachelbeere',
  note: 'preiselbeere',
  officer: 'Heidelbeere',
  competitor: 'Johannisbeere',
  address: 'weissdorn.example',
  purpose: 'moosbeere',
  feed: 'vogelbeere',
  listen: 'kornelkirsche',
  shift: 'aronia',
  alertWord: 'sanddornlikoer',
  alertNote: 'wacholder',
  alertChannel: 'speierling',
  crisisStep: 'elsbeere',
  crisisWords: 'berberitze',
  series: 'kornblume',
}
/** Shown, until names are covered. */
const publicHandle = 'felsenbirne'
const publicName = 'Apfelrose'

const draft = (more: Partial<Draft>): Draft => ({ externalId: 'x', kind: 'post', text: '', title: null, url: null, author: null, publishedAt: Date.now() - 60_000, lang: 'en', country: null, threadId: null, inReplyTo: null, engagement: null, links: [], media: [], private: false, raw: null, ...more }) // prettier-ignore
const filter = MentionFilter.parse({})
const period = () => ({ listenIds: [], from: Date.now() - 3_600_000, to: Date.now() + 60_000 })

let test: Awaited<ReturnType<typeof openTestEngine>>
let officer: Client
let wall: Client
let privateId = ''
let publicId = ''
let crisisId = ''
let hungId = ''
let otherId = ''

beforeAll(async () => {
  test = await openTestEngine()
  const { engine } = test
  engine.board.start()
  officer = engine.client('officer', { kind: 'officer', id: `officer:${secrets.officer}`, name: secrets.officer })
  wall = engine.client('wall')
  await officer.station.saveSettings({ officerName: secrets.officer, competitors: [secrets.competitor], publicUrl: `https://${secrets.address}`, brand: 'Kaffora' }) // prettier-ignore
  await officer.listens.save({ name: 'Ours', colour: 1, query: `kaffora OR ${secrets.listen}`, enabled: true, routed: true }) // prettier-ignore
  const [desk] = await officer.desks.list()
  await officer.desks.save({ ...desk!.desk, purpose: secrets.purpose })
  await officer.sources.save({ connector: 'feed', name: 'News', enabled: false, config: { url: `https://${secrets.feed}.example/feed` } }) // prettier-ignore
  const shift = await officer.review.start({ name: 'Late' })
  await officer.review.rename({ id: shift.id, name: 'Late', note: secrets.shift })
  const author = { id: secrets.privateHandle, handle: `@${secrets.privateHandle}`, name: secrets.privateName, url: `https://x.example/${secrets.privateHandle}`, followers: 3 } // prettier-ignore
  const hidden = { private: true, kind: 'mail' as const, title: secrets.title, links: [`https://x.example/${secrets.link}`], author, threadId: `<${secrets.thread}@x.example>`, inReplyTo: `<${secrets.thread}@x.example>`, url: `https://x.example/${secrets.privateHandle}/1` } // prettier-ignore
  await engine.intake.push({
    sourceId: 'src',
    network: 'mail',
    drafts: [
      ...[1, 2, 3].map((n) => draft({ ...hidden, externalId: `${secrets.thread}${n}`, text: `Kaffora ${secrets.text} is broken, a terrible refund complaint` })), // prettier-ignore
      draft({ externalId: `https://x.example/@${publicHandle}/1`, text: 'Kaffora is broken, terrible', url: `https://x.example/@${publicHandle}/1`, author: { id: publicHandle, handle: `@${publicHandle}`, name: publicName, url: null, followers: 9 } }), // prettier-ignore
    ],
  })
  await engine.idle()
  const { items } = await officer.mentions.page({ filter })
  publicId = items.find(({ mention }) => !mention.private)!.mention.id
  const [first, second] = items.filter(({ mention }) => mention.private)
  privateId = first!.mention.id
  for (const { mention, case: known } of [first!, second!]) {
    const id = known?.id ?? (await officer.cases.open({ mentionId: mention.id, deskId: desk!.desk.id })).card.case!.id
    await officer.cases.outcome({ id, text: secrets.outcome })
    await officer.cases.note({ id, text: secrets.note })
    if (mention.id === privateId) await officer.cases.askApproval({ id, text: secrets.reply })
    else {
      await officer.cases.reply({ id, text: secrets.reply })
      await officer.cases.promise({ id, text: secrets.promise, dueAt: Date.now() + 600_000 })
    }
  }
  const cause = { id: null, share: 1, count: 1, mentionIds: [privateId] }
  engine.alerts.open(
    alertCard({
      private: true,
      about: { kind: 'problem', id: 'prb_1', name: secrets.alertWord },
      causes: [
        { ...cause, kind: 'term', label: secrets.alertWord, author: null },
        { ...cause, kind: 'author', label: '', author: secrets.privateHandle },
      ],
      readFirst: [privateId],
      told: [
        {
          id: 'out_1',
          recipientId: 'rcp_1',
          who: secrets.alertChannel,
          channel: 'mail',
          saying: 'raised',
          step: null,
          at: 1,
          heldUntil: null,
          sentAt: 1,
          state: 'sent',
          advice: null,
        },
      ],
    }),
  )
  await officer.alerts.comment({ id: 'alt_1', text: secrets.alertNote })
  await officer.alerts.take({ id: 'alt_1' })
  const { crisis } = await officer.crises.start({ alertId: 'alt_1', name: secrets.alertWord, lead: 'Ines', plan: null })
  crisisId = crisis.id
  await officer.crises.plan({ id: crisisId, text: secrets.crisisStep, who: secrets.crisisStep })
  await officer.crises.state({ id: crisisId, lang: 'en', text: secrets.crisisWords })
  await officer.crises.answer({ id: crisisId, topic: secrets.crisisWords, who: secrets.crisisStep })
  await officer.crises.comment({ id: crisisId, text: secrets.alertNote })
  await officer.relevance.mark({ mentionId: publicId, relevant: true })
  const counted = async (name: string) => (await officer.series.save({ id: null, name, unit: '', kind: 'sum', everyMinutes: 1, bad: 'up', sensitivity: null, listenId: null, enabled: true })).series.id // prettier-ignore
  ;[hungId, otherId] = [await counted('Calls'), await counted(secrets.series)]
  const [layout] = await officer.station.layouts()
  const pane = { ...layout!.panes[0]!, id: 'pan_series', kind: 'series' as const, seriesId: hungId, y: 99 }
  await officer.station.saveLayout({ ...layout!, panes: [...layout!.panes, pane] })
  await engine.idle()
})
afterAll(() => test.close())

const first = async (stream: Promise<AsyncIterator<unknown>>): Promise<unknown> => {
  const opened = await stream
  const item = await opened.next()
  await opened.return?.()
  return item.value
}

let changes = 0
/** Each call that says it gives a wall something. A new one has to be walked here. */
const walked: Record<string, (client: Client) => Promise<unknown>> = {
  'station.hello': (client) => client.station.hello({ contractVersion: 1, contractHash: 'x' }),
  'station.status': (client) => first(client.station.status()),
  'station.layouts': (client) => client.station.layouts(),
  'crises.list': (client) => client.crises.list({}),
  'crises.live': (client) => first(client.crises.live()),
  'crises.numbers': (client) => client.crises.numbers({ id: crisisId }),
  'mentions.page': (client) => client.mentions.page({ filter }),
  'mentions.get': async (client) => [
    await client.mentions.get({ id: privateId }),
    await client.mentions.get({ id: publicId }),
  ],
  'mentions.thread': (client) => client.mentions.thread({ id: privateId }),
  'mentions.live': (client) => first(client.mentions.live({ filter, liveFrom: 0 })),
  'listens.list': (client) => client.listens.list(),
  'sources.list': (client) => client.sources.list(),
  'problems.list': (client) => client.problems.list({ since: 0 }),
  'desks.list': (client) => client.desks.list(),
  'cases.live': async (client) => {
    const next = first(client.cases.live({}))
    const { items } = await officer.cases.page({ filter: {} })
    for (const card of items.filter(({ mention }) => mention.private))
      await officer.cases.outcome({ id: card.case!.id, text: `${secrets.outcome} ${++changes}` })
    return next
  },
  'cases.notices': (client) => first(client.cases.notices()),
  'alerts.list': (client) => client.alerts.list({ resolvedSince: 0 }),
  'alerts.one': (client) => client.alerts.one({ id: 'alt_1' }),
  'alerts.live': (client) => first(client.alerts.live()),
  'charts.waiting': (client) => client.charts.waiting({ limit: 50 }),
  'charts.sentiment': (client) => client.charts.sentiment({ ...period(), bucketMinutes: 60 }),
  'charts.marks': (client) => client.charts.marks({ ...period(), from: 0 }),
  'charts.networks': (client) => client.charts.networks(period()),
  'charts.numbers': (client) => client.charts.numbers(period()),
  'charts.voice': (client) => client.charts.voice(period()),
  'charts.terms': (client) => client.charts.terms(period()),
  'charts.heat': (client) => client.charts.heat(period()),
  'series.chart': (client) => client.series.chart({ id: hungId, from: period().from, to: period().to }),
}
const rights = procedures(contract).map((call) => ({ ...call, right: (call.meta as { wall?: Right }).wall }))
const open = rights.filter(({ right }) => right !== undefined)
const found = (value: unknown, words: readonly string[]): string[] => {
  const text = JSON.stringify(value).toLowerCase()
  return words.filter((word) => text.includes(word.toLowerCase()))
}

describe('a wall', () => {
  it('is walked through every call that gives it something, and may write none', () => {
    expect(Object.keys(walked).sort()).toEqual(open.map(({ path }) => path).sort())
    expect(open.filter(({ write }) => write)).toEqual([])
  })

  it.each(rights.filter(({ right }) => right === undefined).map(({ path, write }) => [path, write] as const))(
    'is refused %s, whatever it sends',
    async (path, writes) => {
      const [room, name] = path.split('.') as [keyof Client, string]
      const call = wall[room][name as never] as (input: unknown) => Promise<unknown>
      await expect(call(undefined)).rejects.toMatchObject({
        data: { code: writes ? 'wall.onlyShows' : 'wall.notShown' },
      })
    },
  )

  it.each(Object.keys(walked))('gets no secret by %s', async (path) => {
    expect(found(await walked[path]!(wall), [...Object.values(secrets), test.dataDir])).toEqual([])
  })

  it('is shown who wrote in public until names are covered, and then nowhere', async () => {
    expect(found(await walked['mentions.page']!(wall), [publicHandle, publicName])).toHaveLength(2)
    await officer.station.saveSettings({ maskOnWall: true })
    for (const [path, call] of Object.entries(walked))
      expect(found(await call(wall), [publicHandle, publicName]), path).toEqual([])
    const asked = wall.mentions.page({ filter: { ...filter, query: `author:${publicHandle}` } })
    await expect(asked).rejects.toMatchObject({ data: { code: 'wall.noAuthors' } })
    const [layout] = await officer.station.layouts()
    const query = `-author:${publicHandle}`
    await officer.station.saveLayout({ ...layout!, panes: [{ ...layout!.panes[0]!, query }] })
    expect((await wall.mentions.page({ filter: { ...filter, query } })).items).toEqual([])
    await officer.station.saveSettings({ maskOnWall: false })
  })

  it('is what an officer is not: all that was planted is there to be found', async () => {
    const all = [...Object.values(walked).map((call) => call(officer)), officer.series.list(), officer.review.journal({ from: null, to: null, mentionId: null, limit: 500 }), officer.station.storage()] // prettier-ignore
    const words = [...Object.values(secrets), test.dataDir]
    expect(found(await Promise.all(all), words)).toEqual(words)
  })

  it('is given no series that hangs nowhere', async () => {
    await expect(wall.series.chart({ id: otherId, from: period().from, to: period().to })).rejects.toMatchObject({
      data: { code: 'wall.notHung' },
    })
  })

  it('does not learn what is in a private mention by looking for it', async () => {
    const looks = async (client: Client, query: string) => [
      (await client.mentions.page({ filter: { ...filter, query } })).items.filter((card) => card.mention.private)
        .length,
      ((await first(client.mentions.live({ filter: { ...filter, query }, liveFrom: 0 }))) as { added: { mention: { private: boolean } }[] }).added.filter((card) => card.mention.private).length, // prettier-ignore
    ]
    for (const query of [
      secrets.text,
      `"${secrets.text} is"`,
      `raw:"${secrets.text}"`,
      `${secrets.text.slice(0, 4)}*`,
      `kaffora NEAR/3 ${secrets.text}`,
      `author:${secrets.privateHandle}`,
      `kaffora -nothing`,
    ]) {
      // prettier-ignore
      expect(await looks(officer, query), query).toEqual([3, 3])
      const page = await wall.mentions.page({ filter: { ...filter, query } })
      expect(
        page.items.filter((card) => card.mention.private),
        query,
      ).toEqual([])
      expect(page.total, query).toBe(page.items.length)
    }
    expect(await looks(wall, 'is:private')).toEqual([3, 3])
    expect(await looks(wall, 'sentiment:negative OR network:mail')).toEqual([3, 3])
  })

  it('gets nothing uncovered by a call that is open: such a call has no field that is ever covered', () => {
    for (const { path, right, output } of open) {
      if (right === 'open') expect(maskOf(output!), path).toBeNull()
      else expect(maskOf(output!), path).not.toBeNull()
    }
  })
})

describe('a wall whose layout shows a part', () => {
  const hang = async (pane: object): Promise<void> => {
    const [layout] = await officer.station.layouts()
    await officer.station.saveLayout({
      ...layout!,
      panes: [{ ...layout!.panes[0]!, listenIds: [], query: '', ...pane }],
    })
  }
  const notHung = { data: { code: 'wall.notHung' } }

  it('finds that part, and nothing else, whatever it asks', async () => {
    await officer.station.saveSettings({ maskOnWall: false })
    const all = await officer.mentions.page({ filter })
    await hang({ query: 'is:private' })
    const part = all.items.filter(({ mention }) => mention.private)
    const ids = part.map(({ mention }) => mention.id).sort()
    expect(ids).toHaveLength(3)
    for (const query of [
      '',
      'is:private',
      'NOT network:rss',
      'network:mail',
      'lang:en OR network:twitter',
      'network:mail) OR (lang:en',
    ]) {
      const found = wall.mentions.page({ filter: { ...filter, query } })
      if (query.includes(') OR (')) await expect(found).rejects.toMatchObject({ data: { code: 'query.wrong' } })
      else expect((await found).items.map(({ mention }) => mention.id).sort(), query).toEqual(ids)
    }
    for (const query of ['kaffora', 'network:twitter', 'NOT network:mail', 'NOT is:private'])
      expect((await wall.mentions.page({ filter: { ...filter, query } })).items, query).toEqual([])
    expect((await wall.mentions.page({ filter: { ...filter, networks: ['twitter'] } })).items).toEqual([])
    await expect(wall.mentions.get({ id: publicId })).rejects.toMatchObject({ data: { code: 'wall.notShown' } })
    expect(await wall.mentions.thread({ id: publicId })).toEqual([])
    expect((await wall.mentions.get({ id: privateId })).mention.id).toBe(privateId)
  })

  it('counts and draws what its listens are, and no other listen', async () => {
    const mine = await officer.listens.save({ name: 'Mine', colour: 2, query: 'kaffora', enabled: true, routed: false })
    await hang({ listenIds: [mine.id] })
    const other = (await officer.listens.list()).map(({ id }) => id).find((id) => id !== mine.id)!
    const period = (listenIds: string[]) => ({ listenIds, from: Date.now() - 3_600_000, to: Date.now() })
    const charts = [
      wall.charts.networks,
      wall.charts.numbers,
      wall.charts.voice,
      wall.charts.terms,
      wall.charts.heat,
      (of: ReturnType<typeof period>) => wall.charts.sentiment({ ...of, bucketMinutes: 60 }),
    ]
    for (const chart of charts) {
      await chart(period([mine.id]))
      for (const ids of [[], [other], [mine.id, other]]) await expect(chart(period(ids))).rejects.toMatchObject(notHung)
    }
    await hang({})
  })

  it('has no case told that it does not show', async () => {
    await hang({ query: 'nobodysaysthis' })
    const { items } = await officer.cases.page({ filter: {} })
    const stream = await wall.cases.live({})
    const next = stream.next()
    await officer.cases.outcome({ id: items[0]!.case!.id, text: 'changed' })
    expect((await next).value).toMatchObject({ changed: [] })
    await stream.return?.()
    await hang({})
  })
})
