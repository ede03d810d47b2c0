import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as commands from '#engine/cases/commands.ts'
import type { RehearsalProgress } from '#engine/cases/rehearse.ts'
import { allCases } from '#engine/store/queries/cases.ts'
import type { Rule } from '#shared/model/rule.ts'
import { lena, openHouse, type Heard, type House } from './house.ts'

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
  for await (const step of house.cases.rehearse({ rules, from, to })) steps.push(step)
  return { steps, report: steps.at(-1)!.report! }
}
const withoutFaults = (): Rule[] => house.cases.book.rules().filter((rule) => rule.id !== 'rule_fault')

describe('a rehearsal', () => {
  it('of the rules in force changes nothing', async () => {
    await house.take(complaint, crash, lovely)
    const { report } = await reportOf(house.cases.book.rules())
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
    expect([...allCases(house.store.db)]).toHaveLength(3)
  })

  it('counts clocks that would have run out, from the replies as given', async () => {
    await house.take(crash)
    const [c] = [...allCases(house.store.db)]
    house.clock.advance(30 * 60_000)
    house.cases.run(commands.reply, { id: c!.id }, { text: 'hi' }, lena)
    const urgent = house.cases.book
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
    const stream = house.cases.rehearse({ rules: [], from: 0, to: house.clock.now() + 1 })
    await stream.next()
    await stream.return(undefined)
    expect((await stream.next()).done).toBe(true)
  })

  it('brings the lint of the new rules along', async () => {
    const rules = house.cases.book.rules()
    const all: Rule = { ...rules[0]!, id: 'all', name: 'All', order: -1, when: { all: [] } }
    const { report } = await reportOf([all, ...rules])
    expect(report.problems.filter((problem) => problem.code === 'shadowed')).toHaveLength(rules.length)
    expect(report.routedAfter).toBe(0)
  })
})
