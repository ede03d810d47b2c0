import type { SendResult, SentPlace } from '#shared/model/parcel.ts'
import type { Said } from '#shared/model/said.ts'
import { said, sentence, type Code } from '#shared/words/said.ts'
import { redirectTarget, retryAfterMs } from '#engine/platform/http-headers.ts'
import { HttpProblem, type HttpRequest, type HttpResponse } from '#engine/platform/http.ts'
import type { ReplyChoice, ReplyContext, ReplyTo } from './connector.ts'
import { jsonOf, restMs, statusFailure } from './incoming.ts'

/** What networks that are answered by HTTP have in common: how the end of a request is told. */

export const sent = (place: SentPlace): SendResult => ({
  outcome: 'sent',
  sent: place,
  advice: null,
  retryAfterMs: null,
})

/** It was not sent, or nobody knows. */
export const notSent = (
  outcome: Exclude<SendResult['outcome'], 'sent'>,
  advice: Code | Said,
  retryAfterMs: number | null = null,
): SendResult => ({ outcome, sent: null, advice: sentence(advice), retryAfterMs })

export const refused = (advice: Code | Said): SendResult => notSent('refused', advice)

/**
 * The ways of a network with threads and direct messages. `against`: what stands against both; what was written in private
 * has no public way.
 */
export function threadOrDirect(
  { mention }: ReplyTo,
  against: Said | null,
  limits: { thread: number; direct: number },
): ReplyChoice[] {
  const thread: ReplyChoice = { way: 'thread', limit: limits.thread, audience: 'everybody', why: against }
  const direct: ReplyChoice = { way: 'direct', limit: limits.direct, audience: 'customer', why: against }
  if (!mention.private) return [thread, direct]
  return [direct, { ...thread, why: against ?? said('connector.wroteInPrivate') }]
}

/** For requests before anything leaves: whatever goes wrong, nothing has been said yet. */
export async function ask(
  context: Pick<ReplyContext<unknown>, 'http' | 'now'>,
  request: HttpRequest,
): Promise<HttpResponse> {
  const response = await context.http.fetch({ timeoutMs: 15_000, maxBytes: 2 * 1024 * 1024, ...request })
  const { status } = response
  if (status === 429 || status === 408 || status >= 500) throw statusFailure(response, context.now())
  return response
}

/**
 * The request that says it. `read` deals with every status that is an answer of the network; what stands in its way is told
 * here: refused before a byte left, over the limit, or cut off so that nobody knows.
 */
export async function say(
  context: Pick<ReplyContext<unknown>, 'http' | 'now'>,
  request: HttpRequest,
  read: (response: HttpResponse) => SendResult,
): Promise<SendResult> {
  let response: HttpResponse
  try {
    response = await context.http.fetch({
      timeoutMs: 30_000,
      maxBytes: 2 * 1024 * 1024,
      redirects: 'delivery',
      ...request,
    })
  } catch (error) {
    if (!(error instanceof HttpProblem)) throw error
    const before = error.reason === 'dns' || error.reason === 'refused' || error.reason === 'tls'
    return notSent(error.kind === 'user' ? 'refused' : before ? 'later' : 'unknown', error.said)
  }
  const { host } = new URL(response.url)
  const { status, headers } = response
  const now = context.now()
  if (status === 429)
    return { ...notSent('later', said('connector.limitRenewed', { host }), restMs(response, now)), all: true }
  if (status === 503) return notSent('later', said('connector.takesNothing', { host }), retryAfterMs(headers, now))
  const target = redirectTarget(response)
  if (target !== null) return refused(said('connector.sendsElsewhere', { host, status, target }))
  // A server that stumbles may have done it before it fell.
  if (status === 408 || status >= 500) return notSent('unknown', said('connector.answeredError', { host, status }))
  return read(response)
}

/** What a network says against an answer, in its own words where it has some. */
export const answerRefused = (host: string, status: number, reason: string): Said =>
  reason === ''
    ? said('connector.answerRefused', { host, status })
    : said('connector.answerRefusedWhy', { host, status, why: reason })

/** What a server says of its refusal, short and without markup, to be shown in quotes. */
export function reasonOf(response: HttpResponse): string {
  const { error, message } = (jsonOf(response) ?? {}) as { error?: unknown; message?: unknown }
  const said = typeof message === 'string' && message !== '' ? message : typeof error === 'string' ? error : ''
  return said
    .replace(/<[^>]*>|[\p{Cc}]/gu, ' ')
    .trim()
    .slice(0, 200)
}
