import { rateLimit, retryAfterMs } from '#engine/platform/http-headers.ts'
import { HttpProblem, type HttpRequest, type HttpResponse } from '#engine/platform/http.ts'
import { ConnectorProblem, type AnswerContext, type AnswerResult, type SentAnswer } from './connector.ts'

/** What networks that are answered by HTTP have in common: how the end of a request is told. */

export const sent = (place: SentAnswer): AnswerResult => ({
  outcome: 'sent',
  sent: place,
  advice: null,
  retryAfterMs: null,
})

export const refused = (advice: string): AnswerResult => ({
  outcome: 'refused',
  sent: null,
  advice,
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
    const message = `${host} answers with an error (HTTP ${status}). It is tried again.`
    throw new ConnectorProblem('operational', message, { retryAfterMs: retryAfterMs(response.headers, context.now()) })
  }
  return response
}

/** How long the network wants the account to rest; 5 min when it does not say. */
export function restMs({ headers }: HttpResponse, now: number): number {
  const resetsAt = rateLimit(headers, now)?.resetsAt ?? null
  const wait = retryAfterMs(headers, now) ?? (resetsAt === null ? 5 * 60_000 : resetsAt - now)
  return Math.min(Math.max(wait, 1_000), 3 * 3_600_000)
}

export const busyWords = (host: string): string =>
  `${host} has counted too many requests (HTTP 429). It goes on when its limit is renewed.`

const busy = (response: HttpResponse, host: string, now: number): ConnectorProblem =>
  new ConnectorProblem('operational', busyWords(host), { retryAfterMs: restMs(response, now) })

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
    const { kind, message: advice } = error
    const before = kind === 'dns' || kind === 'refused' || kind === 'tls'
    const faulty = kind === 'badUrl' || kind === 'privateAddress'
    return { outcome: faulty ? 'refused' : before ? 'later' : 'unknown', sent: null, advice, retryAfterMs: null }
  }
  const host = new URL(response.url).host
  const { status } = response
  if (status === 429) {
    return { outcome: 'later', sent: null, advice: busyWords(host), retryAfterMs: restMs(response, context.now()), all: true } // prettier-ignore
  }
  if (status === 503) {
    const wait = retryAfterMs(response.headers, context.now())
    return { outcome: 'later', sent: null, advice: `${host} takes nothing at the moment (HTTP 503).`, retryAfterMs: wait } // prettier-ignore
  }
  // A server that stumbles may have done it before it fell.
  if (status === 408 || status >= 500)
    return { outcome: 'unknown', sent: null, advice: `${host} answered with an error (HTTP ${status}).`, retryAfterMs: null } // prettier-ignore
  return read(response)
}

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
