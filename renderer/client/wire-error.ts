import { ORPCError } from '@orpc/client'
import { phrase } from '#renderer/locales/phrases.ts'

/** Who must act: the caller (`user`), time (`operational`), us (`bug`); `lost`: the connection went away. */
export interface WireProblem {
  kind: 'user' | 'operational' | 'bug' | 'lost'
  code: string
  message: string
  field?: string
  /** UTF-16 offset into the query or text that was sent. */
  position?: number
  retryAfterMs?: number
}

const KIND: Record<string, WireProblem['kind']> = {
  BAD_INPUT: 'user',
  BAD_REQUEST: 'user',
  NOT_FOUND: 'user',
  CONFLICT: 'user',
  FORBIDDEN: 'user',
  UNAVAILABLE: 'operational',
  SERVICE_UNAVAILABLE: 'operational',
  TIMEOUT: 'operational',
}

/** The document says which language it is in; outside a page there is none. */
const inPageLanguage = (message: string): string => phrase(message, globalThis.document?.documentElement.lang ?? '')

/** Any thrown value as something a view can show. The engine's messages are already written for people. */
export function toProblem(error: unknown): WireProblem {
  if (error instanceof ORPCError) {
    const data = (error.data ?? {}) as { field?: string; position?: number; retryAfterMs?: number }
    const problem: WireProblem = {
      kind: KIND[error.code] ?? 'bug',
      code: error.code,
      message: inPageLanguage(error.message),
    }
    if (typeof data.field === 'string') problem.field = data.field
    if (typeof data.position === 'number') problem.position = data.position
    if (typeof data.retryAfterMs === 'number') problem.retryAfterMs = data.retryAfterMs
    return problem
  }
  if (isAbort(error) || (error instanceof Error && /not open|closed/i.test(error.message)))
    return { kind: 'lost', code: 'LOST', message: '' }
  return { kind: 'bug', code: 'BUG', message: error instanceof Error ? error.message : String(error) }
}

/** An abort of ours, or the link's own when the connection closed under a call. */
export const isAbort = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'AbortError' || /aborted|was closed/i.test(error.message))
