import { elapsed } from '#shared/util/elapsed.ts'
import type { Said } from '#shared/model/said.ts'
import { said } from '#shared/words/said.ts'
import type { SourceHealth, SourceState } from '#shared/model/source.ts'
import type { HealthFacts } from '#engine/store/queries/source-health.ts'

export interface HealthInputs {
  facts: HealthFacts
  enabled: boolean
  now: number
  /** Between two polls, or between two signs of life of a stream. */
  intervalMs: number
  /** Mentions per hour that past weeks let expect now; null without a day of history. */
  expectedPerHour: number | null
  heardLastHour: number
  /** The network's own limit keeps it from asking before then. */
  heldUntil: number | null
}

/** Failures in a row after a success until "hiccup" becomes "broken". */
const BROKEN_AFTER = 3
/** A healthy source that has said nothing for this long is quiet rather than live. */
const QUIET_AFTER_MS = 15 * 60_000
/** Slack on top of two intervals: a fetch takes time too. */
const LATE_SLACK_MS = 30_000
/**
 * Silence is unexplained when a Poisson process of the expected rate would be silent this long less than once in a
 * thousand times: e^(−λt) < 0.001, so λt > 6.9.
 */
const UNEXPLAINED = 6.9

/** Quiet, late and broken are three things; this is the only place that tells them apart. */
export function deriveState(input: HealthInputs): SourceState {
  const { facts, now } = input
  if (!input.enabled) return facts.finished ? 'finished' : 'off'
  if (facts.finished) return 'finished'
  if (facts.needsPerson) return 'broken'
  if (facts.consecutiveFailures >= BROKEN_AFTER) return 'broken'
  if (facts.consecutiveFailures > 0 && facts.lastSuccessAt === null) return 'broken'
  if (facts.lastSuccessAt === null) return 'starting'
  if (input.heldUntil !== null && input.heldUntil > now) return 'late'
  if (elapsed(facts.lastSuccessAt, now) > 2 * input.intervalMs + LATE_SLACK_MS && !restsOnPurpose(input)) return 'late'
  const silentMs = facts.lastNewAt === null ? Number.POSITIVE_INFINITY : elapsed(facts.lastNewAt, now)
  if (silentMs <= Math.max(QUIET_AFTER_MS, 3 * input.intervalMs)) return 'live'
  return silenceIsUnexplained(silentMs, input.expectedPerHour) ? 'late' : 'quiet'
}

/** A feed may ask to be left alone for longer than its interval: then nothing is late before its next turn. */
const restsOnPurpose = ({ facts, now }: HealthInputs): boolean =>
  facts.consecutiveFailures === 0 && facts.nextAttemptAt !== null && facts.nextAttemptAt + LATE_SLACK_MS > now

export function silenceIsUnexplained(silentMs: number, expectedPerHour: number | null): boolean {
  if (expectedPerHour === null || !Number.isFinite(silentMs)) return false
  return (expectedPerHour * silentMs) / 3_600_000 > UNEXPLAINED
}

export function deriveHealth(sourceId: string, input: HealthInputs): SourceHealth {
  const { facts } = input
  const state = deriveState(input)
  return {
    sourceId,
    state,
    lastSuccessAt: facts.lastSuccessAt,
    lastNewAt: facts.lastNewAt,
    lastAttemptAt: facts.lastAttemptAt,
    nextAttemptAt: input.enabled ? facts.nextAttemptAt : null,
    expectedPerHour: input.expectedPerHour,
    heardLastHour: input.heardLastHour,
    quota: facts.quota,
    gaps: facts.gaps,
    dropped: facts.dropped,
    consecutiveFailures: facts.consecutiveFailures,
    error: facts.error,
    streaming: isStreaming(facts.detail),
    detail: state === 'late' ? (lateness(input) ?? facts.detail) : facts.detail,
  }
}

/** By what it last said of how it listens; an older Earshot kept that as an English sentence. */
function isStreaming(detail: Said | null): boolean {
  if (detail?.code === 'connector.andAlso') return isStreaming(detail.values?.first as Said)
  if (detail?.code === 'asWritten') return /^streaming/i.test(String(detail.values?.text))
  return detail?.code === 'source.streaming' || detail?.code === 'connector.streamingFrom'
}

function lateness({ facts, now, heldUntil, expectedPerHour }: HealthInputs): Said | null {
  if (heldUntil !== null && heldUntil > now) {
    return said('source.limitUsedUp', { age: minutes(heldUntil - now) })
  }
  if (facts.lastNewAt !== null && silenceIsUnexplained(elapsed(facts.lastNewAt, now), expectedPerHour)) {
    return said('source.unusuallyQuiet', {
      age: minutes(elapsed(facts.lastNewAt, now)),
      n: Math.round(expectedPerHour ?? 0),
    })
  }
  return null
}

/** `40 s`, `12 min`, `3 h`: for messages, not for arithmetic. */
export function minutes(ms: number): string {
  if (ms < 90_000) return `${Math.max(1, Math.round(ms / 1000))} s`
  if (ms < 90 * 60_000) return `${Math.round(ms / 60_000)} min`
  return `${Math.round(ms / 3_600_000)} h`
}
