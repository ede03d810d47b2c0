import { z } from 'zod'
import type { Draft } from '#shared/model/mention.ts'
import type { Dropped } from '../connector.ts'
import { authorOf, draftOf, dropped, unread } from '../draft.ts'
import { parseDate } from '../text/dates.ts'
import { absoluteLink, htmlToText } from '../text/html-to-text.ts'
import { countOf, langTag, rawOf } from '../text/raw.ts'

/** Only what is needed is required; everything else may be missing or wrong without costing the post. */
const Post = z.object({
  id: z.string().min(1),
  created: z.string(),
  html: z.string(),
  url: z.string().nullish().catch(null),
  lang: z.string().nullish().catch(null),
  likes: z.unknown().optional(),
  author: z
    .object({ id: z.string(), handle: z.string(), name: z.string().nullish().catch(null) })
    .nullish()
    .catch(null),
})

export function readPost(payload: unknown, base: URL): Draft | Dropped {
  const parsed = Post.safeParse(payload)
  if (!parsed.success) return unread(parsed.error, null, { id: 'no id', created: 'no date', '': 'not a post' })
  const post = parsed.data
  const publishedAt = parseDate(post.created)
  if (publishedAt === null) return dropped('no date', post.id, post.created.slice(0, 60))
  const { text, links, media } = htmlToText(post.html, { base: base.href })
  if (text === '' && media.length === 0) return dropped('empty', post.id)
  // What is left out here is unknown, and stays so: no "anonymous", no 0 followers.
  return draftOf({
    externalId: post.id,
    kind: 'post',
    text,
    url: post.url ? absoluteLink(post.url, base.href) : null,
    author: post.author ? authorOf({ ...post.author, name: post.author.name ?? null }) : null,
    publishedAt,
    lang: langTag(post.lang),
    engagement: { likes: countOf(post.likes), reposts: null, replies: null },
    links,
    media,
    raw: rawOf(payload),
  })
}
