import { z } from 'zod'
import { AlertAbout, AlertCloseReason, AlertKind, AlertPoint, AlertState } from './alert.ts'
import { Instant } from './mention.ts'
import { Said } from './said.ts'

/** What can be tried on the minutes that are counted. */
export const triedDetectors = ['rise', 'fall', 'negative', 'mood'] as const satisfies readonly AlertKind[]
export const TriedDetector = z.enum(triedDetectors)
export type TriedDetector = z.infer<typeof TriedDetector>

export const TRIED_DAYS_MOST = 28

/** What is tried: a detector on the whole station, a listen or a source. `id` null: the whole station. */
export const AlertDefinition = z.object({
  about: z.object({ kind: z.enum(['station', 'listen', 'source']), id: z.string().max(200).nullable() }),
  detector: TriedDetector,
})
export type AlertDefinition = z.infer<typeof AlertDefinition>

/** A card that really stood at that time. */
export const AlertThen = z.object({
  id: z.string(),
  kind: AlertKind,
  about: AlertAbout,
  what: Said,
  strength: z.number().int(),
  since: Instant,
  state: AlertState,
  takenBy: z.string().nullable(),
  closedReason: AlertCloseReason.nullable(),
  /** It is of the very thing that is tried. */
  same: z.boolean(),
})
export type AlertThen = z.infer<typeof AlertThen>

/** What people did from half an hour before until an hour after. */
export const DoneThen = z.object({
  /** Those of the very thing first, at most five. */
  alerts: z.array(AlertThen),
  casesOpened: z.number().int().nonnegative(),
  /** Of those, how many the customer heard back on. */
  casesReplied: z.number().int().nonnegative(),
})
export type DoneThen = z.infer<typeof DoneThen>

/** It would have fired. */
export const WouldHaveFired = z.object({
  /** When it would have been raised, and when a sign stood last. */
  at: Instant,
  lastAt: Instant,
  /** Where its minutes begin. */
  from: Instant,
  /** Of the strongest sign of it. */
  strength: z.number().int().min(1).max(10),
  what: Said,
  observed: z.number(),
  expected: z.number(),
  minutes: z.number(),
  /** What was usual was still being learned. */
  learning: z.boolean(),
  /** It would have been told again so many times, being worse. */
  worse: z.number().int().nonnegative(),
  done: DoneThen,
})
export type WouldHaveFired = z.infer<typeof WouldHaveFired>

const Fired = z.object({
  count: z.number().int().nonnegative(),
  /** null: too little was judged to say. */
  perWeek: z.number().nonnegative().nullable(),
  /** Oldest first; the last so many when there are more. */
  marks: z.array(WouldHaveFired),
})

/** What a definition would have said of the stored past. Nothing of it is kept. */
export const BackTest = z.object({
  definition: AlertDefinition,
  /** What was judged; null: nothing was heard yet. */
  period: z.object({ from: Instant, to: Instant }).nullable(),
  /** Minutes judged, and minutes left out since nobody listened then. */
  judgedMinutes: z.number().int().nonnegative(),
  gaps: z.array(z.object({ from: Instant, to: Instant })),
  gapMinutes: z.number().int().nonnegative(),
  /** Days before the period that only taught what is usual. */
  learnedDays: z.number().nonnegative(),
  /** From when on it knew what is usual; null: not within the period. */
  knownAt: Instant.nullable(),
  /** Mentions within the period, of which so many negative. */
  heard: z.number().int().nonnegative(),
  negative: z.number().int().nonnegative(),
  bySensitivity: z.object({ low: Fired, normal: Fired, high: Fired }),
  /** Buckets of so many minutes with the band as it was known then; of a mood in percent. */
  chart: z.object({ width: z.number().int(), points: z.array(AlertPoint) }),
  /** Cards that really stood about it and that no sensitivity would have raised. */
  missed: z.array(AlertThen),
  seconds: z.number(),
})
export type BackTest = z.infer<typeof BackTest>
