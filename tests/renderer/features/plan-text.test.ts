import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CrisisPlan } from '#shared/model/crisis.ts'
import { starterPlans } from '#engine/starters/plans.ts'
import { plansOf, planText } from '#renderer/features/settings/plan-text.ts'

describe('plans as text', () => {
  it.each(['en', 'de'] as const)('are the same when what was written is read: those that ship in %s', (language) => {
    const plans = starterPlans(language)
    expect(plansOf(planText(plans))).toEqual({ plans, faults: [] })
    for (const plan of plans) expect(CrisisPlan.parse(plan)).toEqual(plan)
  })

  it('name each line that cannot be read, and read the others', () => {
    const { plans, faults } = plansOf(
      '5 | A | before any plan\n#\n# One\n\nten | A | b\n | | \n15 || call\n20000 | A | late',
    )
    expect(faults).toEqual([
      { line: 1, fault: 'noPlan' },
      { line: 2, fault: 'noName' },
      { line: 5, fault: 'minutes' },
      { line: 6, fault: 'noStep' },
      { line: 8, fault: 'minutes' },
    ])
    expect(plans).toEqual([{ name: 'One', steps: [{ text: 'call', who: '', after: 15 }] }])
  })

  it('hold no more and nothing longer than a crisis does', () => {
    const many = plansOf(`# One\n${' | | step\n'.repeat(51)}`)
    expect([many.plans[0]!.steps.length, many.faults]).toEqual([50, [{ line: 52, fault: 'tooMany' }]])
    expect(plansOf('# a\n'.repeat(11)).faults).toEqual([{ line: 11, fault: 'tooMany' }])
    expect(plansOf(`# One\n | | ${'x'.repeat(301)}`).faults).toEqual([{ line: 2, fault: 'tooLong' }])
  })

  it('never give a plan that the station would refuse, whatever is written', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const plan of plansOf(`# x\n${text}`).plans) expect(CrisisPlan.safeParse(plan).success).toBe(true)
      }),
    )
  })
})
