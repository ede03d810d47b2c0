import type { Said } from '#shared/model/said.ts'
import { said } from '#shared/words/said.ts'
import { z } from 'zod'
import type { HttpResponse } from '#engine/platform/http.ts'
import { HttpProblem } from '#engine/platform/http.ts'
import { SecretsUnavailable } from '#engine/platform/secrets.ts'
import type { Batch, FetchContext } from '../connector.ts'
import { dropped, isDropped } from '../draft.ts'
import { bearer, jsonOf } from '../incoming.ts'
import { parseDate } from '../text/dates.ts'
import { isNewer } from './ids.ts'
import { homeOf } from './reply.ts'
import { readStatus } from './status.ts'
import type { Places } from './timeline.ts'

/** Key of the place in the cursor; no hashtag is called so. */
const PLACE = '@'
const PAGE = 40
/** The first look takes what is at most so old: whoever wrote to the account years ago is no case of today. */
const FIRST_LOOK_MS = 24 * 3_600_000

const Notification = z.object({
  id: z.string().min(1),
  type: z.string(),
  created_at: z.unknown().optional(),
  status: z.unknown().optional(),
})

export interface ReplyingConfig {
  instance: string
  answerInstance: string
}

/**
 * What is written to the account that answers, also in private (docs.joinmastodon.org/methods/notifications): customers who
 * answer an answer seldom use the hashtag again. Adds to `batch` and moves `places` on; says whether there is more.
 * Listening does not end because of it: what stands in the way is returned as `trouble`.
 */
export async function pollMentions(
  context: FetchContext<ReplyingConfig>,
  places: Places,
  batch: Batch,
): Promise<{ more: boolean; trouble: Said | null }> {
  const home = homeOf(context.config)
  const { host } = new URL(home)
  const place = places[PLACE]?.newest ?? null
  const url = new URL('/api/v1/notifications', home)
  url.searchParams.append('types[]', 'mention')
  url.searchParams.set('limit', String(PAGE))
  if (place !== null) url.searchParams.set('min_id', place.id)
  let response: HttpResponse
  try {
    const token = await context.secret('answerToken')
    if (token === null) return { more: false, trouble: null }
    response = await context.http.fetch({ url: url.href, headers: bearer(token), signal: context.signal })
  } catch (error) {
    const passes = error instanceof HttpProblem || error instanceof SecretsUnavailable
    if (!passes || context.signal.aborted) throw error
    return { more: false, trouble: said('mastodon.messagesNotHeard', { why: error.said }) }
  }
  const list = jsonOf(response)
  if (response.status !== 200 || !Array.isArray(list)) {
    const code =
      response.status === 401 || response.status === 403 ? 'mastodon.messagesNoRight' : 'mastodon.messagesRefused'
    return { more: false, trouble: said(code, { status: response.status }) }
  }
  const since = place === null ? context.now() - FIRST_LOOK_MS : 0
  let newest = place
  for (const payload of list as unknown[]) {
    const read = Notification.safeParse(payload)
    if (!read.success) {
      batch.dropped.push(dropped('not a notification', null, read.error.issues[0]?.message ?? ''))
      continue
    }
    const { id, type, status, created_at } = read.data
    if (newest === null || isNewer(id, newest.id)) newest = { id, at: context.now() }
    if (type !== 'mention' || status === undefined) continue
    const mention = readStatus(status, host, context.now())
    if (isDropped(mention)) {
      batch.dropped.push(mention)
      continue
    }
    // At home the timelines bring the same post under the same id; from elsewhere it would come twice.
    const isOnlyHere = home === context.config.instance || mention.private || mention.kind === 'reply'
    // When it came, by this server; when it was written is another's word.
    if (isOnlyHere && (parseDate(created_at) ?? mention.publishedAt) >= since) batch.drafts.push(mention)
  }
  if (newest !== null) places[PLACE] = { newest, back: null }
  // A server that knows no `min_id` says the same page for ever.
  return { more: place !== null && list.length === PAGE && newest !== place, trouble: null }
}
