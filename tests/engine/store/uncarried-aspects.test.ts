import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tradeAspects } from '#shared/model/trade-aspects.ts'
import { connectionOf } from '#engine/store/connections.ts'
import { aspectMoods } from '#engine/store/queries/aspect-moods.ts'
import { replaceAspectWords } from '#engine/store/queries/corrections.ts'
import { uncarriedAspects } from '#engine/store/queries/uncarried-aspects.ts'
import { author, draft, noon, openTestStation, type TestStation } from './station.ts'

let station: TestStation
beforeEach(() => {
  station = openTestStation()
})
afterEach(() => station.close())

const hear = (texts: readonly string[], by = (at: number): string => `person${at}`) =>
  station.push(texts.map((text, at) => draft({ text, author: author(by(at)) })))
const times = (count: number, text: string): string[] => Array.from({ length: count }, (_, at) => `${text} no ${at}`)
const insights = (): string[] =>
  aspectMoods(station.store, { listenIds: [], from: 0, to: noon + 1 }, { cancelled: () => false }).aspects.map(
    ({ aspect }) => aspect,
  )
const carried = (): string[] => {
  const not = uncarriedAspects(station.store)
  return tradeAspects.filter((name) => !not.includes(name))
}

describe('aspects of other trades', () => {
  it('are no matter of a coffee brand, whatever its bags and its contracts with farmers', async () => {
    await hear([
      ...times(60, 'Lovely roast and a fair price'),
      ...times(20, 'The bag of beans was torn'),
      ...times(10, 'Their contract with the farmers is fair'),
      'Lost my luggage at the airport, at least your coffee there was good',
      'My suitcase smells of your beans since the flight',
    ])
    expect(insights()).toEqual(['price'])
    expect(carried()).toEqual([])
  })

  it('are those of a bank that its customers talk about', async () => {
    await hear([
      ...times(40, 'The app asks for my password again'),
      ...times(3, 'I cannot get out of my contract with you'),
      ...times(2, 'Der Vertrag wurde nicht verlängert'),
      'Bought luggage with the card',
    ])
    expect(insights()).toEqual(expect.arrayContaining(['contract', 'app']))
    expect(carried()).toEqual(['contract'])
  })

  it('are baggage for an airline, also in its first twenty posts', async () => {
    await hear([
      ...times(16, 'The crew was kind on the way to Oslo'),
      'My bag never came off the carousel',
      'Wo ist mein Koffer?',
      'Luggage lost between two flights',
      'The battery of my headphones died',
    ])
    expect(carried()).toEqual(['baggage'])
    expect(insights()).toEqual(['staff', 'baggage'])
  })

  it('are no matter of a station because one person speaks of them again and again', async () => {
    await hear([...times(10, 'Great espresso'), ...times(10, 'Where is my luggage?')], (at) =>
      at < 10 ? `guest${at}` : 'one',
    )
    expect(carried()).toEqual([])
  })

  it('are counted where nothing is known of who wrote, and where a person named them', async () => {
    await station.push(times(5, 'Where is my luggage?').map((text) => draft({ text, author: null })))
    expect(carried()).toEqual(['baggage'])
    station.store.transaction(() => replaceAspectWords(station.store, [{ aspect: 'contract', word: 'supply deal' }]))
    expect(carried()).toEqual(['baggage', 'contract'])
  })

  it('are what one of its listens is about, however loud the others are', async () => {
    await hear([...times(300, 'Good morning'), ...times(4, 'Luggage lost by Skyline')])
    expect(carried()).toEqual([])
    connectionOf(station.store).exec(`UPDATE mention SET listens = '7' WHERE text LIKE '%Skyline%'`)
    expect(carried()).toEqual(['baggage'])
  })
})
