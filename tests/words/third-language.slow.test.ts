import { afterEach, describe, expect, it, vi } from 'vitest'
import { stationSettings } from '#engine/api/station-settings.ts'
import { Failure } from '#engine/platform/failure.ts'
import { deskNotice, deskPage, deskSteps, refusalPage } from '#hosts/station/desk/page.ts'
import { allCases } from '#engine/store/queries/cases.ts'
import { aspectName } from '#shared/query/aspect-names.ts'
import { fieldNames, hasValues, isValues } from '#shared/query/ast.ts'
import { explainText } from '#shared/query/explain.ts'
import { commandNames, type CommandInput, type CommandName } from '#shared/model/command.ts'
import { deskActs, type DeskRefusal, type DeskView } from '#shared/model/desk-door.ts'
import { mentionKinds } from '#shared/model/mention.ts'
import { languages, type Language } from '#shared/words/languages.ts'
import { said } from '#shared/words/said.ts'
import { words } from '#shared/words/words.ts'
import { lena, openHouse, type House } from '#tests/engine/cases/house.ts'
import { plainWords, pseudo } from '#tests/support/pseudo-language.ts'

// A third language, generated: registered where every language is, and nowhere else. It is called Japanese so that
// dates and names of countries, which are the platform's, hold no Latin word either.
vi.mock(import('#shared/words/catalogues.ts'), async (original) => {
  const { catalogues } = await original()
  const { pseudoTree } = await import('#tests/support/pseudo-language.ts')
  return { catalogues: { ...catalogues, ja: pseudoTree(catalogues.en) } }
})
// What the set-up of tests has loaded knows two languages.
vi.hoisted(() => vi.resetModules())
const third = 'ja' as Language

/** What may be asked for is named as it is written. */
const choices = [...hasValues, ...isValues, ...mentionKinds]

let house: House | undefined
afterEach(() => house?.close())

function refused(call: () => unknown): string {
  try {
    call()
  } catch (error) {
    if (error instanceof Failure) return words(third)(error.said)
    throw error
  }
  throw new Error('Nothing was refused')
}

/** What each command takes; null: it may be done to a closed case. */
const inputs: { [N in CommandName]: CommandInput<N> | null } = {
  route: { deskId: 'desk_press' },
  accept: {},
  reply: { text: '7' },
  askApproval: { text: '7' },
  approve: { approve: true },
  confirm: {},
  close: { reason: 'spam' },
  reopen: null,
  prioritise: { priority: 'urgent' },
  note: null,
  assign: { personId: null },
  promise: { text: '7', dueAt: null },
  outcome: null,
  handOff: { channelId: 'chn_none' },
  answerDesk: { text: '' },
}

describe('a third language', () => {
  it('is one of the languages, and says what stands in its catalogue', () => {
    expect(languages).toEqual(['en', 'de', 'ja'])
    expect(words(third)(said('case.deskArchived', { desk: '7' }))).toMatch(/^⟦7 íś áŕćĥíṽéđ/)
  })

  it('would show a sentence that is made elsewhere', () => {
    expect(plainWords(pseudo('Care is archived.'))).toEqual([])
    expect(plainWords(`${pseudo('Care is')} archived, Kaffora.`, ['KAFFORA'])).toEqual(['archived'])
  })

  it.each([
    '', '(', ')', '()', 'a AND', 'AND a', 'a OR OR b', '(a OR)', 'a NEAR/4000 b', '"a', '""', '-', '*', '!?', 'lang:', 'http://x.y',
    'fot:x', 'langs:de', 'raw:x', 'kind:poem', 'lang:zzzz', 'country:XYZ', 'site:x', 'site:x.y/z', 'author:*', 'followers:many',
    'followers:9..1', 'followers:<0', 'since:never', 'a NEAR/3 lang:de', 'a)', 'NEAR/3', 'x'.repeat(20_001),
  ])('says what is wrong with the query %j', (query) => {
    const { valid, problems } = explainText(query, { locale: third })
    expect([valid, problems.length]).toEqual([false, 1])
    expect(plainWords(problems[0]!.message, [query, ...fieldNames, ...choices])).toEqual([])
  }) // prettier-ignore

  it.each([
    'ab bc, "cd ef" -gh', 'ab or bc', 'ab bc OR cd', 'NOT ab', 'the', 'ab ab', 'ab -ab', '(ab OR bc) -ab', '*ab', 'ab*', 'ab?', 'C++',
    '"ab"~3', '"ab bc"~0', '"ab bc"~4', 'ab NEAR/60 bc', 'ab NEAR/1 bc', 'ab ONEAR/0 bc', 'ab ONEAR/2 bc', 'lang:de lang:fr', 'lang:qq', 'lang:und',
    'since:2026-03-02 until:2026-03-01', 'until:2026-03-01T10:00Z', 'followers:>10 followers:<5', 'followers:7', 'engagement:1..5',
    'relevance:yes', 'relevance:no', 'has:(link OR image OR media)', 'is:(reply OR private)', 'kind:(post OR mail)', 'sentiment:negative',
    'intent:(churn OR press)', 'country:de', 'aspect:delivery', 'author:lena', '#ab', '#ab*', '@ab', '@ab*', 'raw:"ab"', 'network:nowhere',
    'ab OR bc OR cd OR de OR ef OR fg OR gh OR hi OR ij OR jk OR kl OR lm OR mn OR no OR op',
  ])('explains the query %j and lints it', (query) => {
    const { valid, words: inWords, problems } = explainText(query, { locale: third, networks: ['nowhere else'] })
    expect(valid).toBe(true)
    expect(inWords).toMatch(/^⟦/)
    expect(plainWords(inWords, ['lena UTC nowhere the delivery'])).toEqual([])
    // What is wrong names operators and the parts of the query that it is about.
    for (const { message } of problems) expect(plainWords(message, [query, 'and nowhere else'])).toEqual([])
  }) // prettier-ignore

  it('names the starter desks, rules and replies, and the aspects', () => {
    house = openHouse()
    stationSettings(house, third)
    const { book, canned } = house.board
    const names = [
      ...book.desks().flatMap(({ name, purpose }) => [name, purpose]),
      ...book.rules().flatMap(({ name, group }) => [name, group]),
      ...canned.all().map(({ name }) => name),
      ...canned.all().filter(({ lang }) => lang === third).map(({ text }) => text.replaceAll(/\{\w+\}/g, '')),
      aspectName('delivery', third),
    ] // prettier-ignore
    expect(names.length).toBeGreaterThan(70)
    expect(names.flatMap((name) => plainWords(name))).toEqual([])
  })

  it('has the refusals of the engine in words', () => {
    house = openHouse()
    const { board } = house
    stationSettings(house, third)
    const care = board.book.desk('desk_care')!
    const rule = board.book.rules()[0]!
    const sentences = [
      refused(() => board.book.save({ ...care, id: 'desk_none' }, lena)),
      refused(() => board.book.save({ ...care, key: 1 }, lena)),
      refused(() => board.book.save({ ...care, hours: { ...care.hours, timeZone: '7' } }, lena)),
      refused(() => board.book.saveRule({ ...rule, when: { query: '(' } }, lena)),
    ]
    expect(sentences.flatMap((text) => plainWords(text))).toEqual([])
  })

  it('says what cannot be done to a case', async () => {
    house = openHouse()
    const { board } = house
    stationSettings(house, third)
    await house.take({ text: 'I want a refund', label: 'negative', confidence: 0.9 })
    const { id, priority } = [...allCases(house.store)][0]!
    const same = refused(() => board.do('prioritise', { id }, { priority }, lena))
    board.do('close', { id }, { reason: 'spam' }, lena)
    const sentences = commandNames.flatMap((name) => {
      const input = inputs[name]
      return input === null ? [] : [refused(() => board.do(name, { id }, input as CommandInput<typeof name>, lena))]
    })
    expect([same, ...sentences].flatMap((text) => plainWords(text))).toEqual([])
    expect(sentences.every((text) => text.startsWith('⟦'))).toBe(true)
  })

  it('is what desks read behind their links', () => {
    const did = { text: '8', by: '9', at: 0 }
    const view: DeskView = {
      desk: '1', brand: '2', timeZone: 'Asia/Tokyo', priority: 'urgent', dueAt: 5, reason: '3', needsApproval: true,
      mention: { network: '4', url: 'https://1.2/', author: null, authorName: null, title: null, text: '5', publishedAt: 0 },
      message: '6', did: null, replied: false, may: [...deskActs], until: 9,
    } // prettier-ignore
    const page = { token: 't', language: third, now: 9 }
    const views: DeskView[] = [
      view,
      { ...view, replied: true, priority: 'low', dueAt: null, needsApproval: false },
      { ...view, may: [], priority: 'high', did: { act: 'notOurs', ...did } },
      ...deskActs.map((act): DeskView => ({ ...view, priority: 'normal', did: { act, ...did } })),
    ]
    const whys: DeskRefusal['why'][] = ['unknown', 'expired', 'moved', 'closed', 'unavailable']
    const pages = [
      ...views.flatMap((one) => [null, ...deskSteps].map((step) => deskPage(one, { ...page, step }))),
      deskPage(view, { ...page, step: 'ask', problem: 'textMissing' }),
      deskPage({ ...view, may: [] }, { ...page, step: 'ask', problem: 'tooLate' }),
      ...(['badForm', 'tooMany', 'notFound'] as const).map((what) => deskNotice(third, what)),
      ...whys.flatMap((why) =>
        [null, 0].map((at) => refusalPage(third, { why, at, desk: '1', timeZone: null, did: { act: 'ask', ...did } })),
      ),
    ]
    for (const html of pages) {
      const text = html.replace(/<style>.*?<\/style>/s, '').replaceAll(/<[^>]*>/g, ' ')
      expect(text).toContain('⟦')
      expect(plainWords(text, ['Earshot', 'JST GMT UTC'])).toEqual([])
    }
  })
})
