import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connectionOf } from '#engine/store/connections.ts'
import { aspectMoods } from '#engine/store/queries/aspect-moods.ts'
import { topAuthors } from '#engine/store/queries/top-authors.ts'
import { topTerms } from '#engine/store/queries/top-terms.ts'
import { writeInfluence } from '#engine/store/queries/persons.ts'
import { author, draft, noon, openTestStation, type TestStation } from './station.ts'

const HOUR = 3_600_000
const going = { cancelled: () => false }
let station: TestStation
beforeEach(() => {
  station = openTestStation()
})
afterEach(() => station.close())

const hear = (texts: readonly string[], at: number, by = 'ana', more = {}): Promise<unknown> =>
  station.push(texts.map((text, n) => draft({ text, publishedAt: at + n, author: author(by), ...more })))
const terms = (more = {}) =>
  topTerms(
    station.store,
    { listenIds: [], from: noon - HOUR, to: noon, before: { from: noon - 2 * HOUR, to: noon - HOUR }, limit: 10, skip: ['the', 'is', 'again'], ...more },
    going,
  ) // prettier-ignore

describe('terms of a period', () => {
  it('are words, pairs and hashtags, with how they rose', async () => {
    await hear(['the delivery is late', 'nice weather', 'weather report'], noon - 2 * HOUR + 1000)
    await hear(
      [
        'Payment declined again',
        'payment declined #Kaffora',
        'my payment declined!',
        'weather again',
        'WEATHER #kaffora',
      ],
      noon - HOUR + 1000,
    )
    const { terms: found, mentions, complete } = terms()
    expect({ mentions, complete }).toEqual({ mentions: 5, complete: true })
    expect(found[0]).toMatchObject({ term: 'payment declined', mentions: 3, before: 0 })
    expect(found.find(({ term }) => term === '#kaffora')).toMatchObject({ mentions: 2 })
    const weather = found.find(({ term }) => term.toLowerCase() === 'weather')!
    expect(weather).toMatchObject({ mentions: 2, before: 3 })
    expect(weather.rise).toBeLessThan(0)
    expect(found[0]!.rise).toBeGreaterThan(1)
    expect(found.map(({ term }) => term.toLowerCase())).not.toContain('payment')
    expect(terms({ before: null }).terms[0]).toMatchObject({ before: null, rise: null })
  })

  it('leave out what was written to the company alone, and are none in an empty period', async () => {
    await hear(['secret harbour', 'secret harbour'], noon - 1000, 'bo', { private: true })
    expect(terms().terms).toEqual([])
    expect(terms({ from: 5, to: 5, before: null })).toEqual({ terms: [], mentions: 0, complete: true })
    expect(terms({ listenIds: ['lst_gone'], before: null }).terms).toEqual([])
  })

  it('are estimated from a bounded part of a loud period', async () => {
    const texts = Array.from({ length: 1000 }, (_, n) => `${n % 4 === 0 ? 'outage' : 'sunshine'} word${n}`)
    await hear(texts, noon - 30 * 60_000)
    const { terms: found, mentions, complete } = terms({ before: null, most: 960 })
    expect(complete).toBe(false)
    expect(mentions).toBe(1000)
    expect(found[0]).toMatchObject({ term: 'sunshine', mentions: 750 })
    expect(found[1]).toMatchObject({ term: 'outage', mentions: 250 })
  })
})

describe('authors of a period', () => {
  it('are those who say most and those with most influence', async () => {
    await hear(['one', 'two', 'three'], noon - 1000, 'busy')
    await hear(['four'], noon - 900, 'star')
    await hear(['five'], noon - 3 * HOUR, 'earlier')
    await hear(['six'], noon - 800, 'quiet')
    const key = connectionOf(station.store).prepare(`SELECT author_key FROM mention WHERE author_id = 'star'`).pluck().get() as number // prettier-ignore
    station.store.transaction(
      () =>
      writeInfluence(station.store, { author_key: key, influence: 91, reach: 91, resonance: null, relevance: null, history: 5, engagement_sum: 0, engagement_known: 0, mentions: 1, heard: 1, updated_at: noon }), // prettier-ignore
    )
    const { authors, complete } = topAuthors(
      station.store,
      { listenIds: [], from: noon - HOUR, to: noon, limit: 1 },
      going,
    )
    expect(complete).toBe(true)
    expect(authors).toEqual([
      expect.objectContaining({ handle: '@busy', network: 'mastodon', mentions: 3, followers: null, influence: null }),
      expect.objectContaining({ handle: '@star', mentions: 1, influence: 91 }),
    ])
  })
})

describe('aspects of a period', () => {
  it('are found also where much was heard since, and say when there was more than is looked at', async () => {
    const hour = (ago: number, texts: readonly string[]) => hear(texts, noon - ago * HOUR)
    // Rows 1 to 4095: one block.
    await hour(3, ['what a lovely delivery', ...Array.from({ length: 4094 }, () => 'good morning')])
    await hour(
      1,
      Array.from({ length: 6000 }, () => 'what a lovely app'),
    )
    const ask = (from: number, to: number, most: number) =>
      aspectMoods(station.store, { listenIds: [], from, to, most }, going)
    const named = ({ aspects, complete }: ReturnType<typeof ask>) => ({ names: aspects.map(({ aspect }) => aspect), complete }) // prettier-ignore
    expect(named(ask(noon - 4 * HOUR, noon - 2 * HOUR, 5000))).toEqual({ names: ['delivery'], complete: true })
    expect(ask(noon - 2 * HOUR, noon, 5000).complete).toBe(false)
    expect(ask(noon - 2 * HOUR, noon, 100_000)).toMatchObject({ aspects: [{ aspect: 'app' }], complete: true })
  })
})
