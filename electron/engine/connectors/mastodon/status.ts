import { z } from 'zod'
import type { Draft } from '#shared/model/mention.ts'
import type { Dropped } from '../connector.ts'
import { authorOf, draftOf, dropped, unread, withLinksOf } from '../draft.ts'
import { parseDate } from '../text/dates.ts'
import { absoluteLink, htmlToText, tidy } from '../text/html-to-text.ts'
import { countOf, langTag, rawOf, undatedRaw } from '../text/raw.ts'

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
  created_at: z.unknown().optional(),
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

/**
 * A status' mention, or why there is none. `host`: of the instance it was read from. `now`: what a status without a date is
 * dated by, marked so; without it, there is no mention.
 */
export function readStatus(payload: unknown, host: string, now?: number): Draft | Dropped {
  const parsed = Status.safeParse(payload)
  if (!parsed.success) {
    const id = (payload as { id?: unknown } | null)?.id
    return unread(parsed.error, id, { id: 'no id', '': 'not a status' })
  }
  const status = parsed.data
  const written = parseDate(status.created_at)
  const publishedAt = written ?? now
  if (publishedAt === undefined) return dropped('no date', status.id, String(status.created_at).slice(0, 60))
  // A boost: said by the one who boosts, in the words of the other.
  const shown = status.reblog ?? status
  const { body, links } = words(shown)
  const media = mediaOf(shown)
  if (body === '' && media.length === 0) return dropped('empty', status.id)
  return draftOf({
    externalId: status.id,
    kind: status.reblog ? 'repost' : status.in_reply_to_id ? 'reply' : status.quote ? 'quote' : 'post',
    text: body,
    url: absoluteLink(shown.url ?? shown.uri ?? ''),
    author: accountOf(status, host),
    publishedAt,
    lang: langTag(shown.language),
    inReplyTo: status.in_reply_to_id ?? null,
    engagement: {
      likes: countOf(shown.favourites_count),
      reposts: countOf(shown.reblogs_count),
      replies: countOf(shown.replies_count),
    },
    links,
    media,
    private: status.visibility === 'private' || status.visibility === 'direct',
    raw: written === null ? undatedRaw(payload as object) : rawOf(payload),
  })
}

/** The warning first, as everybody sees it; then the text; then what can be voted for. */
function words(status: Shown): { body: string; links: string[] } {
  const markup = status.content ?? ''
  const ignoreLinkClasses = ['mention', 'hashtag', 'u-url']
  const whole = htmlToText(markup, { ignoreLinkClasses })
  // What servers without quotes show instead of one (docs.joinmastodon.org/entities/Status/#quote): a link, no words.
  const own = status.quote ? htmlToText(markup, { ignoreLinkClasses, leaveOutClasses: ['quote-inline'] }) : whole
  const content = own.text === '' ? whole : own
  const options = (status.poll?.options ?? []).map(({ title }) => `○ ${tidy(title)}`).join('\n')
  const body = [tidy(status.spoiler_text ?? ''), content.text, options].filter((part) => part !== '').join('\n\n')
  return { body, links: withLinksOf(body, content.links) }
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
function accountOf({ account }: Shown, host: string): Draft['author'] {
  const id = account.acct.includes('@') ? account.acct : `${account.acct}@${host}`
  return authorOf({
    id,
    handle: `@${id}`,
    name: account.display_name ?? null,
    url: absoluteLink(account.url ?? ''),
    followers: countOf(account.followers_count),
  })
}
