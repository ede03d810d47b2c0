import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileRules } from '#engine/routing/compile.ts'
import { evaluate, TRUE } from '#engine/routing/condition.ts'
import { decide, outcome } from '#engine/routing/decide.ts'
import { factsOf, type Facts, type Known } from '#engine/routing/facts.ts'
import { inEnglish } from '#shared/words/words.ts'
import { starterDesks, starterDeskIds } from '#engine/starters/desks.ts'
import { starterRules } from '#engine/starters/rules.ts'
import type { Mention } from '#shared/model/mention.ts'
import { Rule, type Condition, type RuleAction } from '#shared/model/rule.ts'
import { documentOfMention } from '#shared/query/document.ts'
import { anyCondition, anyKnown, anyMention } from './conditions.ts'
import { someMention } from './mentions.ts'

const desks = starterDesks('Europe/Berlin')
const action = (deskId: string | null, more: Partial<RuleAction> = {}): RuleAction => ({
  deskId,
  priority: 'normal',
  skills: [],
  hold: false,
  approval: false,
  tags: [],
  mute: false,
  alert: false,
  ...more,
})
const rule = (order: number, when: Condition, deskId: string | null = 'desk_care'): Rule => ({
  id: `r${order}`,
  name: `Rule ${order}`,
  group: '',
  order,
  enabled: true,
  when,
  then: action(deskId),
})
const known: Known = { timeZone: 'Europe/Berlin' }
const decideOn = (rules: Rule[], mention: Mention, more: Partial<Known> = {}) =>
  decide(compileRules(rules, desks), factsOf(mention, { ...known, ...more }), documentOfMention(mention))

describe('a decision', () => {
  const rules = [
    rule(10, { all: [{ fact: 'followers', atLeast: 80_000 }, { query: 'broken OR declined' }] }, 'desk_officer'),
    rule(20, { query: 'declined' }, 'desk_technical'),
    rule(30, { fact: 'sentiment', is: ['negative'] }),
  ]
  const mention = someMention({
    text: 'Card declined again, Declined twice',
    author: { id: 'a', handle: 'a', name: null, url: null, followers: 86_000 },
  })

  it('names the rule, its desk, the words as written and the facts with their values', () => {
    const { explanation } = decideOn(rules, mention)
    expect(explanation).toMatchObject({
      ruleId: 'r10',
      ruleOrder: 10,
      deskId: 'desk_officer',
      deskName: 'Officer on shift',
      words: ['declined'],
      facts: [{ fact: 'followers', value: 86_000 }],
      runnerUp: { ruleId: 'r20', deskId: 'desk_technical', deskName: 'Technical' },
    })
  })

  it('says what would have flipped it, and who would then have won', () => {
    const { explanation } = decideOn(rules, mention)
    expect(explanation.flips).toContainEqual({ fact: 'followers', had: 86_000, needs: '< 80000', wins: 'Rule 20' })
    expect(explanation.flips).toContainEqual({
      fact: 'text',
      had: 'declined',
      needs: 'not broken OR declined',
      wins: 'Rule 20',
    })
  })

  it('tells the near miss of an earlier rule', () => {
    const { explanation } = decideOn(rules, { ...mention, author: { ...mention.author!, followers: 70_000 } })
    expect(explanation.ruleId).toBe('r20')
    expect(explanation.flips).toContainEqual({ fact: 'followers', had: 70_000, needs: '≥ 80000', wins: 'Rule 10' })
  })

  it('names the words that drove a label which the rule asks about', () => {
    const driven = someMention({
      text: 'never again this rude place',
      sentiment: { label: 'negative', score: -1, confidence: 0.9, model: 't', words: [
        { word: 'rude', start: 17, end: 21, weight: -2 }, { word: 'place', start: 22, end: 27, weight: 0.1 },
      ] },
      intent: { label: 'churn', confidence: 0.9, words: [{ word: 'never', start: 0, end: 5, weight: 1 }] },
    }) // prettier-ignore
    const when: Condition = {
      all: [
        { fact: 'sentiment', is: ['negative'] },
        { fact: 'intent', is: ['churn'] },
      ],
    }
    expect(decideOn([rule(1, when)], driven).explanation.words).toEqual(['rude', 'never'])
    expect(decideOn([rule(1, { query: 'place' })], driven).explanation.words).toEqual(['place'])
  })

  it('takes a certainty beside an intent for that intent’s, where a mention has several', () => {
    const several = someMention({
      text: 'where is my order, else my lawyer writes',
      intent: {
        label: 'question',
        confidence: 0.95,
        words: [],
        also: [{ label: 'legal', confidence: 0.4, words: [{ word: 'lawyer', start: 22, end: 28, weight: 1 }] }],
      },
    })
    const when = (label: string, range: { atLeast?: number; atMost?: number }): Condition => ({
      all: [
        { fact: 'intent', is: [label] },
        { fact: 'intentCertainty', ...range },
      ],
    })
    const wins = (condition: Condition): boolean => decideOn([rule(1, condition)], several).rule !== null
    expect(wins({ fact: 'intent', is: ['legal'] })).toBe(true)
    expect(wins({ fact: 'intent', is: ['churn'] })).toBe(false)
    expect(wins(when('legal', { atLeast: 0.9 }))).toBe(false)
    expect(wins(when('legal', { atLeast: 0.3 }))).toBe(true)
    expect(wins(when('legal', { atMost: 0.5 }))).toBe(true)
    expect(wins(when('question', { atLeast: 0.9 }))).toBe(true)
    const { explanation } = decideOn([rule(1, when('legal', { atLeast: 0.3 }))], several)
    expect(explanation.words).toContain('lawyer')
    expect(explanation.facts).toContainEqual({ fact: 'intent', value: 'question, legal' })
    expect(explanation.facts).toContainEqual({ fact: 'intentCertainty', value: 0.4 })
    const near = decideOn([rule(1, when('legal', { atLeast: 0.9 })), rule(2, { query: 'order' })], several)
    expect(near.rule?.id).toBe('r2')
  })

  it('leaves a mention that no rule catches', () => {
    const { rule: won, action: what, explanation } = decideOn(rules, someMention({ text: 'nice coffee' }))
    expect([won, what, explanation.ruleId, explanation.runnerUp]).toEqual([null, null, null, null])
  })

  it('does not match what is unknown, nor its opposite', () => {
    const unknown = someMention({ author: null, country: null, lang: 'und' })
    const conditions: Condition[] = [
      { fact: 'country', is: ['DE'] },
      { not: { fact: 'country', is: ['DE'] } },
      { not: { fact: 'lang', is: ['de'] } },
      { fact: 'followers', atMost: 100 },
      { not: { fact: 'followers', atLeast: 100 } },
      { not: { all: [{ fact: 'influence', atLeast: 1 }, { query: 'hello' }] } },
      { not: { problem: { mentions: 2, withinMinutes: 10 } } },
    ]
    for (const when of conditions) expect(decideOn([rule(1, when)], unknown).rule).toBeNull()
  })

  it('still knows what follows from the rest when one thing is unknown', () => {
    const unknown = someMention({ country: null })
    expect(decideOn([rule(1, { any: [{ fact: 'country', is: ['DE'] }, { query: 'hello' }] })], unknown).rule?.id).toBe(
      'r1',
    )
    expect(
      decideOn([rule(1, { not: { all: [{ fact: 'country', is: ['DE'] }, { query: 'bye' }] } })], unknown).rule?.id,
    ).toBe('r1')
  })

  it('counts a problem in the window that the rule asks for', () => {
    const when: Condition = { problem: { mentions: 5, authors: 3, withinMinutes: 120 } }
    const counts = (mentions: number, authors: number): Partial<Known> => ({
      problemId: 'p1',
      problemCounts: [{ withinMinutes: 120, mentions, authors }],
    })
    expect(decideOn([rule(1, when)], someMention(), counts(5, 3)).rule?.id).toBe('r1')
    expect(decideOn([rule(1, when)], someMention(), counts(5, 2)).rule).toBeNull()
    expect(compileRules([rule(1, when)], desks).problemWindows).toEqual([120])
  })

  it('asks for the load of the desk that the rule would send to', () => {
    const when: Condition = { fact: 'deskLoad', atMost: 3 }
    const loads = new Map([
      ['desk_care', 4],
      ['desk_technical', 2],
    ])
    const rules = [rule(1, when, 'desk_care'), rule(2, when, 'desk_technical')]
    expect(decideOn(rules, someMention(), { deskLoads: loads }).rule?.id).toBe('r2')
    // Nothing open there is a load like any other; a load that is not known is none.
    expect(decideOn(rules, someMention(), { deskLoads: new Map([['desk_technical', 9]]) }).rule?.id).toBe('r1')
    expect(decideOn(rules, someMention(), {}).rule).toBeNull()
  })

  it('holds for a person what goes to a desk that is gone, and leaves out a rule that cannot be read', () => {
    const compiled = compileRules([rule(1, { query: 'a AND (' }), rule(2, { all: [] }, 'desk_gone')], desks)
    expect(compiled.faults).toMatchObject([{ ruleId: 'r1' }])
    expect(inEnglish(compiled.faults[0]!.what)).toMatch(/^This parenthesis is never closed/)
    const decided = decide(compiled, factsOf(someMention(), known), documentOfMention(someMention()))
    expect(decided.rule?.id).toBe('r2')
    expect(decided.explanation.deskId).toBeNull()
  })
})

describe('the starter rules', () => {
  const starter = starterRules()
  const compiled = compileRules(starter, desks)
  const deskOf = (about: Partial<Mention>, more: Partial<Known> = {}): string | null => {
    const mention = someMention(about)
    return decide(compiled, factsOf(mention, { ...known, ...more }), documentOfMention(mention)).action?.deskId ?? null
  }
  const negative: Mention['sentiment'] = { label: 'negative', score: -0.8, confidence: 0.9, words: [], model: 't' }
  const followers = (n: number) => ({ id: 'i', handle: 'i', name: null, url: null, followers: n })
  const ids = starterDeskIds

  it('can all be read, and send to desks that exist', () => {
    expect(compiled.faults).toEqual([])
    for (const one of starter) {
      expect(Rule.safeParse(one).success).toBe(true)
      if (one.then.deskId !== null) expect(desks.map((desk) => desk.id)).toContain(one.then.deskId)
    }
    expect(new Set(desks.map((desk) => desk.key)).size).toBe(desks.length)
  })

  it.each<[string, Partial<Mention>, string | null]>([
    ['praise is not forwarded', { text: 'Best flat white in town, thank you!' }, null],
    ['a repost is not forwarded', { kind: 'repost', text: 'my lawyer will write to you' }, null],
    ['a burnt hand', { text: 'The steam valve burst and burned my hand', sentiment: negative }, ids.legal],
    ['a thing in the food', { text: 'Found a shard of glass inside the salad bowl', sentiment: negative }, ids.legal],
    [
      'a thing in the food, German',
      { text: 'In der Dose war ein Metallstück, fand meine Tochter', lang: 'de' },
      ids.legal,
    ],
    ['a bone', { text: 'Your trolley rolled away and broke her wrist', sentiment: negative }, ids.legal],
    ['a bone, German', { text: 'Auf eurer Treppe habe ich mir den Knöchel gebrochen', lang: 'de' }, ids.legal],
    [
      'something cheap',
      { text: 'Nothing but a cheap piece of plastic, it is broken', sentiment: negative },
      ids.technical,
    ],
    [
      'who will tell the press',
      { text: 'The app is broken. I am writing to a newspaper now', sentiment: negative },
      ids.press,
    ],
    [
      'who will tell the press, German',
      { text: 'Die App ist kaputt, ich gehe damit an die Presse', lang: 'de' },
      ids.press,
    ],
    [
      'who presses a button',
      { text: 'You tell me to press the button, it is broken', sentiment: negative },
      ids.technical,
    ],
    [
      'a stock exchange',
      { text: 'They are going public next year and the app still crashes', sentiment: negative },
      ids.technical,
    ],
    ['an influencer who mentions us', { text: 'Coffee with the team', author: followers(900_000) }, ids.officer],
    ['a lawyer', { text: 'My lawyer will write to you' }, ids.legal],
    ['a lawyer in German', { text: 'Mein Anwalt meldet sich bei euch', lang: 'de' }, ids.legal],
    ['the press', { text: 'Dear press office, we are preparing a piece on the failing payments' }, ids.press],
    ['the press in German', { text: 'Presseanfrage: bitte um Stellungnahme bis 15 Uhr', lang: 'de' }, ids.press],
    [
      'an influencer',
      { text: 'payment declined for four minutes, live', sentiment: negative, author: followers(212_000) },
      ids.officer,
    ],
    [
      'the same from anybody',
      { text: 'payment declined for four minutes', sentiment: negative, author: followers(200) },
      ids.technical,
    ],
    ['a lead', { text: 'We would like to buy 40 machines, can you send a quote?' }, ids.sales],
    ['a lead in German', { text: 'Wir brauchen ein Angebot für 30 Maschinen', lang: 'de' }, ids.sales],
    [
      'a lead that asks whom',
      { text: 'We would like 40 machines for our co-working spaces – whom at Kaffora do we talk to?' },
      ids.sales,
    ],
    [
      'a lead that asks whom, German',
      { text: 'Wir suchen 40 Maschinen für unsere Büros, wer ist bei Kaffora der Ansprechpartner?', lang: 'de' },
      ids.sales,
    ],
    ['a lead that asks whether', { text: 'Verkauft Kaffora an Unternehmen?', lang: 'de' }, ids.sales],
    [
      'a lead that replaces',
      { text: 'Our hotel wants to replace 25 capsule machines. Does Kaffora sell to companies?' },
      ids.sales,
    ],
    ['a job', { text: 'Are you hiring in Porto?' }, ids.recruiting],
    ['a job in German', { text: 'Bietet ihr ein Praktikum an?', lang: 'de' }, ids.recruiting],
    ['a fault', { text: 'the app crashes on start' }, ids.technical],
    ['a fault in German', { text: 'Die App stürzt ab', lang: 'de' }, ids.technical],
    ['a complaint', { text: 'I want a refund for the damaged parcel', sentiment: negative }, ids.care],
    ['a complaint in German', { text: 'Ich will mein Geld zurück', lang: 'de', sentiment: negative }, ids.careGerman],
    ['a complaint from Austria', { text: 'I want a refund', country: 'AT', sentiment: negative }, ids.careGerman],
    ['leaving', { text: 'Cancelling my subscription today', sentiment: negative }, ids.care],
    ['a question', { text: 'How do I clean the filter?' }, ids.care],
    ['a wish', { text: 'Feature request: dark theme' }, ids.product],
    ['a mail', { text: 'Hello there', private: true, kind: 'mail' }, ids.care],
  ])('%s', (_name, about, desk) => {
    expect(deskOf(about)).toBe(desk)
  })

  it('sends a problem that is seen often to the technical desk', () => {
    const seen = { problemId: 'p', problemCounts: [{ withinMinutes: 120, mentions: 9, authors: 7 }] }
    const about = { text: 'I want a refund for the coffee that never came', sentiment: negative }
    expect(deskOf(about)).toBe(ids.care)
    expect(deskOf(about, seen)).toBe(ids.technical)
  })
})

describe('the index of rules', () => {
  const factsFor = (mention: Mention, k: { problemId: string | null; mentions: number; load: number }): Facts =>
    factsOf(mention, {
      ...known,
      problemId: k.problemId,
      problemCounts: [{ withinMinutes: 60, mentions: k.mentions, authors: 1 }],
      deskLoads: new Map([
        ['desk_care', k.load],
        ['desk_sales', 5 - k.load],
      ]),
    })

  it('finds the same winner and runner-up as trying every rule', () => {
    fc.assert(
      fc.property(
        fc.array(anyCondition, { minLength: 1, maxLength: 40 }),
        fc.array(anyMention, { minLength: 1, maxLength: 5 }),
        anyKnown,
        (conditions, mentions, k) => {
          const rules = conditions.map((when, i) => rule(i, when, i % 2 === 0 ? 'desk_care' : 'desk_sales'))
          const compiled = compileRules(rules, desks)
          expect(compiled.faults).toEqual([])
          for (const mention of mentions) {
            const facts = factsFor(mention, k)
            const doc = documentOfMention(mention)
            const holding = compiled.rules.flatMap(({ when, rule }, i) =>
              evaluate(when, {
                facts,
                doc,
                answers: new Int8Array(500),
                ofText: new Uint32Array(0),
                deskId: rule.then.deskId,
              }) === TRUE
                ? [i]
                : [],
            )
            expect(outcome(compiled, facts, doc)).toEqual({ winner: holding[0] ?? -1, runnerUp: holding[1] ?? -1 })
          }
        },
      ),
      { numRuns: 400 },
    )
  })

  it('tells only flips that really change the decision', () => {
    fc.assert(
      fc.property(
        fc.array(anyCondition, { minLength: 1, maxLength: 8 }),
        anyMention,
        anyKnown,
        (conditions, mention, k) => {
          const compiled = compileRules(
            conditions.map((when, i) => rule(i, when)),
            desks,
          )
          const facts = factsFor(mention, k)
          const { explanation } = decide(compiled, facts, documentOfMention(mention))
          for (const flip of explanation.flips) {
            expect(flip.wins).not.toBe(explanation.ruleName)
            if (!/^[<>≥≤] [\d.]+$/.test(flip.needs) || flip.fact === 'deskLoad') continue
            const [sign, number] = flip.needs.split(' ') as [string, string]
            const value = Number(number) + (sign === '<' ? -1e-6 : sign === '>' ? 1e-6 : 0)
            const changed = { ...facts, values: { ...facts.values, [flip.fact]: value } }
            const now = decide(compiled, changed, documentOfMention(mention)).explanation
            expect(now.ruleId === null ? '' : now.ruleName).toBe(flip.wins)
          }
        },
      ),
      { numRuns: 400 },
    )
  })
})
