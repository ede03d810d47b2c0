import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createResiduals } from '#engine/alerts/detect/residuals.ts'
import { openTestEngine } from '#tests/support/engine.ts'
import { ManualClock } from '#tests/support/manual-clock.ts'

const MINUTE = 60_000
const HOUR = 60
const DAY = 1_440

/** Evenly between 0 and 1, the same each time: Park and Miller, 1988. */
function evenly(seed: number): () => number {
  let state = seed
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
}

describe('residuals', () => {
  it('are the Poisson of a series that is smoother, and know nothing of too few numbers', () => {
    const residuals = createResiduals()
    for (let at = 0; at < 11; at++) residuals.add(5, 100, 100)
    expect(residuals.burstAt(5)).toBeNull()
    residuals.add(5, 101, 100)
    expect(residuals.burstAt(5)).toBe(1)
  })

  it('are of their own hour of the week, else of that of the day, and one crisis in ten widens nothing', () => {
    const residuals = createResiduals()
    for (let at = 0; at < 20; at++) residuals.add(3, at % 2 ? 130 : 70, 100)
    for (let at = 0; at < 20; at++) residuals.add(27, at < 2 ? 9_000 : 100, 100)
    // 30 off where √100 is expected, as the median.
    expect(residuals.burstAt(3)).toBeCloseTo((3 / 0.6745) ** 2, 5)
    expect(residuals.burstAt(27)).toBe(1)
    // Of both together, more than half are off.
    expect(residuals.burstAt(51)).toBeCloseTo((3 / 0.6745) ** 2, 5)
    expect(residuals.burstAt(10)).toBe(residuals.burstAt(51))
  })
})

describe('the band of a counted series', () => {
  let clock: ManualClock
  let test: Awaited<ReturnType<typeof openTestEngine>>
  let made = 0
  beforeEach(async () => {
    clock = new ManualClock('2026-11-20T10:00:00Z')
    test = await openTestEngine({ clock, timeZone: 'UTC' })
  })
  afterEach(() => test.close())

  /** Four weeks of it, and the band over the last `hours` of them. */
  async function bandOf(value: (minute: number) => number, hours: number, kind: 'sum' | 'level' = 'sum') {
    const officer = test.engine.client('officer', { kind: 'officer', id: 'officer:Mara', name: 'Mara' })
    const { series } = await officer.series.save({
      id: null,
      name: `Calls ${++made}`,
      unit: '',
      kind,
      everyMinutes: 5,
      bad: 'up',
      sensitivity: null,
      listenId: null,
      enabled: true,
    })
    const now = clock.now()
    const text = Array.from({ length: (28 * DAY) / 5 }, (_, at) => {
      const when = now - 28 * DAY * MINUTE + at * 5 * MINUTE
      return `${new Date(when).toISOString()},${value(when / MINUTE)}`
    })
    for (let at = 0; at < text.length; at += 5_000)
      await officer.series.take({
        id: series.id,
        text: text.slice(at, at + 5_000).join('\n'),
        reading: null,
        firstLine: at + 1,
      })
    clock.advance(30 * MINUTE)
    test.engine.watch.look()
    const chart = await officer.series.chart({ id: series.id, from: now - hours * HOUR * MINUTE, to: now })
    const known = chart.points.filter((one) => one.n !== null && one.high !== null) as {
      [Name in 'n' | 'expected' | 'low' | 'high']: number
    }[]
    const within = known.filter(({ n, low, high }) => n >= low && n <= high).length / known.length
    const width = known.reduce((sum, { low, high, expected }) => sum + (high - low) / expected, 0) / known.length
    return { points: known.length, step: chart.width, within, width }
  }

  /** By day much, by night little. */
  const daily = (minute: number): number => 200 + 150 * Math.sin((2 * Math.PI * Math.floor(minute / HOUR)) / 24)

  it('is narrow where the series is smooth, alone and in buckets of hours, and holds it', async () => {
    const random = evenly(7)
    const smooth = (minute: number): number => Math.round(daily(minute) * (1 + 0.04 * (random() - 0.5)))
    const alone = await bandOf(smooth, 24)
    expect(alone).toMatchObject({ step: 5, points: 288 })
    expect(alone.within).toBeGreaterThan(0.99)
    // Poisson's own band, 2 × 3.1 deviations of some 200 counts.
    expect(alone.width).toBeLessThan(0.6)
    const hours = await bandOf(smooth, 14 * 24)
    expect(hours.step).toBe(50)
    expect(hours.within).toBeGreaterThan(0.97)
    expect(hours.width).toBeLessThan(0.45)
  })

  it('is as wide as its bursts where it comes in bursts', async () => {
    const random = evenly(11)
    let loud = 1
    const bursty = (minute: number): number => {
      // Each half hour of another loudness, a quarter of what is usual up to four times.
      if (minute % 30 === 0) loud = 4 ** (2 * random() - 1)
      return Math.round(daily(minute) * loud)
    }
    const alone = await bandOf(bursty, 24)
    expect(alone.within).toBeGreaterThan(0.95)
    expect(alone.width).toBeGreaterThan(2)
    // What is loud for half an hour does not even out over hours as coins do.
    const hours = await bandOf(bursty, 14 * 24)
    expect(hours.within).toBeGreaterThan(0.95)
    expect(hours.width).toBeGreaterThan(1)
    expect(hours.width).toBeLessThan(alone.width)
  })

  it('of a level is of its mean, however many numbers a point has', async () => {
    const random = evenly(5)
    const level = await bandOf((minute) => Math.round(daily(minute) + 10 * (random() - 0.5)), 14 * 24, 'level')
    expect(level.within).toBeGreaterThan(0.97)
    expect(level.width).toBeLessThan(0.45)
  })
})
