import { levelOf, seasonOf } from '#engine/alerts/detect/baseline.ts'
import { bandOf } from '#engine/alerts/detect/count-law.ts'
import { hourOfWeek, observe, type SeriesReading, type SeriesState } from '#engine/alerts/detect/series.ts'
import { minutesOf, type MinuteCounts } from '#engine/store/queries/alert-counts.ts'
import type { WritingStore } from '#engine/store/store.ts'
import { createImportedCounts } from './imported-counts.ts'
import { createKeptStates } from './kept-states.ts'
import { learnedSeries } from './learned-series.ts'

/** Heard so many minutes after it was written, a mention still counts, in the minute in which it is heard. */
const LATE_MINUTES = 30
const BAND = 3

export interface Pair {
  listen: number
  source: number
}
export type Aspect = keyof MinuteCounts

/** What the watch knows of every counted series: kept in memory, written now and then, taught by history when it is new. */
export interface SeriesBook {
  /** One minute on. `heard` false: it cannot be counted. null: that minute was looked at already. */
  look(pair: Pair, aspect: Aspect, minute: number, heard: boolean): SeriesReading | null
  /** What is counted of a minute; with what was heard late of those before, unless it is a minute of the past. */
  take(pair: Pair, minute: number, caughtUp: boolean): MinuteCounts
  /** What was taken of it last. */
  taken(pair: Pair): MinuteCounts
  /** What `width` minutes from here let expect; null: not known. */
  expected(
    pair: Pair,
    aspect: Aspect,
    minute: number,
    width: number,
  ): { expected: number; low: number; high: number } | null
  /** What arrived since the last minute is looked through for history of imports, which is no news however young it is. Before `take`. */
  arrived(minute: number): void
  /** Writes a part of what changed, or all of it; inside or outside a transaction. */
  save(minute: number, all?: boolean): void
  /** Lets go of those that were not looked at since the last time: their listen or source is gone, switched off or counted anew. */
  forgetOthers(): void
  /** The clock was set back: what was counted after `minute` is forgotten, what was learned stays. */
  back(): void
}

export const seriesName = ({ listen, source }: Pair, aspect: Aspect): string => `${listen} ${source} ${aspect}`

// Long: one memory of series with everything that adds to it and reads it.
export function createSeriesBook(store: WritingStore, offset: (at: number) => number): SeriesBook {
  const states = createKeptStates<SeriesState>(store, 'series ')
  const imported = createImportedCounts(store)
  /** Of each pair, what was counted of its last minutes. */
  const counted = new Map<string, Map<number, MinuteCounts>>()
  /** By the wall of the station's zone. */
  const hourAt = (minute: number): number => hourOfWeek(minute + offset(minute * 60_000))

  function stateOf(pair: Pair, aspect: Aspect, minute: number): SeriesState {
    const name = seriesName(pair, aspect)
    let state = states.get(name)
    if (state === undefined) states.set(name, (state = learnedSeries(store, pair, aspect, minute, hourAt)))
    return state
  }

  const taken = new Map<string, MinuteCounts>()
  return {
    look(pair, aspect, minute, heard) {
      const name = seriesName(pair, aspect)
      const counts = taken.get(`${pair.listen} ${pair.source}`) ?? { all: 0, negative: 0 }
      const state = stateOf(pair, aspect, minute)
      states.touch(name)
      return observe(state, minute, heard ? counts[aspect] : null, hourAt(minute))
    },
    arrived: (minute) => imported.arrived(minute - LATE_MINUTES),
    take(pair, minute, caughtUp) {
      const key = `${pair.listen} ${pair.source}`
      const now = imported.without(pair, minutesOf(store, pair.listen, pair.source, minute - LATE_MINUTES, minute + 1))
      const before = counted.get(key)
      const sum = { ...(now.get(minute) ?? { all: 0, negative: 0 }) }
      if (before !== undefined && caughtUp) {
        for (const [at, one] of now) {
          if (at === minute) continue
          const had = before.get(at) ?? { all: 0, negative: 0 }
          sum.all += Math.max(0, one.all - had.all)
          sum.negative += Math.max(0, one.negative - had.negative)
        }
      }
      counted.set(key, now)
      taken.set(key, sum)
      return sum
    },
    taken: ({ listen, source }) => taken.get(`${listen} ${source}`) ?? { all: 0, negative: 0 },
    expected(pair, aspect, minute, width) {
      const state = states.get(seriesName(pair, aspect))
      if (state === undefined) return null
      const mean = levelOf(state.base) * seasonOf(state.base, hourAt(minute)) * width
      const { low, high } = bandOf(mean, mean * 2 + mean * mean * 0.1, BAND)
      return { expected: Math.round(mean * 100) / 100, low, high }
    },
    save: states.save,
    forgetOthers() {
      for (const name of states.forgetOthers()) {
        const pair = name.slice(0, name.lastIndexOf(' '))
        counted.delete(pair)
        taken.delete(pair)
      }
    },
    back() {
      counted.clear()
      for (const [name, state] of states.entries()) {
        state.at = null
        state.counts.fill(-1)
        state.expected.fill(0)
        states.touch(name)
      }
    },
  }
}
