import { describe, expect, it } from 'vitest'
import { zoneOffset } from '#renderer/composables/time/zone-offset.ts'
import { aspectQuery, authorQuery, hourQuery, narrowed } from '#renderer/features/insights/evidence-query.ts'
import { termQuery } from '#renderer/composables/mentions/term-query.ts'
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

describe('the query behind a number', () => {
  it('is narrowed by fields', () => {
    expect(narrowed('aspect:"app"', 'sentiment:negative')).toBe('aspect:"app" sentiment:negative')
    expect(narrowed('', 'network:web')).toBe('network:web')
  })
  it('asks for a term as it was said, and for an author on their network', () => {
    expect(termQuery('#Kaffora')).toBe('#Kaffora')
    expect(termQuery('payment declined')).toBe('"payment declined"')
    expect(authorQuery('@lena@ruhr.social', 'mastodon')).toBe('author:"lena@ruhr.social" network:mastodon')
    expect(aspectQuery('app "pro"')).toBe('aspect:"app  pro"')
    for (const text of ['a "b" c', 'x\\', 'OR', "l'app", '#a_b', '#c++'])
      expect(parseQuery(termQuery(text)).ok, text).toBe(true)
  })
  it('asks for one hour of the week in every week of the period, by the clock on the wall', () => {
    // UTC+1 in winter, UTC+2 from 29 March 2026 on.
    const berlin = zoneOffset('Europe/Berlin')
    const period = { from: Date.UTC(2026, 2, 20), to: Date.UTC(2026, 3, 3) }
    expect(hourQuery({ weekday: 1, hour: 9 }, period, berlin)).toBe(
      '(since:2026-03-30T07:00 until:2026-03-30T07:59) OR (since:2026-03-23T08:00 until:2026-03-23T08:59)',
    )
    const query = parseQuery(hourQuery({ weekday: 5, hour: 0 }, period, berlin))
    expect(query.ok).toBe(true)
    expect(hourQuery({ weekday: 7, hour: 3 }, { from: period.to - 3_600_000, to: period.to }, berlin)).toBe('')
    const year = { from: Date.UTC(2020, 0, 1), to: Date.UTC(2026, 0, 1) }
    expect(hourQuery({ weekday: 2, hour: 12 }, year, berlin).split(' OR ')).toHaveLength(60)
  })
})
