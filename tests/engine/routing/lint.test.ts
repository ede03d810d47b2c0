import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileRules } from '#engine/routing/compile.ts'
import { evaluate, TRUE } from '#engine/routing/condition.ts'
import { factsOf } from '#engine/routing/facts.ts'
import { implies, isDead, lintRules } from '#engine/routing/lint.ts'
import { starterDesks } from '#engine/starters/desks.ts'
import { starterRules } from '#engine/starters/rules.ts'
import type { Mention } from '#shared/model/mention.ts'
import type { Condition, Rule } from '#shared/model/rule.ts'
import { documentOfMention } from '#shared/query/document.ts'
import { anyCondition, anyKnown, anyMention } from './conditions.ts'

const desks = starterDesks('UTC')
const rule = (order: number, when: Condition, more: Partial<Rule['then']> = {}): Rule => ({
  id: `r${order}`,
  name: `Rule ${order}`,
  group: '',
  order,
  enabled: true,
  when,
  then: {
    deskId: 'desk_care',
    priority: 'normal',
    skills: [],
    hold: false,
    approval: false,
    tags: [],
    mute: false,
    alert: false,
    ...more,
  },
})
const codes = (rules: Rule[]): string[] =>
  lintRules(rules, desks)
    .filter((problem) => problem.code !== 'unreached-desk')
    .map((problem) => `${problem.ruleId} ${problem.code}${problem.otherId === null ? '' : ` ${problem.otherId}`}`)

it('names a category that is not there, wherever in its conditions a rule asks for it', () => {
  const asks = (query: string): Condition => ({ all: [{ not: { query } }] })
  const found = (query: string) =>
    lintRules([rule(1, asks(query))], desks, [{ id: 'cat_1', name: 'Press' }])
      .filter(({ code }) => code === 'bad-query')
      .map(({ severity, message }) => [severity, JSON.stringify(message)])
  expect(found('category:press refund')).toEqual([])
  expect(found('category:cat_1')).toEqual([])
  expect(found('category:gone')).toEqual([['warning', expect.stringContaining('query.unknownCategory')]])
})

describe('the lint of rules', () => {
  const refund: Condition = { query: 'refund' }
  const german: Condition = { fact: 'lang', is: ['de'] }

  it.each<[string, Rule[], string[]]>([
    ['a narrower rule behind a wider one', [rule(1, refund), rule(2, { all: [german, refund] })], ['r2 shadowed r1']],
    ['a wider rule behind a narrower one is fine', [rule(1, { all: [german, refund] }), rule(2, refund)], []],
    ['everything behind a rule without conditions', [rule(1, { all: [] }), rule(2, refund)], ['r2 shadowed r1']],
    [
      'the same twice',
      [rule(1, { all: [german, refund] }), rule(2, { all: [{ all: [german] }, refund] })],
      ['r2 duplicate r1'],
    ],
    ['the same with another action', [rule(1, refund), rule(2, refund, { deskId: 'desk_press' })], ['r2 conflict r1']],
    ['fewer values behind more', [rule(1, { fact: 'lang', is: ['de', 'en'] }), rule(2, german)], ['r2 shadowed r1']],
    [
      'a higher threshold behind a lower',
      [rule(1, { fact: 'followers', atLeast: 10 }), rule(2, { fact: 'followers', atLeast: 99 })],
      ['r2 shadowed r1'],
    ],
    ['one of several behind all of them', [rule(1, { any: [refund, german] }), rule(2, german)], ['r2 shadowed r1']],
    ['two languages at once', [rule(1, { all: [german, { fact: 'lang', is: ['en'] }] })], ['r1 dead']],
    [
      'two listens at once are fine',
      [
        rule(1, {
          all: [
            { fact: 'listen', is: ['a'] },
            { fact: 'listen', is: ['b'] },
          ],
        }),
      ],
      [],
    ],
    ['a range without numbers', [rule(1, { fact: 'hour', atLeast: 9, atMost: 5 })], ['r1 dead']],
    ['something and its opposite', [rule(1, { all: [refund, { not: refund }] })], ['r1 dead']],
    ['a query that cannot be read', [rule(1, { query: '(' })], ['r1 bad-query']],
    ['a desk that is not there', [rule(1, refund, { deskId: 'gone' })], ['r1 unknown-desk']],
    ['a rule that is switched off shadows nothing', [{ ...rule(1, { all: [] }), enabled: false }, rule(2, refund)], []],
  ])('%s', (_name, rules, expected) => {
    expect(codes(rules)).toEqual(expected)
  })

  it('names desks that nothing reaches', () => {
    const unreached = lintRules([rule(1, refund)], desks).filter((problem) => problem.code === 'unreached-desk')
    expect(unreached).toHaveLength(desks.length - 1)
  })

  it('finds nothing in the starter rules', () => {
    expect(lintRules(starterRules(), desks)).toEqual([])
  })

  const holds = (
    when: Condition,
    mention: Mention,
    k: { problemId: string | null; mentions: number; load: number },
  ): boolean => {
    const compiled = compileRules([rule(1, when)], desks)
    const facts = factsOf(mention, {
      timeZone: 'UTC',
      problemId: k.problemId,
      problemCounts: [{ withinMinutes: 60, mentions: k.mentions, authors: 1 }],
      deskLoads: new Map([['desk_care', k.load]]),
    })
    const { when: node } = compiled.rules[0]!
    return (
      evaluate(node, {
        facts,
        doc: documentOfMention(mention),
        answers: compiled.answers,
        ofText: new Uint32Array(1),
        deskId: 'desk_care',
      }) === TRUE
    )
  }

  it('never calls a rule shadowed that could decide, nor dead that could hold', () => {
    // Pairs of anything hardly ever imply each other, so one is also made from the other.
    const pair = fc
      .tuple(anyCondition, anyCondition)
      .chain(([a, b]) =>
        fc.constantFrom<[Condition, Condition]>(
          [a, b],
          [{ all: [a, b] }, a],
          [a, { any: [a, b] }],
          [{ not: { any: [a, b] } }, { not: a }],
          [{ not: a }, { not: { all: [a, b] } }],
        ),
      )
    let told = 0
    fc.assert(
      fc.property(
        pair,
        fc.array(anyMention, { minLength: 1, maxLength: 8 }),
        anyKnown,
        ([narrow, wide], mentions, k) => {
          const implied = implies(narrow, wide)
          const dead = isDead(narrow)
          if (implied) told++
          for (const mention of mentions) {
            if (!holds(narrow, mention, k)) continue
            expect(dead).toBe(false)
            if (implied) expect(holds(wide, mention, k)).toBe(true)
          }
        },
      ),
      { numRuns: 1500 },
    )
    expect(told).toBeGreaterThan(200)
  })
})
