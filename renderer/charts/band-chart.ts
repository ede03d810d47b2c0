import type { ChartConfiguration, ChartOptions } from 'chart.js'
import type { ChartTheme } from './chart-theme.ts'
import { timeScales, tooltipLook, uprightLines, type TimeWords } from './time-axis.ts'

/** A bucket: how many there were, what was expected, and between which numbers nearly all was. null: nobody knows. */
export interface BandPoint {
  at: number
  n: number | null
  expected: number | null
  low: number | null
  high: number | null
}
export interface BandChart {
  points: readonly BandPoint[]
  /** Milliseconds of a bucket. */
  step: number
  zone: string
  marks: readonly { at: number; text: string }[]
  /** Milliseconds since 1970: a bucket that is not over then is drawn as what it is so far. */
  now: number
  /** Room in pixels above what is drawn. */
  above: number
  look: ChartTheme
  words: TimeWords & {
    /** Of what was counted, what was expected, and the band. */
    counted: string
    expected: string
    band: string
    n(value: number): string
  }
}

/** What lies outside its band; without one, nothing does. */
export const isOutside = ({ n, low, high }: BandPoint): boolean =>
  n !== null && low !== null && high !== null && (n > high || n < low)

/** A line of counts over the band that was expected of them; dots stand where it leaves the band. */
export function bandChart(chart: BandChart): ChartConfiguration<'line'> {
  const { points, step, now, look, words } = chart
  const isRunning = (index: number) => (points[index]?.at ?? 0) + step > now
  const plain = { pointRadius: 0, pointHitRadius: 0, borderWidth: 0, stepped: false as const, tension: 0.25 }
  const ground = `color-mix(in srgb, ${look.accent} 18%, transparent)`
  return {
    type: 'line',
    data: {
      labels: points.map(({ at }) => at),
      datasets: [
        {
          label: words.counted,
          data: points.map(({ n }) => n),
          borderColor: look.text,
          borderWidth: 2,
          tension: 0,
          pointHitRadius: 4,
          pointRadius: points.map((point) => (isOutside(point) ? 3 : 0)),
          pointBackgroundColor: look.urgent,
          pointBorderColor: look.urgent,
          segment: { borderDash: ({ p1DataIndex }) => (isRunning(p1DataIndex) ? [2, 4] : undefined) },
          order: -2,
        },
        {
          ...plain,
          label: words.expected,
          data: points.map(({ expected }) => expected),
          borderColor: look.accent,
          borderWidth: 1.25,
          borderDash: [3, 3],
          order: -1,
        },
        { ...plain, label: words.band, data: points.map(({ high }) => high), backgroundColor: ground, fill: '+1' },
        { ...plain, label: words.band, data: points.map(({ low }) => low) },
      ],
    },
    options: optionsOf(chart),
  }
}

function optionsOf({ points, step, zone, marks, above, look, words }: BandChart): ChartOptions<'line'> {
  return {
    animation: false,
    maintainAspectRatio: false,
    resizeDelay: 60,
    events: ['mousemove', 'mouseout'],
    interaction: { mode: 'index', intersect: false },
    layout: { padding: { top: 4 + above, right: 4 } },
    scales: timeScales({ points, step, zone, look, words, ticks: 4 }),
    plugins: {
      annotation: { animations: {}, annotations: uprightLines({ points, step, marks, look, words: 'start' }) },
      tooltip: {
        ...tooltipLook(look),
        filter: ({ datasetIndex }) => datasetIndex < 2,
        callbacks: {
          title(items) {
            const at = points[items[0]?.dataIndex ?? 0]?.at ?? 0
            return `${words.day(at)} ${words.time(at)}`
          },
          label: (item) => `${item.dataset.label}: ${words.n(item.raw as number)}`,
          afterBody(items) {
            const point = points[items[0]?.dataIndex ?? -1]
            return point && point.low !== null && point.high !== null
              ? `${words.band}: ${words.n(point.low)} – ${words.n(point.high)}`
              : ''
          },
        },
      },
    },
  } as ChartOptions<'line'>
}
