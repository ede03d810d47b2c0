import { asWritten } from '#shared/words/said.ts'
import { describe, expect, it } from 'vitest'
import { rank } from '#renderer/app/palette-search.ts'
import { timeTicks } from '#renderer/charts/time-ticks.ts'
import { formValues, missingFields, toConfig } from '#renderer/features/sources/source-form.ts'
import { splitNames } from '#renderer/features/welcome/split-names.ts'

type Field = Parameters<typeof formValues>[0][number]
const field = (key: string, kind: Field['kind'], more: Partial<Field> = {}): Field => ({
  key,
  label: asWritten(key),
  hint: asWritten(''),
  kind,
  choices: [],
  required: false,
  ...more,
})

describe('the form of a source', () => {
  const fields = [
    field('instance', 'text', { required: true, initial: 'mastodon.social' }),
    field('hashtags', 'list'),
    field('every', 'number'),
    field('replies', 'boolean', { initial: true }),
  ]
  it('starts with what is kept, else with what the connector proposes', () => {
    expect(formValues(fields, { hashtags: ['a', 'b'], replies: false })).toEqual({
      instance: 'mastodon.social',
      hashtags: 'a\nb',
      every: '',
      replies: false,
    })
  })
  it('sends lists as lists, numbers as numbers, leaves out what is empty and keeps what it does not know', () => {
    expect(
      toConfig(
        fields,
        { instance: ' chaos.social ', hashtags: 'kaffora,  #app\n', every: '30', replies: true },
        { secretSetting: 1, every: 5 },
      ),
    ).toEqual({ instance: 'chaos.social', hashtags: ['kaffora', '#app'], every: 30, replies: true, secretSetting: 1 })
    expect(toConfig(fields, { instance: 'x', hashtags: '', every: '', replies: false }, {})).toEqual({
      instance: 'x',
      replies: false,
    })
  })
  it('leaves a number that is none to the engine to refuse', () => {
    expect(toConfig([field('every', 'number')], { every: 'often' }, {})).toEqual({ every: 'often' })
  })
  it('knows what is missing', () => {
    expect(missingFields(fields, { instance: '  ' })).toEqual(['instance'])
  })
})

it('splits names by comma, semicolon and line, without doubles', () => {
  expect(splitNames(' Brewly, brewly;Café Noir\n\n, ')).toEqual(['Brewly', 'Café Noir'])
  expect(splitNames('')).toEqual([])
  expect(splitNames(Array.from({ length: 80 }, (_, at) => `n${at}`).join(','))).toHaveLength(50)
})

describe('the palette', () => {
  const items = ['Wall', 'Settings', 'Add a source', 'Wall mode', 'Übersicht'].map((label) => ({
    label,
    group: 'Views',
    words: label === 'Settings' ? 'theme dark' : '',
  }))
  const found = (asked: string) => rank(items, asked).map((item) => item.label)
  it('ranks beginnings before middles, needs every word, ignores case and accents', () => {
    expect(found('wall')).toEqual(['Wall', 'Wall mode'])
    expect(found('wall mo')).toEqual(['Wall mode'])
    expect(found('uber')).toEqual(['Übersicht'])
    expect(found('dark')).toEqual(['Settings'])
    expect(found('source')).toEqual(['Add a source'])
    expect(found('xyz')).toEqual([])
    expect(found('')).toHaveLength(5)
  })
})

describe('labels of a time axis', () => {
  it('stand on round local times, a day where midnight is', () => {
    const hour = 3_600_000
    const start = Date.UTC(2026, 2, 1, 20)
    const at = Array.from({ length: 96 }, (_, index) => start + index * 5 * 60_000)
    const ticks = timeTicks(at, 5 * 60_000, 'Europe/Berlin')
    const labelled = at.filter((_, index) => ticks[index])
    expect(labelled.length).toBeGreaterThanOrEqual(3)
    expect(labelled.length).toBeLessThanOrEqual(8)
    expect(labelled.every((moment) => moment % hour === 0)).toBe(true)
    const days = Array.from({ length: 84 }, (_, index) => start + index * 2 * hour)
    const kinds = timeTicks(days, 2 * hour, 'UTC')
    expect(kinds.filter((kind) => kind === 'day').length).toBeGreaterThanOrEqual(6)
    expect(timeTicks([], 1, 'UTC')).toEqual([])
    // Where midnight is skipped, a day begins at one.
    for (const [zone, from] of [
      ['Asia/Beirut', '2026-03-27T22:00Z'],
      ['Africa/Cairo', '2026-04-22T22:00Z'],
      ['America/Havana', '2026-03-07T05:00Z'],
    ] as const) {
      const bars = Array.from({ length: 71 }, (_, index) => Date.parse(from) + index * hour)
      const shown = timeTicks(bars, hour, zone, 12)
      expect(
        bars
          .filter((_, index) => shown[index] === 'day')
          .map((one) => new Intl.DateTimeFormat('en', { timeZone: zone, day: 'numeric' }).format(one)),
      ).toHaveLength(3)
    }
  })
})
