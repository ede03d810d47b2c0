import { beforeEach, describe, expect, it } from 'vitest'
import { createPresence, SILENT_MS } from '#engine/live/presence.ts'
import type { Presence } from '#engine/live/presence.ts'
import { cleanOfficerName, officerIdOf } from '#shared/model/looker.ts'
import { ManualClock } from '#tests/support/manual-clock.ts'

const mara = { id: 'officer:mara', name: 'Mara' }
const ken = { id: 'officer:ken', name: 'Ken' }

describe('who has which case open', () => {
  let clock: ManualClock
  let presence: Presence
  let told: number
  const seen = () => presence.list().map(({ page, officer, caseId, doing }) => [page, officer.name, caseId, doing])
  beforeEach(() => {
    clock = new ManualClock()
    presence = createPresence({ clock })
    told = 0
    presence.onChanged(() => told++)
  })

  it('tells of each page what it shows, in order of arrival', () => {
    presence.look('p1', mara, 'cas_1', 'looking')
    presence.look('p2', ken, null, 'looking')
    presence.look('p1', mara, 'cas_1', 'writing')
    expect(seen()).toEqual([
      ['p1', 'Mara', 'cas_1', 'writing'],
      ['p2', 'Ken', null, 'looking'],
    ])
    expect(told).toBe(3)
  })

  it('says since when, and says nothing when a page only shows that it is alive', () => {
    presence.look('p1', mara, 'cas_1', 'writing')
    const [{ since } = { since: 0 }] = presence.list()
    clock.advance(30_000)
    presence.look('p1', mara, 'cas_1', 'writing')
    expect(presence.list()[0]?.since).toBe(since)
    expect(told).toBe(1)
    presence.look('p1', mara, 'cas_2', 'writing')
    expect(presence.list()[0]?.since).toBe(since + 30_000)
    expect(told).toBe(2)
  })

  it('forgets a page when it closes, and each page that falls silent by itself', () => {
    presence.look('p1', mara, 'cas_1', 'writing')
    presence.look('p2', ken, 'cas_1', 'looking')
    presence.leave('p2')
    expect(seen()).toEqual([['p1', 'Mara', 'cas_1', 'writing']])
    presence.leave('p2')
    expect(told).toBe(3)
    clock.advance(SILENT_MS - 1)
    expect(presence.list()).toHaveLength(1)
    clock.advance(1)
    expect(presence.list()).toEqual([])
    expect(told).toBe(4)
  })

  it('keeps who goes on saying so, however long', () => {
    presence.look('p1', mara, 'cas_1', 'writing')
    presence.look('p2', ken, 'cas_1', 'looking')
    for (let minute = 0; minute < 30; minute++) {
      clock.advance(60_000)
      presence.look('p1', mara, 'cas_1', 'writing')
    }
    expect(seen()).toEqual([['p1', 'Mara', 'cas_1', 'writing']])
  })

  it('hears of another name on the same page', () => {
    presence.look('p1', mara, 'cas_1', 'looking')
    presence.look('p1', ken, 'cas_1', 'looking')
    expect(seen()).toEqual([['p1', 'Ken', 'cas_1', 'looking']])
    expect(told).toBe(2)
  })

  it('stays bounded: of too many pages the one heard longest ago goes', () => {
    for (let page = 0; page < 1_000; page++) presence.look(`p${page}`, mara, null, 'looking')
    expect(presence.list()).toHaveLength(200)
    expect(presence.list()[0]?.page).toBe('p800')
  })

  it('holds nothing after it was stopped', () => {
    presence.look('p1', mara, 'cas_1', 'writing')
    presence.stop()
    clock.advance(SILENT_MS * 2)
    expect([presence.list(), told]).toEqual([[], 1])
  })
})

describe('the name an officer goes by', () => {
  it.each([
    ['  Mara  ', 'Mara'],
    ['Ma\tra\n Löw', 'Ma ra Löw'],
    ['\u202eaRaM', 'aRaM'],
    ['Mara\u200b', 'Mara'],
    ['\u0000\u2028', ''],
    ['n'.repeat(200), 'n'.repeat(120)],
    ['مها', 'مها'],
  ])('%j is shown as %j', (typed, shown) => {
    expect(cleanOfficerName(typed)).toBe(shown)
  })

  it('is the same officer in whatever case it was typed', () => {
    expect(officerIdOf(' MARA ')).toBe(officerIdOf('mara'))
    expect(officerIdOf('Mara')).not.toBe(officerIdOf('Maria'))
  })
})
