import { createMatcher } from '#engine/matching/matcher.ts'
import type { QueryDocument } from '#shared/query/document.ts'
import type { ListenSpec } from './analysis-protocol.ts'

/** All listens against one text; returns the numbers of those that match. */
export interface ListenMatcher {
  match(document: QueryDocument): number[]
}

export function createListenMatcher(listens: readonly ListenSpec[]): ListenMatcher {
  const matcher = createMatcher(listens.map(({ no, query }) => ({ id: String(no), query })))
  return { match: (document) => matcher.match(document).map((hit) => Number(hit.listenId)) }
}
