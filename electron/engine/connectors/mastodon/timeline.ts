import { said } from '#shared/words/said.ts'
import { linkRelations, rateLimit } from '#engine/platform/http-headers.ts'
import { emptyBatch, type Batch, type FetchContext } from '../connector.ts'
import { take } from '../draft.ts'
import { bearer, jsonOf, listOr, readCursor, statusFailure, type UserStatuses } from '../incoming.ts'
import { idOfTime, isNewer, timeOfId } from './ids.ts'
import { readStatus } from './status.ts'

/** Statuses a page; the most that Mastodon gives. */
const PAGE = 40
/** Our clock and the server's may differ by so much. */
const AHEAD_MS = 60_000
/** Pages that are gone back after a pause before the rest is given up and noted as a gap: 2,000 statuses. */
const MOST_PAGES = 50

/** A status, and when its server gave it its id; where ids do not tell, when it was first seen. ms; never what its author says. */
interface Known {
  id: string
  at: number
}

/** One timeline's place, in the order of its ids. */
export interface Place {
  /** The newest that was heard, by a look or by a stream. */
  newest: Known | null
  /** The next look goes back to here: a stream may leave posts out, and moves this no further. Absent in places of old: `newest`. */
  looked?: Known
  /** On the way back from the newest status to the place where the last look ended. `look`: what `looked` is then. */
  back: { top: Known; look?: Known; maxId: string; pages: number } | null
}
/** The whole of the cursor. */
export type Places = Partial<Record<string, Place>>

export const NOWHERE: Place = { newest: null, back: null }

/** `place` when a status was streamed: on with what is newest, and no word of what lies between. */
export function heard(place: Place, id: string, now: number): Place {
  if (place.back !== null || (place.newest !== null && !isNewer(id, place.newest.id))) return place
  return { ...place, newest: { id, at: Math.min(timeOfId(id, now) ?? now, now) } }
}

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
    timeline === '*'
      ? '/api/v1/timelines/public'
      : `/api/v1/timelines/tag/${encodeURIComponent(timeline.toWellFormed())}`,
    config.instance,
  )
  url.searchParams.set('limit', String(PAGE))
  if (config.local) url.searchParams.set('local', 'true')
  const start = place.looked ?? place.newest
  const floor = start === null ? null : floorOf(start, overlapMs, context.now())
  if (floor?.isTime) url.searchParams.set('since_id', floor.id)
  if (place.back) url.searchParams.set('max_id', place.back.maxId)
  const response = await http.fetch({ url: url.href, headers: bearer(token), signal })
  batch.quota = rateLimit(response.headers, context.now()) ?? batch.quota
  if (response.status !== 200) throw statusFailure(response, context.now(), refusals(token !== null))
  const statuses = listOr('mastodon.noPosts', host, jsonOf(response))
  for (const payload of statuses) take(batch, readStatus(payload, host, context.now()))

  const ids = statuses.map(idOf).filter((id) => id !== null)
  const { top, look } = place.back ?? topOf(ids, context.now())
  const newest = top !== undefined && (place.newest === null || isNewer(top.id, place.newest.id)) ? top : place.newest
  const done: Place = { newest, looked: look ?? top ?? place.looked ?? place.newest ?? undefined, back: null }
  // The first look takes what is there now; what was before it began is no gap.
  if (floor === null || ids.length === 0 || isReached(ids, floor.id)) return done
  const next = linkRelations(response.headers, url.href)['next']
  const maxId = next === undefined ? null : new URL(next).searchParams.get('max_id')
  if (maxId === null || maxId === place.back?.maxId) return done
  const pages = (place.back?.pages ?? 0) + 1
  if (pages >= MOST_PAGES) {
    const to = timeOfId(ids.at(-1)!, context.now()) ?? context.now()
    batch.gap ??= {
      from: Math.min(start!.at, to),
      to,
      reason: said('mastodon.gapPosts', { host, n: MOST_PAGES * PAGE }),
    }
    return done
  }
  return { ...place, back: { top: top!, ...(look && { look }), maxId, pages } }
}

const idOf = (payload: unknown): string | null => {
  const id = (payload as { id?: unknown } | null)?.id
  return typeof id === 'string' && id !== '' ? id : null
}

/**
 * The id behind which everything was read: so much before `start` where ids hold their time, else its own. One that was ahead when
 * it was seen, because a whole page was, is no later than that.
 */
function floorOf({ id, at: seen }: Known, overlapMs: number, now: number): { id: string; isTime: boolean } {
  const at = timeOfId(id, now)
  return at === null ? { id, isTime: false } : { id: idOfTime(Math.min(at, seen, now) - overlapMs), isTime: true }
}

/**
 * What a first page says of the timeline's top, and how far the next look has to go back. Some servers make ids of what a
 * post says of its date (superseriousbusiness/gotosocial#914): one that is ahead stays on top for hours, and is no place.
 * Where ids tell their time, it is passed over. Where they do not, the next look goes back to three quarters of this page.
 */
function topOf(ids: string[], now: number): { top?: Known; look?: Known } {
  const order = [...ids].sort((a, b) => (a === b ? 0 : isNewer(a, b) ? -1 : 1))
  if (order.length === 0) return {}
  const timed = order.every((id) => timeOfId(id, now) !== null)
  if (!timed) {
    const [top, look] = [order[0]!, order[Math.floor((order.length * 3) / 4)]!].map((id) => ({ id, at: now }))
    return { top: top!, look: look! }
  }
  // All of them ahead: then it is our clock that is wrong.
  const id = order.find((one) => timeOfId(one, now)! <= now + AHEAD_MS) ?? order[0]!
  return { top: { id, at: Math.min(timeOfId(id, now)!, now) } }
}

/** Whether a page ends behind the floor. By its last two: one that came late may stand anywhere. */
const isReached = (ids: string[], floor: string): boolean => ids.slice(-2).every((id) => !isNewer(id, floor))
