import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileRules } from '#engine/routing/compile.ts'
import { outcome } from '#engine/routing/decide.ts'
import { factsOf } from '#engine/routing/facts.ts'
import { proposeRules, tail, wilson, type Evidence } from '#engine/advice/proposals.ts'
import { starterDesks } from '#engine/starters/desks.ts'
import type { Rule } from '#shared/model/rule.ts'
import { documentOfMention } from '#shared/query/document.ts'
import { someMention } from '#tests/engine/routing/mentions.ts'

const desks = starterDesks('Europe/Berlin')
const rule: Rule = {
  id: 'r1',
  name: 'Complaint',
  group: 'Care',
  order: 10,
  enabled: true,
  when: { fact: 'sentiment', is: ['negative'] },
  then: { deskId: 'desk_care', priority: 'high', skills: [], hold: false, approval: false, tags: ['complaint'], mute: false, alert: false }, // prettier-ignore
}
let made = 0
const one = (text: string, last: string | null, more: Partial<Evidence> = {}): Evidence => ({
  caseId: `c${++made}`,
  text,
  words: new Set(text.split(' ')),
  facts: [{ fact: 'lang', value: 'en' }],
  author: `a${made}`,
  ruleId: 'r1',
  first: 'desk_care',
  last,
  ...more,
})
const times = (n: number, make: (i: number) => Evidence): Evidence[] => Array.from({ length: n }, (_, i) => make(i))
const fillers = ['cup', 'parcel', 'shop', 'queue', 'machine', 'coffee', 'lid', 'bean']
const filler = (i: number): string => `${fillers[i % 8]} ${fillers[(i * 3 + 1) % 8]} bad`

describe('a rule is proposed', () => {
  const refunds = [
    ...times(14, (i) => one(`refund ${filler(i)}`, 'desk_sales')),
    ...times(3, (i) => one(`refund ${filler(i)}`, 'desk_care')),
    ...times(60, (i) => one(filler(i), 'desk_care')),
  ]

  it('from a word that corrections share, with its numbers, cases and a draft', () => {
    const [proposal, ...others] = proposeRules(refunds, [rule], desks)
    expect(others).toEqual([])
    expect(proposal).toMatchObject({
      kind: 'add',
      ruleId: 'r1',
      fromDeskId: 'desk_care',
      toDeskId: 'desk_sales',
      words: ['refund'],
      right: 14,
      of: 17,
      corrected: 14,
      authors: 14,
    })
    expect(proposal!.byChance).toBeLessThan(0.001)
    expect([proposal!.examples.length, proposal!.against.length]).toEqual([5, 3])
    expect(proposal!.draft).toMatchObject({
      order: 10,
      when: { all: [{ query: 'refund' }, rule.when] },
      then: { deskId: 'desk_sales', priority: 'high', hold: false },
    })
    expect(proposal!.draft.name).toContain('refund')
  })

  it('that takes just these mentions from the rule that it corrects, and no others', () => {
    const [{ draft }] = proposeRules(refunds, [rule], desks) as unknown as [{ draft: Rule }]
    const compiled = compileRules([{ ...draft, id: 'new', order: 9 }, rule], desks)
    const goes = (text: string, label: 'negative' | 'positive'): string | undefined => {
      const mention = someMention({ text, sentiment: { label, score: 0, confidence: 0.9, words: [], model: 'x' } })
      const { winner } = outcome(compiled, factsOf(mention, { timeZone: 'UTC' }), documentOfMention(mention))
      return compiled.rules[winner]?.rule.id
    }
    expect(goes('I want a refund', 'negative')).toBe('new')
    expect(goes('I want a parcel', 'negative')).toBe('r1')
    expect(goes('thanks for the refund', 'positive')).toBeUndefined()
  })

  it('joins words that say the same, and a fact that keeps the others out', () => {
    const [words] = proposeRules(
      [
        ...times(9, (i) => one(`refund ${filler(i)}`, 'desk_sales')),
        ...times(7, (i) => one(`reimburse ${filler(i)}`, 'desk_sales')),
        ...times(60, (i) => one(filler(i), 'desk_care')),
      ],
      [rule],
      desks,
    )
    expect(words).toMatchObject({ words: ['refund', 'reimburse'], right: 16, of: 16 })
    expect(words!.draft.when).toMatchObject({ all: [{ query: 'refund OR reimburse' }, rule.when] })
    const french = { facts: [{ fact: 'lang', value: 'fr' }] } as const
    const [fact] = proposeRules(
      [
        ...times(16, (i) => one(`refund ${filler(i)}`, 'desk_sales', french)),
        ...times(9, (i) => one(`refund ${filler(i)}`, 'desk_care')),
        ...times(20, (i) => one(filler(i), 'desk_care', french)),
        ...times(40, (i) => one(filler(i), 'desk_care')),
      ],
      [rule],
      desks,
    )
    expect(fact).toMatchObject({ words: ['refund'], facts: [{ fact: 'lang', value: 'fr' }], right: 16, of: 16 })
  })

  it('not to forward what is always noise; and to send elsewhere what always goes there', () => {
    const [noise] = proposeRules(
      [...times(12, (i) => one(`horoscope ${filler(i)}`, null)), ...times(40, (i) => one(filler(i), 'desk_care'))],
      [rule],
      desks,
    )
    expect(noise).toMatchObject({ toDeskId: null, words: ['horoscope'], draft: { then: { deskId: null } } })
    const [all] = proposeRules(
      [...times(20, (i) => one(filler(i), 'desk_press')), ...times(2, (i) => one(filler(i), 'desk_care'))],
      [rule],
      desks,
    )
    expect(all).toMatchObject({ kind: 'retarget', toDeskId: 'desk_press', draft: { id: 'r1', then: { deskId: 'desk_press' } } }) // prettier-ignore
  })
})

describe('no rule is proposed', () => {
  const rest = (n = 60): Evidence[] => times(n, (i) => one(filler(i), 'desk_care'))
  const refund = (n: number, last: string, more: Partial<Evidence> = {}): Evidence[] =>
    times(n, (i) => one(`refund ${filler(i)}`, last, more))
  const cases: [string, Evidence[]][] = [
    ['of four corrections', [...refund(4, 'desk_sales'), ...rest()]],
    ['of corrections about one person', [...refund(14, 'desk_sales', { author: 'same' }), ...rest()]],
    [
      'of a word that is as often right where it is',
      [...refund(10, 'desk_sales'), ...refund(10, 'desk_care'), ...rest()],
    ],
    ['of corrections that share nothing', [...times(10, (i) => one(filler(i), 'desk_sales')), ...rest()]],
    ['to a desk that is gone', [...refund(14, 'desk_gone'), ...rest()]],
    ['of nothing', []],
  ]
  it.each(cases)('%s', (_name, evidence) => {
    expect(proposeRules(evidence, [rule], desks)).toEqual([])
  })

  it('for a rule that is switched off', () => {
    expect(proposeRules([...refund(14, 'desk_sales'), ...rest()], [{ ...rule, enabled: false }], desks)).toEqual([])
  })

  it('where words and corrections have nothing to do with each other', () => {
    const words = Array.from({ length: 40 }, (_, i) => `w${i}`)
    let proposed = 0
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.shuffledSubarray(words, { minLength: 3, maxLength: 6 }), fc.nat(9)), { minLength: 80, maxLength: 120 }), // prettier-ignore
        (rows) => {
          const evidence = rows.map(([some, dice]) => one(some.join(' '), dice < 3 ? 'desk_sales' : 'desk_care'))
          proposed += proposeRules(evidence, [rule], desks).length
        },
      ),
      { numRuns: 60, seed: 7 },
    )
    // One in twenty may happen by chance; sixty houses without any rule in them bring at most three.
    expect(proposed).toBeLessThanOrEqual(3)
  })
})

describe('the numbers behind a proposal', () => {
  it('are the exact chance and the lower bound that textbooks have', () => {
    // Fisher's lady tasting tea: four of four right by accident is 1 in 70.
    expect(tail(4, 4, 4, 8)).toBeCloseTo(1 / 70, 10)
    expect(tail(0, 5, 3, 20)).toBeCloseTo(1, 10)
    expect(wilson(14, 17)).toBeGreaterThan(0.65)
    expect(wilson(3, 3)).toBeLessThan(0.7)
    expect(wilson(0, 0)).toBe(0)
  })
})
