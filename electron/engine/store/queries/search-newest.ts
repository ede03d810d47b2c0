import type { Mention } from '#shared/model/mention.ts'
import type { Query } from '#shared/query/ast.ts'
import { documentOfMention } from '#shared/query/document.ts'
import { matchQuery } from '#shared/query/match.ts'
import type { Reads } from '../reads.ts'
import { ALL } from '../rollups.ts'
import { connectionOf, statement } from '../connections.ts'
import { END, isBefore, type Narrow, type PageStart } from './filter.ts'
import { heard } from './heard.ts'
import { mentionBySeq } from './mentions.ts'
import { both, either, term } from './search-expression.ts'
import { sourceNames } from './search-facts.ts'
import { heardInIndex } from './search-heard.ts'
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
  /** Only what comes after this one in (publishedAt, seq) order from newest to oldest, and in rows below its `below`. */
  before?: PageStart | null
  /** Only what these listens heard, with these labels, from these sources. */
  narrow?: Narrow
  /** Index terms of which one must be there, where the index is asked: narrows what `where` asks for as well. */
  terms?: readonly string[]
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

/**
 * `complete` false: the search was ended (cancelled, too many candidates) and there may be more. `next`: where to go on for
 * more; null when everything was found. After a search by words that was ended, it goes on with older rows, which are
 * older mentions but for those that came late.
 */
export interface SearchResult {
  found: Found[]
  complete: boolean
  next: PageStart | null
}

interface Row {
  seq: number
  published_at: number
}

/** The newest `limit` mentions that match, by (publishedAt desc, seq desc). The whole text index must be attached as `search`. */
export function newestMatches(db: Reads, request: SearchRequest, limit: number): SearchResult {
  const search = prepare(db, request)
  if (search.compiled.nothing) return { found: [], complete: true, next: null }
  return search.fts === null ? scanByTime(search, limit) : scanIndex(search, limit)
}

/**
 * How many match. Exact up to `most`; beyond that `complete` is false, the count is what was seen until then, and
 * `reached` is how far back in time (published_at) that was.
 */
export function countMatches(
  db: Reads,
  request: SearchRequest,
  most: number,
): { count: number; complete: boolean; reached: number } {
  const search = prepare(db, request)
  let count = 0
  let reached = Infinity
  if (search.compiled.nothing) return { count, complete: true, reached }
  if (search.timesOnly && search.narrow && search.fts !== null)
    return countHeard(search, search.fts, search.narrow, most)
  for (const row of candidates(search)) {
    if (row === null || search.exhausted() || count >= most) return { count, complete: false, reached }
    if (row.published_at < reached) reached = row.published_at
    if (search.matches(row.seq)) count++
  }
  return { count, complete: true, reached }
}

/** Where the two lists alone tell, no mention is looked into. */
function countHeard(
  search: Search,
  fts: string,
  narrow: Narrow,
  most: number,
): { count: number; complete: boolean; reached: number } {
  let count = 0
  for (const seq of heardInIndex(search.db, { ...search, fts, narrow })) {
    if (count >= most || search.cancelled()) return { count, complete: false, reached: publishedAt(search.db, seq) }
    count++
  }
  return { count, complete: true, reached: search.from ?? Number.MIN_SAFE_INTEGER }
}

const publishedAt = (db: Reads, seq: number): number =>
  statement<{ at: number }>(db, 'SELECT published_at AS at FROM mention WHERE seq = ?').get(seq)?.at ?? Infinity

interface Search {
  db: Reads
  compiled: CompiledSearch
  fts: string | null
  narrow: Narrow | null
  before: PageStart | null
  from: number | null
  to: number | null
  where: string
  params: (string | number | null)[]
  /** Index and listens answer it: apart from bounds of time there is nothing to ask of a mention. */
  timesOnly: boolean
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

function prepare(db: Reads, request: SearchRequest): Search {
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
  const timesOnly = compiled.exact && compiled.where === '1' && !request.where && !before
  const from = greatest(request.from ?? null, compiled.from)
  const place = before && before.publishedAt < END.publishedAt ? before : null
  const to = least(least(request.to ?? null, compiled.to), place ? place.publishedAt + 1 : null)
  if (from !== null) add('m.published_at >= ?', from)
  if (to !== null) add('m.published_at < ?', to)
  if (place) add('m.published_at < ? OR m.seq < ?', place.publishedAt, place.seq)
  if (before?.below != null) add('m.seq < ?', before.below)
  const mostChecked = request.mostChecked ?? 250_000
  let checked = 0
  const zones = zonesOf(db)
  const bounds = seqBounds(zones, from, to)
  if (before?.below != null) bounds.lastSeq = Math.min(bounds.lastSeq, before.below - 1)
  const isMatch = (mention: Mention): boolean =>
    matchQuery(query, documentOfMention(mention, names.get(mention.sourceId) ?? null))
  return {
    db,
    compiled,
    fts: narrowedBy(compiled.fts, request.terms ?? []),
    narrow: request.narrow && request.narrow.listens[0] !== ALL ? request.narrow : null,
    before: request.before ?? null,
    from,
    to,
    where: conditions.filter((sql) => sql !== '1').join(' AND ') || '1',
    params,
    timesOnly,
    ...bounds,
    zones,
    exhausted: () => checked >= mostChecked,
    matches(seq) {
      if (compiled.exact) return true
      checked++
      const mention = mentionBySeq(db, seq)
      return mention !== undefined && isMatch(mention)
    },
    cancelled: request.cancelled ?? (() => false),
    mostCandidates: request.mostCandidates ?? 2_000_000,
  }
}

const narrowedBy = (fts: string | null, terms: readonly string[]): string | null =>
  fts === null || terms.length === 0
    ? fts
    : both([{ text: fts, depth: 1 }, either(terms.map((each) => term(each)))]).text

/**
 * The index gives its rows by `seq` downwards, which is nearly the order of publishing. The best so far are kept; the walk
 * ends when no block below can hold a newer one. One more than asked for tells whether there are more.
 */
function scanIndex(search: Search, limit: number): SearchResult {
  const best: Found[] = []
  /** The first matches as they come, for when the walk is ended too early to know which are the newest of all. */
  const first: Found[] = []
  let last = search.lastSeq
  const unfinished = (reached: number): SearchResult => {
    const cut = first.length > limit
    const found = first.slice(0, limit).sort((a, b) => b.publishedAt - a.publishedAt || b.seq - a.seq)
    const below = cut ? first[limit - 1]!.seq : reached
    return { found, complete: false, next: { ...(search.before ?? END), below } }
  }
  for (const row of candidates(search)) {
    if (row === null) return unfinished(last)
    if (search.exhausted()) return unfinished(row.seq + 1)
    last = row.seq
    const worst = best.length > limit ? best[limit]! : null
    if (worst) {
      if (worst.publishedAt >= search.zones.newestUpTo(row.seq)) break
      if (!isNewer(row.published_at, row.seq, worst)) continue
    }
    if (!search.matches(row.seq)) continue
    const found = { seq: row.seq, publishedAt: row.published_at }
    if (first.length <= limit) first.push(found)
    let at = best.length
    while (at > 0 && isNewer(row.published_at, row.seq, best[at - 1]!)) at--
    best.splice(at, 0, found)
    if (best.length > limit + 1) best.pop()
  }
  return page(search, best, limit)
}

function page(search: Search, found: Found[], limit: number): SearchResult {
  const more = found.length > limit
  if (more) found.length = limit
  const end = found.at(-1)
  return { found, complete: true, next: more && end ? { ...end, below: search.before?.below ?? null } : null }
}

const isNewer = (publishedAt: number, seq: number, than: Found): boolean =>
  publishedAt > than.publishedAt || (publishedAt === than.publishedAt && seq > than.seq)

/** Without a term to look up: all mentions from the newest on. */
function scanByTime(search: Search, limit: number): SearchResult {
  const found: Found[] = []
  let last: Found | null = null
  for (const row of candidates(search)) {
    if (row === null || search.exhausted()) {
      return { found, complete: false, next: last && { ...last, below: search.before?.below ?? null } }
    }
    last = { seq: row.seq, publishedAt: row.published_at }
    if (!search.matches(row.seq)) continue
    found.push(last)
    if (found.length > limit) break
  }
  return page(search, found, limit)
}

/** Rows that pass the SQL; null once, at the end, when the search was cut short. */
function* candidates(search: Search): Generator<Row | null> {
  let seen = 0
  for (const row of search.narrow ? heardRows(search, search.narrow) : sqlRows(search)) {
    yield row
    if ((++seen & 255) === 0 && (search.cancelled() || seen >= search.mostCandidates)) {
      yield null
      return
    }
  }
}

function sqlRows(search: Search): Iterable<Row> {
  const { fts, where, params, firstSeq, lastSeq } = search
  const bound = fts === null ? params : [fts, firstSeq, lastSeq, ...params]
  return connectionOf(search.db)
    .prepare<unknown[], Row>(candidateSql(fts === null ? 'time' : 'index', where))
    .iterate(...bound)
}

/** From the listens' side: what they heard, laid over the index or, without a word to look up, one by one. */
function* heardRows(search: Search, narrow: Narrow): Generator<Row> {
  const { db, fts, where, params, from, to } = search
  const fits = connectionOf(db).prepare<unknown[], Row>(
    `SELECT m.seq, m.published_at FROM mention m WHERE m.seq = ? AND ${where}`,
  )
  if (fts !== null) {
    for (const seq of heardInIndex(db, { ...search, fts, narrow })) {
      const row = fits.get(seq, ...params)
      if (row) yield row
    }
    return
  }
  const end = to === null ? null : { publishedAt: to, seq: 0 }
  const start = search.before && (!end || isBefore(search.before, end)) ? search.before : end
  for (const { seq } of heard(db, narrow, start, from)) {
    const row = fits.get(seq, ...params)
    if (row) yield row
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
