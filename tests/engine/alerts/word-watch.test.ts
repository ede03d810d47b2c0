import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { mentionId } from '#shared/util/ids.ts'
import type { Rule } from '#shared/model/rule.ts'
import { asksForReach, judgeReach, judgeRule } from '#engine/alerts/detect/word.ts'
import { createNotices } from '#engine/alerts/notices.ts'
import { createWatch, type Watch } from '#engine/alerts/watch.ts'
import { silentLog } from '#engine/platform/log.ts'
import { connectionOf } from '#engine/store/connections.ts'
import { alertsOver, openAlerts } from '#engine/store/queries/alerts.ts'
import { writeSettings } from '#engine/store/queries/settings.ts'
import { starterRules } from '#engine/starters/rules.ts'
import { openLexicon } from '#engine/understanding/concepts/lexicon.ts'
import { lena, openHouse, type House } from '#tests/engine/cases/house.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const burns = { text: 'The machine caught fire, a child was injured', label: 'negative' as const }
const angry = { label: 'negative' as const, intent: 'complaint' as const, confidence: 0.95 }

describe('what a rule says', () => {
  it('is about a person where the rule asks for reach, however deep', () => {
    const of = (id: string): Rule => starterRules().find((rule) => rule.id === id)!
    expect(asksForReach(of('rule_influencer').when)).toBe(true)
    expect(asksForReach(of('rule_safety').when)).toBe(false)
    expect(asksForReach({ not: { fact: 'followers', atLeast: 1_000 } })).toBe(false)
    expect(asksForReach({ fact: 'followers', atMost: 1_000 })).toBe(false)
  })

  it('is as strong as the priority and the people, or as who hears it', () => {
    const look = { rule: 'Fire', priority: 'urgent' as const, mentions: 1, people: 1, minutes: 1 }
    const strengths = [1, 2, 16, 1_000].map((people) => judgeRule({ ...look, people }).strength)
    expect(strengths).toEqual([6, 7, 10, 10])
    expect(judgeRule({ ...look, priority: 'low' }).strength).toBe(3)
    const reach = (followers: number | null, influence: number | null = null, mentions = 1) =>
      judgeReach({ ...look, followers, influence, mentions }).strength
    expect([0, 25_000, 100_000, 1_000_000, 500_000_000].map((one) => reach(one))).toEqual([1, 4, 5, 7, 10])
    expect([reach(null), reach(null, 80), reach(null, 100), reach(10, 100)]).toEqual([1, 4, 8, 8])
    expect(reach(25_000, null, 4)).toBe(6)
    expect(judgeReach({ ...look, followers: null, influence: 84.4 }).what).toEqual({
      code: 'alert.influencerScore',
      values: { n: 1, influence: 84 },
    })
  })
})

describe('cards of rules and of people with reach', () => {
  let house: House
  let watch: Watch
  const watching = (): Watch =>
    createWatch({
      store: house.store,
      clock: house.clock,
      log: silentLog,
      timeZone: 'Europe/Berlin',
      book: house.board.alerts,
      ears: () => [],
      lexicon: () => openLexicon(null),
      meaningOf: null,
    })
  beforeEach(() => {
    house = openHouse()
    watch = watching()
    watch.look()
  })
  afterEach(() => house.close())

  const open = () => openAlerts(house.store)
  const later = (ms: number): void => {
    house.clock.advance(ms)
    watch.look()
  }
  const idOf = (seq: number): string => mentionId(house.store.stationId, seq)
  const close = (reason: 'dealtWith' | 'falseAlarm'): void =>
    void house.board.alerts.do('close', open()[0]!.id, { reason, note: '' }, lena)

  it('are raised at once with the mention as evidence, told in words and by one notice', async () => {
    const [mention] = await house.take({ ...burns, by: 'petra' })
    watch.look()
    const [card, ...more] = open()
    expect(more).toEqual([])
    expect(card).toMatchObject({
      kind: 'rule',
      about: { kind: 'rule', id: 'rule_safety', name: 'Injury, fire or recall' },
      state: 'raised',
      strength: 6,
      observed: 1,
      late: false,
      readFirst: [idOf(mention!.seq)],
      firstMentionId: idOf(mention!.seq),
      formula: { code: 'alert.formulaRule' },
      silentIf: { code: 'alert.silentRule', values: { rule: 'Injury, fire or recall' } },
    })
    expect(createNotices(house).list()).toMatchObject([{ kind: 'alert', alertId: card!.id, by: 'Injury, fire or recall' }]) // prettier-ignore
  })

  it('are raised also where the rule forwards nothing', async () => {
    const any = house.board.book.rules()[1]!
    const then = { ...any.then, deskId: null, hold: false, mute: false, alert: true }
    house.board.book.saveRule({ ...any, id: undefined, name: 'Hark', order: -1, when: { query: 'hello' }, then }, lena)
    await house.take({ text: 'hello there' })
    watch.look()
    expect(open()).toMatchObject([{ kind: 'rule', about: { name: 'Hark' } }])
  })

  it('stand while the rule says it again: more evidence, no other card, louder only when it is worse', async () => {
    await house.take({ ...burns, by: 'petra' })
    watch.look()
    const raisedAt = open()[0]!.raisedAt
    later(3 * HOUR)
    const [second] = await house.take({ ...burns, by: 'jonas' })
    watch.look()
    // One person more is one step, of which nobody is told anew.
    expect(open()).toMatchObject([{ observed: 2, strength: 6, raised: 1, raisedAt, minutes: 180, state: 'raised' }])
    expect(open()[0]!.readFirst).toContain(idOf(second!.seq))
    await house.take(...['a', 'b', 'c', 'd'].map((by) => ({ ...burns, by })))
    watch.look()
    expect(open()).toMatchObject([{ observed: 6, strength: 9 }])
    // After the cool-down without another it is over, and the next is a card of its own.
    later(11 * HOUR)
    expect(open()).toHaveLength(1)
    later(2 * HOUR)
    expect(open()).toEqual([])
    await house.take({ ...burns, by: 'petra' })
    watch.look()
    expect(open()).toMatchObject([{ observed: 1, strength: 6 }])
    expect(alertsOver(house.store, 0, 10)).toHaveLength(1)
  })

  it('are raised anew after somebody dealt with them, and not after a false alarm', async () => {
    await house.take(burns)
    watch.look()
    close('dealtWith')
    later(5 * MINUTE)
    expect(open()).toEqual([])
    await house.take(burns)
    watch.look()
    expect(open()).toMatchObject([{ observed: 1, state: 'raised' }])
    close('falseAlarm')
    later(5 * MINUTE)
    await house.take(burns)
    watch.look()
    expect(open()).toEqual([])
  })

  it('are of the person where the rule asks for reach, one for each of them', async () => {
    await house.take({ text: 'My parcel is damaged', by: 'star', followers: 1_000_000, ...angry })
    await house.take({ text: 'The app is slow today', by: 'star', followers: 1_000_000, ...angry })
    await house.take({ text: 'Nobody answers my mail', by: 'moon', followers: 30_000, ...angry })
    watch.look()
    const cards = open().toSorted((a, b) => b.strength - a.strength)
    expect(cards.map(({ kind, about, observed, strength }) => [kind, about.kind, about.name, observed, strength])).toEqual([
      ['influencer', 'author', 'star', 2, 8],
      ['influencer', 'author', 'moon', 1, 4],
    ]) // prettier-ignore
    expect(cards[0]!.what).toEqual({ code: 'alert.influencer', values: { n: 2, followers: 1_000_000 } })
  })

  it('are read once, also after a restart, and those of an hour ago are told to nobody', async () => {
    await house.take(burns)
    watch.look()
    watch.stop()
    watch = watching()
    watch.look()
    expect(open()).toMatchObject([{ observed: 1, raised: 1 }])
    await house.take({ ...burns, by: 'petra' })
    watch.stop()
    house.clock.advance(5 * MINUTE)
    watch = watching()
    watch.look()
    expect(open()).toMatchObject([{ observed: 2, late: false }])
    close('dealtWith')
    await house.take(burns)
    house.clock.advance(2 * HOUR)
    watch = watching()
    watch.look()
    expect(open()).toMatchObject([{ observed: 1, late: true }])
    expect(createNotices(house).list()).toEqual([])
  })

  it('say nothing of what an import brought, and cite nothing that is gone', async () => {
    const [mention] = await house.take(burns)
    connectionOf(house.store).prepare('UPDATE mention SET arrival = 1 WHERE seq = ?').run(mention!.seq)
    watch.look()
    expect(open()).toEqual([])
  })

  it('are kept without a word in a planned silence, and told when it is over and they stand', async () => {
    const now = house.clock.now()
    house.store.transaction(() =>
      writeSettings(house.store, {
        plannedSilences: [{ id: 'sil', from: now - HOUR, to: now + HOUR, listenIds: [], reason: 'Drill', by: 'Lena' }],
      }),
    )
    await house.take(burns)
    watch.look()
    expect(open()).toMatchObject([{ silenced: 'Drill' }])
    expect(createNotices(house).list()).toEqual([])
    later(61 * MINUTE)
    later(MINUTE)
    expect(open()).toMatchObject([{ silenced: null, state: 'raised' }])
  })

  it('are looked for every few seconds', async () => {
    watch.start()
    await house.take(burns)
    await house.clock.run(6_000, 1_000)
    expect(open()).toHaveLength(1)
    watch.stop()
  })
})
