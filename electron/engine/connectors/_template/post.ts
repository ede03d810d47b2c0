import { asWritten } from '#shared/words/said.ts'
import { z } from 'zod'
import type { Draft } from '#shared/model/mention.ts'
import type { Dropped } from '../connector.ts'
import { parseDate } from '../text/dates.ts'
import { absoluteLink, htmlToText, tidy } from '../text/html-to-text.ts'
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
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path[0]
    const reason = field === 'id' ? 'no id' : field === 'created' ? 'no date' : 'not a post'
    return { reason, where: null, detail: asWritten(parsed.error.issues[0]?.message ?? '') }
  }
  const post = parsed.data
  const publishedAt = parseDate(post.created)
  if (publishedAt === null) return { reason: 'no date', where: post.id, detail: asWritten(post.created.slice(0, 60)) }
  const { text, links, media } = htmlToText(post.html, { base: base.href })
  if (text === '' && media.length === 0) return { reason: 'empty', where: post.id, detail: null }
  const name = tidy(post.author?.name ?? '')
  return {
    externalId: post.id,
    kind: 'post',
    text,
    title: null,
    url: post.url ? absoluteLink(post.url, base.href) : null,
    // Unknown is null: no "anonymous", no 0 followers.
    author: post.author
      ? { id: post.author.id, handle: post.author.handle, name: name || null, url: null, followers: null }
      : null,
    publishedAt,
    lang: langTag(post.lang),
    country: null,
    threadId: null,
    inReplyTo: null,
    engagement: { likes: countOf(post.likes), reposts: null, replies: null },
    links,
    media,
    private: false,
    raw: rawOf(payload),
  }
}
