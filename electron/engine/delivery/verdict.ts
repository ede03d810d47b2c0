import type { SendResult } from '#shared/model/parcel.ts'
import type { Said } from '#shared/model/said.ts'
import { both, said } from '#shared/words/said.ts'
import type { Log } from '#engine/platform/log.ts'
import { SecretsUnavailable } from '#engine/platform/secrets.ts'

/** Time to take something back before it leaves. */
export const GRACE_MS = 5_000
const MOST_ATTEMPTS = 10
export const CANCELLED = said('delivery.takenBackBefore')

/** 30 s, 1 min, 2 min … at most 30 min, each up to a quarter longer, so that retries do not come in step. `random`: 0 … 1. */
const backOff = (attempts: number, random: number): number =>
  Math.round(Math.min(30_000 * 2 ** (attempts - 1), 1_800_000) * (1 + random / 4))

/** The same for an id at all times, spread over ids: 0 … 1. */
const jitterOf = (id: string): number => (Number.parseInt(id.slice(-4), 36) || 0) / 36 ** 4

export interface Verdict {
  state: 'sent' | 'queued' | 'failed' | 'unknown'
  nextAttemptAt: number | null
  advice: Said | null
  /** It may be there although nobody said so. */
  maybeThere: boolean
}

/** Words that differ by what is sent. */
type VerdictWords = Pick<DeliveryWords, 'gaveUp' | 'unsure'>
export interface DeliveryWords {
  /** After the last attempt, e.g. `Check the channel, then send again.` */
  gaveUp: Said
  /** When nobody knows, e.g. `It may have arrived: ask the desk …`. */
  unsure: Said
  /** To whoever takes back what may have arrived. */
  mayBeThere: Said
  /** To whoever takes back what is leaving. */
  leavingNow: Said
}

/**
 * What an attempt makes of a parcel. Pure. `repeatable`: a second copy with the same key does no harm, so that "unknown" is
 * tried again before a person is asked. `maybeThere`: an earlier attempt ended without a word.
 */
export function verdictOf(
  parcel: { id: string; attempts: number; maybeThere: boolean },
  { outcome, advice, retryAfterMs }: SendResult,
  { now, repeatable, words }: { now: number; repeatable: boolean; words: VerdictWords },
): Verdict {
  const maybeThere = parcel.maybeThere || outcome === 'unknown'
  const ended = { nextAttemptAt: null, maybeThere }
  if (outcome === 'sent') return { ...ended, state: 'sent', advice: null, maybeThere: false }
  if (outcome === 'unknown' && !repeatable) return { ...ended, state: 'unknown', advice: unsure(advice, words) }
  if (outcome === 'refused') {
    // Refused now; an earlier copy may have arrived all the same.
    if (maybeThere && !repeatable) return { ...ended, state: 'unknown', advice: unsure(advice, words) }
    return { ...ended, state: 'failed', advice }
  }
  if (parcel.attempts >= MOST_ATTEMPTS) {
    if (maybeThere) return { ...ended, state: 'unknown', advice: unsure(advice, words) }
    const tried = both(said('delivery.tried', { n: parcel.attempts }), words.gaveUp)
    return { ...ended, state: 'failed', advice: advice ? both(advice, tried) : tried }
  }
  const wait = Math.max(retryAfterMs ?? 0, backOff(parcel.attempts, jitterOf(parcel.id)))
  return { state: 'queued', nextAttemptAt: now + wait, advice, maybeThere }
}

/** For what was on its way when the machine went down: again with the same key where that does no harm. */
export const interruptedVerdict = (now: number, repeatable: boolean, words: VerdictWords): Verdict =>
  repeatable
    ? { state: 'queued', nextAttemptAt: now, advice: null, maybeThere: true }
    : { state: 'unknown', nextAttemptAt: null, advice: unsure(null, words), maybeThere: true }

const unsure = (advice: Said | null, words: VerdictWords): Said =>
  both(advice ?? said('delivery.stoppedOnTheWay'), words.unsure)

/** Nothing that a sender throws gets lost: a locked keychain means later, a fault of the program means that nobody knows. */
export async function guarded(
  send: () => Promise<SendResult>,
  log: Log,
  about: Record<string, string>,
): Promise<SendResult> {
  try {
    return await send()
  } catch (error) {
    if (error instanceof SecretsUnavailable) return { outcome: 'later', advice: error.said, retryAfterMs: null }
    log.log('error', 'Something could not be sent by a fault of the program', about, error)
    return { outcome: 'unknown', advice: said('delivery.fault'), retryAfterMs: null }
  }
}
