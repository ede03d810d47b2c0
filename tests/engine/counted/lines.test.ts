import { describe, expect, it } from 'vitest'
import { readLines, readNumber } from '#engine/counted/lines.ts'
import { readSent } from '#engine/counted/sent.ts'

const zone = 'Europe/Berlin'
const first = { reading: null, firstLine: 1, zone }
const utc = (text: string) => Date.parse(text)

describe('a number', () => {
  it.each([
    ['12', 12],
    ['1,234', 1234],
    ['1.234,5', 1234.5],
    ['1,234.5', 1234.5],
    ['1 234', 1234],
    ['1.234.567', 1234567],
    ['12,34', 12.34],
    ['1,23,456', null],
    ['12.', 12],
    ['0,5', 0.5],
    ['1.5', 1.5],
    ['-3', -3],
    ['1e3', 1000],
    ['', null],
    ['n/a', null],
    ['12 calls', null],
    ['1.2.3,4,5', null],
    ['∞', null],
  ])('is read of %s', (cell, value) => expect(readNumber(cell)).toBe(value))
})

describe('lines of a time and a number', () => {
  it('are read with and without a head, in any order, with whatever stands between', () => {
    const at = utc('2026-11-20T10:00:00Z')
    for (const text of [
      'timestamp,value\n2026-11-20T10:00:00Z,12\n',
      'value;queue;timestamp\n12;north;2026-11-20T10:00:00Z\n',
      '12\t2026-11-20T10:00:00Z\n',
      '\uFEFFZeit;Anzahl\r\n20.11.2026 11:00;12\r\n',
      `${at / 1000},12`,
    ])
      expect(readLines(text, first).lines.map((line) => [line.at, line.value])).toEqual([[at, 12]])
  })
  it('say no zone: then it is the zone of the station', () => {
    expect(readLines('2026-07-01 10:00,1', first).lines[0]!.at).toBe(utc('2026-07-01T08:00:00Z'))
    expect(readLines('2026-11-20 10:00,1', first).lines[0]!.at).toBe(utc('2026-11-20T09:00:00Z'))
  })
  it('are left out one by one where they cannot be used, and named', () => {
    const text = 'time,n\n2026-11-20T10:00:00Z,1\nsoon,2\n\n2026-11-20T10:02:00Z,many\n2026-11-20T10:03:00Z,-4\n'
    const { lines, faults } = readLines(text, first)
    expect(lines.map(({ line }) => line)).toEqual([2])
    expect(faults.map(({ line, why }) => [line, why.code])).toEqual([
      [3, 'counted.noTime'],
      [5, 'counted.noNumber'],
      [6, 'counted.outOfRange'],
    ])
  })
  it('of a later block are read like those of the first, with their own numbers', () => {
    const { reading } = readLines('n,time\n3,2026-11-20T10:00:00Z\n', first)
    const { lines } = readLines('4,2026-11-20T10:01:00Z\n', { reading, firstLine: 1000, zone })
    expect(lines).toEqual([{ line: 1000, at: utc('2026-11-20T10:01:00Z'), value: 4 }])
  })
  it('of nothing and of one column give nothing and faults', () => {
    expect(readLines('', first)).toMatchObject({ lines: [], faults: [] })
    expect(readLines('\n\n', first)).toMatchObject({ lines: [], faults: [] })
    expect(readLines('only\nwords\n', first).faults).toHaveLength(1)
  })
})

describe('what a program sends', () => {
  const now = utc('2026-11-20T10:00:00Z')
  const sent = (body: unknown, type = 'application/json') =>
    readSent(type, typeof body === 'string' ? body : JSON.stringify(body), { now, zone })

  it('is one number, a list of them, or lines', () => {
    expect(sent({ value: 3 })).toMatchObject({ lines: [{ at: now, value: 3, add: false }] })
    expect(sent(7)).toMatchObject({ lines: [{ at: now, value: 7 }] })
    expect(sent({ add: 1 })).toMatchObject({ lines: [{ at: now, value: 1, add: true }] })
    const two = [
      { at: now - 60_000, value: 1 },
      { at: '2026-11-20T10:00:00Z', value: 2 },
    ]
    expect(sent({ values: two })).toMatchObject({ lines: [{ at: now - 60_000 }, { at: now }] })
    expect(sent('2026-11-20T10:00:00Z,5', 'text/csv; charset=utf-8')).toMatchObject({ lines: [{ at: now, value: 5 }] })
  })
  it('is refused in words where it is none', () => {
    expect(sent('{"value": ')).toEqual({ why: 'This is not JSON.' })
    expect(sent('<x/>', 'application/xml')).toHaveProperty('why')
    expect(sent({ values: Array.from({ length: 10_001 }, () => 1) })).toHaveProperty('why')
    for (const bad of [{ value: -1 }, { value: '3' }, {}, { value: 1, add: 1 }, null, 'x', { at: 'soon', value: 1 }])
      expect(sent([bad])).toMatchObject({ lines: [], faults: [{ line: 1 }] })
  })
})
