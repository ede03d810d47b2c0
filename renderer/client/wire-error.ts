import { ORPCError } from '@orpc/client'
import type { Said } from '#shared/model/said.ts'
import { languages, type Language } from '#shared/words/languages.ts'
import type { Code } from '#shared/words/said.ts'
import { words } from '#shared/words/words.ts'

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

/** The document says which language it is in; outside a page there is none. */
function inPageLanguage(what: Said): string {
  const lang = globalThis.document?.documentElement.lang ?? ''
  return words(languages.find((language): language is Language => language === lang) ?? 'en')(what)
}

interface FailureData extends Said {
  kind: WireProblem['kind']
  retryAfterMs?: number
}
const isFailure = (data: unknown): data is FailureData =>
  typeof data === 'object' && data !== null && 'kind' in data && 'code' in data

/** Any thrown value as something a view can show, in the page's language. */
export function toProblem(error: unknown): WireProblem {
  if (error instanceof ORPCError && isFailure(error.data)) {
    const { kind, code, values, retryAfterMs } = error.data
    const problem: WireProblem = { kind, code, message: inPageLanguage({ code, values }) }
    if (typeof values?.field === 'string') problem.field = values.field
    if (typeof values?.position === 'number') problem.position = values.position
    if (typeof retryAfterMs === 'number') problem.retryAfterMs = retryAfterMs
    return problem
  }
  if (isAbort(error) || (error instanceof Error && /not open|closed/i.test(error.message)))
    return { kind: 'lost', code: 'LOST', message: '' }
  return { kind: 'bug', code: 'BUG', message: error instanceof Error ? error.message : String(error) }
}

const OVERTAKEN: ReadonlySet<string> = new Set<Code>([
  'case.changedMeanwhile',
  'case.mentionHasCase',
  'undo.already',
  'undo.somethingFollowed',
  'undo.nameChangedSince',
  'undo.rulesChangedSince',
  'rule.orderChanged',
  'review.shiftEnded',
])

/** Somebody was faster: what is shown is not what is any more. */
export const isOvertaken = ({ code }: WireProblem): boolean => OVERTAKEN.has(code)

/** An abort of ours, or the link's own when the connection closed under a call. */
export const isAbort = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'AbortError' || /aborted|was closed/i.test(error.message))
