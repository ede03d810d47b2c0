import { afterEach, describe, expect, it } from 'vitest'
import { stationSettings } from '#engine/api/station-settings.ts'
import { en } from '#shared/words/en/index.ts'
import { starterDesks } from '#engine/starters/desks.ts'
import { planSteps } from '#engine/starters/plans.ts'
import { starterReplies } from '#engine/starters/replies.ts'
import { starterGroups, starterRules } from '#engine/starters/rules.ts'
import { languageOf } from '#hosts/system.ts'
import { lena, openHouse, type House } from '#tests/engine/cases/house.ts'

let house: House | undefined
afterEach(() => house?.close())

const names = ({ board }: House) => ({
  desks: board.book.desks().map(({ name }) => name),
  rules: board.book.rules().map(({ name }) => name),
  replies: [...new Set(board.canned.all().map(({ name }) => name))],
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
    for (const desk of house.board.book.desks()) expect(starterDesks('UTC').map((one) => one.purpose)).not.toContain(desk.purpose) // prettier-ignore
    const groups = new Set(starterRules().map((rule) => rule.group))
    expect(house.board.book.rules().filter((rule) => groups.has(rule.group))).toEqual([])
    // The rules still decide the same: only names changed.
    const bare = (rules: readonly { when: unknown; then: unknown }[]) => rules.map(({ when, then }) => ({ when, then }))
    expect(bare(house.board.book.rules())).toEqual(bare(starterRules()))
  })
  it('stays in English where that is its language, and journals nothing', () => {
    house = openHouse()
    const before = names(house)
    expect(stationSettings(house, 'en').settings().language).toBe('en')
    expect(names(house)).toEqual(before)
  })
  it('has names for every starter, and for nothing else', () => {
    const wanted = [
      ...starterDesks('UTC').flatMap(({ id }) => [id, `${id}_for`]),
      ...starterRules().flatMap(({ id }) => [id, `group_${starterGroups.get(id)}`]),
      ...starterReplies.map(({ id }) => id.replace(/_..$/, '')).flatMap((subject) => [subject, `${subject}_text`]),
      ...Object.entries(planSteps).flatMap(([plan, steps]) => [
        `plan_${plan}`,
        ...steps.map(([step]) => `plan_step_${step}`),
      ]),
    ]
    const codes = Object.keys(en).filter((code) => code.startsWith('starter.'))
    expect(codes.toSorted()).toEqual([...new Set(wanted)].map((name) => `starter.${name}`).toSorted())
  })
})

describe('a station that changes its language', () => {
  it('renames what nobody touched, keeps what somebody named, and comes back', () => {
    house = openHouse()
    const { board } = house
    const before = names(house)
    const care = board.book.desk('desk_care')!
    board.book.save({ ...care, name: 'Kundenglück' }, lena)
    const station = stationSettings(house, undefined)
    station.saveSettings({ language: 'de' }, lena)
    expect(board.book.desk('desk_care')).toMatchObject({ name: 'Kundenglück', purpose: care.purpose })
    expect(board.book.desk('desk_press')!.name).toBe('Presse')
    station.saveSettings({ language: 'en' }, lena)
    expect(names(house)).toEqual({ ...before, desks: before.desks.map((name) => (name === 'Care' ? 'Kundenglück' : name)) }) // prettier-ignore
  })
  it('is not talked out of it by the machine at the next start', () => {
    house = openHouse()
    stationSettings(house, 'de').saveSettings({ language: 'en' }, lena)
    expect(stationSettings(house, 'de').settings().language).toBe('en')
    expect(house.board.book.desk('desk_press')!.name).toBe('Press')
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
