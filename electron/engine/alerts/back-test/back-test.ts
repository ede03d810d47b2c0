import { sensitivities } from '#shared/model/alert.ts'
import type { AlertDefinition, BackTest } from '#shared/model/back-test.ts'
import { hoursBefore, learnedSeries } from '#engine/alerts/learned-series.ts'
import { hourOfWeek } from '#engine/alerts/detect/series.ts'
import { freshShare, observeShare, type ShareState } from '#engine/alerts/detect/share.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { Failure, passingFailure } from '#engine/platform/failure.ts'
import { minutesOf } from '#engine/store/queries/alert-counts.ts'
import { offsetIn } from '#engine/store/queries/local-time.ts'
import { MINUTE } from '#engine/store/queries/rollup-reads.ts'
import { readSettings } from '#engine/store/queries/settings.ts'
import type { Reads } from '#engine/store/reads.ts'
import { createDeeds } from './deeds.ts'
import { gapsOf, pairOf, periodOf, SLICE, type TriedPair } from './history.ts'
import { createTrial, type Mark, type TriedState } from './trial.ts'

export interface BackTestInput extends AlertDefinition {
  days: number
}
/** `done` of `total` minutes; the result at last. */
export interface BackTestProgress {
  done: number
  total: number
  result: BackTest | null
}

const HOUR = 60
/** So many run at once; a run takes a second or two. */
const MOST_AT_ONCE = 2
const MOST_MS = 60_000
/** Points of the chart at most, and the widths of its buckets in minutes. */
const MOST_POINTS = 480
const widths = [5, 15, 30, 60, 120, 180]
/** Judged less than this, a number a week says nothing. */
const LEAST_DAYS = 3
const MARKS_A_TURN = 20
const MOST_GAPS = 50

/** Of the hours before the period, each entered with its last minute: the share that is usual comes of whole hours. */
function learnedShare(reads: Reads, pair: TriedPair, from: number): ShareState {
  const state = freshShare(1)
  for (const { hour, counts } of hoursBefore(reads, pair, from)) {
    const whole = counts.negative + counts.neutral + counts.positive
    observeShare(state, hour * HOUR + HOUR - 1, { part: counts.negative, whole })
  }
  return state
}

/**
 * Alert definitions on the stored past: minute by minute through the detectors as they run in earnest. Reads counts, cards
 * and cases, no mention; writes nothing. Yields after each day of the past, so that everything else has its turn; ends
 * early when the consumer stops, and fails when it takes longer than a minute.
 */
export function createBackTests({ store, clock, timeZone }: { store: Reads; clock: Clock; timeZone: string }) {
  let running = 0
  return async function* run(
    input: BackTestInput,
    signal?: AbortSignal,
  ): AsyncGenerator<BackTestProgress, undefined, void> {
    if (running >= MOST_AT_ONCE) throw passingFailure('alarm.tryBusy', undefined, { retryAfterMs: 2_000 })
    const endsAt = clock.monotonic() + MOST_MS
    running++
    try {
      for (const step of backTest(store, clock, timeZone, input)) {
        if (signal?.aborted) return
        if (clock.monotonic() > endsAt) throw new Failure('operational', 'alarm.tryTooLong')
        if (step !== undefined) yield step
        await clock.sleep(0)
      }
    } finally {
      running--
    }
  }
}
export type RunBackTest = ReturnType<typeof createBackTests>

/** Long: the steps of a try in their order, each with a turn for others behind it. */
function* backTest(
  reads: Reads,
  clock: Clock,
  timeZone: string,
  { about, detector, days }: BackTestInput,
): Generator<BackTestProgress | undefined, void, void> {
  const startedAt = clock.monotonic()
  const definition = { about, detector }
  const pair = pairOf(reads, about)
  if (pair === null) throw new Failure('user', 'alarm.tryGone')
  const period = periodOf(reads, clock.now(), days)
  if (period === null) return yield { done: 0, total: 0, result: nothing(definition) }
  const { from, to } = period
  const total = to - from
  yield { done: 0, total, result: null }

  const gaps = yield* gapsOf(reads, about, period)
  const offset = offsetIn(timeZone)
  const hourAt = hourlyOffset((minute) => hourOfWeek(minute + offset(minute * MINUTE)))
  const tried: TriedState =
    detector === 'mood'
      ? { of: 'share', state: learnedShare(reads, pair, from) }
      : { of: 'series', state: learnedSeries(reads, pair, detector === 'negative' ? 'negative' : 'all', from, hourAt) }
  const learnedDays = hoursBefore(reads, pair, from).length / 24
  yield

  const width = widths.find((one) => total / one <= MOST_POINTS) ?? widths.at(-1)!
  const trial = createTrial(detector, tried, { width, hourAt, coolMinutes: readSettings(reads).alertCoolHours * 60 })
  const sum = { heard: 0, negative: 0, gaps: 0 }
  let gap = 0
  for (let at = from; at < to; at += SLICE) {
    const end = Math.min(to, at + SLICE)
    const counts = minutesOf(reads, pair.listen, pair.source, at, end)
    for (let minute = at; minute < end; minute++) {
      while (gap < gaps.length && gaps[gap]!.to <= minute) gap++
      const isGap = gap < gaps.length && gaps[gap]!.from <= minute
      const one = counts.get(minute) ?? { all: 0, negative: 0 }
      sum.heard += one.all
      sum.negative += one.negative
      if (isGap) sum.gaps++
      trial.minute(minute, isGap ? null : one)
    }
    yield { done: end - from, total, result: null }
  }

  const deeds = createDeeds(reads, definition, pair, { from: from * MINUTE, to: to * MINUTE })
  const judged = total - sum.gaps
  const bySensitivity = {} as BackTest['bySensitivity']
  for (const sensitivity of sensitivities) {
    const { count, marks } = trial.fired[sensitivity]
    const told: BackTest['bySensitivity']['low']['marks'] = []
    for (const [no, mark] of marks.entries()) {
      told.push({ ...mark, done: deeds.around(mark) })
      if (no % MARKS_A_TURN === MARKS_A_TURN - 1) yield
    }
    bySensitivity[sensitivity] = { count, perWeek: perWeek(count, judged), marks: told }
  }
  const all: Mark[] = sensitivities.flatMap((one) => trial.fired[one].marks)
  yield {
    done: total,
    total,
    result: {
      definition,
      period: { from: from * MINUTE, to: to * MINUTE },
      judgedMinutes: judged,
      gaps: gaps.slice(-MOST_GAPS).map((one) => ({ from: one.from * MINUTE, to: one.to * MINUTE })),
      gapMinutes: sum.gaps,
      learnedDays,
      knownAt: trial.knownAt,
      heard: sum.heard,
      negative: sum.negative,
      bySensitivity,
      chart: { width, points: trial.points() },
      missed: deeds.missed(all),
      seconds: Math.round((clock.monotonic() - startedAt) / 100) / 10,
    },
  }
}

const perWeek = (count: number, minutes: number): number | null =>
  minutes < LEAST_DAYS * 1440 ? null : Math.round((count / (minutes / (7 * 1440))) * 10) / 10

/** The clocks change on the hour or its half: asked once for each quarter of an hour. */
function hourlyOffset(hourAt: (minute: number) => number): (minute: number) => number {
  let quarter = Number.NaN
  let hour = 0
  return (minute) => {
    const now = Math.floor(minute / 15)
    if (now !== quarter) [quarter, hour] = [now, hourAt(minute)]
    return hour
  }
}

const nothing = (definition: AlertDefinition): BackTest => {
  const none = () => ({ count: 0, perWeek: null, marks: [] })
  return {
    definition,
    period: null,
    judgedMinutes: 0,
    gaps: [],
    gapMinutes: 0,
    learnedDays: 0,
    knownAt: null,
    heard: 0,
    negative: 0,
    bySensitivity: { low: none(), normal: none(), high: none() },
    chart: { width: 5, points: [] },
    missed: [],
    seconds: 0,
  }
}
