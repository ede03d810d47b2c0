import type { MentionFilter } from '#shared/contract/mentions.ts'
import type { Case } from '#shared/model/case.ts'
import type { Mention } from '#shared/model/mention.ts'
import type { QueryDocument } from '#shared/query/document.ts'
import { matchPlan } from '#shared/query/match.ts'
import type { Plan } from '#shared/query/plan.ts'
import type { Reads } from '#engine/store/reads.ts'
import { documentInStore } from '#engine/store/queries/search-document.ts'

/** A mention that has just been stored, with its tokens made at most once for all panes. */
export interface Arrival {
  mention: Mention
  document(): QueryDocument
}

export function arrival(reads: Reads, mention: Mention): Arrival {
  let document: QueryDocument | null = null
  return { mention, document: () => (document ??= documentInStore(reads, mention)) }
}

/** Whether a stored mention belongs to a pane, by everything but its case. `plan`: of the filter's query, null without. */
export function fits(filter: MentionFilter, plan: Plan | null, { mention, document }: Arrival): boolean {
  return (
    (filter.listenIds.length === 0 || mention.listenIds.some((id) => filter.listenIds.includes(id))) &&
    (filter.sourceIds.length === 0 || filter.sourceIds.includes(mention.sourceId)) &&
    (filter.networks.length === 0 || filter.networks.includes(mention.network)) &&
    (filter.sentiments.length === 0 || filter.sentiments.includes(mention.sentiment.label)) &&
    (filter.from === null || mention.publishedAt >= filter.from) &&
    (filter.to === null || mention.publishedAt < filter.to) &&
    (plan === null || matchPlan(plan, document()))
  )
}

/** The customer has not heard back. */
export const isWaiting = (found: Case | null): boolean =>
  found !== null && (found.state === 'new' || found.state === 'routed' || found.state === 'accepted')
