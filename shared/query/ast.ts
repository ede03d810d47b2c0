import type { Said } from '#shared/model/said.ts'

/** UTF-16 offsets into the query's text, end exclusive. */
export interface Span {
  start: number
  end: number
}

/** Fields whose value is a word or a phrase. */
export const textFields = [
  ...(['author', 'to', 'network', 'source', 'lang', 'country', 'site', 'url', 'link', 'kind', 'has', 'is'] as const),
  ...(['sentiment', 'intent', 'aspect', 'concept', 'category', 'relevance'] as const),
] as const
export type TextField = (typeof textFields)[number]
export const numberFields = ['followers', 'engagement'] as const
export type NumberField = (typeof numberFields)[number]
export const timeFields = ['since', 'until'] as const
export type TimeField = (typeof timeFields)[number]
export const fieldNames = [...textFields, ...numberFields, ...timeFields, 'title', 'raw'] as const

/** What `has:` and `is:` can ask for. */
export const hasValues = ['link', 'image', 'video', 'audio', 'media', 'hashtag', 'mention', 'emoji', 'country'] as const
export const relevanceValues = ['yes', 'no'] as const
export const isValues = ['reply', 'repost', 'quote', 'question', 'private'] as const

export interface FieldValue extends Span {
  /** As written, without quotes. */
  text: string
  quoted: boolean
}

export type Node = Span &
  (
    | { type: 'and' | 'or'; items: Node[]; /** Written in parentheses; they are part of the span. */ grouped?: true }
    | { type: 'not'; item: Node }
    /** Words and phrases, however joined, that the title alone must meet. */
    | { type: 'title'; item: Node }
    /** At most `distance` other words between the two, in either order, or in this one when `ordered`. */
    | { type: 'near'; ordered: boolean; distance: number; left: Node; right: Node }
    /** Unquoted; `*` stands for any letters, `?` for one, `~1` or `~2` at the end for so many wrong letters. */
    | { type: 'word'; text: string }
    /** `slop`: all words within a window, in any order, with at most so many other words between. null: as written. */
    | { type: 'phrase'; text: string; slop: number | null }
    /** Exactly these characters. */
    | { type: 'raw'; text: string }
    /** Any of the values. */
    | { type: 'field'; field: TextField; values: FieldValue[] }
    /** Both ends inclusive; null: open. */
    | { type: 'number'; field: NumberField; from: number | null; to: number | null }
    /** `since`: at or after `at`. `until`: before `at` (the end of the day or minute that was written). */
    | { type: 'time'; field: TimeField; at: number }
  )
export type NodeType = Node['type']
export type NodeOf<Type extends NodeType> = Extract<Node, { type: Type }>

export interface Query {
  text: string
  root: Node
  /** Words, phrases and field values in it. */
  operands: number
}

/** As in the contract, but in no language yet. */
export interface QueryProblem extends Span {
  severity: 'error' | 'warning' | 'hint'
  /** Stable name of the check. */
  code: string
  what: Said
}

export const problem = (code: string, what: Said, { start, end }: Span): QueryProblem => ({
  severity: 'error',
  code,
  what,
  start,
  end,
})

export const MAX_LENGTH = 16_384
/** Parentheses in parentheses, or a row of NOTs. */
export const MAX_DEPTH = 100
export const MAX_DISTANCE = 1_000

/** The parts a node is made of, in order of writing. */
export function partsOf(node: Node): readonly Node[] {
  switch (node.type) {
    case 'and':
    case 'or':
      return node.items
    case 'not':
    case 'title':
      return [node.item]
    case 'near':
      return [node.left, node.right]
    default:
      return []
  }
}
