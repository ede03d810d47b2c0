import type { Code } from '#shared/words/said.ts'
import { passingFailure, userFailure, type Failure } from '#engine/platform/failure.ts'
import { rateLimit, retryAfterMs } from '#engine/platform/http-headers.ts'
import type { HttpResponse } from '#engine/platform/http.ts'

/** What networks that are asked by HTTP have in common: cursors, bodies, and what a status means. */

/** The fields of a cursor, as they were written. A damaged one, or none, has none of them: begin anew. */
export function readCursor<Cursor extends object>(cursor: string | null): Partial<Cursor> {
  try {
    const read: unknown = JSON.parse(cursor ?? '{}')
    return typeof read === 'object' && read !== null ? read : {}
  } catch {
    return {}
  }
}

/** The body as JSON; undefined when it is none. */
export function jsonOf(response: HttpResponse): unknown {
  try {
    return JSON.parse(Buffer.from(response.body).toString('utf8'))
  } catch {
    return undefined
  }
}

/** A field of the body; undefined when there is none. */
export const fieldOf = (response: HttpResponse, name: string): unknown =>
  (jsonOf(response) as Record<string, unknown> | null | undefined)?.[name]

/** What should be a list. Without one: a Failure that passes, `code` with `{host}`. */
export function listOr(code: Code, host: string, list: unknown): unknown[] {
  if (Array.isArray(list)) return list
  throw passingFailure(code, { host })
}

export const bearer = (token: string | null): Record<string, string> => ({
  accept: 'application/json',
  ...(token !== null && { authorization: `Bearer ${token}` }),
})

/** How long the network wants to be left alone, ms; 5 min when it does not say. */
export function restMs({ headers }: HttpResponse, now: number): number {
  const resetsAt = rateLimit(headers, now)?.resetsAt ?? null
  const wait = retryAfterMs(headers, now) ?? (resetsAt === null ? 5 * 60_000 : resetsAt - now)
  return Math.min(Math.max(wait, 1_000), 3 * 3_600_000)
}

export type UserStatuses = Readonly<Record<number, Code>>

/**
 * What a status means that is no success: the sentence of `user` where a person must mend it, with `{host}` and `{status}`;
 * everything else passes.
 */
export function statusFailure(response: HttpResponse, now: number, user: UserStatuses = {}): Failure {
  const { status, headers } = response
  const { host } = new URL(response.url)
  const code = user[status]
  if (code !== undefined) return userFailure(code, { host, status })
  if (status === 429) return passingFailure('connector.limitRenewed', { host }, { retryAfterMs: restMs(response, now) })
  return passingFailure('connector.answersError', { host, status }, { retryAfterMs: retryAfterMs(headers, now) })
}
