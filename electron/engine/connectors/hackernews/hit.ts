import { z } from 'zod'
import type { Draft } from '#shared/model/mention.ts'
import type { Dropped } from '../connector.ts'
import { authorOf, draftOf, dropped, unread, withLinksOf } from '../draft.ts'
import { absoluteLink, htmlToText, tidy } from '../text/html-to-text.ts'
import { countOf, rawOf, undatedRaw } from '../text/raw.ts'

const text = z.string().nullish().catch(null)

/** A hit of hn.algolia.com/api/v1/search_by_date: a story or a comment. */
const Hit = z.object({
  objectID: z.string().min(1),
  created_at_i: z.number().int().nullish().catch(null),
  author: text,
  title: text,
  url: text,
  story_text: text,
  comment_text: text,
  story_id: z.number().nullish().catch(null),
  parent_id: z.number().nullish().catch(null),
  story_title: text,
  points: z.unknown().optional(),
  num_comments: z.unknown().optional(),
})

const SITE = 'https://news.ycombinator.com'

/** JSON can name half a character, of which no address can be made: it throws. */
const inAddress = (text: string): string => encodeURIComponent(text.toWellFormed())

/** A hit's mention, or why there is none. `now`: what one without a date is dated by, marked so; without it, there is none. */
export function readHit(payload: unknown, now?: number): Draft | Dropped {
  const parsed = Hit.safeParse(payload)
  if (!parsed.success) {
    const id = (payload as { objectID?: unknown } | null)?.objectID
    return unread(parsed.error, id, { objectID: 'no id', '': 'not a hit' })
  }
  const hit = parsed.data
  const publishedAt = hit.created_at_i == null ? now : hit.created_at_i * 1000
  if (publishedAt === undefined) return dropped('no date', hit.objectID)
  const isComment = typeof hit.comment_text === 'string'
  const { text: body, links } = htmlToText(hit.comment_text ?? hit.story_text ?? '')
  const title = isComment ? '' : tidy(hit.title ?? '')
  if (body === '' && title === '') return dropped('empty', hit.objectID, 'deleted or without text')
  const link = absoluteLink(hit.url ?? '')
  withLinksOf(body, links)
  return draftOf({
    externalId: hit.objectID,
    kind: isComment ? 'comment' : 'story',
    text: body,
    title: title || null,
    url: `${SITE}/item?id=${inAddress(hit.objectID)}`,
    author: hit.author ? authorOf({ id: hit.author, url: `${SITE}/user?id=${inAddress(hit.author)}` }) : null,
    publishedAt,
    threadId: isComment && hit.story_id != null ? String(hit.story_id) : hit.objectID,
    inReplyTo: isComment && hit.parent_id != null ? String(hit.parent_id) : null,
    engagement: isComment ? null : { likes: countOf(hit.points), reposts: null, replies: countOf(hit.num_comments) },
    links: link !== null && !links.includes(link) ? [link, ...links] : links,
    raw: hit.created_at_i == null ? undatedRaw(payload as object) : rawOf(payload),
  })
}
