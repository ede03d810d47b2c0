import type { ChartConfiguration, ChartOptions } from 'chart.js'
import type { SentimentBucket } from '#shared/model/sentiment-bucket.ts'
import type { ChartTheme } from './chart-theme.ts'
import { barEnd, placeOf, timeScales, tooltipLook, uprightLines, type TimeWords } from './time-axis.ts'

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
  /** Room in pixels above what is drawn. */
  above: number
  look: ChartTheme
  words: TimeWords & {
    t(key: string): string
    n(value: number): string
  }
  pick(at: number): void
}
type Options = ChartOptions<'bar'>

/** One stacked bar a bucket: orange below, blue, grey on top; with what stands in front of them. */
export function sentimentChart(chart: SentimentChart): ChartConfiguration<'bar'> {
  const { buckets, beside, look, bare, above } = chart
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
      layout: { padding: bare ? 0 : { top: 4 + above, right: 4 } },
      scales: scales(chart),
      plugins: { tooltip: tooltip(chart), annotation: { animations: {}, annotations: lines(chart) as never } },
    } as Options,
  }
}

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

/** Upright lines at the marks and at the cursor. */
function lines({ buckets, step, marks, cursor, bare, look }: SentimentChart) {
  const marked = uprightLines({ points: buckets, step, marks, bare, look })
  return cursor === null
    ? marked
    : [
        ...marked,
        {
          type: 'line',
          scaleID: 'x',
          value: placeOf(buckets, cursor, step),
          borderColor: look.accent,
          borderWidth: 2,
          label: { display: false },
        },
      ]
}

const scales = ({ buckets, step, zone, bare, look, words }: SentimentChart): Options['scales'] =>
  timeScales({ points: buckets, step, zone, bare, look, words, stacked: true, ticks: 5 }) as Options['scales']

function tooltip({ buckets, step, look, words }: SentimentChart): NonNullable<Options['plugins']>['tooltip'] {
  return {
    ...tooltipLook(look),
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
