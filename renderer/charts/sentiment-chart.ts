import type { ChartConfiguration, ChartOptions } from 'chart.js'
import type { SentimentBucket } from '#shared/model/sentiment-bucket.ts'
import type { ChartTheme } from './chart-theme.ts'
import { timeTicks } from './time-ticks.ts'

/** Totals of an earlier stretch, bar by bar, drawn as a faint line; `text` names them. */
export interface Beside {
  totals: readonly number[]
  text: string
}
export interface SentimentChart {
  buckets: readonly SentimentBucket[]
  /** Milliseconds of a bucket. */
  step: number
  zone: string
  marks: readonly { at: number; text: string }[]
  cursor: number | null
  beside: Beside | null
  bare: boolean
  look: ChartTheme
  words: {
    t(key: string): string
    n(value: number): string
    time(at: number): string
    /** Without a zone: the axis names it once. */
    bareTime(at: number): string
    day(at: number): string
    zoned(): boolean
  }
  pick(at: number): void
}
type Options = ChartOptions<'bar'>

/** One stacked bar a bucket: orange below, blue, grey on top; with what stands in front of them. */
export function sentimentChart(chart: SentimentChart): ChartConfiguration<'bar'> {
  const { buckets, beside, look, bare } = chart
  return {
    type: 'bar',
    data: {
      labels: buckets.map(({ at }) => at),
      datasets: [
        bars(chart, 'negative', look.negative),
        bars(chart, 'positive', look.positive),
        bars(chart, 'neutral', `color-mix(in srgb, ${look.neutral} 60%, ${look.pane})`),
        ...(beside ? [besideLine(beside, look)] : []),
      ],
    },
    options: {
      animation: false,
      maintainAspectRatio: false,
      resizeDelay: 60,
      events: bare ? ['click'] : ['mousemove', 'mouseout', 'click'],
      interaction: { mode: 'index', intersect: false },
      onClick: (_event, hits) => {
        const at = buckets[hits[0]?.index ?? -1]?.at
        if (at !== undefined) chart.pick(at)
      },
      layout: { padding: bare ? 0 : { top: 4, right: 4 } },
      scales: scales(chart),
      plugins: { tooltip: tooltip(chart), annotation: { animations: {}, annotations: lines(chart) as never } },
    } as Options,
  }
}

const fontOf = ({ font, fontSize }: ChartTheme) => ({ family: font, size: fontSize })

const bars = ({ buckets, words }: SentimentChart, key: 'negative' | 'positive' | 'neutral', colour: string) => ({
  label: words.t(`sentiment.${key}`),
  data: buckets.map((bucket) => bucket[key]),
  backgroundColor: colour,
  stack: 'all',
  barPercentage: 0.86,
  categoryPercentage: 1,
  maxBarThickness: 28,
})

/** A line in a chart of bars: Chart.js mixes them, its types do not. */
const besideLine = ({ totals, text }: Beside, look: ChartTheme) =>
  ({
    type: 'line',
    label: text,
    data: [...totals],
    stack: 'beside',
    order: -1,
    borderColor: look.text2,
    borderWidth: 1.25,
    borderDash: [3, 3],
    pointRadius: 0,
    pointHitRadius: 0,
    stepped: 'middle',
  }) as never

/** When a bar ends: where the next begins, since days and hours are local and the clocks change. `step` for the last. */
export const barEnd = (buckets: readonly { at: number }[], at: number, step: number): number => {
  const index = buckets.findIndex((bucket) => bucket.at === at)
  return buckets[index + 1]?.at ?? at + step
}

/** Where an instant stands among the bars, 0 at the start of the first, in bars and their parts. */
export function placeOf(buckets: readonly { at: number }[], at: number, step: number): number {
  const index = Math.max(
    0,
    buckets.findLastIndex((bucket) => bucket.at <= at),
  )
  const start = buckets[index]?.at ?? 0
  return index + (at - start) / (barEnd(buckets, start, step) - start)
}

/** Upright lines at the marks and at the cursor. */
function lines({ buckets, step, marks, cursor, bare, look }: SentimentChart) {
  const line = (at: number) => ({ type: 'line', scaleID: 'x', value: placeOf(buckets, at, step) })
  const marked = marks.map(({ at, text }) => ({
    ...line(at),
    borderColor: look.urgent,
    borderWidth: 1,
    borderDash: [4, 4],
    label: {
      display: !bare && text !== '',
      content: text,
      position: 'end',
      backgroundColor: 'transparent',
      color: look.urgent,
      font: fontOf(look),
      xAdjust: -6,
      textAlign: 'end',
    },
  }))
  return cursor === null
    ? marked
    : [...marked, { ...line(cursor), borderColor: look.accent, borderWidth: 2, label: { display: false } }]
}

function scales({ buckets, step, zone, bare, look, words }: SentimentChart): Options['scales'] {
  const labels = buckets.map(({ at }) => at)
  const kinds = timeTicks(labels, step, zone)
  const ticks = { color: look.text3, font: fontOf(look) }
  return {
    x: {
      stacked: true,
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
      title: { display: words.zoned(), text: zone, color: look.text3, font: fontOf(look), padding: 0 },
    },
    y: {
      stacked: true,
      display: !bare,
      beginAtZero: true,
      grid: { color: look.line },
      border: { display: false },
      ticks: { ...ticks, precision: 0, maxTicksLimit: 5 },
    },
  }
}

function tooltip({ buckets, step, look, words }: SentimentChart): NonNullable<Options['plugins']>['tooltip'] {
  const font = fontOf(look)
  return {
    backgroundColor: look.text,
    titleColor: look.pane,
    bodyColor: look.pane,
    titleFont: font,
    bodyFont: font,
    displayColors: false,
    callbacks: {
      title(items) {
        const at = buckets[items[0]?.dataIndex ?? 0]?.at ?? 0
        return `${words.day(at)} ${words.time(at)}–${words.time(barEnd(buckets, at, step))}`
      },
      label: (item) =>
        `${['▼', '▲', '●', '┄'][item.datasetIndex] ?? ''} ${item.dataset.label}: ${words.n(item.raw as number)}`,
    },
  }
}
