import type { Mention } from '#shared/model/mention.ts'
import type { Query } from '#shared/query/ast.ts'
import { documentOfMention } from '#shared/query/document.ts'
import { matchQuery } from '#shared/query/match.ts'
import type { ReadableDb } from '../handles.ts'
import { mentionBySeq } from './mentions.ts'
import { sourceNames } from './search-facts.ts'
import { compileSearch, type CompiledSearch } from './search-sql.ts'
import { termsOf } from './search-vocabulary.ts'
import { seqBounds, zonesOf, type Zones } from './search-zones.ts'

export interface SearchRequest {
  query: Query
  /** For `source:` by name. */
  sources?: readonly { id: string; name: string }[]
  /** A further condition over `mention m`, written in the source, never put together from input. */
  where?: string
  params?: readonly (string | number | null)[]
  /** Bounds of published_at: from inclusive, to exclusive. */
  from?: number | null
  to?: number | null
  /** Only what comes after this one in (publishedAt, seq) order from newest to oldest. */
  before?: { publishedAt: number; seq: number } | null
  cancelled?: () => boolean
  /** Terms of patterns that were looked up already, for several searches in a row. */
  patterns?: Map<string, string[] | null>
  /** Candidates that are looked at, at most; default 2,000,000. */
  mostCandidates?: number
  /** Of those, how many texts are read when SQL alone cannot tell; default 250,000, some seconds. */
  mostChecked?: number
}

export interface Found {
  seq: number
  publishedAt: number
}

/** `complete` false: the search was ended (cancelled, too many candidates) and there may be more. */
export interface SearchResult {
  found: Found[]
  complete: boolean
}

interface Row {
  seq: number
  published_at: number
}

/** The newest `limit` mentions that match, by (publishedAt desc, seq desc). The whole text index must be attached as `search`. */
export function newestMatches(db: ReadableDb, stationId: string, request: SearchRequest, limit: number): SearchResult {
  const search = prepare(db, stationId, request)
  if (search.compiled.nothing) return { found: [], complete: true }
  return search.compiled.fts === null ? scanByTime(search, limit) : scanIndex(search, limit)
}

/**
 * How many match. Exact up to `most`; beyond that `complete` is false, the count is what was seen until then, and
 * `reached` is how far back in time (published_at) that was.
 */
export function countMatches(
  db: ReadableDb,
  stationId: string,
  request: SearchRequest,
  most: number,
): { count: number; complete: boolean; reached: number } {
  const search = prepare(db, stationId, request)
  let count = 0
  let reached = Infinity
  if (search.compiled.nothing) return { count, complete: true, reached }
  for (const row of candidates(search, search.compiled.fts === null ? 'time' : 'index')) {
    if (row === null || search.exhausted() || count >= most) return { count, complete: false, reached }
    if (row.published_at < reached) reached = row.published_at
    if (search.matches(row.seq)) count++
  }
  return { count, complete: true, reached }
}

/** Every match's row number, in no order that means anything; for comparing two queries. */
export function* eachMatch(db: ReadableDb, stationId: string, request: SearchRequest): Generator<Found, boolean> {
  const search = prepare(db, stationId, request)
  if (search.compiled.nothing) return true
  for (const row of candidates(search, search.compiled.fts === null ? 'time' : 'index')) {
    if (row === null || search.exhausted()) return false
    if (search.matches(row.seq)) yield { seq: row.seq, publishedAt: row.published_at }
  }
  return true
}

interface Search {
  db: ReadableDb
  compiled: CompiledSearch
  where: string
  params: (string | number | null)[]
  /** Row numbers between which matches can lie. */
  firstSeq: number
  lastSeq: number
  zones: Zones
  matches(seq: number): boolean
  /** As many texts were read as the caller allows. */
  exhausted(): boolean
  cancelled(): boolean
  mostCandidates: number
}

function prepare(db: ReadableDb, stationId: string, request: SearchRequest): Search {
  const { query, before } = request
  const names = new Map((request.sources ?? []).map(({ id, name }) => [id, name]))
  const compiled = compileSearch(query, {
    sources: sourceNames(request.sources ?? []),
    terms(glob, among) {
      const key = `${among} ${glob.pattern}`
      const known = request.patterns?.get(key)
      if (known !== undefined) return known
      const terms = termsOf(db, glob, among)
      request.patterns?.set(key, terms)
      return terms
    },
  })
  const conditions = [compiled.where]
  const params: (string | number | null)[] = [...compiled.params]
  const add = (sql: string, ...values: (string | number | null)[]): void => {
    conditions.push(`(${sql})`)
    params.push(...values)
  }
  if (request.where) add(request.where, ...(request.params ?? []))
  const from = greatest(request.from ?? null, compiled.from)
  const to = least(least(request.to ?? null, compiled.to), before ? before.publishedAt + 1 : null)
  if (from !== null) add('m.published_at >= ?', from)
  if (to !== null) add('m.published_at < ?', to)
  if (before) add('m.published_at < ? OR m.seq < ?', before.publishedAt, before.seq)
  const mostChecked = request.mostChecked ?? 250_000
  let checked = 0
  const zones = zonesOf(db)
  const isMatch = (mention: Mention): boolean =>
    matchQuery(query, documentOfMention(mention, names.get(mention.sourceId) ?? null))
  return {
    db,
    compiled,
    where: conditions.filter((sql) => sql !== '1').join(' AND ') || '1',
    params,
    ...seqBounds(zones, from, to),
    zones,
    exhausted: () => checked >= mostChecked,
    matches(seq) {
      if (compiled.exact) return true
      checked++
      const mention = mentionBySeq(db, stationId, seq)
      return mention !== undefined && isMatch(mention)
    },
    cancelled: request.cancelled ?? (() => false),
    mostCandidates: request.mostCandidates ?? 2_000_000,
  }
}

/**
 * The index gives its rows by `seq` downwards, which is nearly the order of publishing. The best `limit` so far are kept;
 * the walk ends when no block below can hold a newer one.
 */
function scanIndex(search: Search, limit: number): SearchResult {
  const best: Found[] = []
  const complete = true
  for (const row of candidates(search, 'index')) {
    if (row === null || search.exhausted()) return { found: best, complete: false }
    const worst = best.length >= limit ? best[limit - 1]! : null
    if (worst) {
      if (worst.publishedAt >= search.zones.newestUpTo(row.seq)) break
      if (!isNewer(row.published_at, row.seq, worst)) continue
    }
    if (!search.matches(row.seq)) continue
    let at = best.length
    while (at > 0 && isNewer(row.published_at, row.seq, best[at - 1]!)) at--
    best.splice(at, 0, { seq: row.seq, publishedAt: row.published_at })
    if (best.length > limit) best.pop()
  }
  return { found: best, complete }
}

const isNewer = (publishedAt: number, seq: number, than: Found): boolean =>
  publishedAt > than.publishedAt || (publishedAt === than.publishedAt && seq > than.seq)

/** Without a term to look up: all mentions from the newest on. */
function scanByTime(search: Search, limit: number): SearchResult {
  const found: Found[] = []
  for (const row of candidates(search, 'time')) {
    if (row === null || search.exhausted()) return { found, complete: false }
    if (!search.matches(row.seq)) continue
    found.push({ seq: row.seq, publishedAt: row.published_at })
    if (found.length >= limit) break
  }
  return { found, complete: true }
}

/** Rows that pass the SQL; null once, at the end, when the search was cut short. */
function* candidates(search: Search, by: 'index' | 'time'): Generator<Row | null> {
  const { compiled, where, params, firstSeq, lastSeq } = search
  const sql = candidateSql(by, where)
  const bound = by === 'index' ? [compiled.fts, firstSeq, lastSeq, ...params] : params
  let seen = 0
  for (const row of search.db.prepare<unknown[], Row>(sql).iterate(...bound)) {
    yield row
    if ((++seen & 255) === 0 && (search.cancelled() || seen >= search.mostCandidates)) {
      yield null
      return
    }
  }
}

/** Newest first, streamed: neither way sorts. `heard` with listen 0 is every mention in order of publishing. */
export const candidateSql = (by: 'index' | 'time', where: string): string =>
  by === 'index'
    ? `SELECT m.seq, m.published_at FROM search.mention_fts f CROSS JOIN mention m ON m.seq = f.rowid
       WHERE f.mention_fts MATCH ? AND f.rowid BETWEEN ? AND ? AND ${where} ORDER BY f.rowid DESC`
    : `SELECT m.seq, m.published_at FROM heard h CROSS JOIN mention m ON m.seq = h.seq
       WHERE h.listen = 0 AND ${where.replaceAll('m.published_at', 'h.published_at').replaceAll('m.sentiment', 'h.sentiment')}
       ORDER BY h.published_at DESC, h.seq DESC`

const greatest = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.max(a, b)
const least = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : Math.min(a, b))
