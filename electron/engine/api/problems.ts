import { ORPCError } from '@orpc/server'
import { randomId } from '#shared/util/ids.ts'
import type { Json, JsonObject } from '#shared/util/json.ts'
import type { Log } from '#engine/platform/log.ts'

type WireCode = 'BAD_INPUT' | 'FORBIDDEN' | 'NOT_FOUND' | 'CONFLICT' | 'UNAVAILABLE' | 'BUG'

const statuses: Record<WireCode, number> = {
  BAD_INPUT: 400,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  UNAVAILABLE: 503,
  BUG: 500,
}

const wire = (code: WireCode, message: string, data?: JsonObject, cause?: unknown): ORPCError<string, unknown> =>
  new ORPCError(code, { defined: true, status: statuses[code], message, data, cause })

interface Issue {
  message: string
  path?: readonly (PropertyKey | { key: PropertyKey })[]
}

const fieldOf = (issue: Issue): string =>
  (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.')

/** What SQLite's own codes mean for the person in front of the screen. */
const storeMessages: [prefix: string, message: string][] = [
  ['SQLITE_FULL', 'The disk is full. Nothing already stored is lost; free some space and try again.'],
  ['SQLITE_READONLY', 'The data folder is read-only. Make it writable for this user and try again.'],
  ['SQLITE_CANTOPEN', 'The data file cannot be opened. Check that its folder exists and belongs to this user.'],
  ['SQLITE_IOERR', 'The disk did not take the write. Nothing already stored is lost; check the disk and try again.'],
  ['SQLITE_BUSY', 'The data file is in use by another program. Try again in a moment.'],
]

/**
 * Turns whatever a handler threw into one of the closed list of wire errors. Faults of input say which field; passing
 * trouble says when to try again; everything else is ours: the page gets a reference and the log gets the detail.
 */
export function toWireError(error: unknown, procedure: string, log: Log): ORPCError<string, unknown> {
  if (error instanceof ORPCError) {
    if (error.code in statuses && error.code !== 'BUG') {
      return wire(error.code as WireCode, error.message, error.data as JsonObject | undefined, error)
    }
    if (error.code === 'BAD_REQUEST') return badInput(error)
    if (error.code === 'NOT_FOUND') return wire('NOT_FOUND', error.message, undefined, error)
  }
  if (error instanceof Error) {
    const known = knownTrouble(error)
    if (known) return known
  }
  const reference = randomId(8)
  log.log('error', 'A call failed by a fault of the program', { procedure, reference }, error)
  return wire('BUG', `Earshot made a mistake here. The log has the detail under ${reference}.`, { reference }, error)
}

function badInput(error: ORPCError<string, unknown>): ORPCError<string, unknown> {
  const issues = (error.data as { issues?: Issue[] } | undefined)?.issues
  const first = issues?.[0]
  if (!first) return wire('BAD_INPUT', 'The message cannot be read.', undefined, error)
  const field = fieldOf(first)
  const message = field ? `${field}: ${first.message}` : first.message
  return wire('BAD_INPUT', message, field ? { field } : undefined, error)
}

/** Errors of the rooms that already say who must act: `kind` is `user` or `operational`, or SQLite's own code. */
function knownTrouble(error: Error): ORPCError<string, unknown> | undefined {
  const { kind, code, retryAfterMs } = error as { kind?: unknown; code?: unknown; retryAfterMs?: unknown }
  const data = typeof retryAfterMs === 'number' ? { retryAfterMs: Math.round(retryAfterMs) as Json } : undefined
  if (kind === 'user') return wire('BAD_INPUT', error.message, undefined, error)
  if (kind === 'operational' || error.name === 'SecretsUnavailable' || error.name === 'HttpProblem') {
    return wire('UNAVAILABLE', error.message, data, error)
  }
  if (typeof code === 'string') {
    const found = storeMessages.find(([prefix]) => code.startsWith(prefix))
    if (found) return wire('UNAVAILABLE', found[1], undefined, error)
  }
  if (error.name === 'AbortError') return wire('UNAVAILABLE', 'The call was cancelled.', undefined, error)
  return undefined
}
