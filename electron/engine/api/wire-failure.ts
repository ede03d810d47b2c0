import { ORPCError } from '@orpc/server'
import { wireErrors } from '#shared/contract/base.ts'
import { said, type Code } from '#shared/words/said.ts'
import { byCode } from '#shared/words/words.ts'
import { randomId } from '#shared/util/ids.ts'
import { Failure } from '#engine/platform/failure.ts'
import type { Log } from '#engine/platform/log.ts'

/** As it crosses the wire: the one error of the contract. */
export const onWire = (failure: Failure): ORPCError<'FAILURE', unknown> => {
  const { kind, code, values, retryAfterMs, message } = failure
  const wait = retryAfterMs === null ? {} : { retryAfterMs: Math.round(retryAfterMs) }
  const data = { kind, code, ...(values && { values }), ...wait }
  return new ORPCError('FAILURE', { defined: true, status: wireErrors.FAILURE.status, message, data, cause: failure })
}

interface Issue {
  message: string
  path?: readonly (PropertyKey | { key: PropertyKey })[]
}

const fieldOf = (issue: Issue): string =>
  (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.')

/** What SQLite's own codes mean for the person in front of the screen. */
const storeTroubles: [prefix: string, code: Code][] = [
  ['SQLITE_FULL', 'store.full'],
  ['SQLITE_READONLY', 'store.readOnly'],
  ['SQLITE_CANTOPEN', 'store.cannotOpen'],
  ['SQLITE_IOERR', 'store.writeRefused'],
  ['SQLITE_BUSY', 'store.busy'],
]

/**
 * Whatever a call threw as a failure. Faults of input say which field; everything that no room foresaw is ours: the page
 * gets a reference and the log gets the detail.
 */
export function toFailure(error: unknown, procedure: string, log: Log): Failure {
  if (error instanceof ORPCError && error.cause instanceof Failure) return error.cause
  if (error instanceof Failure) return error
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST') return badInput(error)
  if (error instanceof Error) {
    const { code, name } = error as { code?: unknown; name: string }
    const trouble = typeof code === 'string' && storeTroubles.find(([prefix]) => code.startsWith(prefix))
    if (trouble) return new Failure('operational', trouble[1], { cause: error })
    if (name === 'AbortError') return new Failure('operational', 'call.cancelled', { cause: error })
  }
  const reference = randomId(8)
  log.log('error', 'A call failed by a fault of the program', { procedure, reference }, error)
  return new Failure('bug', said('call.fault', { id: reference }), { cause: error })
}

function badInput(error: ORPCError<string, unknown>): Failure {
  const issue = (error.data as { issues?: Issue[] } | undefined)?.issues?.[0]
  if (!issue) return new Failure('user', 'call.unreadable', { cause: error })
  const field = fieldOf(issue)
  const what = byCode(issue.message)
  return new Failure('user', field === '' ? what : said('call.input', { field, what }), { cause: error })
}
