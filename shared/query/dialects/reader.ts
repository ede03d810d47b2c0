import type { Code } from '#shared/words/said.ts'
import { said } from '#shared/words/said.ts'
import type { Span } from '../ast.ts'
import type { Sign } from './signs.ts'
import type { Dialect, Note, Tree } from './tree.ts'

/** A query while it is read. */
export interface Reader {
  readonly text: string
  readonly signs: readonly Sign[]
  readonly dialect: Dialect
  readonly notes: Note[]
  at: number
  depth: number
}

export const nothing = (span: Span): Tree => ({ type: 'nothing', start: span.start, end: span.end })

export function note(
  reader: Reader,
  effect: Note['effect'],
  why: Code,
  span: Span,
  values: Record<string, string> = {},
): void {
  const written = reader.text.slice(span.start, span.end)
  reader.notes.push({ effect, written, why: said(why, values), start: span.start, end: span.end })
}

/** Joined, and flat where parts are joined in the same way. */
export function joined(type: 'and' | 'or', items: readonly Tree[]): Tree {
  if (items.length === 1) return items[0]!
  const flat = items.flatMap((item) => (item.type === type ? item.items : [item]))
  return {
    type,
    items: flat,
    start: Math.min(...items.map(({ start }) => start)),
    end: Math.max(...items.map(({ end }) => end)),
  }
}
