import { isUtf8 } from 'node:buffer'
import { parseFeed } from 'feedsmith'
import type { FeedDocument, FeedEntry, FeedText } from './document.ts'

type Parsed = ReturnType<typeof parseFeed<string>>
type RssItem = NonNullable<Extract<Parsed, { format: 'rss' }>['feed']['items']>[number]
type RdfItem = NonNullable<Extract<Parsed, { format: 'rdf' }>['feed']['items']>[number]
type AtomEntry = NonNullable<Extract<Parsed, { format: 'atom' }>['feed']['entries']>[number]
type JsonItem = NonNullable<Extract<Parsed, { format: 'json' }>['feed']['items']>[number]

/** Throws what feedsmith throws: DetectError (no feed), ParseError, MalformedError. */
export function parseWithFeedsmith(text: string): FeedDocument {
  const parsed = parseFeed(text)
  if (parsed.format === 'rss') return fromRss(parsed.feed)
  if (parsed.format === 'rdf') return fromRdf(parsed.feed)
  if (parsed.format === 'atom') return fromAtom(parsed.feed)
  return fromJson(parsed.feed)
}

const MINUTE = 60_000
const periods: Record<string, number> = {
  hourly: 60 * MINUTE,
  daily: 1440 * MINUTE,
  weekly: 10_080 * MINUTE,
  monthly: 43_200 * MINUTE,
  yearly: 525_600 * MINUTE,
}

function fromRss(feed: Extract<Parsed, { format: 'rss' }>['feed']): FeedDocument {
  return {
    format: 'rss',
    title: feed.title ?? feed.dc?.titles?.[0] ?? null,
    link: feed.link ?? alternate(feed.atom?.links) ?? null,
    base: feed.xml?.base ?? null,
    language: feed.language ?? feed.dc?.languages?.[0] ?? feed.xml?.lang ?? null,
    ttlMs: feed.ttl !== undefined ? feed.ttl * MINUTE : syndicationMs(feed.sy),
    skipHours: (feed.skipHours ?? []).map((hour) => hour % 24),
    entries: (feed.items ?? []).map(rssEntry),
  }
}

/** RSS 1.0 module syndication: so many times a period. */
function syndicationMs(sy: { updatePeriod?: string; updateFrequency?: number } | undefined): number | null {
  const period = periods[sy?.updatePeriod?.toLowerCase() ?? '']
  return period === undefined ? null : period / Math.max(1, sy?.updateFrequency ?? 1)
}

function rssEntry(item: RssItem): FeedEntry {
  const permalink =
    item.guid?.value !== undefined && item.guid.isPermaLink !== false && /^https?:/i.test(item.guid.value)
  return {
    ...common(item),
    id: item.guid?.value ?? item.atom?.id ?? null,
    link: item.link ?? alternate(item.atom?.links) ?? (permalink ? item.guid!.value! : null),
    title: unknown(item.title ?? item.dc?.titles?.[0] ?? item.media?.title?.value),
    body: bodyOf(item) ?? textOf(item.atom?.content) ?? textOf(item.atom?.summary),
    dates: given(item.pubDate, ...shared(item), item.atom?.published, item.atom?.updated),
    author: rssAuthor(item),
    language: item.dc?.languages?.[0] ?? item.xml?.lang ?? null,
    media: [
      ...(item.enclosures ?? []).map(({ url, type }) => ({ url: url ?? '', type: type ?? '' })),
      ...mediaOf(item.media),
    ],
    inReplyTo: replyOf(item.thr),
  }
}

function rssAuthor(item: RssItem): FeedEntry['author'] {
  const person = item.authors?.[0]
  const creator = item.dc?.creators?.[0]
  if (creator !== undefined && creator.trim() !== '') return { name: creator, url: null, email: null }
  if (person) return { name: person.name ?? null, url: person.link ?? null, email: person.email ?? null }
  const atom = item.atom?.authors?.[0]
  if (atom) return { name: atom.name ?? null, url: atom.uri ?? null, email: atom.email ?? null }
  const podcaster = item.itunes?.author
  return podcaster === undefined ? null : { name: podcaster, url: null, email: null }
}

function fromRdf(feed: Extract<Parsed, { format: 'rdf' }>['feed']): FeedDocument {
  return {
    format: 'rdf',
    title: feed.title ?? null,
    link: feed.link ?? null,
    base: feed.xml?.base ?? null,
    language: feed.dc?.languages?.[0] ?? feed.xml?.lang ?? null,
    ttlMs: syndicationMs(feed.sy),
    skipHours: [],
    entries: (feed.items ?? []).map(rdfEntry),
  }
}

function rdfEntry(item: RdfItem): FeedEntry {
  const creator = item.dc?.creators?.[0]
  return {
    ...common(item),
    id: item.rdf?.about ?? item.dc?.identifiers?.[0] ?? null,
    link: item.link ?? pageOf(item.rdf?.about),
    title: unknown(item.title ?? item.dc?.titles?.[0]),
    body: bodyOf(item),
    dates: given(...shared(item), item.atom?.published, item.atom?.updated),
    author: creator === undefined ? null : { name: creator, url: null, email: null },
    language: item.dc?.languages?.[0] ?? item.xml?.lang ?? null,
    media: mediaOf(item.media),
    inReplyTo: null,
  }
}

function fromAtom(feed: Extract<Parsed, { format: 'atom' }>['feed']): FeedDocument {
  const author = feed.authors?.[0]
  return {
    format: 'atom',
    title: textOf(feed.title)?.value ?? null,
    link: alternate(feed.links) ?? null,
    base: feed.xml?.base ?? null,
    language: feed.xml?.lang ?? feed.dc?.languages?.[0] ?? null,
    ttlMs: syndicationMs(feed.sy),
    skipHours: [],
    entries: (feed.entries ?? []).map((entry) => atomEntry(entry, author)),
  }
}

function atomEntry(
  entry: AtomEntry,
  feedAuthor: { name?: string; uri?: string; email?: string } | undefined,
): FeedEntry {
  // RFC 4287 §4.2.1: the feed's authors are those of an entry that names none, unless its source does.
  const author = entry.authors?.[0] ?? entry.source?.authors?.[0] ?? feedAuthor
  const creator = entry.dc?.creators?.[0]
  const summary = textOf(entry.summary)
  const content = textOf(entry.content)
  return {
    id: entry.id ?? null,
    link: alternate(entry.links) ?? pageOf(entry.id),
    base: entry.content?.xml?.base ?? entry.xml?.base ?? null,
    title: textOf(entry.title) ?? unknown(entry.media?.title?.value),
    body: content ?? summary ?? unknown(mediaDescription(entry.media)),
    dates: given(entry.published, ...shared(entry), entry.updated),
    author: author
      ? { name: author.name ?? null, url: author.uri ?? null, email: author.email ?? null }
      : creator === undefined
        ? null
        : { name: creator, url: null, email: null },
    language: entry.content?.xml?.lang ?? entry.xml?.lang ?? null,
    media: [
      ...(entry.links ?? [])
        .filter(({ rel }) => rel === 'enclosure')
        .map(({ href, type }) => ({ url: href ?? '', type: type ?? '' })),
      ...mediaOf(entry.media),
    ],
    inReplyTo: replyOf(entry.thr),
  }
}

function fromJson(feed: Extract<Parsed, { format: 'json' }>['feed']): FeedDocument {
  return {
    format: 'json',
    title: feed.title ?? null,
    link: feed.home_page_url ?? null,
    base: feed.feed_url ?? null,
    language: feed.language ?? null,
    ttlMs: null,
    skipHours: [],
    entries: (feed.items ?? []).map((item) => jsonEntry(item, feed.authors?.[0])),
  }
}

function jsonEntry(item: JsonItem, feedAuthor: { name?: string; url?: string } | undefined): FeedEntry {
  const author = item.authors?.[0] ?? feedAuthor
  const literal = item.content_text ?? item.summary
  return {
    id: item.id ?? null,
    link: item.url ?? item.external_url ?? pageOf(item.id),
    base: null,
    title: item.title === undefined ? null : { value: item.title, type: 'text' },
    body:
      item.content_html !== undefined
        ? { value: item.content_html, type: 'html' }
        : literal === undefined
          ? null
          : { value: literal, type: 'text' },
    dates: given(item.date_published, item.date_modified),
    author: author ? { name: author.name ?? null, url: author.url ?? null, email: null } : null,
    language: item.language ?? null,
    media: [
      ...(item.attachments ?? []).map(({ url, mime_type }) => ({ url: url ?? '', type: mime_type ?? '' })),
      ...(item.image === undefined ? [] : [{ url: item.image, type: 'image' }]),
    ],
    inReplyTo: null,
  }
}

interface Common {
  xml?: { base?: string }
}
const common = (item: Common): Pick<FeedEntry, 'base'> => ({ base: item.xml?.base ?? null })

interface Dated {
  dc?: { dates?: unknown[] }
  dcterms?: { issued?: unknown[]; created?: unknown[]; available?: unknown[]; dates?: unknown[]; modified?: unknown[] }
}
/** Dublin Core's dates: of publication first, of change last. */
const shared = ({ dc, dcterms }: Dated): unknown[] => [
  dc?.dates?.[0],
  dcterms?.issued?.[0],
  dcterms?.available?.[0],
  dcterms?.created?.[0],
  dcterms?.dates?.[0],
  dcterms?.modified?.[0],
]

interface WithBody {
  content?: { encoded?: string }
  description?: string
  dc?: { descriptions?: string[] }
  media?: Media
  itunes?: { summary?: string }
}
function bodyOf(item: WithBody): FeedText | null {
  const encoded = item.content?.encoded
  if (encoded !== undefined && encoded.trim() !== '') return { value: encoded, type: 'html' }
  return unknown(item.description ?? item.dc?.descriptions?.[0] ?? mediaDescription(item.media) ?? item.itunes?.summary)
}

interface Media {
  description?: { value?: string }
  contents?: { url?: string; medium?: string; type?: string }[]
  groups?: { contents?: { url?: string; medium?: string; type?: string }[]; description?: { value?: string } }[]
  thumbnails?: { url?: string }[]
}
const mediaDescription = (media: Media | undefined): string | undefined =>
  media?.description?.value ?? media?.groups?.[0]?.description?.value

const mediaOf = (media: Media | undefined): FeedEntry['media'] =>
  [...(media?.contents ?? []), ...(media?.groups ?? []).flatMap((group) => group.contents ?? [])].map(
    ({ url, medium, type }) => ({
      url: url ?? '',
      type: medium ?? type ?? '',
    }),
  )

/** An id that is an address, for entries without a link: by custom it is that of their page. */
const pageOf = (id: string | undefined): string | null => (id !== undefined && /^https?:\/\//i.test(id) ? id : null)

const replyOf = (thr: { inReplyTos?: { ref?: string }[] } | undefined): string | null =>
  thr?.inReplyTos?.[0]?.ref ?? null

/** The page an entry stands for: `rel="alternate"` or none, HTML before other types. */
function alternate(links: { href?: string; rel?: string; type?: string }[] | undefined): string | undefined {
  const pages = (links ?? []).filter(({ rel }) => rel === undefined || rel === 'alternate' || rel === '')
  return (pages.find(({ type }) => type === undefined || type.includes('html')) ?? pages[0])?.href
}

function textOf(text: { value?: string; type?: string } | undefined): FeedText | null {
  if (text?.value === undefined || text.value.trim() === '') return null
  const value = fromBase64(text.value) ?? text.value
  const type = text.type?.toLowerCase() ?? 'text'
  // RFC 4287: `text` is literal. Feeds of Atom 0.3 and careless ones put escaped markup there: looked at twice.
  if (type === 'text' || type === 'text/plain') return { value, type: 'unknown' }
  return { value, type: 'html' }
}

/** Atom 0.3's `mode="base64"`, and Atom's other media types: told by its shape, since the mode is not handed on to us. */
function fromBase64(value: string): string | null {
  const packed = value.replace(/\s+/g, '')
  if (packed.length < 16 || packed.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(packed)) return null
  const bytes = Buffer.from(packed, 'base64')
  if (!isUtf8(bytes)) return null
  const text = bytes.toString('utf8')
  // eslint-disable-next-line no-control-regex
  return /[\u0000-\u0008\u000e-\u001f]/.test(text) || !/[\s<]/.test(text) ? null : text
}

const unknown = (value: string | undefined): FeedText | null =>
  value === undefined || value.trim() === '' ? null : { value, type: 'unknown' }

const given = (...dates: unknown[]): string[] =>
  dates.filter((date): date is string => typeof date === 'string' && date.trim() !== '')
