import { asWritten } from '#shared/words/said.ts'
import { z } from 'zod'
import type { Draft } from '#shared/model/mention.ts'
import type { Dropped } from '../connector.ts'
import { parseDate } from '../text/dates.ts'
import { absoluteLink, htmlToText, linksInText, tidy } from '../text/html-to-text.ts'
import { countOf, langTag, rawOf } from '../text/raw.ts'

const text = z.string().nullish().catch(null)
const Account = z.object({
  id: z.string(),
  acct: z.string().min(1),
  url: text,
  display_name: text,
  followers_count: z.unknown().optional(),
})
const Media = z.object({ type: z.string().catch('unknown') })

/** The parts of docs.joinmastodon.org/entities/Status that a mention is made of; other servers of the family leave some out. */
const Shown = z.object({
  id: z.string().min(1),
  created_at: z.string(),
  url: text,
  uri: text,
  content: text,
  spoiler_text: text,
  language: text,
  visibility: text,
  in_reply_to_id: text,
  replies_count: z.unknown().optional(),
  reblogs_count: z.unknown().optional(),
  favourites_count: z.unknown().optional(),
  account: Account,
  media_attachments: z.array(Media).nullish().catch([]),
  poll: z
    .object({ options: z.array(z.object({ title: z.string() })).catch([]) })
    .nullish()
    .catch(null),
  quote: z.unknown().optional(),
})
const Status = Shown.extend({ reblog: Shown.nullish().catch(null) })
type Shown = z.infer<typeof Shown>

export interface ReadStatus {
  id: string
  createdAt: number
  draft: Draft
}

/** A status' mention, or why there is none. `host`: of the instance it was read from. */
export function readStatus(payload: unknown, host: string): ReadStatus | Dropped {
  const parsed = Status.safeParse(payload)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const id = (payload as { id?: unknown } | null)?.id
    const reason = issue?.path[0] === 'id' ? 'no id' : issue?.path[0] === 'created_at' ? 'no date' : 'not a status'
    return {
      reason,
      where: typeof id === 'string' ? id : null,
      detail: asWritten(`${issue?.path.join('.')}: ${issue?.message}`),
    }
  }
  const status = parsed.data
  const createdAt = parseDate(status.created_at)
  if (createdAt === null)
    return { reason: 'no date', where: status.id, detail: asWritten(status.created_at.slice(0, 60)) }
  // A boost: said by the one who boosts, in the words of the other.
  const shown = status.reblog ?? status
  const { body, links } = words(shown)
  const media = mediaOf(shown)
  if (body === '' && media.length === 0) return { reason: 'empty', where: status.id, detail: null }
  const draft: Draft = {
    externalId: status.id,
    kind: status.reblog ? 'repost' : status.in_reply_to_id ? 'reply' : status.quote ? 'quote' : 'post',
    text: body,
    title: null,
    url: absoluteLink(shown.url ?? shown.uri ?? ''),
    author: authorOf(status, host),
    publishedAt: createdAt,
    lang: langTag(shown.language),
    country: null,
    threadId: null,
    inReplyTo: status.in_reply_to_id ?? null,
    engagement: {
      likes: countOf(shown.favourites_count),
      reposts: countOf(shown.reblogs_count),
      replies: countOf(shown.replies_count),
    },
    links,
    media,
    private: status.visibility === 'private' || status.visibility === 'direct',
    raw: rawOf(payload),
  }
  return { id: status.id, createdAt, draft }
}

/** The warning first, as everybody sees it; then the text; then what can be voted for. */
function words(status: Shown): { body: string; links: string[] } {
  const content = htmlToText(status.content ?? '', { ignoreLinkClasses: ['mention', 'hashtag', 'u-url'] })
  const options = (status.poll?.options ?? []).map(({ title }) => `○ ${tidy(title)}`).join('\n')
  const body = [tidy(status.spoiler_text ?? ''), content.text, options].filter((part) => part !== '').join('\n\n')
  const links = [...content.links]
  for (const link of linksInText(body)) if (!links.includes(link)) links.push(link)
  return { body, links }
}

function mediaOf(status: Shown): Draft['media'] {
  const kinds: Draft['media'] = []
  for (const { type } of status.media_attachments ?? []) {
    const kind = type === 'gifv' || type === 'video' ? 'video' : type === 'image' || type === 'audio' ? type : null
    if (kind !== null && !kinds.includes(kind)) kinds.push(kind)
  }
  return kinds
}

/** `acct` leaves out the host for people of the instance itself. */
function authorOf({ account }: Shown, host: string): Draft['author'] {
  const name = tidy(account.display_name ?? '')
  return {
    id: account.acct.includes('@') ? account.acct : `${account.acct}@${host}`,
    handle: `@${account.acct.includes('@') ? account.acct : `${account.acct}@${host}`}`,
    name: name === '' ? null : name,
    url: absoluteLink(account.url ?? ''),
    followers: countOf(account.followers_count),
  }
}
