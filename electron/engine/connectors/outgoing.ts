import type { Said } from '#shared/model/said.ts'
import { said, type Code } from '#shared/words/said.ts'
import { Failure } from '#engine/platform/failure.ts'
import { rateLimit, retryAfterMs } from '#engine/platform/http-headers.ts'
import { HttpProblem, type HttpRequest, type HttpResponse } from '#engine/platform/http.ts'
import { type AnswerContext, type AnswerResult, type SentAnswer } from './connector.ts'

/** What networks that are answered by HTTP have in common: how the end of a request is told. */

export const sent = (place: SentAnswer): AnswerResult => ({
  outcome: 'sent',
  sent: place,
  advice: null,
  retryAfterMs: null,
})

export const refused = (advice: Code | Said): AnswerResult => ({
  outcome: 'refused',
  sent: null,
  advice: typeof advice === 'string' ? said(advice) : advice,
  retryAfterMs: null,
})

/** For requests before anything leaves: whatever goes wrong, nothing has been said yet. */
export async function ask(
  context: Pick<AnswerContext<unknown>, 'http' | 'now'>,
  request: HttpRequest,
): Promise<HttpResponse> {
  const response = await context.http.fetch({ timeoutMs: 15_000, maxBytes: 2 * 1024 * 1024, ...request })
  const host = new URL(response.url).host
  const { status } = response
  if (status === 429) throw busy(response, host, context.now())
  if (status === 408 || status >= 500) {
    const message = said('connector.answersError', { host, status })
    throw new Failure('operational', message, { retryAfterMs: retryAfterMs(response.headers, context.now()) })
  }
  return response
}

/** How long the network wants the account to rest; 5 min when it does not say. */
export function restMs({ headers }: HttpResponse, now: number): number {
  const resetsAt = rateLimit(headers, now)?.resetsAt ?? null
  const wait = retryAfterMs(headers, now) ?? (resetsAt === null ? 5 * 60_000 : resetsAt - now)
  return Math.min(Math.max(wait, 1_000), 3 * 3_600_000)
}

export const busyWords = (host: string): Said => said('connector.limitRenewed', { host })

const busy = (response: HttpResponse, host: string, now: number): Failure =>
  new Failure('operational', busyWords(host), { retryAfterMs: restMs(response, now) })

/**
 * The request that says it. `read` deals with every status that is an answer of the network; what stands in its way is told
 * here: refused before a byte left, over the limit, or cut off so that nobody knows.
 */
export async function say(
  context: Pick<AnswerContext<unknown>, 'http' | 'now'>,
  request: HttpRequest,
  read: (response: HttpResponse) => AnswerResult,
): Promise<AnswerResult> {
  let response: HttpResponse
  try {
    response = await context.http.fetch({ timeoutMs: 30_000, maxBytes: 2 * 1024 * 1024, ...request })
  } catch (error) {
    if (!(error instanceof HttpProblem)) throw error
    const { kind, reason, said: advice } = error
    const before = reason === 'dns' || reason === 'refused' || reason === 'tls'
    return {
      outcome: kind === 'user' ? 'refused' : before ? 'later' : 'unknown',
      sent: null,
      advice,
      retryAfterMs: null,
    }
  }
  const host = new URL(response.url).host
  const { status } = response
  if (status === 429) {
    return { outcome: 'later', sent: null, advice: busyWords(host), retryAfterMs: restMs(response, context.now()), all: true } // prettier-ignore
  }
  if (status === 503) {
    const wait = retryAfterMs(response.headers, context.now())
    return { outcome: 'later', sent: null, advice: said('connector.takesNothing', { host }), retryAfterMs: wait } // prettier-ignore
  }
  // A server that stumbles may have done it before it fell.
  if (status === 408 || status >= 500)
    return { outcome: 'unknown', sent: null, advice: said('connector.answeredError', { host, status }), retryAfterMs: null } // prettier-ignore
  return read(response)
}

/** What a network says against an answer, in its own words where it has some. */
export const answerRefused = (host: string, status: number, reason: string): Said =>
  reason === ''
    ? said('connector.answerRefused', { host, status })
    : said('connector.answerRefusedWhy', { host, status, why: reason })

/** The body as JSON; undefined when it is none. */
export function jsonOf(response: HttpResponse): unknown {
  try {
    return JSON.parse(Buffer.from(response.body).toString('utf8'))
  } catch {
    return undefined
  }
}

/** What a server says of its refusal, short and without markup, to be shown in quotes. */
export function reasonOf(response: HttpResponse): string {
  const { error, message } = (jsonOf(response) ?? {}) as { error?: unknown; message?: unknown }
  const said = typeof message === 'string' && message !== '' ? message : typeof error === 'string' ? error : ''
  return said
    .replace(/<[^>]*>|[\p{Cc}]/gu, ' ')
    .trim()
    .slice(0, 200)
}
