import { afterEach, describe, expect, it } from 'vitest'
import { stationSettings } from '#engine/api/station-settings.ts'
import { germanReplies, germanRules } from '#engine/cases/starter-german.ts'
import { starterDesks } from '#engine/routing/starter-desks.ts'
import { starterRules } from '#engine/routing/starter-rules.ts'
import { languageOf } from '#hosts/system.ts'
import { lena, openHouse, type House } from './house.ts'

let house: House | undefined
afterEach(() => house?.close())

const names = ({ cases }: House) => ({
  desks: cases.book.desks().map(({ name }) => name),
  rules: cases.book.rules().map(({ name }) => name),
  replies: [...new Set(cases.replies.canned().map(({ name }) => name))],
})

describe('a new station', () => {
  it('starts in its own language, in everything that an officer reads', () => {
    house = openHouse()
    const english = names(house)
    stationSettings(house, 'de')
    const german = names(house)
    for (const what of ['desks', 'rules', 'replies'] as const) {
      expect(german[what]).toHaveLength(english[what].length)
      const same = german[what].filter((name) => english[what].includes(name))
      expect([what, same]).toEqual([what, []])
    }
    for (const desk of house.cases.book.desks()) expect(starterDesks('UTC').map((one) => one.purpose)).not.toContain(desk.purpose) // prettier-ignore
    const groups = new Set(starterRules().map((rule) => rule.group))
    expect(house.cases.book.rules().filter((rule) => groups.has(rule.group))).toEqual([])
    // The rules still decide the same: only names changed.
    const bare = (rules: readonly { when: unknown; then: unknown }[]) => rules.map(({ when, then }) => ({ when, then }))
    expect(bare(house.cases.book.rules())).toEqual(bare(starterRules()))
  })
  it('stays in English where that is its language, and journals nothing', () => {
    house = openHouse()
    const before = names(house)
    expect(stationSettings(house, 'en').settings().language).toBe('en')
    expect(names(house)).toEqual(before)
  })
  it('has a German name for every starter', () => {
    expect(Object.keys(germanRules).toSorted()).toEqual(starterRules().map(({ id }) => id).toSorted()) // prettier-ignore
    house = openHouse()
    expect(Object.keys(germanReplies).toSorted()).toEqual(names(house).replies.toSorted())
  })
})

describe('a station that changes its language', () => {
  it('renames what nobody touched, keeps what somebody named, and comes back', () => {
    house = openHouse()
    const { cases } = house
    const before = names(house)
    const care = cases.book.desk('desk_care')!
    cases.book.save({ ...care, name: 'Kundenglück' }, lena)
    const station = stationSettings(house, undefined)
    station.saveSettings({ language: 'de' }, lena)
    expect(cases.book.desk('desk_care')).toMatchObject({ name: 'Kundenglück', purpose: care.purpose })
    expect(cases.book.desk('desk_press')!.name).toBe('Presse')
    station.saveSettings({ language: 'en' }, lena)
    expect(names(house)).toEqual({ ...before, desks: before.desks.map((name) => (name === 'Care' ? 'Kundenglück' : name)) }) // prettier-ignore
  })
  it('is not talked out of it by the machine at the next start', () => {
    house = openHouse()
    stationSettings(house, 'de').saveSettings({ language: 'en' }, lena)
    expect(stationSettings(house, 'de').settings().language).toBe('en')
    expect(house.cases.book.desk('desk_press')!.name).toBe('Press')
  })
})

it.each([
  [{ LANG: 'de_DE.UTF-8' }, 'en-US', 'de'],
  [{ LC_ALL: 'C', LANG: 'de_DE.UTF-8' }, 'de-DE', 'en'],
  [{ LANG: '' }, 'de-AT', 'de'],
  [{}, 'fr-FR', 'en'],
  [{ LANG: 'den_CA' }, 'en-US', 'en'],
  [{ LANG: 'de' }, 'en-US', 'de'],
])('a machine that says %j and %s speaks %s', (env, platform, language) => {
  expect(languageOf(env, platform)).toBe(language)
})
