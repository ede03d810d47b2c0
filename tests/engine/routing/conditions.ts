import fc from 'fast-check'
import type { Mention } from '#shared/model/mention.ts'
import type { Condition, RuleFact } from '#shared/model/rule.ts'
import { someMention } from './mentions.ts'

const words = ['app', 'crash', 'crashes', 'late', 'refund', 'bag', 'köln', 'flight', 'rude', 'thanks']
const anyWord = fc.constantFrom(...words)
const anyQuery = fc.oneof(
  anyWord,
  anyWord.map((word) => `-${word}`),
  anyWord.map((word) => `${word.slice(0, 4)}*`),
  fc.tuple(anyWord, anyWord).map(([a, b]) => `${a} AND ${b}`),
  fc.tuple(anyWord, anyWord).map(([a, b]) => `"${a} ${b}"`),
  fc.tuple(anyWord, anyWord, anyWord).map(([a, b, c]) => `(${a} OR ${b}) NOT ${c}`),
  fc.tuple(anyWord, anyWord).map(([a, b]) => `${a} NEAR/3 ${b}`),
  fc.constant('lang:de OR followers:>500'),
  fc.constant('#crash'),
)
const isFact = fc.oneof(
  fc.record({ fact: fc.constant<RuleFact>('lang'), is: fc.constantFrom(['de'], ['en', 'fr'], ['de', 'en']) }),
  fc.record({ fact: fc.constant<RuleFact>('country'), is: fc.constantFrom(['DE', 'AT'], ['DE']) }),
  fc.record({ fact: fc.constant<RuleFact>('sentiment'), is: fc.constantFrom(['negative'], ['positive', 'neutral']) }),
  fc.record({ fact: fc.constant<RuleFact>('listen'), is: fc.constantFrom(['l1'], ['l2', 'l3']) }),
)
const rangeFact = fc.oneof(
  fc.record({ fact: fc.constant<RuleFact>('followers'), atLeast: fc.integer({ min: 0, max: 1000 }) }),
  fc.record({ fact: fc.constant<RuleFact>('followers'), atMost: fc.integer({ min: 0, max: 1000 }) }),
  fc.record({ fact: fc.constant<RuleFact>('certainty'), atLeast: fc.constant(0.5), atMost: fc.constant(0.9) }),
  fc.record({ fact: fc.constant<RuleFact>('deskLoad'), atMost: fc.integer({ min: 0, max: 4 }) }),
)
const problemFact = fc.record({
  problem: fc.record({ mentions: fc.integer({ min: 1, max: 9 }), withinMinutes: fc.constant(60) }),
})

export const anyCondition = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.oneof(
      anyQuery.map((query): Condition => ({ query })),
      isFact,
      rangeFact,
      problemFact,
    ),
    fc.array(tie('condition'), { maxLength: 3 }).map((all): Condition => ({ all })),
    fc.array(tie('condition'), { maxLength: 3 }).map((any): Condition => ({ any })),
    tie('condition').map((not): Condition => ({ not })),
  ),
})).condition

export const anyMention: fc.Arbitrary<Mention> = fc
  .record({
    text: fc.array(fc.oneof(anyWord, fc.constant('#crash')), { maxLength: 6 }).map((list) => list.join(' ')),
    lang: fc.constantFrom('de', 'en', 'und'),
    country: fc.constantFrom(null, 'DE', 'US'),
    followers: fc.option(fc.integer({ min: 0, max: 1000 })),
    label: fc.constantFrom('negative' as const, 'neutral' as const, 'positive' as const),
    confidence: fc.constantFrom(0.4, 0.5, 0.7, 0.95),
    listenIds: fc.subarray(['l1', 'l2', 'l3']),
  })
  .map(({ followers, label, confidence, ...about }) =>
    someMention({
      ...about,
      author: { id: 'a', handle: '@a', name: null, url: null, followers },
      sentiment: { label, score: 0, confidence, words: [], model: 't' },
    }),
  )

export const anyKnown = fc.record({
  problemId: fc.constantFrom(null, 'p1'),
  mentions: fc.integer({ min: 0, max: 10 }),
  load: fc.integer({ min: 0, max: 5 }),
})
