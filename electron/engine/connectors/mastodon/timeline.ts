import { said } from '#shared/words/said.ts'
import { linkRelations, rateLimit } from '#engine/platform/http-headers.ts'
import { emptyBatch, type Batch, type FetchContext } from '../connector.ts'
import { take } from '../draft.ts'
import { bearer, jsonOf, listOr, readCursor, statusFailure, type UserStatuses } from '../incoming.ts'
import { readStatus } from './status.ts'

/** Statuses a page; the most that Mastodon gives. */
const PAGE = 40
/** Pages that are gone back after a pause before the rest is given up and noted as a gap: 2,000 statuses. */
const MOST_PAGES = 50

/** A status by its id and created_at, ms. */
interface Known {
  id: string
  at: number
}

/** One timeline's place. */
export interface Place {
  newest: Known | null
  /** On the way back from the newest status to the place where the last look ended. */
  back: { top: Known; maxId: string; pages: number } | null
}
/** The whole of the cursor. */
export type Places = Partial<Record<string, Place>>

export const NOWHERE: Place = { newest: null, back: null }

/** Somebody must do something at the server, or with the token. */
const refusals = (hasToken: boolean): UserStatuses => {
  const refused = hasToken ? 'mastodon.tokenRefused' : 'mastodon.membersOnly'
  return {
    401: refused,
    403: refused,
    422: refused,
    404: 'mastodon.noTimeline',
    410: 'mastodon.noTimeline',
  }
}

export interface TimelineConfig {
  instance: string
  hashtags: string[]
  local: boolean
}

export const timelinesOf = ({ hashtags }: TimelineConfig): string[] => (hashtags.length === 0 ? ['*'] : hashtags)

/** One page of every timeline: the newest, or the next one back where a look before is not finished. */
export async function pollTimelines(context: FetchContext<TimelineConfig>): Promise<Batch> {
  const places = readCursor<Places>(context.cursor)
  const batch = emptyBatch(null)
  const token = await context.secret('token')
  for (const timeline of timelinesOf(context.config)) {
    context.signal.throwIfAborted()
    const place = await page(timeline, places[timeline] ?? NOWHERE, token, batch, context)
    places[timeline] = place
    if (place.back) batch.more = true
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
  const response = await http.fetch({ url: url.href, headers: bearer(token), signal })
  batch.quota = rateLimit(response.headers, context.now()) ?? batch.quota
  if (response.status !== 200) throw statusFailure(response, context.now(), refusals(token !== null))
  const statuses = listOr('mastodon.noPosts', host, jsonOf(response))

  let oldest: Known | null = null
  let newest = place.back?.top ?? null
  for (const payload of statuses) {
    const status = readStatus(payload, host)
    if (!take(batch, status)) continue
    const { externalId: id, publishedAt: at } = status
    if (oldest === null || at < oldest.at) oldest = { id, at }
    if (newest === null || (place.back === null && at > newest.at)) newest = { id, at }
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
function idAt(known: Known, at: number): string | null {
  if (!/^\d{15,20}$/.test(known.id)) return null
  const inId = Number(BigInt(known.id) >> 16n)
  // created_at of a post from elsewhere may differ from its arrival by minutes.
  return Math.abs(inId - known.at) < 86_400_000 && at > 0 ? String(BigInt(at) << 16n) : null
}
