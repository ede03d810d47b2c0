import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MentionFilter } from '#shared/contract/mentions.ts'
import { Problem } from '#shared/model/problem.ts'
import { Notice } from '#shared/model/notice.ts'
import type { Draft } from '#shared/model/mention.ts'
import { z } from 'zod'
import { MentionCard } from '#shared/model/mention-card.ts'
import { contract } from '#shared/contract/contract.ts'
import { masked } from '#engine/api/mask.ts'
import { openTestEngine } from '#tests/support/engine.ts'

const none = { names: false, isPrivate: () => false }
const names = { ...none, names: true }
const allPrivate = { ...none, isPrivate: () => true }

const pageOf = (value: unknown, cover = none) => masked(z.object({ items: z.array(MentionCard) }), value, cover)
const cardOf = (value: unknown, cover = none) => masked(MentionCard, value, cover)
const outputOf = (call: object): z.ZodType => (call as { '~orpc': { outputSchema: z.ZodType } })['~orpc'].outputSchema

const mention = (isPrivate: boolean) => ({
  id: 's-1',
  externalId: 'x1',
  sourceId: 'src',
  publishedAt: 1,
  private: isPrivate,
  text: 'my card number is on the receipt',
  title: 'Refund',
  url: 'https://mail.example/1',
  links: ['https://mail.example/receipt'],
  author: { id: 'petra@example.org', handle: 'petra@example.org', name: 'Petra', url: null, followers: 3 },
  sentiment: { label: 'negative', words: [{ word: 'card', start: 3, end: 7, weight: -1 }] },
})

describe('what a wall is given', () => {
  it('never holds a word of what was written to the company alone, nor who wrote it', () => {
    const page = { items: [{ mention: mention(true), marks: [[0, 2]], case: null }], next: null }
    const text = JSON.stringify(pageOf(page))
    for (const part of ['card', 'receipt', 'Refund', 'petra', 'Petra', 'mail.example']) expect(text).not.toContain(part)
    expect(text).toContain('negative')
    expect(JSON.parse(text)).toMatchObject({ items: [{ marks: [] }] })
  })

  it('has no word of a private message in the reason of its route either', () => {
    const why = { ruleId: 'r', ruleName: 'Complaint', words: ['card'], suggestion: { deskId: 'd', words: ['receipt'] } }
    const card = { mention: { ...mention(true), intent: { label: 'complaint', words: [{ word: 'card' }] } }, case: { id: 'c', explanation: why } } // prettier-ignore
    const text = JSON.stringify(cardOf(card))
    for (const part of ['card', 'receipt']) expect(text).not.toContain(part)
    for (const part of ['Complaint', 'complaint', '"deskId":"d"']) expect(text).toContain(part)
    const open = { ...card, mention: mention(false) }
    expect(cardOf(open)).toEqual(open)
  })

  it('has nothing of what officers and desks write about a case, and sees that it is there', () => {
    const card = (isPrivate: boolean) => ({
      mention: mention(isPrivate),
      case: {
        id: 'c',
        handoff: 'sent',
        explanation: { words: [] },
        deskSays: { kind: 'asks', text: 'Which parcel of Petra?', by: 'Ines (Care)', at: 1, handoff: 'h' },
        pendingReply: { text: 'Dear Petra', by: 'lena', at: 2, way: 'mail', sourceId: null },
        promise: { text: 'Petra is called', dueAt: 3 },
        outcome: 'Petra has her money',
      },
    })
    const said = {
      deskSays: { kind: 'asks', text: '', by: '', at: 1, handoff: 'h' },
      pendingReply: { text: '', by: '', at: 2, way: 'mail', sourceId: null },
    }
    const open = card(false)
    expect(cardOf(open)).toEqual({ ...open, case: { ...open.case, ...said } })
    const asleep = { ...open, case: { ...open.case, deskSays: null } }
    expect(cardOf(asleep)).toMatchObject({ case: { deskSays: null, pendingReply: said.pendingReply } })
    const closed = cardOf(card(true))
    expect(closed).toMatchObject({ case: { ...said, promise: { text: '', dueAt: 3 }, outcome: '' } })
    expect(JSON.stringify(closed)).not.toContain('Petra')
  })

  it('holds public mentions as they are, and without names when that is set', () => {
    const page = { items: [{ mention: mention(false), marks: [[0, 2]] }] }
    expect(pageOf(page)).toEqual(page)
    const text = JSON.stringify(pageOf(page, names))
    expect(text).toContain('receipt')
    expect(text).not.toContain('etra')
    expect(pageOf(page, names)).toMatchObject({
      items: [{ mention: { author: { handle: 'p•••', followers: 3 } } }],
    })
  })

  it('has no line of a private case and no configuration of a source', () => {
    const waiting = outputOf(contract.charts.waiting)
    const line = { caseId: 'c', mentionId: 's-1', author: 'Petra', text: 'private words', deskName: 'Care' }
    expect(masked(waiting, [line], allPrivate)).toMatchObject([{ author: 'P•••', text: '', deskName: 'Care' }]) // prettier-ignore
    expect(masked(waiting, [line], none)).toEqual([line])
    const listed = [{ source: { connector: 'feed', config: { url: 'https://x.example/?key=1' } } }]
    expect(masked(outputOf(contract.sources.list), listed, none)).toEqual([
      { source: { connector: 'feed', config: {} } },
    ])
  })

  it('has no word of a private mention in an alert, with a case or without', () => {
    for (const caseId of ['c', null]) {
      const notice = { id: 'alert 1', kind: 'alert', by: 'Injury', caseId, mentionId: 's-1', author: 'Petra', text: 'private words' } // prettier-ignore
      const given = masked(z.object({ notices: z.array(Notice) }), { notices: [notice] }, allPrivate)
      expect(given).toMatchObject({ notices: [{ by: 'Injury', author: 'P•••', text: '' }] })
    }
  })

  it('is a problem in words that everybody can read', () => {
    const problem = (isPrivate: boolean) => ({ id: 'prb_1', label: 'card on the receipt', private: isPrivate })
    expect(masked(Problem, problem(true), none)).toMatchObject({ label: '' })
    expect(masked(Problem, problem(false), none)).toMatchObject({ label: 'card on the receipt' })
  })

  it('leaves everything else alone', () => {
    const value = { a: [1, 2], c: { d: 'x' }, e: null }
    const schema = z.object({
      a: z.array(z.number()),
      c: z.record(z.string(), z.string()),
      e: z.enum(['f']).nullable(),
    })
    expect(masked(schema, value, names)).toBe(value)
  })

  it('is nothing whose schema does not say what is in it', () => {
    for (const schema of [z.unknown(), z.any(), z.object({ data: z.record(z.string(), z.unknown()) })])
      expect(() => masked(schema, {}, none)).toThrow(/nobody knows what is in it/)
  })
})

describe('a wall of a real engine', () => {
  let test: Awaited<ReturnType<typeof openTestEngine>>
  beforeAll(async () => {
    test = await openTestEngine()
    await test.engine.intake.push({
      sourceId: 'mail',
      network: 'mail',
      drafts: [
        {
          externalId: 'm1',
          kind: 'mail',
          text: 'Please refund my order 4711',
          title: null,
          url: null,
          author: { id: 'petra@example.org', handle: 'petra@example.org', name: 'Petra', url: null, followers: null },
          publishedAt: Date.now(),
          lang: 'en',
          country: null,
          threadId: null,
          inReplyTo: null,
          engagement: null,
          links: [],
          media: [],
          private: true,
          raw: null,
        },
      ],
    })
    await test.engine.idle()
  })
  afterAll(() => test.close())

  it('sees that a private message is there and not what it says, on every way', async () => {
    const filter = MentionFilter.parse({})
    const [officer, wall] = [test.engine.client('officer'), test.engine.client('wall')]
    expect(JSON.stringify(await officer.mentions.page({ filter }))).toContain('4711')
    const page = await wall.mentions.page({ filter })
    expect(page.items).toHaveLength(1)
    const seen = [
      page,
      await wall.mentions.get({ id: page.items[0]!.mention.id }),
      await wall.charts.waiting({ limit: 10 }),
      await wall.mentions.thread({ id: page.items[0]!.mention.id }),
      (await (await wall.mentions.live({ filter, liveFrom: 0 })).next()).value,
    ]
    expect(JSON.stringify(seen)).not.toContain('4711')
    expect(JSON.stringify(seen)).not.toContain('petra')
  })

  it('is told nothing of what else somebody wrote: beside public ones, a private one would tell who wrote it', async () => {
    const draft = (externalId: string, isPrivate: boolean): Draft => ({ externalId, kind: 'post', text: `Refund ${externalId}`, title: null, url: null, author: { id: 'nora', handle: '@nora', name: 'Nora', url: null, followers: null }, publishedAt: Date.now(), lang: 'en', country: null, threadId: null, inReplyTo: null, engagement: null, links: [], media: [], private: isPrivate, raw: null }) // prettier-ignore
    const drafts = [draft('one', false), draft('two', true), draft('three', false), draft('four', true)]
    await test.engine.intake.push({ sourceId: 'social', network: 'mastodon', drafts })
    await test.engine.idle()
    const [officer, wall] = [test.engine.client('officer'), test.engine.client('wall')]
    const { items } = await officer.mentions.page({ filter: MentionFilter.parse({ networks: ['mastodon'] }) })
    const idOf = (externalId: string) => items.find(({ mention: one }) => one.externalId === externalId)!.mention.id
    const others = async (client: Client, externalId: string) =>
      (await client.mentions.byAuthor({ id: idOf(externalId), limit: 10 })).map(({ mention: one }) => one.externalId)
    expect(await others(officer, 'four')).toEqual(['three', 'two', 'one'])
    expect(await others(officer, 'three')).toContain('two')
    for (const one of ['four', 'three'])
      await expect(others(wall, one)).rejects.toMatchObject({ data: { code: 'wall.notShown' } })
  })

  it.each<[code: string, call: (wall: Client) => Promise<unknown>]>([
    ['wall.onlyShows', (wall) => wall.review.export({ shiftId: null, from: null, to: null, format: 'ndjson' })],
    ['wall.notShown', (wall) => wall.review.journal({ from: null, to: null, mentionId: null })],
    ['wall.notShown', (wall) => wall.desks.people({})],
    ['wall.notShown', (wall) => wall.desks.lintRules()],
    ['wall.notShown', (wall) => wall.desks.explain({ mentionId: 's-1' })],
    ['wall.notShown', (wall) => wall.desks.rehearse({ rules: [], from: 0, to: 1 })],
    ['wall.notShown', (wall) => wall.persons.ofMention({ mentionId: 's-1' })],
  ])('does not get what is for officers: %s %s', async (code, call) => {
    await expect(call(test.engine.client('wall'))).rejects.toMatchObject({
      data: { code },
    })
  })
})

type Client = ReturnType<Awaited<ReturnType<typeof openTestEngine>>['engine']['client']>
