import type { Statement } from 'better-sqlite3'
import type { ReadableDb } from './handles.ts'

const prepared = new WeakMap<object, Map<string, Statement>>()

/**
 * The connection's prepared statement for `sql`, compiled once. Only for texts that are written in the source: a text
 * put together at run time would fill the cache. A statement that is once plucked stays plucked.
 */
export function statement<Row = unknown>(db: ReadableDb, sql: string): Statement<unknown[], Row> {
  let statements = prepared.get(db)
  if (statements === undefined) prepared.set(db, (statements = new Map()))
  let found = statements.get(sql)
  if (found === undefined) statements.set(sql, (found = db.prepare(sql)))
  return found as Statement<unknown[], Row>
}
