import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as commands from '#engine/cases/commands.ts'
import type { RehearsalProgress } from '#engine/rehearsal/rehearse.ts'
import { createKnowledge } from '#engine/knowledge/knowledge.ts'
import { allCases, caseOfMention } from '#engine/store/queries/cases.ts'
import type { PersonChange } from '#shared/model/rehearsal.ts'
import type { PersonDraft } from '#shared/model/person.ts'
import type { Rule } from '#shared/model/rule.ts'
import { lena, openHouse, type Heard, type House } from '#tests/engine/cases/house.ts'

let house: House
beforeEach(() => {
  house = openHouse()
})
afterEach(() => house.close())

const complaint: Heard = { text: 'I want a refund for the damaged parcel', label: 'negative', confidence: 0.9 }
const crash: Heard = { text: 'the app crashes on start', label: 'negative', confidence: 0.9 }
const lovely: Heard = { text: 'lovely coffee' }

async function reportOf(rules: readonly Rule[], from = 0, to = house.clock.now() + 1) {
  const steps: RehearsalProgress[] = []
  for await (const step of house.board.rehearse({ rules, from, to })) steps.push(step)
  return { steps, report: steps.at(-1)!.report! }
}
const withoutFaults = (): Rule[] => house.board.book.rules().filter((rule) => rule.id !== 'rule_fault')

describe('a rehearsal', () => {
  it('of the rules in force changes nothing', async () => {
    await house.take(complaint, crash, lovely)
    const { report } = await reportOf(house.board.book.rules())
    expect(report).toMatchObject({
      mentions: 3,
      routedBefore: 2,
      routedAfter: 2,
      moved: 0,
      examples: [],
      breachesGained: 0,
      breachesLost: 0,
    })
    expect(report.uncaught).toMatchObject({ count: 1, examples: [{ text: 'lovely coffee' }] })
  })

  it('tells what would have moved, the load of each desk, which rules decide, and why', async () => {
    await house.take(complaint, crash, crash, lovely)
    const { report } = await reportOf(withoutFaults())
    expect(report.moved).toBe(2)
    expect(report.load.find((desk) => desk.deskId === 'desk_technical')).toMatchObject({
      deskName: 'Technical',
      before: 2,
      after: 0,
    })
    expect(report.fired.find((rule) => rule.ruleId === 'rule_fault')).toMatchObject({ before: 2, after: 0 })
    expect(report.examples).toHaveLength(2)
    expect(report.examples[0]).toMatchObject({ before: { ruleId: 'rule_fault' }, after: { ruleId: 'rule_unhappy' } })
    expect([...allCases(house.store)]).toHaveLength(3)
  })

  it('tells of a new rule what it held for, and who decided in its place', async () => {
    await house.take(complaint, crash, crash, lovely)
    const rules = house.board.book.rules()
    const last = rules.at(-1)!
    const mine = (id: string, order: number, query: string): Rule => ({ ...last, id, name: id, order, when: { query } })
    const { report } = await reportOf([...rules, mine('late', 1e6, 'crashes OR lovely'), mine('none', 2e6, 'dragon')])
    const fault = rules.find(({ id }) => id === 'rule_fault')!.name
    expect(report.tried).toEqual([
      { ruleId: 'late', ruleName: 'late', held: 3, decided: 1, earlier: [{ ruleName: fault, n: 2 }] },
      { ruleId: 'none', ruleName: 'none', held: 0, decided: 0, earlier: [] },
    ])
    // Another place alone is not another rule.
    const moved = rules.map((rule, at) => ({ ...rule, order: (rules.length - at) * 10 }))
    expect((await reportOf(moved)).report.tried).toEqual([])
  })

  it('hears of a problem only as much as was heard when each mention came', async () => {
    await house.close()
    house = openHouse({ known: (mention, windows) => knowledge.known(mention, windows) })
    const { store, clock } = house
    const knowledge = createKnowledge({ store, clock, model: () => null, hand: () => undefined })
    const often = { problem: { mentions: 3, authors: 3, withinMinutes: 60 } }
    const [any] = house.board.book.rules()
    const rule = house.board.book.saveRule({ ...any!, id: undefined, name: 'Often', order: -1, when: often, then: { ...any!.then, deskId: 'desk_press' } }, lena) // prettier-ignore
    const more = house.board.book.saveRule({ ...rule, id: undefined, name: 'Known for long', order: -2, when: { fact: 'problemMentions', atLeast: 8 } }, lena) // prettier-ignore
    const hear = async (by: string, minutes: number) => {
      clock.advance(minutes * 60_000)
      const [mention] = await house.take({ ...crash, text: 'the app crashes on start of version four', by })
      return caseOfMention(store, mention!.id)!.explanation.ruleName
    }
    const decided: string[] = []
    // Spread over days, then three people within the hour, then one who writes again and again.
    for (const day of [1, 2, 3]) decided.push(await hear(`slow${day}`, 24 * 60))
    for (const by of ['ana', 'ben', 'cem', 'dora']) decided.push(await hear(by, by === 'ana' ? 600 : 10))
    for (let i = 0; i < 2; i++) decided.push(await hear('ana', 90))
    const count = (name: string) => decided.filter((one) => one === name).length
    expect([count('Often'), count('Known for long')]).toEqual([2, 2])
    const { report } = await reportOf(house.board.book.rules())
    const fired = (id: string) => report.fired.find(({ ruleId }) => ruleId === id)
    expect(fired(rule.id)).toMatchObject({ before: 2, after: 2 })
    expect(fired(more.id)).toMatchObject({ before: 2, after: 2 })
    // What was heard before the period counts as well.
    const late = await reportOf(house.board.book.rules(), clock.now() - 100 * 60_000)
    expect(late.report.fired.find(({ ruleId }) => ruleId === more.id)).toMatchObject({ after: 2 })
  })

  it('counts clocks that would have run out, from the replies as given', async () => {
    await house.take(crash)
    const [c] = [...allCases(house.store)]
    house.clock.advance(30 * 60_000)
    house.board.run(commands.reply, { id: c!.id }, { text: 'hi' }, lena)
    const urgent = house.board.book
      .rules()
      .map((rule) => ({ ...rule, then: { ...rule.then, priority: 'urgent' as const } }))
    expect((await reportOf(urgent)).report).toMatchObject({ breachesGained: 1, breachesLost: 0 })
  })

  it('looks at the asked period only, says how far it is, and stops when nobody listens', async () => {
    house.hear(...Array.from({ length: 1200 }, () => crash))
    house.clock.advance(60_000)
    house.hear(complaint)
    const early = await reportOf(withoutFaults(), 0, house.clock.now())
    expect(early.report.mentions).toBe(1200)
    expect(early.steps.map((step) => step.done)).toEqual([200, 400, 600, 800, 1000, 1200])
    expect(early.report.examples).toHaveLength(20)
    const stream = house.board.rehearse({ rules: [], from: 0, to: house.clock.now() + 1 })
    await stream.next()
    await stream.return(undefined)
    expect((await stream.next()).done).toBe(true)
  })

  it('brings the lint of the new rules along', async () => {
    const rules = house.board.book.rules()
    const all: Rule = { ...rules[0]!, id: 'all', name: 'All', order: -1, when: { all: [] } }
    const { report } = await reportOf([all, ...rules])
    expect(report.problems.filter((problem) => problem.code === 'shadowed')).toHaveLength(rules.length)
    expect(report.routedAfter).toBe(0)
  })
})

describe('a rehearsal with people', () => {
  const hire = (name: string, more: Partial<PersonDraft> = {}) =>
    house.board.people.save(
      {
        name,
        email: '',
        deskIds: ['desk_technical'],
        skills: [],
        languages: [],
        countries: [],
        hours: { timeZone: 'UTC', spans: [], holidays: [] },
        capacity: 1,
        presence: 'off',
        archived: false,
        ...more,
      },
      lena,
    )
  const reportWith = async (rules: readonly Rule[], people: PersonChange[] = []) => {
    const steps: RehearsalProgress[] = []
    for await (const step of house.board.rehearse({ rules, from: 0, to: house.clock.now() + 1, people }))
      steps.push(step)
    return steps.at(-1)!.report!
  }
  /** Every five minutes somebody writes; each case takes a quarter of an hour. */
  async function busyHour() {
    for (let i = 0; i < 12; i++) {
      const [mention] = await house.take(crash)
      const c = caseOfMention(house.store, mention!.id)!
      house.board.run(commands.accept, { id: c.id }, {}, lena)
      house.clock.advance(5 * 60_000)
    }
    house.clock.advance(10 * 60_000)
    const all = [...allCases(house.store)]
    for (const c of all) house.board.run(commands.reply, { id: c.id }, { text: 'hi' }, lena)
    house.clock.advance(24 * 3_600_000)
  }

  it('is none where no desk has people', async () => {
    await house.take(crash)
    expect((await reportWith(house.board.book.rules())).assignment).toBeNull()
  })

  it('tells who would have got what, how long the queue was, and how long customers waited', async () => {
    await busyHour()
    const tom = hire('Tom')
    const { assignment } = await reportWith(house.board.book.rules())
    expect(assignment).toMatchObject({
      cases: { before: 12, after: 12 },
      people: [{ personId: tom.id, name: 'Tom', cases: { before: 12, after: 12 }, busiest: { before: 1, after: 1 } }],
      queues: [{ deskId: 'desk_technical' }],
      unplaced: { before: 0, after: 0 },
      changed: 0,
      assumed: { ownTime: 12 },
    })
    expect(assignment!.queues[0]!.longest.before).toBeGreaterThan(3)
    expect(assignment!.wait.p95.before).toBeGreaterThan(30)
    expect(Math.max(...assignment!.queueOverTime.map(({ before }) => before))).toBeGreaterThan(3)
  })

  it('changes a decision: with a second person nobody would have been late', async () => {
    await busyHour()
    const tom = hire('Tom')
    const eva = hire('Eva', { deskIds: ['desk_care'] })
    const rules = house.board.book.rules()
    const alone = await reportWith(rules)
    expect([alone.breachesGained, alone.breachesLost]).toEqual([0, 0])
    const helped = await reportWith(rules, [
      { id: tom.id, capacity: 6 },
      { id: eva.id, deskIds: ['desk_technical', 'desk_care'], capacity: 6 },
    ])
    expect(helped.breachesLost).toBeGreaterThan(5)
    expect(helped.breachesGained).toBe(0)
    expect(helped.assignment!.wait.p95).toMatchObject({ after: 0 })
    expect(helped.assignment!.people.map(({ name }) => name).sort()).toEqual(['Eva', 'Tom'])
    expect(helped.assignment!.changed).toBeGreaterThan(3)
    // Nothing of it was saved.
    expect(house.board.people.get(tom.id)!.capacity).toBe(1)
  })

  it('warns of a decision: a rule that asks for a skill nobody has would leave customers waiting', async () => {
    await busyHour()
    hire('Tom')
    const rules = house.board.book.rules().map((rule) =>
      rule.id === 'rule_fault' ? { ...rule, then: { ...rule.then, skills: [{ skill: 'app', level: 3 }] } } : rule,
    ) // prettier-ignore
    const report = await reportWith(rules)
    expect(report.assignment).toMatchObject({ unfit: { before: 0, after: 12 }, unplaced: { before: 0, after: 12 } })
    expect(report.problems.some(({ code, ruleId }) => code === 'unmet-skills' && ruleId === 'rule_fault')).toBe(true)
  })

  it('keeps a desk whose people are all absent a desk with people', async () => {
    await busyHour()
    const tom = hire('Tom')
    const report = await reportWith(house.board.book.rules(), [{ id: tom.id, absent: true }])
    expect(report.assignment!.unplaced).toEqual({ before: 0, after: 12 })
  })
})
