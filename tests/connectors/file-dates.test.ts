import { describe, expect, it } from 'vitest'
import { readContent, times } from './reading-files.ts'

const column = (...dates: string[]): string =>
  `id,date,text\n${dates.map((date, i) => `${i},"${date}",some text here ${i}`).join('\n')}`
const at = async (content: string, options = {}): Promise<string[]> => times(await readContent(content, options))

describe('dates of a whole column', () => {
  it('day and month are told by any row, also far down, or by the order of the rows', async () => {
    const early = Array.from({ length: 900 }, (_, i) => `0${(i % 9) + 1}/05/24 10:00`)
    expect((await at(column(...early, '13/05/24 10:00')))[1]).toBe('2024-05-02T10:00:00Z')
    expect(
      await at(column('01/02/2024', '05/02/2024', '01/03/2024', '02/04/2024', '05/05/2024', '01/06/2024')),
    ).toContain('2024-02-05T00:00:00Z')
    expect((await at(column('3/1/24', '3/2/24', '3/3/24', '3/4/24', '3/5/24', '3/6/24')))[1]).toBe(
      '2024-03-02T00:00:00Z',
    )
    expect(await at(column('24-03-01', '24-03-02', '24-03-15', '24-03-20'))).toContain('2024-03-20T00:00:00Z')
    expect(await at(column('45/03/04', '24/03/04'))).toEqual(['2045-03-04T00:00:00Z', '2024-03-04T00:00:00Z'])
  })

  it('numbers of a spreadsheet are days, in a column that is called a date', async () => {
    expect(await at(column('45352.378472', '45353'))).toEqual(['2024-03-01T09:05:00Z', '2024-03-02T00:00:00Z'])
    expect(await at('id;Datum;Uhrzeit;text\n1;45352;0,378472;some text here')).toEqual(['2024-03-01T09:05:00Z'])
    expect((await readContent('id,order,date,text\n1,45352,2024-01-01,some text here')).mapping['publishedAt']).toBe(
      'date',
    )
  })

  it.each<[string, string, string]>([
    ['a 12-hour clock', 'date,time,text\n20-Nov-2026,01:10PM,some text here', '2026-11-20T13:10:00Z'],
    ['a clock in German', 'Datum;Uhrzeit;Text\n20.11.2026;13.10;ein kurzer Text', '2026-11-20T13:10:00Z'],
    ['a date at midnight', 'date,time,text\n2026-11-20 00:00:00,13:10:05,some text here', '2026-11-20T13:10:05Z'],
    ['a zone of its own', 'date,time,timezone,text\n2026-11-20,10:00,-0500,some text here', '2026-11-20T15:00:00Z'],
    ['a place', 'created,tz,text\n2026-07-20 10:00,Europe/Paris,some text here', '2026-07-20T08:00:00Z'],
    [
      'a zone as Windows names it',
      'created,Time zone,text\n2026-11-20 10:00,(UTC+01:00) Berlin,some text',
      '2026-11-20T09:00:00Z',
    ],
    ['a zone in the header', 'Date (EST),text\n2026-11-20 10:00,some text here', '2026-11-20T15:00:00Z'],
  ])('date and time in columns of their own: %s', async (_, content, instant) => {
    expect(await at(content)).toEqual([instant])
  })

  it('an absolute instant comes before a local one, whatever it is called, and an edit is none', async () => {
    const rows = [0, 1, 2].map((i) => `${i},2026-11-20 14:0${i}:00,${1795179600 + i * 60},some text here ${i}`)
    expect((await at(`id,date,when_s,text\n${rows.join('\n')}`))[1]).toBe('2026-11-20T13:01:00Z')
    const edited = [0, 1, 2].map((i) => `${i},2026-11-20 14:0${i}:00,${1795279600 + i * 61},some text here ${i}`)
    expect((await at(`id,date,edited_unixtime,text\n${edited.join('\n')}`))[1]).toBe('2026-11-20T14:01:00Z')
    expect((await at(`id,date,date_unixtime,text\n${rows[0]}`))[0]).toBe('2026-11-20T13:00:00Z')
  })

  it('a date that most rows lack gives way to one that all have', async () => {
    const rows = [0, 1, 2, 3].map((i) =>
      JSON.stringify({
        ts: `179517960${i}.000100`,
        text: `hello there ${i}`,
        ...(i === 2 ? { created: '2020-01-01' } : {}),
      }),
    )
    expect(await at(rows.join('\n'))).toHaveLength(4)
    expect((await at(rows.join('\n')))[2]).toBe('2026-11-20T13:00:02Z')
  })

  it('takes the zone that is said for what has none', async () => {
    expect(await at(column('2026-07-20 10:00'), { zone: 'Europe/Berlin' })).toEqual(['2026-07-20T08:00:00Z'])
    expect(await at(column('2026-07-20 10:00Z'), { zone: '+05:00' })).toEqual(['2026-07-20T10:00:00Z'])
    await expect(readContent(column('2026-07-20'), { zone: 'Mars/Olympus' })).rejects.toThrow(/time zone/)
  })
})
