import { cut } from '#shared/util/text-length.ts'
import type { Draft } from '#shared/model/mention.ts'
import type { Dropped } from '../connector.ts'
import { authorOf, draftOf, dropped } from '../draft.ts'
import { parseDate } from '../text/dates.ts'
import { absoluteLink, htmlToText, linksInText, looseText, tidy } from '../text/html-to-text.ts'
import { langTag, rawOf, undatedRaw } from '../text/raw.ts'
import type { FeedDocument, FeedEntry, FeedText } from './document.ts'
import { unwrapped } from './unwrap.ts'

/**
 * An entry's mention, or why there is none.
 * - id: guid, Atom id or JSON id; else its link. An entry with neither cannot be told from the next one: `no id`.
 * - date: the first readable of its own dates (published, Dublin Core, updated). The feed's own date is not when the entry
 *   was published: without a date of its own it is dated by `now`, when it was first seen, and marked so in `raw`.
 */
export function entryToDraft(entry: FeedEntry, feed: FeedDocument, feedUrl: string, now?: number): Draft | Dropped {
  const base = baseOf(entry, feed, feedUrl)
  const shown = entry.link === null ? null : absoluteLink(entry.link, base)
  const link = shown === null ? null : unwrapped(shown)
  const id = entry.id?.trim() || shown
  if (!id) return dropped('no id', null, entry.title && cut(entry.title.value, 80))
  const written = dateOf(entry)
  const publishedAt = written ?? now
  if (publishedAt === undefined) {
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
    raw: written === null ? undatedRaw(entry) : rawOf(entry),
  })
}

/** The first readable of an entry's own dates, ms. */
export const dateOf = ({ dates }: FeedEntry): number | null =>
  dates.map((date) => parseDate(date)).find((date) => date !== null) ?? null

/** xml:base of the entry within that of the feed (RFC 3986 §5.1), else the site's page, else the feed's own address. */
function baseOf(entry: FeedEntry, feed: FeedDocument, feedUrl: string): string {
  const site = feed.link === null ? null : absoluteLink(feed.link, feedUrl)
  const outer = (feed.base === null ? null : absoluteLink(feed.base, feedUrl)) ?? site ?? feedUrl
  return (entry.base === null ? null : absoluteLink(entry.base, outer)) ?? outer
}

function plain({ value, type }: FeedText, base: string): { text: string; links: string[]; media: Draft['media'] } {
  if (type === 'text') return { text: tidy(value), links: linksInText(value), media: [] }
  if (isEscapedTwice(value)) return htmlToText(unescaped(value), { base })
  if (type === 'html') return htmlToText(value, { base })
  const isMarkup = /<\/?[a-z][^<>]*>|<!--/i.test(value)
  if (isMarkup) return htmlToText(value, { base })
  const text = looseText(value)
  return { text, links: linksInText(text), media: [] }
}

const ESCAPED_TAG = /&lt;\/?(?:p|div|br|a|b|i|em|strong|span|ul|ol|li|img|h[1-6]|blockquote|figure|table)\b/i

/**
 * Markup that was escaped once more than the format wants. Not a text that speaks of tags: it begins and ends with one,
 * or has signs escaped three times over.
 */
function isEscapedTwice(value: string): boolean {
  if (!ESCAPED_TAG.test(value) || /<\/?[a-z][^<>]*>/i.test(value)) return false
  return /^\s*&lt;[a-z][\s\S]*&gt;\s*$/i.test(value) || /&amp;(?:[a-z]{2,8}|#\d{1,6}|#x[\da-f]{1,5});/i.test(value)
}

const signs: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", apos: "'", amp: '&' }
/** One layer of escapes off. */
const unescaped = (value: string): string =>
  value.replace(/&(lt|gt|quot|#39|apos|amp);/g, (_, name: string) => signs[name]!)

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
