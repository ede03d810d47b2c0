import { z } from 'zod'
import { Instant } from './mention.ts'
import { Said } from './said.ts'

/** A configured connector. Secrets are never here: they are in the keychain under the source's id. */
export const Source = z.object({
  id: z.string(),
  /** The connector's id: `feed`, `mastodon`, `bluesky`, `hackernews`, `file`. */
  connector: z.string(),
  name: z.string().trim().min(1).max(120),
  enabled: z.boolean(),
  /** Checked by the connector's own schema. */
  config: z.record(z.string(), z.unknown()).meta({ wall: 'hidden' }),
  createdAt: Instant,
})
export type Source = z.infer<typeof Source>

/**
 * - `starting`: switched on, nothing tried yet
 * - `live`: connected or fetched within its interval
 * - `quiet`: healthy, and silent no longer than its expected rate explains
 * - `late`: last success is older than twice the interval, or the rate limit holds it back
 * - `broken`: the last attempts failed; `error` says why and what to do
 * - `off`: switched off
 * - `finished`: a file that was read to its end
 */
export const sourceStates = ['starting', 'live', 'quiet', 'late', 'broken', 'off', 'finished'] as const
export const SourceState = z.enum(sourceStates)
export type SourceState = z.infer<typeof SourceState>

/** A stretch of time in which a source may have missed mentions. */
export const SourceGap = z.object({ from: Instant, to: Instant, reason: Said.meta({ wall: 'hidden' }) })
export type SourceGap = z.infer<typeof SourceGap>

export const SourceHealth = z.object({
  sourceId: z.string(),
  state: SourceState,
  lastSuccessAt: Instant.nullable(),
  /** publishedAt of the newest mention, and when it was seen. */
  lastNewAt: Instant.nullable(),
  lastAttemptAt: Instant.nullable(),
  nextAttemptAt: Instant.nullable(),
  /** Mentions per hour that the same hours of past weeks let expect; null until there is a day of history. */
  expectedPerHour: z.number().nonnegative().nullable(),
  heardLastHour: z.number().int().nonnegative(),
  quota: z.object({ used: z.number(), limit: z.number(), resetsAt: Instant.nullable() }).nullable(),
  gaps: z.array(SourceGap),
  /** Counted since the source was made: reason → number. */
  dropped: z.record(z.string(), z.number()).meta({ wall: 'hidden' }),
  consecutiveFailures: z.number().int().nonnegative(),
  /** What happened, to what, and what to do; null when healthy. Never holds a secret. */
  error: Said.nullable().meta({ wall: 'hidden' }),
  /** It hears by a stream that stands, and does not ask now and then: walls see that without the text below. */
  streaming: z.boolean(),
  /** e.g. `streaming`, `polling every 30 s (streaming refused)`, `replaying at 60×`. */
  detail: Said.nullable().meta({ wall: 'hidden' }),
})
export type SourceHealth = z.infer<typeof SourceHealth>

export const SourceDraft = z.object({
  id: z.string().optional(),
  connector: z.string(),
  name: z.string().trim().min(1).max(120),
  enabled: z.boolean(),
  config: z.record(z.string(), z.unknown()),
  /** Written to the keychain and never read back to a page. */
  secrets: z.record(z.string(), z.string()).default({}),
})
export type SourceDraft = z.infer<typeof SourceDraft>

export const ImportReport = z.object({
  importId: z.string(),
  sourceId: z.string(),
  read: z.number().int(),
  stored: z.number().int(),
  /** Of them: older than a day when they were imported. They open no case. */
  history: z.number().int(),
  duplicates: z.number().int(),
  /** Lines before the header that were not of the table. */
  leadIn: z.number().int(),
  dropped: z.record(z.string(), z.number().int()),
  /** First few places that were dropped: line, column when known, and why. */
  problems: z.array(z.object({ line: z.number().int().nullable(), column: z.string().nullable(), message: Said })),
  seconds: z.number(),
  /** Somebody ended it before the file did: what was read until then is counted and kept. */
  calledOff: z.boolean(),
})
export type ImportReport = z.infer<typeof ImportReport>
