import { asWritten, said, type Code } from '#shared/words/said.ts'
import { userFailure } from '#engine/platform/failure.ts'
import { z } from 'zod'
import { emptyBatch, type Batch, type Connector, type FetchContext } from '../connector.ts'
import { isDropped, take } from '../draft.ts'
import { everySeconds, field } from '../form.ts'
import { bearer, fieldOf, listOr, readCursor, statusFailure } from '../incoming.ts'
import { readHit } from './hit.ts'

const kinds = ['stories and comments', 'stories', 'comments'] as const

const Config = z.object({
  /** One search each; none: everything that is written there. */
  terms: z
    .array(z.string().trim().min(1).max(200))
    .max(20, 'hackernews.mostSearches' satisfies Code)
    .default([]),
  kinds: z.enum(kinds).default('stories and comments'),
  /** Of the search service; another one only for tests. */
  service: z.string().url().default('https://hn.algolia.com'),
  everySeconds: z.number().int().min(30).max(86_400).optional(),
})
type Config = z.infer<typeof Config>

/** Hits a request. The service gives no more than 1,000 for one search however it is paged, so windows of time do the paging. */
const PAGE = 200
/** Requests back in time for one search after a pause; what is older is noted as a gap. 5,000 hits. */
const MOST_PAGES = 25
/** What comes into the index late is heard when it is at most so much older than the place, and on the newest page. Seconds. */
const LATE_S = 24 * 60 * 60
/** Our clock and the service's may differ by so much. */
const AHEAD_MS = 60_000
/** The first look goes back this far. */
const FIRST_LOOK_MS = 24 * 60 * 60_000

/** Times are the service's, by which it orders; ids are the site's, and tell what is known. */
interface Place {
  /** created_at_i, seconds, of the newest hit seen, unless that is still to come. */
  newest: number
  /** Nothing older is heard, seconds: where the first look began. Absent in places of old. */
  began?: number
  /** Ids of the newest hits that were seen: a look brings what is not among them, however late it came into the index. */
  seen?: string[]
  /** On the way back to where the last look ended: the next request asks for what is not newer than `to`. */
  back?: { top: number; to: number; from: number; pages: number; page: number }
}

/** One request for every search term. */
async function poll(context: FetchContext<Config>): Promise<Batch> {
  const { config } = context
  const places = readCursor<Record<string, Place>>(context.cursor)
  const batch = emptyBatch(null)
  for (const term of config.terms.length === 0 ? [''] : config.terms) {
    context.signal.throwIfAborted()
    const place = await search(term, places[term], batch, context)
    places[term] = place
    if (place.back) batch.more = true
  }
  batch.cursor = JSON.stringify(places)
  return batch
}

async function search(
  term: string,
  place: Place | undefined,
  batch: Batch,
  context: FetchContext<Config>,
): Promise<Place> {
  const { now } = context
  // Comments reach the index some minutes late now and then.
  const overlapMs = Math.max(context.overlapMs, 10 * 60_000)
  const from =
    place?.back?.from ??
    (place
      ? Math.min(place.newest, seconds(now())) - Math.ceil(overlapMs / 1000)
      : Math.floor((now() - FIRST_LOOK_MS) / 1000))
  const began = place?.began ?? from
  // The first request of a look takes the newest page, however far it reaches back; the others no more than is new.
  const floor = place?.back ? from : Math.max(began, from - LATE_S)
  const filters = [`created_at_i>${Math.min(floor, from)}`]
  if (place?.back) filters.push(`created_at_i<=${place.back.to}`)
  const page = place?.back?.page ?? 0
  const hits = await ask(term, filters, page, context)
  const known = new Set(place?.seen)
  const seen: string[] = []
  let oldest = Number.POSITIVE_INFINITY
  let newest = place?.back?.top ?? place?.newest ?? from
  for (const payload of hits) {
    const draft = readHit(payload, now())
    const { created_at_i: at } = (payload ?? {}) as { created_at_i?: unknown }
    const isKnown = !isDropped(draft) && known.has(draft.externalId)
    if (!isKnown) take(batch, draft)
    if (!isDropped(draft)) seen.push(draft.externalId)
    if (typeof at !== 'number') continue
    oldest = Math.min(oldest, at)
    // One that is dated ahead would hide all that come until then.
    if (!place?.back && at <= seconds(now() + AHEAD_MS)) newest = Math.max(newest, at)
  }
  const at = { began, seen: [...(place?.back ? (place.seen ?? []) : []), ...seen].slice(0, PAGE) }
  // The first look takes what is there now; what was before it began is no gap.
  const isWhole = hits.length < PAGE || !Number.isFinite(oldest) || oldest < from
  if (place === undefined || isWhole) return { newest, ...at }
  const pages = (place.back?.pages ?? 0) + 1
  if (pages >= MOST_PAGES) {
    batch.gap ??= {
      from: from * 1000,
      to: oldest * 1000,
      reason: said('hackernews.gapHits', { n: PAGE * MOST_PAGES }),
    }
    return { newest, ...at }
  }
  // A whole page within one second: the window cannot shrink, so the next page of the same window is asked for.
  const stuck = place.back !== undefined && oldest === place.back.to
  if (stuck && (page + 2) * PAGE > 1_000)
    return { newest, ...at, back: { top: newest, to: oldest - 1, from, pages, page: 0 } }
  return { newest: place.newest, ...at, back: { top: newest, to: oldest, from, pages, page: stuck ? page + 1 : 0 } }
}

const seconds = (ms: number): number => Math.floor(ms / 1000)

async function ask(
  term: string,
  filters: string[],
  page: number,
  { config, http, signal, now }: FetchContext<Config>,
): Promise<unknown[]> {
  const url = new URL('/api/v1/search_by_date', config.service)
  const tags = { 'stories and comments': '(story,comment)', stories: 'story', comments: 'comment' }[config.kinds]
  url.searchParams.set('tags', tags)
  url.searchParams.set('numericFilters', filters.join(','))
  url.searchParams.set('hitsPerPage', String(PAGE))
  url.searchParams.set('page', String(page))
  if (term !== '') {
    // As a phrase, and without forgiving typing errors: "Kaffora" is not "Kafka".
    url.searchParams.set('query', `"${term.replaceAll('"', ' ')}"`)
    url.searchParams.set('advancedSyntax', 'true')
    url.searchParams.set('typoTolerance', 'false')
  }
  const response = await http.fetch({ url: url.href, headers: bearer(null), signal })
  const { host } = url
  if (response.status === 400) throw userFailure('hackernews.searchRefused', { host, search: term })
  if (response.status !== 200) throw statusFailure(response, now())
  return listOr('hackernews.noHits', host, fieldOf(response, 'hits'))
}

export const hackernews = {
  id: 'hackernews',
  network: 'hackernews',
  name: asWritten('Hacker News'),
  summary: said('hackernews.summary'),
  config: Config,
  fields: [
    field('list', 'terms', 'hackernews.words', { hint: 'hackernews.wordsHint', initial: [] }),
    field('choice', 'kinds', 'hackernews.what', { choices: kinds, initial: kinds[0] }),
    everySeconds('connector.default60'),
  ],
  secrets: [],
  intervalMs: 60_000,
  minIntervalMs: 30_000,
  poll,
} satisfies Connector<Config>
