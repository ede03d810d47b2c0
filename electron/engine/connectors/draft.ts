import type { DropReason } from '#shared/words/dropped.ts'
import type { Draft } from '#shared/model/mention.ts'
import type { Said } from '#shared/model/said.ts'
import { asWritten } from '#shared/words/said.ts'
import type { ZodError } from 'zod'
import type { Batch, Dropped } from './connector.ts'
import { linksInText, tidy } from './text/html-to-text.ts'

type Needed = 'externalId' | 'kind' | 'text' | 'publishedAt' | 'raw'

/** A draft in which everything that the network did not say is unknown. */
export const draftOf = (known: Pick<Draft, Needed> & Partial<Draft>): Draft => ({
  title: null,
  url: null,
  author: null,
  lang: null,
  country: null,
  threadId: null,
  inReplyTo: null,
  engagement: null,
  links: [],
  media: [],
  private: false,
  ...known,
})

type Author = NonNullable<Draft['author']>

/** Without a handle the id is shown. `name` is tidied, and one without a letter is none. */
export function authorOf(author: Pick<Author, 'id'> & Partial<Author>): Author {
  const { id, handle = id, name, url = null, followers = null } = author
  return { id, handle, name: tidy(name ?? '') || null, url, followers }
}

/** `links`, and those that are written out in the text. In place. */
export function withLinksOf(text: string, links: string[]): string[] {
  for (const link of linksInText(text)) if (!links.includes(link)) links.push(link)
  return links
}

/** `detail`: in the words of whoever wrote the payload, or a sentence of ours. */
export const dropped = (reason: DropReason, where: string | null, detail: string | Said | null = null): Dropped => ({
  reason,
  where,
  detail: typeof detail === 'string' ? asWritten(detail) : detail,
})

/** A payload without its form. `reasons`: field → what is said when that one is wrong; '': of every other one. */
export function unread(
  { issues: [issue] }: ZodError,
  where: unknown,
  reasons: Readonly<Record<string, DropReason>> & { '': DropReason },
): Dropped {
  const reason = reasons[String(issue?.path[0])] ?? reasons['']
  return dropped(reason, typeof where === 'string' ? where : null, `${issue?.path.join('.')}: ${issue?.message}`)
}

export const isDropped = <T extends object>(read: T | Dropped): read is Dropped => 'reason' in read

/** Puts what was read where it belongs. Says whether it is a draft. */
export function take(batch: Pick<Batch, 'drafts' | 'dropped'>, read: Draft | Dropped): read is Draft {
  if (isDropped(read)) batch.dropped.push(read)
  else batch.drafts.push(read)
  return !isDropped(read)
}
