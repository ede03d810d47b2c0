import type { ChartConfiguration, ChartOptions } from 'chart.js'
import type { ChartTheme } from './chart-theme.ts'
import { placeOf } from './sentiment-chart.ts'
import { timeTicks } from './time-ticks.ts'

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
  bare: boolean
  look: ChartTheme
  words: {
    /** Of what was counted, what was expected, and the band. */
    counted: string
    expected: string
    band: string
    n(value: number): string
    bareTime(at: number): string
    time(at: number): string
    day(at: number): string
    zoned(): boolean
  }
}

/** What lies outside its band; without one, nothing does. */
export const isOutside = ({ n, low, high }: BandPoint): boolean =>
  n !== null && low !== null && high !== null && (n > high || n < low)

/** A line of counts over the band that was expected of them; dots stand where it leaves the band. */
export function bandChart(chart: BandChart): ChartConfiguration<'line'> {
  const { points, look, bare, words } = chart
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
          borderWidth: bare ? 1.5 : 2,
          tension: 0,
          pointHitRadius: 4,
          pointRadius: points.map((point) => (isOutside(point) ? 3 : 0)),
          pointBackgroundColor: look.urgent,
          pointBorderColor: look.urgent,
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

function optionsOf({ points, step, zone, marks, bare, look, words }: BandChart): ChartOptions<'line'> {
  const font = { family: look.font, size: look.fontSize }
  const ticks = { color: look.text3, font }
  const labels = points.map(({ at }) => at)
  const kinds = timeTicks(labels, step, zone)
  const upright = marks.map(({ at, text }) => ({
    type: 'line',
    scaleID: 'x',
    value: placeOf(points, at, step),
    borderColor: look.urgent,
    borderWidth: 1,
    borderDash: [4, 4],
    label: {
      display: !bare && text !== '',
      content: text,
      position: 'end',
      backgroundColor: 'transparent',
      color: look.urgent,
      font,
      xAdjust: -6,
    },
  }))
  return {
    animation: false,
    maintainAspectRatio: false,
    resizeDelay: 60,
    events: bare ? [] : ['mousemove', 'mouseout'],
    interaction: { mode: 'index', intersect: false },
    layout: { padding: bare ? 2 : { top: 4, right: 4 } },
    scales: {
      x: {
        display: !bare,
        grid: { display: false },
        border: { color: look.line },
        ticks: {
          ...ticks,
          maxRotation: 0,
          autoSkip: false,
          callback(_value, index) {
            const at = labels[index]
            if (!kinds[index] || at === undefined) return null
            return kinds[index] === 'day' ? words.day(at) : words.bareTime(at)
          },
        },
        title: { display: !bare && words.zoned(), text: zone, color: look.text3, font, padding: 0 },
      },
      y: {
        display: !bare,
        beginAtZero: true,
        grid: { color: look.line },
        border: { display: false },
        ticks: { ...ticks, precision: 0, maxTicksLimit: 4 },
      },
    },
    plugins: {
      annotation: { animations: {}, annotations: upright as never },
      tooltip: {
        backgroundColor: look.text,
        titleColor: look.pane,
        bodyColor: look.pane,
        titleFont: font,
        bodyFont: font,
        displayColors: false,
        filter: ({ datasetIndex }) => datasetIndex < 2,
        callbacks: {
          title: (items) =>
            `${words.day(labels[items[0]?.dataIndex ?? 0] ?? 0)} ${words.time(labels[items[0]?.dataIndex ?? 0] ?? 0)}`,
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
