import { z } from 'zod'
import { Sensitivity } from './alert.ts'
import { Instant } from './mention.ts'
import { Said } from './said.ts'

/**
 * How the numbers of one bucket are one:
 * - `sum`: counts, such as calls or orders; they add up
 * - `level`: how high something stands, such as a queue; their mean
 */
export const seriesKinds = ['sum', 'level'] as const
/** Which way is bad. */
export const seriesBads = ['up', 'down', 'both'] as const
/** How often a number comes, in minutes. */
export const seriesWidths = [1, 5, 15, 60] as const

/** A number per minute that is counted elsewhere: abandoned calls, the length of a queue, orders of a shop. */
export const CountedSeries = z.object({
  id: z.string(),
  name: z.string(),
  /** What is counted, in the plural: `calls`. Empty: nothing is said. */
  unit: z.string(),
  kind: z.enum(seriesKinds),
  everyMinutes: z.union(seriesWidths.map((width) => z.literal(width))),
  bad: z.enum(seriesBads),
  /** null: as the station. */
  sensitivity: Sensitivity.nullable(),
  /** The listen to which it belongs; null: to none. */
  listenId: z.string().nullable(),
  /** Off: its numbers are kept, and nothing is said of them. */
  enabled: z.boolean(),
})
export type CountedSeries = z.infer<typeof CountedSeries>

export const CountedSeriesDraft = CountedSeries.extend({
  /** null: a new one. */
  id: z.string().max(200).nullable(),
  name: z.string().trim().min(1, 'counted.nameEmpty').max(80),
  unit: z.string().trim().max(30),
  listenId: z.string().max(200).nullable(),
})
export type CountedSeriesDraft = z.infer<typeof CountedSeriesDraft>

/**
 * How a series stands:
 * - `empty`: no number has come yet
 * - `learning`: less than two weeks are known
 * - `quiet`: numbers came by themselves and come no more
 */
export const seriesStates = ['empty', 'learning', 'live', 'quiet', 'off'] as const
export const SeriesStanding = z.object({
  series: CountedSeries,
  state: z.enum(seriesStates),
  /** A program may send numbers: it has a key. */
  hasKey: z.boolean(),
  /** The newest number, and the minute that it is of. */
  last: z.object({ at: Instant, value: z.number() }).nullable(),
  /** The minute of the first number that is kept; null: there is none. */
  since: Instant.nullable(),
})
export type SeriesStanding = z.infer<typeof SeriesStanding>

/** How the lines of a file are read: found in its first block, and good for those behind it. */
export const SeriesReading = z.object({
  delimiter: z.string().max(1),
  /** Places of the cells with the time and the number, from 0. */
  at: z.number().int().min(0).max(1_000),
  value: z.number().int().min(0).max(1_000),
  /** Of a date in figures; null: nothing tells. */
  order: z.enum(['dmy', 'mdy', 'ymd']).nullable(),
})
export type SeriesReading = z.infer<typeof SeriesReading>

/** What became of lines or of numbers that were sent. */
export const SeriesTaken = z.object({
  /** Lines with something in them, without the head. */
  lines: z.number().int(),
  /** Minutes that are new, that have another number now, and that had it already. */
  stored: z.number().int(),
  changed: z.number().int(),
  same: z.number().int(),
  /** Of minutes that are too long ago to be kept. */
  tooOld: z.number().int(),
  /** The first of those that were left out, by line; `left` is how many there are. */
  faults: z.array(z.object({ line: z.number().int(), why: Said })),
  left: z.number().int(),
})
export type SeriesTaken = z.infer<typeof SeriesTaken>

/** Of nothing. */
export const noneTaken: SeriesTaken = { lines: 0, stored: 0, changed: 0, same: 0, tooOld: 0, faults: [], left: 0 }

/** So many faults are named. */
export const MOST_FAULTS = 20

/** Of one block after another. */
export const takenBeside = (one: SeriesTaken, other: SeriesTaken): SeriesTaken => ({
  lines: one.lines + other.lines,
  stored: one.stored + other.stored,
  changed: one.changed + other.changed,
  same: one.same + other.same,
  tooOld: one.tooOld + other.tooOld,
  left: one.left + other.left,
  faults: [...one.faults, ...other.faults].slice(0, MOST_FAULTS),
})

/** What a program that sends numbers is told. `retryAfter` in seconds. */
export type SeriesAnswer =
  { status: 200; taken: SeriesTaken } | { status: 400 | 404 | 429; why: string; retryAfter?: number }

/** The way in for programs that count. */
export interface SeriesDoor {
  /** `key` as it was sent; `type` of the content, lower case. Nothing of either is kept. */
  take(id: string, key: string, type: string, text: string): SeriesAnswer
}
