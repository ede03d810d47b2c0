import { Parser } from 'htmlparser2'
import { cutAfterTags } from '../text/html-to-text.ts'
import type { FeedDocument, FeedEntry } from './document.ts'

/** The parser's time grows with the square of open tags: a hostile document must not stop the station. */
const MOST_TAGS = 100_000

/** Elements that hold text, by local name → the part of an entry they are. The first that is filled wins, body by rank. */
const titles = new Set(['title'])
const bodies = ['encoded', 'content', 'body', 'fullitem', 'description', 'summary', 'tagline', 'abstract']
const dates = ['pubdate', 'published', 'issued', 'date', 'created', 'updated', 'modified', 'lastbuilddate']
const ids = ['guid', 'id', 'identifier']
const authors = ['creator', 'author', 'name', 'dc:creator']

interface Node {
  name: string
  attributes: Record<string, string>
  text: string
}

/**
 * Reads what it can of a feed that is no well-formed XML: unescaped ampersands, unclosed or crossed tags, undeclared
 * prefixes, junk around it, a document that ends in the middle. Knows elements by their local names alone.
 * Long: one state of the document that the parser's three callbacks change.
 */
export function parseLoosely(text: string): FeedDocument | null {
  const document: FeedDocument = {
    format: 'rss',
    title: null,
    link: null,
    base: null,
    language: null,
    ttlMs: null,
    skipHours: [],
    entries: [],
  }
  let recognised = false
  let entry: (FeedEntry & { bodyRank: number; dateRanks: [number, string][] }) | null = null
  /** Open elements that collect text; markup inside the innermost one is kept as markup. */
  let field: Node | null = null
  let inside = 0
  let skipping = 0

  function finishEntry(): void {
    if (!entry) return
    if (entry.link === null && document.format !== 'rss' && /^https?:\/\//i.test(entry.id ?? '')) entry.link = entry.id
    entry.dates = entry.dateRanks.sort((a, b) => a[0] - b[0]).map(([, date]) => date)
    const { bodyRank: _rank, dateRanks: _dates, ...plain } = entry
    document.entries.push(plain)
    entry = null
  }

  function take(node: Node): void {
    const value = node.text.trim()
    const { name } = node
    if (!entry) {
      if (name === 'title' && document.title === null && value !== '') document.title = value
      if (name === 'link' && document.link === null) document.link = (node.attributes['href'] ?? value) || null
      if (name === 'language') document.language = value || null
      if (name === 'ttl' && /^\d+$/.test(value)) document.ttlMs = Number(value) * 60_000
      return
    }
    if (name === 'link') {
      const rel = node.attributes['rel'] ?? 'alternate'
      const target = (node.attributes['href'] ?? value).trim()
      if (rel === 'enclosure') entry.media.push({ url: target, type: node.attributes['type'] ?? '' })
      else if (rel === 'alternate' && target !== '') entry.link ??= target
      return
    }
    if (name === 'enclosure')
      entry.media.push({ url: node.attributes['url'] ?? '', type: node.attributes['type'] ?? '' })
    if (name === 'in-reply-to') entry.inReplyTo ??= node.attributes['ref'] ?? null
    if (value === '') return
    if (titles.has(name)) entry.title ??= { value, type: 'unknown' }
    const rank = bodies.indexOf(name)
    if (rank !== -1 && rank < entry.bodyRank) {
      entry.body = { value, type: 'unknown' }
      entry.bodyRank = rank
    }
    if (dates.includes(name)) entry.dateRanks.push([dates.indexOf(name), value])
    if (ids.includes(name)) {
      entry.id ??= value
      if (name === 'guid' && node.attributes['ispermalink'] !== 'false' && /^https?:/i.test(value)) entry.link ??= value
    }
    if (authors.includes(name)) entry.author ??= { name: value.replace(/<[^>]*>/g, ' ').trim(), url: null, email: null }
    if (name === 'email' && entry.author) entry.author.email ??= value
  }

  const parser = new Parser(
    {
      onopentag(rawName, attributes) {
        const name = rawName.slice(rawName.lastIndexOf(':') + 1).toLowerCase()
        if (name === 'rss' || name === 'feed' || name === 'rdf' || name === 'channel') {
          recognised = true
          if (name === 'feed') document.format = 'atom'
          if (name === 'rdf') document.format = 'rdf'
          document.base ??= attributes['xml:base'] ?? null
          document.language ??= attributes['xml:lang'] ?? null
          return
        }
        if (name === 'item' || name === 'entry') {
          recognised = true
          finishEntry()
          field = null
          inside = 0
          entry = {
            id: attributes['rdf:about'] ?? null,
            // Channel Definition Format says both as attributes.
            link: attributes['href'] ?? null,
            base: attributes['xml:base'] ?? null,
            title: null,
            body: null,
            dates: [],
            author: null,
            language: attributes['xml:lang'] ?? null,
            media: [],
            inReplyTo: null,
            bodyRank: bodies.length,
            dateRanks: attributes['lastmod'] === undefined ? [] : [[dates.length, attributes['lastmod']]],
          }
          return
        }
        if (name === 'image' || name === 'textinput' || name === 'source') skipping++
        if (skipping > 0) return
        // `author` of Atom is no text but a group of elements.
        if (field && name !== 'name' && name !== 'email' && name !== 'uri') {
          inside++
          field.text += `<${name}${attributes['href'] === undefined ? '' : ` href="${attributes['href'].replaceAll('"', '&quot;')}"`}>`
          return
        }
        field = { name, attributes, text: '' }
        inside = 0
      },
      ontext(data) {
        if (field && skipping === 0) field.text += data
      },
      onclosetag(rawName) {
        const name = rawName.slice(rawName.lastIndexOf(':') + 1).toLowerCase()
        if (name === 'image' || name === 'textinput' || name === 'source') skipping = Math.max(0, skipping - 1)
        if (name === 'item' || name === 'entry') {
          if (field) take(field)
          field = null
          return finishEntry()
        }
        if (!field) return
        if (inside > 0 && name !== field.name) {
          inside--
          field.text += `</${name}>`
          return
        }
        if (name !== field.name) return
        take(field)
        field = null
      },
    },
    { xmlMode: true, decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  )
  parser.write(cutAfterTags(text, MOST_TAGS))
  parser.end()
  finishEntry()
  return recognised ? document : null
}
