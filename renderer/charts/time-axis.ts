import type { ChartTheme } from './chart-theme.ts'
import { timeTicks } from './time-ticks.ts'

/** What charts over time have in common: the axes, the upright lines and the look of what a hover says. */
interface Points {
  /** Buckets by their start, in milliseconds. */
  points: readonly { at: number }[]
  /** Milliseconds of a bucket. */
  step: number
  /** Without axes and words. */
  bare?: boolean
  look: ChartTheme
}
export interface TimeWords {
  time(at: number): string
  /** Without a zone: the axis names it once. */
  bareTime(at: number): string
  day(at: number): string
  zoned(): boolean
}

const fontOf = ({ font, fontSize }: ChartTheme) => ({ family: font, size: fontSize })

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

/** Dashed lines at moments, with their words. */
export const uprightLines = ({
  points,
  step,
  marks,
  bare = false,
  look,
  words = 'end',
}: Points & {
  marks: readonly { at: number; text: string }[]
  /** Where along the line: below, or above. */
  words?: 'start' | 'end'
}): object[] =>
  marks.map(({ at, text }) => ({
    type: 'line',
    scaleID: 'x',
    value: placeOf(points, at, step),
    borderColor: look.urgent,
    borderWidth: 1,
    borderDash: [4, 4],
    label: {
      display: !bare && text !== '',
      content: text,
      position: words,
      backgroundColor: 'transparent',
      color: look.urgent,
      font: fontOf(look),
      xAdjust: -6,
      textAlign: 'end',
    },
  }))

/** Time below, counts at the left; `ticks`: the most of them there. */
export function timeScales({
  points,
  step,
  zone,
  bare = false,
  look,
  words,
  stacked = false,
  ticks: most,
}: Points & { zone: string; words: TimeWords; stacked?: boolean; ticks: number }) {
  const labels = points.map(({ at }) => at)
  const kinds = timeTicks(labels, step, zone)
  const ticks = { color: look.text3, font: fontOf(look) }
  return {
    x: {
      stacked,
      display: !bare,
      grid: { display: false },
      border: { color: look.line },
      ticks: {
        ...ticks,
        maxRotation: 0,
        autoSkip: false,
        callback(_value: unknown, index: number) {
          const at = labels[index]
          if (!kinds[index] || at === undefined) return null
          return kinds[index] === 'day' ? words.day(at) : words.bareTime(at)
        },
      },
      title: { display: words.zoned(), text: zone, color: look.text3, font: fontOf(look), padding: 0 },
    },
    y: {
      stacked,
      display: !bare,
      beginAtZero: true,
      grid: { color: look.line },
      border: { display: false },
      ticks: { ...ticks, precision: 0, maxTicksLimit: most },
    },
  }
}

export function tooltipLook(look: ChartTheme) {
  const font = fontOf(look)
  return {
    backgroundColor: look.text,
    titleColor: look.pane,
    bodyColor: look.pane,
    titleFont: font,
    bodyFont: font,
    displayColors: false,
  }
}
