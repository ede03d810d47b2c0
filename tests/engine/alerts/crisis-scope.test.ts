import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Draft } from '#shared/model/mention.ts'
import { earshot } from '#shared/model/journal.ts'
import { appendEntry } from '#engine/store/queries/journal.ts'
import { insertProblem, membersOf, problemId, problemNo } from '#engine/store/queries/problems.ts'
import { mentionId } from '#shared/util/ids.ts'
import type { WritingStore } from '#engine/store/store.ts'
import { alertCard } from '#tests/support/alert.ts'
import { openTestEngine } from '#tests/support/engine.ts'
import { ManualClock } from '#tests/support/manual-clock.ts'

const MINUTE = 60_000

describe('what belongs to a crisis', () => {
  let clock: ManualClock
  let test: Awaited<ReturnType<typeof openTestEngine>>
  let written = 0
  const officer = (name = 'Mara') => test.engine.client('officer', { kind: 'officer', id: `officer:${name}`, name })
  const draft = (text: string, more: Partial<Draft> = {}): Draft => ({
    externalId: `m${++written}`,
    kind: 'post',
    text,
    title: null,
    url: null,
    author: { id: `a${written}`, handle: `@a${written}`, name: `Ann ${written}`, url: null, followers: 10 },
    publishedAt: clock.now(),
    lang: 'en',
    country: null,
    threadId: null,
    inReplyTo: null,
    engagement: null,
    links: [],
    media: [],
    private: false,
    raw: null,
    ...more,
  })
  const hear = async (drafts: Draft[]): Promise<void> => {
    await test.engine.intake.push({ sourceId: 'src', network: 'mastodon', drafts })
    await test.engine.idle()
  }
  const fault = (n: number, more: Partial<Draft> = {}) =>
    Array.from({ length: n }, () =>
      draft(`Kaffora card payment is declined at the till, again. Number ${written}`, more),
    )

  /** A crisis about the problem that these mentions became, with a later mention of something else. */
  async function begun() {
    await hear(fault(6))
    const cards = (await officer().cases.page({ filter: {} })).items
    const problem = (await officer().problems.list({ since: 0 }))[0]!
    clock.advance(MINUTE)
    await hear([draft('Kaffora, what a lovely tea, thank you!')])
    const about = { kind: 'problem' as const, id: problem.id, name: problem.label }
    test.engine.alerts.open(alertCard({ about, kind: 'problem', since: clock.now(), minutes: 60, expected: 0.5 }))
    const { crisis } = await officer().crises.start({ alertId: 'alt_1', name: 'Payments fail', lead: 'Ines' })
    return { crisis, problem, cards }
  }
  /** Mentions of a problem are sorted into a new one. */
  function sorted(problem: string, to: number, moved: string[], actor = earshot): void {
    const store = test.engine.store as WritingStore
    const data = { problemId: problem, change: 'move', before: [], after: [], moved, to: problemId(to) }
    store.transaction(() => {
      insertProblem(store, { no: to, label: `problem ${to}`, created_at: clock.now() })
      appendEntry(store, { at: clock.now(), kind: 'problem.changed', actor, data })
    })
  }
  const ofMention = (id: string) => officer().crises.ofMention({ mentionId: id })

  beforeEach(async () => {
    clock = new ManualClock('2026-11-20T10:00:00Z')
    test = await openTestEngine({ clock })
    await officer().listens.save({ name: 'Ours', colour: 1, query: 'kaffora', enabled: true, routed: true })
    test.engine.board.start()
  })
  afterEach(() => test.close())

  it('is what is said of its problem and nothing else of the same listen; each person counts once', async () => {
    const { crisis, cards } = await begun()
    await hear(
      fault(2, { author: { id: 'one', handle: '@one', name: 'One', url: null, followers: 500 }, country: 'DE' }),
    )
    const { numbers, chart } = await officer().crises.numbers({ id: crisis.id })
    expect(numbers).toMatchObject({ mentions: 8, people: 7, reach: 560, complete: true, width: 15 })
    expect(numbers.networks).toMatchObject([{ name: 'mastodon', mentions: 8 }])
    expect(numbers.countries).toMatchObject([{ name: 'DE', mentions: 2 }])
    expect(numbers.points.reduce((sum, { mentions }) => sum + mentions, 0)).toBe(8)
    expect(chart.counts).toBe('people')
    expect(chart.points.every(({ high }) => high !== null)).toBe(true)
    const ours = cards.find(({ mention }) => mention.text.includes('declined'))!
    expect((await ofMention(ours.mention.id)).crises).toMatchObject([{ id: crisis.id, statements: [], answers: [] }])
    const tea = (await officer().cases.page({ filter: { query: 'lovely' } })).items[0]
    if (tea) expect((await ofMention(tea.mention.id)).crises).toEqual([])
    expect((await ofMention('nonsense')).crises).toEqual([])
  })

  it('offers on its mentions what was approved for their network, and who answers their language', async () => {
    const { crisis, cards } = await begun()
    const { id } = crisis
    await officer().crises.state({ id, lang: 'de', text: 'Wir wissen davon.' })
    await officer().crises.state({ id, lang: 'en', text: 'We know.' })
    await officer().crises.state({ id, lang: 'fr', text: 'Nous savons.', networks: ['bluesky'] })
    for (const lang of ['de', 'fr', 'en'])
      await officer().crises.approve({ id, lang, version: 1, approver: 'Dr. Weber' })
    await officer().crises.state({ id, lang: 'en', text: 'We know more, not approved.' })
    await officer().crises.answer({ id, lang: 'en', who: 'Care' })
    await officer().crises.answer({ id, lang: 'de', who: 'Care Germany' })
    await officer().crises.answer({ id, network: 'bluesky', who: 'Press' })
    const [here] = (await ofMention(cards[0]!.mention.id)).crises
    expect(here!.statements.map(({ lang, text }) => `${lang} ${text}`)).toEqual(['en We know.', 'de Wir wissen davon.'])
    expect(here!.answers.map(({ who }) => who)).toEqual(['Care'])
    await officer().crises.end({ id, note: 'over' })
    expect((await ofMention(cards[0]!.mention.id)).crises).toEqual([])
  })

  it('counts its cases, and tells who took and answered them by quarter hours', async () => {
    const { crisis, cards } = await begun()
    const ours = cards.filter(({ mention }) => mention.text.includes('declined')).slice(0, 3)
    expect(ours).toHaveLength(3)
    const desk = (await officer().desks.list())[0]!.desk.id
    for (const { case: one } of ours) {
      if (one!.state === 'new') await officer().cases.route({ id: one!.id, deskId: desk })
      await officer('Ken').cases.accept({ id: one!.id })
    }
    await officer().cases.reply({ id: ours[0]!.case!.id, text: 'We look into it.', url: null })
    clock.advance(20_000)
    const { numbers } = await officer().crises.numbers({ id: crisis.id })
    expect(numbers.cases).toMatchObject({ open: 6, unanswered: 5, answered: 1 })
    const { moments } = await officer().crises.timeline({ id: crisis.id })
    const ofCases = moments.filter(({ kind }) => kind === 'cases').map(({ what }) => [what.code, what.values])
    expect(ofCases).toEqual([
      ['moment.accepted', { n: 3, who: 'Ken 3' }],
      ['moment.replied', { n: 1, who: 'Mara 1' }],
    ])
  })

  it('is told as it was where its problem was taken apart: no place that holds less than half of it speaks for it', async () => {
    const { problem } = await begun()
    const { store } = test.engine
    const members = membersOf(store, problemNo(problem.id)!, 10).map((seq) => mentionId(store.stationId, seq))
    for (const at of [0, 1, 2]) sorted(problem.id, 9_001 + at, members.slice(2 * at, 2 * at + 2))
    const { alert } = await officer().alerts.one({ id: 'alt_1' })
    expect(alert.about).toEqual({ kind: 'problem', id: problem.id, name: problem.label })
  })

  it('follows its fault where Earshot sorts it to, and not what a person takes apart', async () => {
    const { crisis, problem } = await begun()
    const { store } = test.engine
    const no = problemNo(problem.id)!
    const members = membersOf(store, no, 10).map((seq) => mentionId(store.stationId, seq))
    const moved = (to: number, ids: string[], by = earshot): void => {
      sorted(problem.id, to, ids, by)
      clock.advance(11_000)
    }
    const card = async () => (await officer().alerts.one({ id: 'alt_1' })).alert
    const counted = async () => (await officer().crises.numbers({ id: crisis.id })).numbers.mentions
    expect(await counted()).toBe(6)
    moved(9_001, members.slice(0, 1), { kind: 'officer', id: 'officer:mara', name: 'Mara' })
    expect(await counted()).toBe(5)
    expect((await card()).about).toMatchObject({ id: problem.id })
    moved(9_002, members.slice(1, 5))
    expect(await counted()).toBe(4)
    // Its card is about where most of it is now; once it is over it is told as it was.
    expect((await card()).about).toEqual({ kind: 'problem', id: problemId(9_002), name: 'problem 9002' })
    expect((await officer().alerts.list({})).alerts[0]!.about.name).toBe('problem 9002')
    // What drives it is read from there.
    const { alert, mentions } = await officer().alerts.one({ id: 'alt_1' })
    expect(alert.causes[0]).toMatchObject({ kind: 'problem', id: problemId(9_002), share: 1, count: 4 })
    expect(mentions.map(({ mention }) => mention.id).toSorted()).toEqual(members.slice(1, 5).toSorted())
    await officer().alerts.close({ id: 'alt_1', reason: 'dealtWith' })
    expect((await card()).about).toMatchObject({ id: problem.id })
    const { moments } = await officer().crises.timeline({ id: crisis.id })
    expect(moments.filter(({ kind }) => kind === 'problem').at(-1)).toMatchObject({
      what: { code: 'moment.problemMoved', values: { n: 4, to: 'problem 9002' } },
    })
  })
})
