import { freshSeries, observe } from '#engine/alerts/detect/series.ts'
import { judgeFall, judgeRise } from '#engine/alerts/detect/volume.ts'
import type { Measure } from './station.ts'
import { benchWatch } from './watch.bench.ts'
import { MONDAY, ordinary } from '#tests/engine/alerts/detect/series-of.ts'

const SERIES = 500 * 12
const MINUTES = 400
/** Compiling is over by then. */
const WARM = 120

/** A minute of all series: 500 listens with 12 each, from nearly silent ones to ten mentions a minute. Processor time, so that a busy machine counts the same. */
export async function benchAlerts(): Promise<Measure[]> {
  const counts = Array.from({ length: 40 }, (_, seed) =>
    ordinary(
      {
        minutes: MINUTES,
        width: 1,
        base: [0.02, 0.1, 0.5, 2, 10][seed % 5]!,
        burstsADay: 4,
        burst: [2, 4],
        startHour: 0,
      },
      seed,
    ),
  )
  const states = Array.from({ length: SERIES }, () => freshSeries(1))
  const took: number[] = []
  for (let minute = 0; minute < MINUTES; minute++) {
    const before = process.cpuUsage()
    states.forEach((state, at) => {
      const reading = observe(state, MONDAY + minute, counts[at % counts.length]![minute]!)
      if (reading && judgeRise(reading, 'normal') === null) judgeFall(reading, 'normal')
    })
    if (minute >= WARM) took.push(process.cpuUsage(before).user / 1000)
  }
  took.sort((a, b) => a - b)
  return [
    { name: 'alerts: a minute of 6,000 series, median', value: took[Math.floor(took.length / 2)]!, unit: 'ms' },
    { name: 'alerts: the longest minute (an hour begins)', value: took.at(-1)!, unit: 'ms' },
    ...(await benchWatch()),
  ]
}
