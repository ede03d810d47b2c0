import type { Channel } from '#shared/model/handoff.ts'
import type { SendResult } from '#shared/model/parcel.ts'
import type { Said } from '#shared/model/said.ts'
import { said } from '#shared/words/said.ts'
import { redirectTarget, retryAfterMs } from '#engine/platform/http-headers.ts'
import { HttpProblem, type Http, type HttpRequest, type HttpResponse } from '#engine/platform/http.ts'
import { failureInside } from './failure-inside.ts'

/** Longest that a receiver may ask to wait. */
const LONGEST_WAIT_MS = 3_600_000

export const result = (
  outcome: SendResult['outcome'],
  advice: Said | null = null,
  retryAfterMs: number | null = null,
): SendResult => ({ outcome, advice, retryAfterMs })

/** One request that hands off, and what its end means: `sent` only when the receiver itself took it. */
export async function post(
  request: HttpRequest,
  channel: Channel,
  { http, now }: { http: Http; now(): number },
): Promise<SendResult> {
  if (request.url === '') return result('refused', said('channel.noAddress'))
  try {
    const response = await http.fetch({
      ...request,
      redirects: 'delivery',
      timeoutMs: 20_000,
      maxBytes: 1024 * 1024,
    })
    return outcomeOf(response, channel, now())
  } catch (error) {
    if (!(error instanceof HttpProblem)) throw error
    switch (error.reason) {
      case 'dns':
      case 'refused':
      case 'tls':
        return result('later', error.said)
      case 'badUrl':
      case 'privateAddress':
      case 'tooManyRedirects':
        return result('refused', error.said)
      default:
        return result(neverLeft(error) ? 'later' : 'unknown', error.said)
    }
  }
}

function outcomeOf(response: HttpResponse, channel: Channel, now: number): SendResult {
  const { status, headers } = response
  const { host } = new URL(response.url)
  if (status >= 200 && status < 300) {
    const inside = failureInside(response, channel)
    if (inside === null) return result('sent')
    if (inside.page === 'sure') return result('refused', said('channel.answeredPage', { host, status }))
    if (inside.page === 'unsure') return result('unknown', said('channel.mayBePage', { host, status }))
    const advice = said('channel.failureInside', { host, status, why: inside.why })
    return inside.passes ? result('later', advice, waitOf(headers, now)) : result('refused', advice)
  }
  const target = redirectTarget(response)
  if (target !== null) return result('refused', said('channel.sendsElsewhere', { host, status, target }))
  if (status === 429 || status === 503)
    return result('later', said('channel.asksToWait', { host, status }), waitOf(headers, now))
  if (GAVE_UP.has(status)) return result('unknown', said('channel.answered', { host, status }), waitOf(headers, now))
  if (status === 408 || status === 425 || status >= 500)
    return result('later', said('channel.answered', { host, status }))
  return result('refused', said('channel.refused', { host, status }))
}

/** Whether no connection came about, so that nothing can have arrived. */
function neverLeft(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > 4) return false
  const { code, syscall, cause, errors } = error as {
    code?: unknown
    syscall?: unknown
    cause?: unknown
    errors?: unknown
  }
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || syscall === 'connect') return true
  if (Array.isArray(errors) && errors.length > 0) return errors.every((one) => neverLeft(one, depth + 1))
  return neverLeft(cause, depth + 1)
}

/** A gateway that gave up waiting (504; 520 and 524 of Cloudflare): what stands behind it may have taken it. */
const GAVE_UP = new Set([504, 520, 524])

/** ms, at most an hour; null: not said or not readable. */
function waitOf(headers: Record<string, string>, now: number): number | null {
  const ms = retryAfterMs(headers, now)
  return ms === null ? null : Math.min(ms, LONGEST_WAIT_MS)
}
