import { describe, expect, it } from 'vitest'
import { narrowed, wordsQuery } from '#renderer/features/insights/evidence-query.ts'
import {
  allOf,
  changeOf,
  moodWidths,
  negativeShare,
  sumMoods,
  totalsBeside,
} from '#renderer/features/insights/insight-numbers.ts'
import { parseQuery } from '#shared/query/parse.ts'

const bucket = (at: number, negative: number, neutral: number, positive: number) => ({
  at,
  negative,
  neutral,
  positive,
})

describe('numbers of a period', () => {
  it('sum its bars', () => {
    const sum = sumMoods([bucket(0, 1, 2, 3), bucket(1, 4, 0, 0)])
    expect(sum).toEqual({ negative: 5, neutral: 2, positive: 3 })
    expect([allOf(sum), negativeShare(sum), moodWidths(sum)]).toEqual([10, 0.5, [50, 20, 30]])
  })
  it('stay calm when nothing was said', () => {
    const none = sumMoods([])
    expect([allOf(none), negativeShare(none), moodWidths(none)]).toEqual([0, null, [0, 0, 0]])
  })
  it('are set against the ones before', () => {
    expect(changeOf(150, 100)).toEqual({ way: 'up', share: 0.5 })
    expect(changeOf(50, 100)).toEqual({ way: 'down', share: 0.5 })
    expect(changeOf(7, 0)).toEqual({ way: 'up', share: null })
    expect(changeOf(0, 0)).toEqual({ way: 'same', share: null })
  })
  it('line the earlier bars up with these', () => {
    expect(totalsBeside(3, [bucket(0, 1, 1, 1), bucket(1, 0, 0, 2)])).toEqual([3, 2, 0])
    expect(totalsBeside(1, [bucket(0, 1, 0, 0), bucket(1, 9, 9, 9)])).toEqual([1])
  })
})

describe('the query behind an aspect', () => {
  it('asks for any of its words, phrases and beginnings', () => {
    expect(wordsQuery(['app', 'log in', 'rechnung*'])).toBe('("app" OR "log in" OR rechnung*)')
    expect(wordsQuery(['app', 'app'])).toBe('"app"')
    expect(wordsQuery([])).toBe('')
  })
  it('stays a query whatever stands in a dictionary', () => {
    for (const word of ['a "b" c', 'x\\', 'OR', '(', "l'app", 'a:b', 'falcon x*']) {
      const query = wordsQuery([word, 'app'])
      expect(parseQuery(query).ok, query).toBe(true)
    }
  })
  it('is narrowed by fields', () => {
    expect(narrowed('"app"', 'sentiment:negative')).toBe('"app" sentiment:negative')
    expect(narrowed('', 'network:web')).toBe('network:web')
  })
})
