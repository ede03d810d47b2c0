import { cut } from '#shared/util/text-length.ts'
import { userFailure, type Failure } from '#engine/platform/failure.ts'
import { documentOfMention } from '#shared/query/document.ts'
import { facet, facetValue } from '#shared/query/facets.ts'
import { matchPlan } from '#shared/query/match.ts'
import { parseQuery } from '#shared/query/parse.ts'
import type { QuestionContext } from '../questions.ts'
import type { Reads } from '../reads.ts'
import { ALL } from '../rollups.ts'
import { statement } from '../connections.ts'
import { planFor } from './cards.ts'
import type { Filter, Narrow, PageStart } from './filter.ts'
import { toMention, rowBySeq } from './mentions.ts'
import { countMatches, newestMatches, type SearchRequest, type SearchResult } from './search-newest.ts'

export interface TextSearch {
  filter: Filter
  narrow: Narrow
  before: PageStart | null
  limit: number
}

/** Texts that one page reads where the index cannot tell: two seconds. The next page goes on behind them. */
const MOST_CHECKED = 100_000

const unreadable = (query: string): Failure => userFailure('query.searchUnreadable', { query: cut(query, 200) })

/** Whether a row's mention is one that the query asks for. */
export function textMatches(db: Reads, query: string): (seq: number) => boolean {
  const plan = planFor(query)
  if (!plan) throw unreadable(query)
  const names = new Map(sourcesOf(db).map(({ id, name }) => [id, name]))
  return (seq) => {
    const row = rowBySeq(db, seq)
    if (row === undefined) return false
    return matchPlan(plan, documentOfMention(toMention(db, row), names.get(row.source_id) ?? null))
  }
}

/** Sources by name, also removed ones, for `source:`. */
export const sourcesOf = (db: Reads): { id: string; name: string }[] =>
  statement<{ id: string; name: string }>(db, 'SELECT id, name FROM sources').all()

function requestOf(
  db: Reads,
  { filter, narrow }: Pick<TextSearch, 'filter' | 'narrow'>,
  context: QuestionContext,
): SearchRequest {
  const parsed = parseQuery(filter.query)
  if (!parsed.ok) throw unreadable(filter.query)
  const request = {
    query: parsed.value,
    sources: sourcesOf(db),
    from: filter.from,
    to: filter.to,
    cancelled: context.cancelled,
    mostChecked: MOST_CHECKED,
  }
  if (narrow.listens[0] !== ALL) return { ...request, narrow }
  return { ...request, ...conditions(filter, narrow), terms: termsOfFilter(filter) }
}

/** What the index knows of a filter: terms of which one stands in every mention that fits. */
function termsOfFilter({ sourceIds, networks }: Filter): string[] {
  if (sourceIds.length > 0) return sourceIds.map((id) => facet('source', facetValue(id)))
  return networks.map((network) => facet('network', facetValue(network)))
}

/** The newest mentions that match the filter and its query, and where to go on. `complete` false: it had to stop early. */
export function searchNewest(db: Reads, search: TextSearch, context: QuestionContext): SearchResult {
  const request = { ...requestOf(db, search, context), before: search.before }
  return newestMatches(db, request, search.limit)
}

/** How many match, looked at up to `most` of them. `complete` false: there are at least so many. */
export function countSearch(
  db: Reads,
  search: Pick<TextSearch, 'filter' | 'narrow'>,
  most: number,
  context: QuestionContext,
): { count: number; complete: boolean } {
  return countMatches(db, requestOf(db, search, context), most)
}

const inList = (column: string): string => `${column} IN (SELECT value FROM json_each(?))`

/** The filter without its query and listens, as SQL over `mention m`. */
function conditions(filter: Filter, narrow: Narrow): { where: string; params: string[] } {
  const where: string[] = []
  const params: string[] = []
  const add = (sql: string, values: readonly (string | number)[]): void => {
    where.push(sql)
    params.push(JSON.stringify(values))
  }
  if (filter.sourceIds.length > 0) add(inList('m.source_id'), filter.sourceIds)
  if (filter.networks.length > 0) add(inList('m.network'), filter.networks)
  if (narrow.sentiments) add(inList('m.sentiment'), [...narrow.sentiments])
  return { where: where.length > 0 ? where.join(' AND ') : '1', params }
}
