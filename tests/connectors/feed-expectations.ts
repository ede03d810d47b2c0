import { parseDate } from '#engine/connectors/text/dates.ts'
import { absoluteLink, htmlToText } from '#engine/connectors/text/html-to-text.ts'
import type { FeedDocument, FeedEntry } from '#engine/connectors/feed/document.ts'
import { entryToDraft } from '#engine/connectors/feed/entry-to-draft.ts'

/** One value that the corpus says a feed has, and what we made of it. */
export interface Comparison {
  what: string
  expected: string
  got: string
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()
const flat = (text: string): string => oneLine(htmlToText(text).text)
/** `http://example.org` and `http://example.org/` are one address. */
const address = (text: string): string => text.trim().replace(/^(https?:\/\/[^/]+)\/$/, '$1')

/** What an officer would see of the first entry, in the corpus' own words. undefined: a field that mentions do not have. */
function ours(path: string, document: FeedDocument, address = 'http://127.0.0.1:8097/'): string | undefined {
  const entry: FeedEntry | undefined = document.entries[0]
  // What the mention lacks otherwise is filled in, so that each value is judged by itself.
  const whole = entry && {
    ...entry,
    id: entry.id ?? 'id',
    dates: [...entry.dates, '2020-01-01'],
    media: [{ url: '', type: 'image' }],
  }
  const draft = whole && entryToDraft(whole, document, address)
  if (draft && 'reason' in draft && draft.reason !== 'empty') return undefined
  const text = draft && 'text' in draft ? draft : undefined
  switch (path) {
    case 'feed.title':
      return flat(document.title ?? '')
    case 'feed.link':
      return absoluteLink(document.link ?? '', address) ?? document.link ?? ''
    case 'feed.language':
      return document.language ?? ''
    case 'entries':
      return String(document.entries.length)
    case 'title':
      return text?.title ?? ''
    case 'body':
      return text?.text ?? ''
    case 'link':
      return text?.url ?? ''
    case 'id':
      return entry?.id ?? ''
    case 'author':
      return text?.author?.name ?? text?.author?.handle ?? ''
    case 'date':
      return entry === undefined
        ? ''
        : String(entry.dates.map((date) => parseDate(date)).find((date) => date !== null) ?? '')
    default:
      return undefined
  }
}

const pythonFields: Record<string, string> = {
  "feed['title']": 'feed.title', "feed['link']": 'feed.link', "feed['language']": 'feed.language',
  "entries[0]['title']": 'title', "entries[0]['title_detail']['value']": 'title', 'entries[0].title': 'title',
  "entries[0]['description']": 'body', "entries[0]['summary']": 'body', "entries[0]['content'][0]['value']": 'body',
  "entries[0]['summary_detail']['value']": 'body', 'entries[0].summary': 'body', "entries[0]['content_detail']['value']": 'body',
  "entries[0]['link']": 'link', 'entries[0].link': 'link', "entries[0]['links'][0]['href']": 'link',
  "entries[0]['id']": 'id', "entries[0]['guid']": 'id', "entries[0]['author']": 'author', "entries[0]['author_detail']['name']": 'author',
  "entries[0]['published_parsed']": 'date', "entries[0]['updated_parsed']": 'date', "entries[0]['date_parsed']": 'date',
  'len(entries)': 'entries',
} // prettier-ignore

/** `Expect: not bozo and entries[0]['title'] == u'…'` in a file's first comment. */
export function pythonExpectation(source: string, document: FeedDocument): Comparison | null {
  const line = /^Expect:\s*(?:not bozo and\s+)?(\S.*?)\s*==\s*(.+?)\s*$/m.exec(source)
  if (!line) return null
  const path = pythonFields[line[1]!]
  if (path === undefined) return null
  const expected = pythonValue(line[2]!)
  const got = ours(path, document, /^Header:\s*Content-location:\s*(\S+)$/im.exec(source)?.[1])
  if (expected === null || got === undefined) return null
  if (path === 'link' || path === 'feed.link') return { what: path, expected: address(expected), got: address(got) }
  const exact = path === 'date' || path === 'entries' || path === 'id'
  return { what: path, expected: exact ? expected.trim() : flat(expected), got: oneLine(got) }
}

function pythonValue(text: string): string | null {
  const tuple = /^(?:time\.struct_time\()?\(?(\d{4}), (\d+), (\d+), (\d+), (\d+), (\d+), /.exec(text)
  if (tuple) {
    const [year, month, day, hour, minute, second] = tuple.slice(1).map(Number) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ]
    return String(Date.UTC(year, month - 1, day, hour, minute, second))
  }
  if (/^\d+$/.test(text)) return text
  // Pieces that stand beside each other or are added are one; what follows an `and` is another condition.
  const literal = /^u?(["'])((?:\\.|(?!\1).)*)\1(?:\s*\+\s*)?/
  let rest = text
  let whole = ''
  for (let piece = literal.exec(rest); piece; piece = literal.exec(rest)) {
    whole += piece[2]!
    rest = rest.slice(piece[0].length)
  }
  if (rest === text || !/^\s*(?:and\b|$)/.test(rest)) return null
  return whole.replace(
    /\\(u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|n|t|r|'|"|\\)/g,
    (_, escape: string, wide?: string, byte?: string) =>
      (wide ?? byte)
        ? String.fromCharCode(Number.parseInt((wide ?? byte)!, 16))
        : ({ n: '\n', t: '\t', r: '\r' }[escape] ?? escape),
  )
}

interface Universal {
  title?: string
  link?: string
  language?: string
  items?: {
    title?: string
    description?: string
    content?: string
    link?: string
    guid?: string
    publishedParsed?: string
    published?: string
    author?: { name?: string; email?: string }
  }[]
}

/** A JSON file beside the feed that holds the whole expected result. */
export function universalExpectations(json: string, document: FeedDocument): Comparison[] {
  const expected = JSON.parse(json) as Universal
  const item = expected.items?.[0]
  const wanted: [string, string | undefined][] = [
    ['feed.title', expected.title], ['feed.link', expected.link], ['feed.language', expected.language], ['title', item?.title],
    ['body', item?.content ?? item?.description], ['link', item?.link], ['id', item?.guid],
    ['date', item?.publishedParsed === undefined ? undefined : String(Date.parse(item.publishedParsed))],
    ['author', item?.author?.name ?? item?.author?.email],
  ] // prettier-ignore
  return wanted.flatMap(([what, value]) => {
    const got = value === undefined ? undefined : ours(what, document)
    if (value === undefined || got === undefined || value === '') return []
    if (what === 'link' || what === 'feed.link') return [{ what, expected: address(value), got: address(got) }]
    return [{ what, expected: flat(value), got: oneLine(got) }]
  })
}
