import { describe, expect, it } from 'vitest'
import { copied, freshCopies, judgeCopies } from '#engine/alerts/detect/copies.ts'
import { crisisOf, type Standing } from '#engine/alerts/detect/crisis.ts'
import { judgeClocks } from '#engine/alerts/detect/due-clocks.ts'
import { judgeEar } from '#engine/alerts/detect/ear.ts'
import { judgeMood, judgeVoice } from '#engine/alerts/detect/mood.ts'
import { freshProblemMemory, judgeProblem, type ProblemLook } from '#engine/alerts/detect/problem.ts'
import { freshShare, observeShare, type ShareState } from '#engine/alerts/detect/share.ts'
import { silencedBy } from '#engine/alerts/detect/silence.ts'
import { random } from '#engine/understanding/linear/random.ts'
import { DAY, MONDAY, poisson } from './series-of.ts'

const HOUR = 3_600_000

/** Ten days of mentions by five minutes, of which a third is the part; then an hour with another share. Codes of what was said in each. */
function shares(share: number, judge: typeof judgeMood, wholes = 6) {
  const next = random(3)
  const state = freshShare(5)
  const said: string[][] = [[], []]
  const bucket = (at: number, part: number): void => {
    const whole = poisson(next, wholes)
    const counts = { whole, part: Array.from({ length: whole }, () => next() < part).filter(Boolean).length }
    const reading = observeShare(state, MONDAY / 5 + at, counts)!
    const verdict = judge(reading, 'normal')
    if (verdict) said[at < (10 * DAY) / 5 ? 0 : 1]!.push(verdict.what.code)
  }
  for (let at = 0; at < (10 * DAY) / 5; at++) bucket(at, 0.33)
  for (let at = 0; at < 12; at++) bucket((10 * DAY) / 5 + at, share)
  return said
}

describe('shares', () => {
  it('a mood dips when the negative are a greater share than usual, however many write', () => {
    expect(shares(0.8, judgeMood)[1]).toContain('alert.mood')
    expect(shares(0.8, judgeMood, 20)[1]).toContain('alert.mood')
  })
  it('says nothing of ten ordinary days, of a share as usual, and of a mood that brightens', () => {
    expect(shares(0.33, judgeMood)).toEqual([[], []])
    expect(shares(0.02, judgeMood)[1]).toEqual([])
  })
  it('sees a brand that is spoken of more, and less', () => {
    expect(shares(0.85, judgeVoice)[1]).toContain('alert.voice')
    expect(shares(0.02, judgeVoice)[1]).toContain('alert.voice')
  })
  it('changes nothing when time goes backwards, and takes a gap for nothing', () => {
    const state: ShareState = freshShare(5)
    observeShare(state, 100, { part: 1, whole: 3 })
    const before = JSON.stringify(state)
    expect(observeShare(state, 100, { part: 50, whole: 50 })).toBeNull()
    expect(JSON.stringify(state)).toBe(before)
    expect(observeShare(state, 5000, null)).toMatchObject({ rise: null, fall: null })
  })
})

describe('problems', () => {
  const look = (changes: Partial<ProblemLook>): ProblemLook => ({
    at: 100 * HOUR,
    firstAt: 50 * HOUR,
    people: 1,
    heard: 20,
    knownHours: 100,
    negative: 1,
    peopleBefore: 24,
    networks: ['mastodon'],
    countries: ['de'],
    influencers: 0,
    solvedAt: null,
    peopleSinceSolved: 0,
    ...changes,
  })
  const code = (changes: Partial<ProblemLook>, memory = freshProblemMemory()) =>
    judgeProblem(memory, look(changes), 'normal')?.what.code
  it.each([
    [
      'three people in the hour in which it began',
      { firstAt: 99.5 * HOUR, people: 3, peopleBefore: 0 },
      'alert.problemNew',
    ],
    [
      'three in the first hour of a station',
      { firstAt: 99.5 * HOUR, people: 3, peopleBefore: 0, knownHours: 0.5 },
      undefined,
    ],
    ['six in it', { firstAt: 99.5 * HOUR, people: 6, peopleBefore: 0, knownHours: 0.5 }, 'alert.problemNew'],
    ['four of whom three a hour had spoken before', { firstAt: 95 * HOUR, people: 4, peopleBefore: 12 }, undefined],
    [
      'three of them among two hundred others',
      { firstAt: 99.5 * HOUR, people: 3, peopleBefore: 0, heard: 200 },
      undefined,
    ],
    ['three who are glad', { firstAt: 99.5 * HOUR, people: 3, peopleBefore: 0, negative: 0.2 }, undefined],
    ['two of them', { firstAt: 99.5 * HOUR, people: 2, peopleBefore: 0 }, undefined],
    ['nine where one an hour is usual', { people: 9 }, 'alert.problemGrows'],
    ['three where one is', { people: 3 }, undefined],
    ['thirty where thirty are', { people: 30, peopleBefore: 700 }, undefined],
    ['two since it was solved', { solvedAt: 90 * HOUR, peopleSinceSolved: 2 }, 'alert.problemBack'],
    ['one since then', { solvedAt: 90 * HOUR, peopleSinceSolved: 1 }, undefined],
  ] satisfies [string, Partial<ProblemLook>, string | undefined][])('%s', (_, changes, expected) => {
    expect(code(changes)).toBe(expected)
  })
  it('tells once that it has come to another network, another country, and to somebody with reach', () => {
    const memory = freshProblemMemory()
    const now = (changes: Partial<ProblemLook>) => code({ people: 3, ...changes }, memory)
    expect(now({})).toBeUndefined()
    expect(now({ networks: ['mastodon', 'mail'] })).toBe('alert.problemNetwork')
    expect(now({ networks: ['mastodon', 'mail'] })).toBeUndefined()
    expect(now({ countries: ['de', 'fr'] })).toBe('alert.problemCountry')
    expect(now({ influencers: 1 })).toBe('alert.problemInfluencer')
    expect(now({ influencers: 1 })).toBeUndefined()
  })
  it.each([
    ['while it is new', { firstAt: 99 * HOUR, peopleBefore: 6 }],
    ['of talk that is not negative', { negative: 0.2 }],
    ['of one person in the hour', { people: 1 }],
  ])('says nothing of a further network %s', (_, changes) => {
    const memory = freshProblemMemory()
    code({ people: 3, ...changes }, memory)
    expect(code({ people: 3, ...changes, networks: ['mail'] }, memory)).toBeUndefined()
  })
})

describe('copies', () => {
  it('counts accounts, not posts, within minutes', () => {
    const state = freshCopies()
    for (let at = 0; at < 9; at++) copied(state, 'text', 'one', at)
    for (let at = 0; at < 5; at++) copied(state, 'other', `a${at}`, at)
    expect(judgeCopies(state, 9, 'normal')).toEqual([])
    copied(state, 'other', 'a5', 9)
    expect(judgeCopies(state, 9, 'normal')).toMatchObject([
      { of: 'other', verdict: { observed: 6, detector: 'copies' } },
    ])
    expect(judgeCopies(state, 40, 'normal')).toEqual([])
  })
})

describe('ears and clocks', () => {
  const ear = { at: 10 * HOUR, everyMinutes: 2, reading: null }
  it('an ear is broken after some looks in a row failed, and not sooner', () => {
    expect(judgeEar({ ...ear, failingSince: ear.at - 12 * 60_000 }, 'normal')?.what.code).toBe('alert.earBroken')
    expect(judgeEar({ ...ear, failingSince: ear.at - 5 * 60_000 }, 'normal')).toBeNull()
    expect(judgeEar({ ...ear, everyMinutes: 60, failingSince: ear.at - 100 * 60_000 }, 'normal')).toBeNull()
    expect(judgeEar({ ...ear, failingSince: null }, 'normal')).toBeNull()
  })
  it('clocks are many when they are more than the desk gets done', () => {
    const clocks = { minutes: 30, due: 8, untaken: 3, usuallyDone: 4 }
    expect(judgeClocks(clocks, 'normal')?.detector).toBe('clocks')
    expect(judgeClocks({ ...clocks, usuallyDone: 12 }, 'normal')).toBeNull()
    expect(judgeClocks({ ...clocks, untaken: 0 }, 'normal')).toBeNull()
    expect(judgeClocks({ ...clocks, due: 4, usuallyDone: null }, 'normal')).toBeNull()
  })
})

describe('planned silences and crises', () => {
  it('a silence covers its time, its detectors and its subjects', () => {
    const release = { id: 'r', from: 100, to: 200, detectors: ['rise'] as const, about: ['listen:1'] }
    expect(silencedBy([release], 'rise', ['listen:1', 'brand:2'], 150)).toBe(release)
    expect(silencedBy([release], 'rise', ['listen:1'], 200)).toBeNull()
    expect(silencedBy([release], 'ear', ['listen:1'], 150)).toBeNull()
    expect(silencedBy([release], 'rise', ['listen:2'], 150)).toBeNull()
    expect(silencedBy([{ ...release, detectors: [], about: [] }], 'ear', ['source:1'], 150)?.id).toBe('r')
  })
  it('what is about the same subject at the same time is one crisis; an ear is its own', () => {
    const first: Standing = {
      key: 'a',
      crisis: 'a',
      detector: 'problem',
      about: ['problem:7', 'listen:1'],
      since: 0,
      lastAt: HOUR,
    }
    expect(crisisOf([first], 'b', 'rise', ['listen:1'], HOUR)).toBe('a')
    expect(crisisOf([first], 'b', 'rise', ['listen:2'], HOUR)).toBe('b')
    expect(crisisOf([first], 'b', 'mood', ['listen:1'], 4 * HOUR)).toBe('b')
    expect(crisisOf([first], 'b', 'ear', ['listen:1'], HOUR)).toBe('b')
    const joined: Standing = { ...first, key: 'b', detector: 'rise', about: ['listen:1'], since: 10 }
    expect(crisisOf([joined, first], 'c', 'negative', ['listen:1'], HOUR)).toBe('a')
  })
})
