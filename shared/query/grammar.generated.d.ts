/** Written by hand for the parser that peggy generates from grammar.peggy. */
import type { FieldValue, Node, Span } from './ast.ts'

/** A field condition whose name and values are not checked yet. */
export type AnyField = Span & { type: 'anyField'; field: string; values: FieldValue[] }
type Grow<T> = T extends { items: Node[] }
  ? Omit<T, 'items'> & { items: ParsedNode[] }
  : T extends { item: Node }
    ? Omit<T, 'item'> & { item: ParsedNode }
    : T extends { left: Node; right: Node }
      ? Omit<T, 'left' | 'right'> & { left: ParsedNode; right: ParsedNode }
      : T
export type ParsedNode = Grow<Node> | AnyField

/** Throws SyntaxError. Offsets are UTF-16 code units. */
export function parse(text: string): ParsedNode

export class SyntaxError extends globalThis.Error {
  readonly expected: { type: string; description?: string; text?: string }[] | null
  readonly found: string | null
  readonly location: { start: { offset: number }; end: { offset: number } }
}
