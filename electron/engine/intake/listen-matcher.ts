import type { QueryDocument } from '#shared/query/document.ts'
import type { ListenSpec } from './analysis-protocol.ts'

/** All listens against one text; returns the numbers of those that match. */
export interface ListenMatcher {
  match(document: QueryDocument): number[]
}

export function createListenMatcher(_listens: readonly ListenSpec[]): ListenMatcher {
  return { match: () => [] }
}
