import { describe, expect, it } from 'vitest'
import { fileName } from '#renderer/components/save-file.ts'
import { zoneOffset } from '#renderer/composables/time/zone-offset.ts'

describe('zoneOffset', () => {
  it('follows daylight saving and odd zones', () => {
    expect(zoneOffset('Europe/Berlin')(Date.UTC(2026, 6, 1))).toBe(120)
    expect(zoneOffset('Europe/Berlin')(Date.UTC(2026, 0, 1))).toBe(60)
    expect(zoneOffset('Asia/Kolkata')(Date.UTC(2026, 0, 1, 20, 17, 45))).toBe(330)
    expect(zoneOffset('America/New_York')(Date.UTC(2026, 0, 1))).toBe(-300)
  })
  it('takes an unknown zone for UTC', () => {
    expect(zoneOffset('Nowhere/Here')(0)).toBe(0)
  })
})

describe('fileName', () => {
  it.each([
    ['Frühschicht 21. Nov.csv', 'Frühschicht-21.-Nov.csv'],
    ['../../etc/passwd.ndjson', 'etc-passwd.ndjson'],
    ['a\u0000b:c*?.csv', 'a-b-c.csv'],
    ['///.csv', 'earshot.csv'],
    ['', 'earshot'],
  ])('%j → %j', (name, expected) => {
    expect(fileName(name)).toBe(expected)
  })
  it('is short enough for every file system', () => {
    expect(fileName(`${'x'.repeat(500)}.csv`).length).toBeLessThanOrEqual(104)
  })
})
