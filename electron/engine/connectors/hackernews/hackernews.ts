import { asWritten, said } from '#shared/words/said.ts'
import type { Code } from '#shared/words/said.ts'
import { Failure } from '#engine/platform/failure.ts'
import { z } from 'zod'
import { retryAfterMs } from '#engine/platform/http-headers.ts'
import type { Batch, Connector, FetchContext } from '../connector.ts'
import { emptyBatch } from '../connector.ts'
import { readHit } from './hit.ts'

const Config = z.object({
  /** One search each; none: everything that is written there. */
  terms: z
    .array(z.string().trim().min(1).max(200))
    .max(20, 'hackernews.mostSearches' satisfies Code)
    .default([]),
  kinds: z.enum(['stories and comments', 'stories', 'comments']).default('stories and comments'),
  /** Of the search service; another one only for tests. */
  service: z.string().url().default('https://hn.algolia.com'),
  everySeconds: z.number().int().min(30).max(86_400).optional(),
})
type Config = z.infer<typeof Config>

/** Hits a request. The service gives no more than 1,000 for one search however it is paged, so windows of time do the paging. */
const PAGE = 200
/** Requests back in time for one search after a pause; what is older is noted as a gap. 5,000 hits. */
const MOST_PAGES = 25
/** The first look goes back this far. */
const FIRST_LOOK_MS = 24 * 60 * 60_000

interface Place {
  /** created_at_i, seconds, of the newest hit seen. */
  newest: number
  /** On the way back to where the last look ended: the next request asks for what is not newer than `to`. */
  back?: { top: number; to: number; from: number; pages: number; page: number }
}

/** One request for every search term. */
async function poll(context: FetchContext<Config>): Promise<Batch> {
  const { config } = context
  const places = readCursor(context.cursor)
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
    (place ? place.newest - Math.ceil(overlapMs / 1000) : Math.floor((now() - FIRST_LOOK_MS) / 1000))
  const filters = [`created_at_i>${from}`]
  if (place?.back) filters.push(`created_at_i<=${place.back.to}`)
  const page = place?.back?.page ?? 0
  const hits = await ask(term, filters, page, context)
  let oldest = Number.POSITIVE_INFINITY
  let newest = place?.back?.top ?? place?.newest ?? from
  for (const payload of hits) {
    const draft = readHit(payload)
    if ('reason' in draft) {
      batch.dropped.push(draft)
      continue
    }
    const at = draft.publishedAt / 1000
    oldest = Math.min(oldest, at)
    if (!place?.back) newest = Math.max(newest, at)
    batch.drafts.push(draft)
  }
  // The first look takes what is there now; what was before it began is no gap.
  if (place === undefined || hits.length < PAGE || !Number.isFinite(oldest)) return { newest }
  const pages = (place.back?.pages ?? 0) + 1
  if (pages >= MOST_PAGES) {
    batch.gap ??= {
      from: from * 1000,
      to: oldest * 1000,
      reason: said('hackernews.gapHits', { n: PAGE * MOST_PAGES }),
    }
    return { newest }
  }
  // A whole page within one second: the window cannot shrink, so the next page of the same window is asked for.
  const stuck = place.back !== undefined && oldest === place.back.to
  if (stuck && (page + 2) * PAGE > 1_000) return { newest, back: { top: newest, to: oldest - 1, from, pages, page: 0 } }
  return { newest: place.newest, back: { top: newest, to: oldest, from, pages, page: stuck ? page + 1 : 0 } }
}

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
  const response = await http.fetch({ url: url.href, headers: { accept: 'application/json' }, signal })
  if (response.status !== 200) {
    const wait = retryAfterMs(response.headers, now())
    if (response.status === 429) throw new Failure('operational', said('hackernews.tooManyRequests', { host: url.host }), { retryAfterMs: wait ?? 60_000 }) // prettier-ignore
    if (response.status === 400) throw new Failure('user', said('hackernews.searchRefused', { host: url.host, search: term })) // prettier-ignore
    throw new Failure('operational', said('connector.answersError', { host: url.host, status: response.status }), { retryAfterMs: wait }) // prettier-ignore
  }
  try {
    const { hits } = JSON.parse(Buffer.from(response.body).toString('utf8')) as { hits?: unknown }
    if (Array.isArray(hits)) return hits
  } catch (error) {
    throw new Failure('operational', said('hackernews.noSearchForm', { host: url.host }), { cause: error })
  }
  throw new Failure('operational', said('hackernews.noHits', { host: url.host }))
}

function readCursor(cursor: string | null): Record<string, Place> {
  try {
    return JSON.parse(cursor ?? '{}') as Record<string, Place>
  } catch {
    return {}
  }
}

export const hackernews = {
  id: 'hackernews',
  network: 'hackernews',
  name: asWritten('Hacker News'),
  summary: said('hackernews.summary'),
  config: Config,
  fields: [
    { key: 'terms', label: said('hackernews.words'), hint: said('hackernews.wordsHint'), kind: 'list', choices: [], required: false, initial: [] }, // prettier-ignore
    { key: 'kinds', label: said('hackernews.what'), hint: null, kind: 'choice', choices: ['stories and comments', 'stories', 'comments'], required: false, initial: 'stories and comments' }, // prettier-ignore
    {
      key: 'everySeconds',
      label: said('connector.every'),
      hint: said('connector.default60'),
      kind: 'number',
      choices: [],
      required: false,
    },
  ],
  secrets: [],
  intervalMs: 60_000,
  minIntervalMs: 30_000,
  poll,
} satisfies Connector<Config>
