import type { Said } from '#shared/model/said.ts'
import type { Span } from '../ast.ts'

/** The tools whose queries are read. `other`: foreign, but no mark says whose. */
export const dialects = [
  ...(['brandwatch', 'meltwater', 'talkwalker', 'sprinklr', 'hootsuite'] as const),
  ...(['x', 'google', 'lucene', 'other'] as const),
] as const
export type Dialect = (typeof dialects)[number]

/** What of a query does not mean here what it means at home. */
export interface Note extends Span {
  /** `dropped`: left out; `changed`: stands for something near it; `read`: a doubtful spot, read in this way. */
  effect: 'dropped' | 'changed' | 'read'
  /** As it was written. */
  written: string
  why: Said
}

/** A query of another tool, with fields already turned into ours. */
export type Tree = Span &
  (
    | { type: 'and' | 'or'; items: Tree[] }
    | { type: 'not'; item: Tree }
    | { type: 'near'; left: Tree; right: Tree; distance: number; ordered: boolean }
    /** `slop`: words of a phrase in a window; null: as they stand. */
    | { type: 'text'; text: string; quoted: boolean; slop: number | null }
    /** Letter by letter. */
    | { type: 'raw'; text: string }
    | { type: 'title'; item: Tree }
    /** An operand of our language, ready. */
    | { type: 'ours'; text: string }
    /** At least so many likes, reposts or replies; those of one AND add up. */
    | { type: 'atLeast'; count: number }
    /** Something that has no meaning here. */
    | { type: 'nothing' }
  )
