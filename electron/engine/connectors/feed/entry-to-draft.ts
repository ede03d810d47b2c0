import type { Draft } from '#shared/model/mention.ts'
import type { Dropped } from '../connector.ts'
import { authorOf, draftOf, dropped } from '../draft.ts'
import { parseDate } from '../text/dates.ts'
import { absoluteLink, htmlToText, linksInText, looseText, tidy } from '../text/html-to-text.ts'
import { langTag, rawOf } from '../text/raw.ts'
import type { FeedDocument, FeedEntry, FeedText } from './document.ts'

/**
 * An entry's mention, or why there is none.
 * - id: guid, Atom id or JSON id; else its link. An entry with neither cannot be told from the next one: `no id`.
 * - date: the first readable of its own dates (published, Dublin Core, updated). The feed's own date, or the time at which
 *   it was first seen, is not when the entry was published: without a date of its own it is dropped, `no date`.
 */
export function entryToDraft(entry: FeedEntry, feed: FeedDocument, feedUrl: string): Draft | Dropped {
  const base = baseOf(entry, feed, feedUrl)
  const link = entry.link === null ? null : absoluteLink(entry.link, base)
  const id = entry.id?.trim() || link
  if (!id) return dropped('no id', null, entry.title && entry.title.value.slice(0, 80))
  const publishedAt = entry.dates.map((date) => parseDate(date)).find((date) => date !== null) ?? null
  if (publishedAt === null) {
    const detail = entry.dates.length === 0 ? 'the entry has none' : `"${entry.dates[0]!.slice(0, 60)}" is no date`
    return dropped('no date', id.slice(0, 200), detail)
  }
  const title = entry.title === null ? '' : plain(entry.title, base).text.replace(/\s+/g, ' ')
  const body = entry.body === null ? { text: '', links: [], media: [] } : plain(entry.body, base)
  const media = mediaKinds(entry, body.media)
  if (title === '' && body.text === '' && media.length === 0) return dropped('empty', id.slice(0, 200))
  return draftOf({
    externalId: id,
    kind: 'article',
    text: body.text,
    title: title || null,
    url: link,
    author: writerOf(entry, base),
    publishedAt,
    lang: langTag(entry.language ?? feed.language),
    inReplyTo: entry.inReplyTo,
    links: body.links,
    media,
    raw: rawOf(entry),
  })
}

/** xml:base of the entry within that of the feed (RFC 3986 §5.1), else the site's page, else the feed's own address. */
function baseOf(entry: FeedEntry, feed: FeedDocument, feedUrl: string): string {
  const site = feed.link === null ? null : absoluteLink(feed.link, feedUrl)
  const outer = (feed.base === null ? null : absoluteLink(feed.base, feedUrl)) ?? site ?? feedUrl
  return (entry.base === null ? null : absoluteLink(entry.base, outer)) ?? outer
}

function plain({ value, type }: FeedText, base: string): { text: string; links: string[]; media: Draft['media'] } {
  if (type === 'text') return { text: tidy(value), links: linksInText(value), media: [] }
  if (type === 'html') return htmlToText(value, { base })
  const isMarkup = /<\/?[a-z][^<>]*>|<!--/i.test(value)
  if (isMarkup) return htmlToText(value, { base })
  const text = looseText(value)
  return { text, links: linksInText(text), media: [] }
}

function mediaKinds(entry: FeedEntry, found: Draft['media']): Draft['media'] {
  const kinds = [...found]
  for (const { url, type } of entry.media) {
    const kind =
      (['image', 'video', 'audio'] as const).find((known) => type.toLowerCase().startsWith(known)) ?? byExtension(url)
    if (kind && !kinds.includes(kind)) kinds.push(kind)
  }
  return kinds
}

function byExtension(url: string): Draft['media'][number] | null {
  const extension = /\.([a-z0-9]{2,4})(?:[?#]|$)/i.exec(url)?.[1]?.toLowerCase() ?? ''
  if (['jpg', 'jpeg', 'png', 'gif', 'webp', 'avif'].includes(extension)) return 'image'
  if (['mp4', 'webm', 'mov', 'm4v', 'mkv'].includes(extension)) return 'video'
  if (['mp3', 'm4a', 'ogg', 'oga', 'opus', 'wav', 'flac'].includes(extension)) return 'audio'
  return null
}

/** `lena@example.org (Lena Vogt)` and `Lena Vogt <lena@example.org>` are people; an address is an id, a name only when there is nothing else. */
function writerOf({ author }: FeedEntry, base: string): Draft['author'] {
  if (!author) return null
  const written = tidy(author.name ?? '')
    .replace(/\s+/g, ' ')
    .slice(0, 300)
  const bracketed = /^(\S+@\S+?)\s*\(([^)]+)\)$/.exec(written)
  const angled = /^(.*?)\s*[<(](\S+@[^>)]+)[>)]$/.exec(written)
  const name = bracketed?.[2] ?? angled?.[1] ?? written
  const email = tidy(author.email ?? bracketed?.[1] ?? angled?.[2] ?? '')
  const url = author.url === null ? null : absoluteLink(author.url, base)
  const id = url ?? (email || name)
  if (!id) return null
  return authorOf({ id, handle: name || email || id, name, url })
}
