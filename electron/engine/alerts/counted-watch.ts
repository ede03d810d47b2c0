import type { AlertAbout, AlertPoint } from '#shared/model/alert.ts'
import type { CountedSeries } from '#shared/model/counted-series.ts'
import { said, type Code } from '#shared/words/said.ts'
import { learnHour, levelOf, seasonOf } from '#engine/alerts/detect/baseline.ts'
import { bandOf } from '#engine/alerts/detect/count-law.ts'
import { cardKey } from '#engine/alerts/detect/crisis.ts'
import { judgeEar } from '#engine/alerts/detect/ear.ts'
import type { Residuals } from '#engine/alerts/detect/residuals.ts'
import { freshSeries, hourOfWeek, observe, type SeriesReading, type SeriesState } from '#engine/alerts/detect/series.ts'
import type { Detector, Sensitivity, Verdict } from '#engine/alerts/detect/verdict.ts'
import { judgeFall, judgeRise, rounded } from '#engine/alerts/detect/volume.ts'
import { isQuiet, KEPT_MINUTES, LIVE_MINUTES } from '#engine/counted/counted.ts'
import { numbersOf } from '#engine/store/listen-numbers.ts'
import {
  allSeries,
  feedOf,
  lastValue,
  pruneValues,
  valuesBetween,
  writeFeed,
  type StoredSeries,
} from '#engine/store/queries/counted.ts'
import type { Reads } from '#engine/store/reads.ts'
import type { WritingStore } from '#engine/store/store.ts'
import { noCause } from './cause.ts'
import { countedSpread } from './counted-spread.ts'
import type { Judged } from './crises.ts'
import { createKeptStates } from './kept-states.ts'

const HOUR = 60
const DAY = 24 * HOUR
/** Four weeks by the hour teach what is usual, and the last day by the number. */
const LEARNED = 28 * DAY
/** A number that is missing is waited for so long, in minutes, before those behind it count. */
const PATIENCE = 3
/** A series is learned again at most once in so many minutes, however often its past changes. */
const AGAIN_EVERY = 5
/** A series that nobody feeds any more says so for a week. */
const FED_MS = 7 * DAY * 60_000
const BAND = 3
/** The band of a series of a day or two: see detect/series.ts. */
const UNKNOWN_BURST = 2
const UNKNOWN_DOUBT = 0.1
/** Numbers of series that were removed go in the first half hour of a day, UTC; so many at once. */
const GONE_WITHIN = 30
const PRUNED_AT_ONCE = 5_000

type Spreading = Pick<CountedSeries, 'id' | 'kind' | 'everyMinutes'>

const levelCodes: Partial<Record<string, Code>> = {
  'alert.countedRise': 'alert.levelRise',
  'alert.countedFall': 'alert.levelFall',
  'alert.silence': 'alert.levelSilence',
  'alert.silentBelow': 'alert.silentLevelBelow',
  'alert.silentAbove': 'alert.silentLevelAbove',
}

/** Of a level nobody says how much it adds up to. */
function asLevel(verdict: Verdict, width: number): Verdict {
  const buckets = Math.max(1, verdict.minutes / width)
  const mean = (value: number): number => rounded(value / buckets)
  const level = ({ code, values = {} }: Verdict['what']): Verdict['what'] => ({
    code: levelCodes[code] ?? code,
    values: {
      ...values,
      ...(typeof values['n'] === 'number' && { n: mean(values['n']) }),
      ...(typeof values['usual'] === 'number' && { usual: mean(values['usual']) }),
    },
  })
  const { observed, expected, low, high } = verdict
  return {
    ...verdict,
    what: level(verdict.what),
    silentIf: level(verdict.silentIf),
    observed: mean(observed),
    expected: mean(expected),
    low: mean(low),
    high: mean(high),
  }
}

function judge({ kind, bad, everyMinutes }: CountedSeries, reading: SeriesReading, sensitivity: Sensitivity) {
  const verdict =
    (bad === 'down' ? null : judgeRise(reading, sensitivity, 'counted')) ??
    (bad === 'up' ? null : judgeFall(reading, sensitivity, 'counted'))
  return verdict && (kind === 'level' ? asLevel(verdict, everyMinutes) : verdict)
}

/** Nobody looks at a series: its numbers come or do not. */
const asQuiet = (ear: Verdict): Verdict => ({
  ...ear,
  what: said('alert.seriesQuiet', { minutes: ear.minutes }),
  formula: said('alert.formulaSeriesQuiet', { minutes: ear.high }),
  silentIf: said('alert.silentSeriesQuiet', { minutes: ear.high }),
})

/** What is stored of a series up to a bucket, which is not among it: it teaches what is usual and raises nothing. */
export function learnedCounts(
  reads: Reads,
  no: number,
  { kind, everyMinutes: width }: Pick<CountedSeries, 'kind' | 'everyMinutes'>,
  upTo: number,
  hourAt: (minute: number) => number,
): SeriesState {
  const state = freshSeries(width)
  const end = upTo * width
  // To the hour, so that none is learned twice.
  const lately = Math.floor((end - DAY) / HOUR) * HOUR
  const hours = new Map<number, { sum: number; buckets: number }>()
  for (const { bucket, value } of valuesBetween(reads, no, { kind, width, from: end - LEARNED, to: lately })) {
    const hour = Math.floor((bucket * width) / HOUR)
    const known = hours.get(hour) ?? { sum: 0, buckets: 0 }
    hours.set(hour, { sum: known.sum + Math.round(value), buckets: known.buckets + 1 })
  }
  for (const [hour, { sum, buckets }] of hours) {
    const week = hourAt(hour * HOUR)
    const expected = levelOf(state.base) * seasonOf(state.base, week) * buckets
    learnHour(state.base, { hour: week, counts: sum, buckets, expected }, sum)
  }
  for (const { bucket, value } of valuesBetween(reads, no, { kind, width, from: lately, to: end }))
    observe(state, bucket, Math.round(value), hourAt(bucket * width))
  observe(state, upTo - 1, null, hourAt((upTo - 1) * width))
  return state
}

export interface CountedWatch {
  /** The minute that is over: what has come of each series since. */
  judged(minute: number, sensitivity: Sensitivity): Generator<Judged>
  /** What so many buckets of the series from this one on let expect together; null: not known. */
  expected(series: CountedSeries, bucket: number, buckets: number): Pick<AlertPoint, 'expected' | 'low' | 'high'> | null
  save(minute: number, all?: boolean): void
  /** Lets go of those that were not looked at since the last time, and of numbers that are kept no longer. */
  forgetOthers(minute: number): void
  /** The clock was set back: what came after is learned again. */
  back(): void
}

// Long: one memory of series with everything that adds to it and reads it.
export function createCountedWatch(store: WritingStore, offset: (at: number) => number): CountedWatch {
  const states = createKeptStates<SeriesState>(store, 'counted ')
  /** To be learned again: the clock was set back. */
  const stale = new Set<string>()
  /** The last word on each, which stands until its next number. */
  const standing = new Map<string, { verdict: Verdict | null; until: number }>()
  const hourAt = (minute: number): number => hourOfWeek(minute + offset(minute * 60_000))
  /** Of a series how far stretches of so many numbers lay from what was expected, and up to which hour that is known. */
  const spreads = new Map<string, Map<number, { residuals: Residuals; upTo: number }>>()

  function spreadOf({ id, kind, everyMinutes }: Spreading, step: number, upTo: number): Residuals | null {
    const bySteps = spreads.get(id) ?? new Map<number, { residuals: Residuals; upTo: number }>()
    spreads.set(id, bySteps)
    const known = bySteps.get(step)
    if (known?.upTo === upTo) return known.residuals
    const feed = feedOf(store, id)
    if (feed === undefined) return null
    const residuals = countedSpread(store, feed.no, { kind, everyMinutes }, { step, upTo, hourAt })
    bySteps.set(step, { residuals, upTo })
    return residuals
  }

  /** Of so many numbers together, from how the series itself went; while that is short, as wide as what is not known. */
  function varianceOf(series: Spreading, bucket: number, buckets: number, mean: number): number {
    const at = states.get(series.id)?.at ?? 0
    const upTo = Math.floor((at * series.everyMinutes) / HOUR) * HOUR
    const burst = spreadOf(series, buckets, upTo)?.burstAt(hourAt(bucket * series.everyMinutes))
    return burst == null ? mean * UNKNOWN_BURST + mean * mean * UNKNOWN_DOUBT : mean * burst
  }

  /** As it was when it was looked at last, with what was changed of its past since. */
  function stateOf(series: StoredSeries, feed: NonNullable<ReturnType<typeof feedOf>>, minute: number): SeriesState {
    const width = series.everyMinutes
    const known = states.get(series.id)
    const isOf = known?.base.width === width && !stale.has(series.id)
    const from = feed.changedFrom
    const isOld = isOf && from !== null && known.at !== null && Math.floor(from / width) <= known.at
    if (isOf && !(isOld && minute % AGAIN_EVERY === 0)) {
      if (from !== null && !isOld) writeFeed(store, { ...feed, changedFrom: null })
      return known
    }
    // Of one that is new everything up to now is history.
    const upTo = isOf && known.at !== null ? known.at + 1 : Math.floor((minute + 1) / width)
    const state = learnedCounts(store, feed.no, series, upTo, hourAt)
    stale.delete(series.id)
    spreads.delete(series.id)
    states.set(series.id, state)
    if (from !== null) writeFeed(store, { ...feed, changedFrom: null })
    return state
  }

  /** Numbers that came since the last minute, those before one that is missing only when it is waited for no more. */
  function observeNew(series: StoredSeries, no: number, state: SeriesState, minute: number, s: Sensitivity): void {
    const { id, kind, everyMinutes: width } = series
    const over = Math.floor((minute + 1) / width)
    const from = (state.at ?? over - 1) + 1
    let next = from
    for (const { bucket, value } of valuesBetween(store, no, { kind, width, from: from * width, to: over * width })) {
      const isLate = (next + 1) * width + Math.max(PATIENCE, width) <= minute + 1
      if (bucket > next && !isLate) break
      const reading = observe(state, bucket, Math.round(value), hourAt(bucket * width))
      next = bucket + 1
      if (reading === null) continue
      const isNow = minute + 1 - next * width <= LIVE_MINUTES
      // Of the past nothing is told.
      standing.set(id, {
        verdict: isNow ? judge(series, reading, s) : null,
        until: next * width + width + Math.max(PATIENCE, width),
      })
    }
    states.touch(id)
  }

  function* judgedOne(series: StoredSeries, minute: number, station: Sensitivity): Generator<Judged> {
    const { id, name, everyMinutes, listenId } = series
    const feed = feedOf(store, id)
    const last = feed && lastValue(store, feed.no)
    if (feed === undefined || last === undefined) return
    const sensitivity = series.sensitivity ?? station
    observeNew(series, feed.no, stateOf(series, feed, minute), minute, sensitivity)
    const about: AlertAbout = { kind: 'series', id, name }
    const listens = (listenId === null ? [] : numbersOf(store, [listenId])).map((no) => `listen:${no}`)
    const word = standing.get(id)
    const quiet = isQuiet({ everyMinutes, liveAt: feed.liveAt, last: last.minute, now: minute })
    const judged = (detector: Detector, verdict: Verdict | null | undefined): Judged => ({
      key: cardKey(detector, `series:${id}`),
      verdict,
      about,
      subjects: () => [`series:${id}`, ...listens],
      cause: () => noCause,
    })
    yield judged('counted', quiet ? undefined : word && minute < word.until ? word.verdict : null)
    const isFed = feed.liveAt !== null && feed.liveAt > minute * 60_000 - FED_MS
    const failingSince = quiet && isFed ? (last.minute + everyMinutes) * 60_000 : null
    const ear = judgeEar({ at: minute * 60_000, failingSince, everyMinutes, reading: null }, sensitivity)
    yield judged('ear', ear && asQuiet(ear))
  }

  return {
    *judged(minute, sensitivity) {
      for (const series of allSeries(store)) if (series.enabled) yield* judgedOne(series, minute, sensitivity)
    },
    expected({ id, kind, everyMinutes: width }, bucket, buckets) {
      const state = states.get(id)
      if (state === undefined || state.base.width !== width || state.base.seen === 0) return null
      let mean = 0
      for (let at = bucket; at < bucket + buckets; at++)
        mean += levelOf(state.base) * seasonOf(state.base, hourAt(at * width))
      const { low, high } = bandOf(mean, varianceOf({ id, kind, everyMinutes: width }, bucket, buckets, mean), BAND)
      const share = kind === 'level' ? buckets : 1
      return { expected: rounded(mean / share), low: rounded(low / share), high: rounded(high / share) }
    },
    save: states.save,
    forgetOthers(minute) {
      for (const name of states.forgetOthers()) {
        standing.delete(name)
        spreads.delete(name)
      }
      // Until then the removal of a series can be taken back with its numbers.
      const gone = minute % DAY < GONE_WITHIN
      pruneValues(store, { before: minute - KEPT_MINUTES, gone, most: PRUNED_AT_ONCE })
    },
    back() {
      for (const [name] of states.entries()) stale.add(name)
      standing.clear()
    },
  }
}
