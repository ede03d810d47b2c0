import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clockOf } from '#renderer/components/case/case-clock.ts'
import { explainLines } from '#renderer/components/case/explain-route.ts'
import { isUnsure } from '#renderer/components/is-unsure.ts'
import { networkLook, networkName } from '#renderer/components/network-look.ts'
import { segments } from '#renderer/components/text-segments.ts'
import { caseOf, mentionCard } from '#tests/renderer/support/cards.ts'

describe('segments of a text', () => {
  it('join to exactly the text, whatever ranges are given', () => {
    const range = fc.tuple(fc.integer({ min: -5, max: 60 }), fc.integer({ min: -5, max: 60 }))
    const word = fc.record({
      start: fc.integer({ min: -5, max: 60 }),
      end: fc.integer({ min: -5, max: 60 }),
      weight: fc.double({ min: -1, max: 1, noNaN: true }),
    })
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 50 }),
        fc.array(range, { maxLength: 8 }),
        fc.array(word, { maxLength: 5 }),
        (text, marks, words) => {
          const parts = segments(text, marks, words)
          expect(parts.map((part) => part.text).join('')).toBe(text)
          expect(parts.every((part) => part.text !== '')).toBe(true)
        },
      ),
    )
  })
  it('know which part is marked and which word weighs', () => {
    expect(segments('the app is broken', [[4, 7]], [{ start: 11, end: 17, weight: -0.8 }])).toEqual([
      { text: 'the ', marked: false, weight: 0 },
      { text: 'app', marked: true, weight: 0 },
      { text: ' is ', marked: false, weight: 0 },
      { text: 'broken', marked: false, weight: -0.8 },
    ])
  })
})

describe('the clock of a case', () => {
  const card = mentionCard(1)
  const at = card.mention.seenAt
  it.each([
    [{ dueAt: at + 3_600_000 }, at, 'due', 3_600_000],
    [{ dueAt: at + 3_600_000 }, at + 3_000_000, 'soon', 600_000],
    [{ dueAt: at + 3_600_000 }, at + 3_660_000, 'late', 60_000],
    [{ dueAt: null }, at, 'open', null],
    [{ repliedAt: at + 60_000 }, at + 9_000_000, 'answered', 60_500],
    [{ state: 'closed' as const }, at, 'closed', null],
  ])('%o at %d is %s', (more, now, kind, ms) => {
    expect(clockOf(caseOf(card, more), now)).toEqual({ kind, ms })
  })
})

it.each([
  [0.5, 'model 3', 0.55, true],
  [0.6, 'model 3', 0.55, false],
  [0.1, 'officer', 0.55, false],
])('certainty %d of %s below %d is unsure: %s', (confidence, model, below, unsure) => {
  expect(isUnsure({ confidence, model }, below)).toBe(unsure)
})

it('explains a route in lines: rule, words, facts, runner-up, what would have flipped it', () => {
  const t = (key: string, named: Record<string, unknown>) => `${key}(${Object.values(named).join('|')})`
  const lines = explainLines(
    {
      ...caseOf(mentionCard(1)).explanation,
      facts: [
        { fact: 'followers', value: 212_000 },
        { fact: 'country', value: null },
      ],
      runnerUp: { ruleId: 'r7', ruleName: 'Problems', ruleOrder: 7, deskId: 'd2', deskName: 'Technical' },
      flips: [
        { fact: 'influence', had: 86, needs: '< 80', wins: 'Problems' },
        { fact: 'sentiment', had: 'negative', needs: 'not negative or mixed', wins: 'Problems' },
        { fact: 'text', had: null, needs: 'not this or that', wins: 'Problems' },
      ],
    },
    t,
  )
  expect(lines).toEqual([
    'why.rule(4|Complaints to care)',
    'why.words(why.quoted(broken))',
    'why.facts(fact.followers() 212000)',
    'why.runnerUp(Technical|7|Problems)',
    'why.flip(fact.influence()|86|< 80)',
    'why.flip(fact.sentiment()|sentiment.negative()|why.not(sentiment.negative() why.or() sentiment.mixed()))',
    'why.flipText(not this or that)',
  ])
})

it('gives an unknown network a steady look', () => {
  expect(networkLook('Loomio')).toEqual(networkLook('Loomio'))
  expect(networkLook('').letter).toBe('?')
  for (const name of ['a', 'xyz', '日本']) expect(networkLook(name).colour).toBeGreaterThanOrEqual(1)
})

it.each([
  ['facebook', 'Facebook'],
  ['youtube', 'YouTube'],
  ['google-play', 'Google Play'],
  ['vk', 'VK'],
  ['x', 'X'],
  ['forums', '«network.forums»'],
  ['news', '«network.news»'],
  ['Loomio', 'Loomio'],
  ['constructor', 'constructor'],
])('names the network %s as people read it', (network, name) => {
  expect(networkName(network, (key) => `«${key}»`)).toBe(name)
})
