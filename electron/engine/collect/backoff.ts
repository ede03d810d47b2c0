/** First wait after a failure, in ms. */
const BASE_MS = 2_000
/** A source is tried at least this often while time alone may mend it. */
export const BACKOFF_CAP_MS = 15 * 60_000
/** How often a source that waits for a person (wrong secret, closed timeline) is tried by itself. */
export const NEEDS_PERSON_MS = 60 * 60_000
/** A Retry-After above this is not believed: a server that says "in a year" would silence a source for ever. */
export const RETRY_AFTER_CAP_MS = 24 * 60 * 60_000

/**
 * Wait before the next try, in ms: doubles from 2 s to 15 min, "equal jitter" (between half and all of it, so that
 * sources that failed together do not come back together), never less than the server asked for.
 *
 * @param failures consecutive failures, 1 or more
 * @param random 0 … 1
 */
export function backoffMs(failures: number, random: number, retryAfterMs: number | null = null): number {
  const full = Math.min(BACKOFF_CAP_MS, BASE_MS * 2 ** Math.min(failures - 1, 20))
  const jittered = full / 2 + (full / 2) * random
  return Math.round(Math.max(jittered, Math.min(retryAfterMs ?? 0, RETRY_AFTER_CAP_MS)))
}
