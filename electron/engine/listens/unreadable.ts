import type { Query, QueryProblem } from '#shared/query/ast.ts'
import { parseQuery } from '#shared/query/parse.ts'
import { userFailure, type Failure } from '#engine/platform/failure.ts'

/** A query that cannot be read: what was expected, and where. */
export const unreadable = ({ what, start }: QueryProblem): Failure =>
  userFailure('query.wrong', { message: what, field: 'query', position: start })

/** Throws a Failure when it cannot be read. */
export function readQuery(text: string): Query {
  const parsed = parseQuery(text)
  if (!parsed.ok) throw unreadable(parsed.error)
  return parsed.value
}
