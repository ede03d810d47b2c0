import { said } from '#shared/words/said.ts'
import { Failure } from '#engine/platform/failure.ts'
import { linkRelations, rateLimit, retryAfterMs } from '#engine/platform/http-headers.ts'
import type { HttpResponse } from '#engine/platform/http.ts'
import type { Batch, FetchContext } from '../connector.ts'
import { emptyBatch } from '../connector.ts'
import { readStatus } from './status.ts'

/** Statuses a page; the most that Mastodon gives. */
const PAGE = 40
/** Pages that are gone back after a pause before the rest is given up and noted as a gap: 2,000 statuses. */
const MOST_PAGES = 50

/** One timeline's place. `at` is a status' created_at. */
export interface Place {
  newest: { id: string; at: number } | null
  /** On the way back from the newest status to the place where the last look ended. */
  back: { top: { id: string; at: number }; maxId: string; pages: number } | null
}
export type Places = Record<string, Place>

export interface TimelineConfig {
  instance: string
  hashtags: string[]
  local: boolean
}

export const timelinesOf = ({ hashtags }: TimelineConfig): string[] => (hashtags.length === 0 ? ['*'] : hashtags)

export function readPlaces(cursor: string | null): Places {
  if (cursor === null) return {}
  try {
    return JSON.parse(cursor) as Places
  } catch {
    return {}
  }
}

/** One page of every timeline: the newest, or the next one back where a look before is not finished. */
export async function pollTimelines(context: FetchContext<TimelineConfig>): Promise<Batch> {
  const places = readPlaces(context.cursor)
  const batch = emptyBatch(null)
  const token = await context.secret('token')
  for (const timeline of timelinesOf(context.config)) {
    context.signal.throwIfAborted()
    const place = places[timeline] ?? { newest: null, back: null }
    places[timeline] = await page(timeline, place, token, batch, context)
    if (places[timeline].back) batch.more = true
  }
  batch.cursor = JSON.stringify(places)
  return batch
}

async function page(
  timeline: string,
  place: Place,
  token: string | null,
  batch: Batch,
  context: FetchContext<TimelineConfig>,
): Promise<Place> {
  const { config, http, overlapMs, signal } = context
  const host = new URL(config.instance).host
  const url = new URL(
    timeline === '*' ? '/api/v1/timelines/public' : `/api/v1/timelines/tag/${encodeURIComponent(timeline)}`,
    config.instance,
  )
  url.searchParams.set('limit', String(PAGE))
  if (config.local) url.searchParams.set('local', 'true')
  const floor = place.newest === null ? null : place.newest.at - overlapMs
  const since = place.newest === null || floor === null ? null : idAt(place.newest, floor)
  if (since !== null) url.searchParams.set('since_id', since)
  if (place.back) url.searchParams.set('max_id', place.back.maxId)
  const headers: Record<string, string> = { accept: 'application/json' }
  if (token !== null) headers['authorization'] = `Bearer ${token}`
  const response = await http.fetch({ url: url.href, headers, signal })
  batch.quota = rateLimit(response.headers, context.now()) ?? batch.quota
  if (response.status !== 200) throw problemOf(response, host, token !== null, context.now())
  const statuses = parseList(response, host)

  let oldest: { id: string; at: number } | null = null
  let newest = place.back?.top ?? null
  for (const payload of statuses) {
    const status = readStatus(payload, host)
    if ('reason' in status) {
      batch.dropped.push(status)
      continue
    }
    batch.drafts.push(status.draft)
    if (oldest === null || status.createdAt < oldest.at) oldest = { id: status.id, at: status.createdAt }
    if (newest === null || (place.back === null && status.createdAt > newest.at))
      newest = { id: status.id, at: status.createdAt }
  }
  const done: Place = { newest: newest ?? place.newest, back: null }
  // The first look takes what is there now; what was before it began is no gap.
  if (floor === null || oldest === null || statuses.length === 0 || oldest.at <= floor) return done
  const next = linkRelations(response.headers, url.href)['next']
  const maxId = next === undefined ? null : new URL(next).searchParams.get('max_id')
  if (maxId === null || maxId === place.back?.maxId) return done
  const pages = (place.back?.pages ?? 0) + 1
  if (pages >= MOST_PAGES) {
    batch.gap ??= {
      from: place.newest!.at,
      to: oldest.at,
      reason: said('mastodon.gapPosts', { host, n: MOST_PAGES * PAGE }),
    }
    return done
  }
  return { newest: place.newest, back: { top: newest!, maxId, pages } }
}

/**
 * The id of a moment: Mastodon's ids hold milliseconds in the bits above 16. Other servers of the family count
 * differently; whether this one does is seen from an id whose date is known.
 */
function idAt(known: { id: string; at: number }, at: number): string | null {
  if (!/^\d{15,20}$/.test(known.id)) return null
  const inId = Number(BigInt(known.id) >> 16n)
  // created_at of a post from elsewhere may differ from its arrival by minutes.
  return Math.abs(inId - known.at) < 86_400_000 && at > 0 ? String(BigInt(at) << 16n) : null
}

function parseList(response: HttpResponse, host: string): unknown[] {
  try {
    const list: unknown = JSON.parse(Buffer.from(response.body).toString('utf8'))
    if (Array.isArray(list)) return list
  } catch (error) {
    throw new Failure('operational', said('mastodon.otherForm', { host }), { cause: error }) // prettier-ignore
  }
  throw new Failure('operational', said('mastodon.noPosts', { host }))
}

function problemOf(response: HttpResponse, host: string, hasToken: boolean, now: number): Failure {
  const { status, headers } = response
  const wait = retryAfterMs(headers, now)
  if (status === 401 || status === 403 || status === 422) {
    const what = hasToken
      ? said('mastodon.tokenRefused', { host, status })
      : said('mastodon.membersOnly', { host, status })
    return new Failure('user', what)
  }
  if (status === 404 || status === 410) {
    return new Failure('user', said('mastodon.noTimeline', { host, status }))
  }
  if (status === 429) {
    const resetsAt = rateLimit(headers, now)?.resetsAt ?? null
    const waitMs = wait ?? (resetsAt === null ? 5 * 60_000 : Math.max(0, resetsAt - now))
    return new Failure('operational', said('mastodon.tooManyRequests', { host }), { retryAfterMs: waitMs }) // prettier-ignore
  }
  return new Failure('operational', said('connector.answersError', { host, status }), {
    retryAfterMs: wait,
  })
}
