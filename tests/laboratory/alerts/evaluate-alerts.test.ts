import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { random } from '#engine/understanding/linear/random.ts'
import { onsetOf } from '#laboratory/alerts/evaluate-crises.ts'
import { reportOf } from '#laboratory/alerts/evaluate-shifts.ts'
import { instantOf, widthOf } from '#laboratory/alerts/series-file.ts'
import { dataFolder } from '#tests/support/data-folder.ts'
import { answer, file, removeFiles } from '../evaluate.ts'

removeFiles()

const START = Date.UTC(2026, 2, 2)
const stamp = (at: number): string => new Date(START + at * 300_000).toISOString().slice(0, 19).replace('T', ' ')
/** Ten days by five minutes; the spike stands at row 2,000. */
function series(spike: number): string {
  const next = random(5)
  const rows = Array.from({ length: 2880 }, (_, at) => {
    const count = Math.floor(next() * 12) + (at >= 2000 && at < 2006 ? spike : 0)
    return `${stamp(at)},${count}`
  })
  return `timestamp,value\n${rows.join('\n')}\n`
}

interface Answer {
  score: number | null
  alerts: Record<string, string[]>
  files: { file: string; found: number; falseAlarms: number }[]
}

describe('evaluate alerts --series', () => {
  it('finds a spike in its window and says when, by the base name of the file', async () => {
    const path = file('calls.csv', series(120))
    const windows = file('windows.json', JSON.stringify({ calls: [[stamp(1990), stamp(2090)]] }))
    const found = (await answer('alerts', '--series', path, '--windows', windows)) as Answer
    expect(Object.keys(found.alerts)).toEqual(['calls'])
    expect(found.alerts['calls']).toHaveLength(1)
    expect([stamp(2000), stamp(2001)]).toContain(found.alerts['calls']![0])
    expect(found.files).toMatchObject([{ file: 'calls', found: 1, falseAlarms: 0 }])
    expect(found.score).toBeGreaterThan(95)
  })

  it('takes several series, gaps and columns in another order', async () => {
    const quiet = file('quiet.csv', series(0))
    const gaps = `value,timestamp\n${Array.from({ length: 400 }, (_, at) => `${at % 7 === 0 ? '' : 4},${stamp(at)}`).join('\n')}`
    const found = (await answer('alerts', '--series', quiet, '--series', file('gaps.csv', gaps))) as Answer
    expect(found).toMatchObject({ score: null, alerts: { quiet: [], gaps: [] } })
  })

  it.each([
    ['timestamp,count\n2026-01-01,3', /needs the columns timestamp and value/],
    ['timestamp,value\nyesterday,3', /line 2: "yesterday" is no time/],
    ['timestamp,value\n2026-01-01 00:00:00,-3', /line 2: "-3" is no count/],
    ['timestamp,value\n', /has no rows/],
  ])('says what is wrong with %j', async (content, message) => {
    await expect(answer('alerts', '--series', file('bad.csv', content))).rejects.toThrow(message)
  })

  it('needs something to measure', async () => {
    await expect(answer('alerts')).rejects.toThrow(/needs --series/)
  })

  it('reads times as UTC, and how far apart rows are', () => {
    expect(instantOf('2015-03-03 04:37:53.000000')).toBe(Date.UTC(2015, 2, 3, 4, 37, 53))
    expect(instantOf('2015-03-03T04:37:53+01:00')).toBe(Date.UTC(2015, 2, 3, 3, 37, 53))
    expect(instantOf('3.3.2015')).toBeNull()
    expect(widthOf([0, 300_000, 600_000, 3_600_000, 3_900_000])).toBe(5)
  })
})

describe('evaluate alerts --crises', () => {
  it('measures from the first mention of the first quarter hour with ten', async () => {
    const minute = (at: number, second = 0): number => Date.UTC(2026, 4, 1, 8, at, second)
    const times = [minute(-400), minute(-90), minute(3), ...Array.from({ length: 60 }, (_, at) => minute(16, at * 8))]
    expect(onsetOf(times)).toBe(minute(16))
    const rows = times.toReversed().map((time) => `"${new Date(time).toUTCString()}","1",Y`)
    const path = join(dirname(file('x', '')), '2026_Bohol_again', 'mentions-tweetids_entire_period.csv')
    mkdirSync(dirname(path))
    writeFileSync(path, `Timestamp, Tweet-ID, Included(Y/N)\n${rows.join('\n')}\n`)
    const found = (await answer('alerts', '--crises', dirname(dirname(path)))) as { medianMinutes: number }
    expect(found).toMatchObject({ crises: [{ crisis: '2026_Bohol_again', sudden: true, mentions: 63, earlier: 0 }] })
    expect(found.medianMinutes).toBeLessThan(6)
  })
})

const alerts = dataFolder('alerts')
describe.runIf(alerts)('on what others labelled', () => {
  it('holds what the alarm promises', async () => {
    const names = ['AAPL', 'AMZN', 'GOOG', 'IBM', 'KO', 'UPS']
    const call = names.flatMap((name) => ['--series', join(alerts!, 'nab', `${name}.csv`)])
    const found = (await answer('alerts', ...call, '--windows', join(alerts!, 'nab', 'windows.json'))) as Answer & {
      falseAlarmsPerWeek: number
    }
    expect(found.score).toBeGreaterThanOrEqual(70)
    expect(found.falseAlarmsPerWeek).toBeLessThanOrEqual(1)
    const crises = (await answer('alerts', '--crises', join(alerts!, 'crises'))) as { medianMinutes: number }
    expect(crises.medianMinutes).toBeLessThanOrEqual(10)
  })
})

describe('evaluate alerts --incidents', () => {
  it('counts from the first mention of the fast fault to the card that cites it', () => {
    const rows = [10, 20, 25, 30, 40].map((minute, at) => ({ minute, fault: at === 0 ? null : 'F1' }))
    const verdict = null as never
    const card = { problem: 1, minute: 31, verdict, cites: [1, 2, 3] }
    const report = reportOf('shop', rows, [{ problem: 9, minute: 12, verdict, cites: [0] }, card])
    expect(report).toMatchObject({ minutes: 11, cited: 3, of: 3, named: true, cards: 2, falseCards: 1 })
    expect(reportOf('shop', rows, [])).toMatchObject({ minutes: null, named: false, cards: 0 })
  })
})
