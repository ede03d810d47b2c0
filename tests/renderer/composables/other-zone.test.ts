// @vitest-environment happy-dom
import { afterEach, expect, test } from 'vitest'
import { useWords } from '#renderer/composables/words/useWords.ts'
import { isOtherZone } from '#renderer/composables/time/other-zone.ts'
import { runInApp } from '../support/mount.ts'
import { hello } from '../support/fake-station.ts'

const kept = process.env['TZ']
afterEach(() => {
  if (kept === undefined) delete process.env['TZ']
  else process.env['TZ'] = kept
})

const WINTER = Date.UTC(2026, 0, 15, 9, 41, 8)
const SUMMER = Date.UTC(2026, 6, 15, 9, 41, 8)
const wordsIn = async (zone: string) => {
  process.env['TZ'] = zone
  const handlers = { station: { hello: () => hello({ now: WINTER, timeZone: 'Europe/Berlin' }) } }
  return (await runInApp(() => useWords(), { handlers })).result
}

test('a page in another zone names the zone at each time, over daylight saving', async () => {
  const words = await wordsIn('America/New_York')
  expect([words.time(WINTER), words.seconds(SUMMER)]).toEqual(['10:41 GMT+1', '11:41:08 GMT+2'])
  // The same hour twice in the night that the clocks go back.
  expect([0, 1].map((hour) => words.time(Date.UTC(2026, 9, 25, hour, 30)))).toEqual(['02:30 GMT+2', '02:30 GMT+1'])
  expect(words.bareTime(WINTER)).toBe('10:41')
  expect([words.dayAlone(WINTER), words.day(WINTER)]).toEqual(['Thu, Jan 15, GMT+1', 'Thu, Jan 15'])
})

test('a page in the same zone, whatever its name, says the time alone', async () => {
  const words = await wordsIn('Europe/Paris')
  expect([words.time(WINTER), words.seconds(SUMMER)]).toEqual(['10:41', '11:41:08'])
  expect(words.dayAlone(WINTER)).toBe(words.day(WINTER))
})

test('zones that agree only for a part of the year are other zones', () => {
  for (const [zone, page, other] of [
    ['Europe/London', 'Africa/Accra', true],
    ['America/Denver', 'America/Phoenix', true],
    ['Asia/Kolkata', 'Asia/Colombo', false],
    ['Europe/Berlin', 'Africa/Lagos', true],
    ['no/zone', 'UTC', false],
  ] as const)
    for (const at of [WINTER, SUMMER]) expect([zone, page, isOtherZone(zone, at, page)]).toEqual([zone, page, other])
})
