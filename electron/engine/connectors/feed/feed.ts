import { said, type Code } from '#shared/words/said.ts'
import { passingFailure, type Failure } from '#engine/platform/failure.ts'
import { z } from 'zod'
import { retryAfterMs } from '#engine/platform/http-headers.ts'
import type { HttpResponse } from '#engine/platform/http.ts'
import { emptyBatch, type Batch, type Connector, type FetchContext } from '../connector.ts'
import { isDropped } from '../draft.ts'
import { everySeconds, field, secret } from '../form.ts'
import { readCursor, statusFailure } from '../incoming.ts'
import { partAddress, wholeAddress } from '../secret-address.ts'
import { absoluteLink } from '../text/html-to-text.ts'
import type { FeedDocument } from './document.ts'
import { dateOf, entryToDraft } from './entry-to-draft.ts'
import { parseFeedBytes } from './parse.ts'
import { hasMovedOn, keepIds, lookOf, shortHash, type Seen } from './seen.ts'

const Config = z.object({
  url: z
    .string()
    .trim()
    .url('connector.noWebAddress' satisfies Code)
    .regex(/^https?:/i, 'feed.addressForm' satisfies Code),
  /** Without it: every 5 minutes, or as rarely as the feed itself asks for, but at least once an hour. */
  everySeconds: z.number().int().min(60).max(86_400).optional(),
})
type Config = z.infer<typeof Config>

const INTERVAL_MS = 5 * 60_000
/** A feed that says "once a day" is still looked at this often: conditional requests cost its server next to nothing. */
const LONGEST_TTL_MS = 60 * 60_000
const MOST_REMEMBERED = 300
/** An address without a feed is looked at this rarely. */
const GONE_MS = 15 * 60_000

const XML = ['application/atom+xml', 'application/rss+xml', 'application/feed+json', 'application/rdf+xml']
const ACCEPT = [...XML, 'application/xml;q=0.9', 'text/xml;q=0.9', '*/*;q=0.5'].join(', ')

interface Cursor {
  etag?: string
  modified?: string
  /** Of the last document: servers without validators send the same bytes again and again. */
  hash?: string
  /** Newest entry seen, for the beginning of a gap. */
  newest?: number
  /** Of the last document. Absent in cursors of old. */
  seen?: Seen
  /** Short hashes of entries that were dropped, so that each is counted once and not with every fetch. */
  dropped?: string[]
  /** What the feed said of its own rhythm, for the answers "not modified" that do not repeat it. */
  ttlMs?: number
  skipHours?: number[]
}

async function poll(context: FetchContext<Config>): Promise<Batch> {
  const { config, http, signal } = context
  const before = readCursor<Cursor>(context.cursor)
  const host = new URL(config.url).host
  const headers: Record<string, string> = { accept: ACCEPT }
  if (before.etag !== undefined) headers['if-none-match'] = before.etag
  if (before.modified !== undefined) headers['if-modified-since'] = before.modified
  const user = await context.secret('user')
  const password = await context.secret('password')
  if (user !== null) headers['authorization'] = `Basic ${Buffer.from(`${user}:${password ?? ''}`).toString('base64')}`
  const response = await http.fetch({ url: wholeAddress(config.url, await context.secret('query')), headers, signal })
  const waitMs = restMs(before.ttlMs, before.skipHours, config, context.now())
  if (response.status === 304) return { ...emptyBatch(context.cursor), waitMs }
  if (response.status !== 200) throw problemOf(response, host, context.now())
  const hash = shortHash(response.body)
  if (hash === before.hash) return { ...emptyBatch(context.cursor), waitMs }
  const feed = parseFeedBytes(response.body, response.headers['content-type'], host)
  return read(feed, response, before, hash, context)
}

function read(
  feed: FeedDocument,
  response: HttpResponse,
  before: Cursor,
  hash: string,
  context: FetchContext<Config>,
): Batch {
  const batch = emptyBatch(null)
  const remembered = new Set(before.dropped)
  const dropped: string[] = []
  const seen = new Map<string, string | null>()
  const looks: (string | null)[] = []
  const now = context.now()
  // RFC 2616 §14.14 let it set the base of relative links; feeds written for that are still about.
  const address = absoluteLink(response.headers['content-location'] ?? '', response.url) ?? response.url
  for (const entry of feed.entries) {
    const draft = entryToDraft(entry, feed, address, now)
    if (isDropped(draft)) {
      const mark = shortHash(JSON.stringify([draft.reason, entry.id, entry.link, entry.title?.value]))
      if (dropped.length < MOST_REMEMBERED) dropped.push(mark)
      if (!remembered.has(mark)) batch.dropped.push(draft)
      continue
    }
    // Some feeds give all entries one id: then the link is what tells them apart.
    if (seen.has(draft.externalId) && draft.url !== null && seen.get(draft.externalId) !== draft.url)
      draft.externalId = draft.url
    seen.set(draft.externalId, draft.url)
    looks.push(lookOf(draft, dateOf(entry) !== null))
    batch.drafts.push(draft)
  }
  const known = Array.isArray(before.seen) ? before.seen : undefined
  if (known) keepIds(batch.drafts, looks, known)
  const shown: Seen = batch.drafts.map(({ externalId }, at) => [externalId, looks[at] ?? null])
  const times = batch.drafts.map(({ publishedAt }) => Math.min(publishedAt, now))
  const newest = times.reduce((a, b) => Math.max(a, b), before.newest ?? 0)
  // A feed shows its last few entries only. All of them new since the last look: there may have been more in between.
  if (before.newest !== undefined && times.length >= 5) {
    const oldest = times.reduce((a, b) => Math.min(a, b), now)
    const hasMoved = known ? hasMovedOn(shown.slice(0, MOST_REMEMBERED), known) : oldest > before.newest
    const to = oldest > before.newest ? oldest : now
    if (hasMoved) batch.gap = { from: before.newest, to, reason: said('feed.movedOn') }
  }
  const { etag, 'last-modified': modified } = response.headers
  const cursor: Cursor = { etag, modified, hash, newest: newest > 0 ? newest : undefined, dropped }
  cursor.seen = shown.slice(0, MOST_REMEMBERED)
  if (feed.ttlMs !== null) cursor.ttlMs = feed.ttlMs
  if (feed.skipHours.length > 0) cursor.skipHours = feed.skipHours
  batch.cursor = JSON.stringify(cursor)
  batch.waitMs = restMs(cursor.ttlMs, cursor.skipHours, context.config, context.now())
  return batch
}

/** How long the feed wants to be left alone: its ttl within reason, and the rest of its hours of silence. null: as usual. */
function restMs(
  ttlMs: number | undefined,
  skipHours: number[] | undefined,
  config: Config,
  now: number,
): number | null {
  if (config.everySeconds !== undefined) return null
  let waitMs = Math.min(ttlMs ?? 0, LONGEST_TTL_MS)
  // A feed that skips all hours of the day has mistaken the element for something else.
  if (skipHours && skipHours.length < 24) {
    const startOfHour = Math.floor((now + Math.max(waitMs, INTERVAL_MS)) / 3_600_000)
    let hour = startOfHour
    while (skipHours.includes(hour % 24) && hour - startOfHour < 24) hour++
    if (hour > startOfHour) waitMs = hour * 3_600_000 - now
  }
  return waitMs > 0 ? waitMs : null
}

const refusals = { 401: 'feed.notForEverybody', 403: 'feed.notForEverybody', 410: 'feed.goneForGood' } as const

function problemOf(response: HttpResponse, host: string, now: number): Failure {
  const { status } = response
  const wait = retryAfterMs(response.headers, now)
  if (status === 404) return passingFailure('feed.notFound', { host }, { retryAfterMs: Math.max(wait ?? 0, GONE_MS) })
  if (status === 429 || status === 503)
    return passingFailure('feed.leaveAlone', { host, status }, { retryAfterMs: wait })
  return statusFailure(response, now, refusals)
}

export const feed = {
  id: 'feed',
  network: 'feed',
  name: said('feed.name'),
  summary: said('feed.summary'),
  config: Config,
  fields: [
    field('url', 'url', 'feed.address', { hint: 'feed.addressHint', required: true }),
    everySeconds('feed.everyHint'),
  ],
  secrets: [
    secret('user', 'feed.userName', 'feed.passwordHint'),
    secret('password', 'connector.password', 'feed.passwordHint'),
    secret('query', 'feed.query', 'feed.queryHint'),
  ],
  keepApart(config) {
    const { address, query } = partAddress(config.url, 'feed.noPasswordInAddress')
    return query === null ? null : { config: { url: address }, secrets: { query } }
  },
  intervalMs: INTERVAL_MS,
  minIntervalMs: 60_000,
  poll,
} satisfies Connector<Config>
