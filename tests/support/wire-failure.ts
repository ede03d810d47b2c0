import { ORPCError } from '@orpc/client'
import type { Said } from '#shared/model/said.ts'
import { inEnglish } from '#shared/words/words.ts'

/** A call that the station refused, as it arrives at a page. */
export const wireFailure = (
  kind: 'user' | 'operational' | 'bug',
  what: Said,
  more: { retryAfterMs?: number } = {},
): ORPCError<'FAILURE', object> =>
  new ORPCError('FAILURE', { message: inEnglish(what), data: { kind, ...what, ...more } })
