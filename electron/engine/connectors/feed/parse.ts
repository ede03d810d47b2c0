import { passingFailure, userFailure } from '#engine/platform/failure.ts'
import { decodeFeed } from './charset.ts'
import type { FeedDocument } from './document.ts'
import { parseWithFeedsmith } from './from-feedsmith.ts'
import { parseLoosely } from './loose.ts'

/** A feed from its bytes. Throws a Failure when it is none; `host` is named in the message. */
export function parseFeedBytes(bytes: Uint8Array, contentType: string | undefined, host: string): FeedDocument {
  const text = decodeFeed(bytes, contentType)
  if (text.trim() === '') throw passingFailure('feed.empty', { host })
  const found = parseFeedText(text)
  if (found) return found
  if (/<html[\s>]|<!doctype html/i.test(text.slice(0, 2_000))) {
    const link = feedLink(text)
    throw link === null ? userFailure('feed.webPage', { host }) : userFailure('feed.webPageNaming', { host, link })
  }
  throw userFailure('feed.noFeed', { host })
}

/** Well-formed feeds by feedsmith; the others by our own, more patient reader. null: no feed at all. */
export function parseFeedText(text: string): FeedDocument | null {
  const clean = text
    .replace(/^[\s\uFEFF]+/, '')
    // Characters that XML 1.0 forbids, which one stray copy-and-paste brings into a whole feed.
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
  const document = parseClean(firstEntries(withCreators(resolveEntities(clean))))
  // `en_US` is how programs name a place's settings; a language is `en-US`.
  if (document?.language) document.language = document.language.replaceAll('_', '-')
  return document
}

/** Dublin Core calls the author `creator`, and many a writer of feeds does not know it. */
const withCreators = (text: string): string =>
  text.includes('<dc:author') ? text.replace(/<(\/?)dc:author(?=[\s>/])/g, '<$1dc:creator') : text

/** A feed shows its newest entries first; nobody reads more than so many of them at once. */
const MOST_ENTRIES = 5_000

function firstEntries(text: string): string {
  let entries = 0
  for (const found of text.matchAll(/<(?:\w+:)?(?:item|entry)[\s>/]/gi)) {
    if (++entries > MOST_ENTRIES) return text.slice(0, found.index)
  }
  return text
}

function parseClean(clean: string): FeedDocument | null {
  if (clean.startsWith('{') || clean.startsWith('[')) return attempt(clean)
  const parsed = attempt(clean)
  if (parsed && parsed.entries.length > 0) return parsed
  // Nothing found where entries are named: either an empty feed, or one that is too broken for a strict reader.
  const loose = /<\s*(\w+:)?(item|entry)[\s>/]/i.test(clean) || !parsed ? parseLoosely(clean) : null
  return loose && (!parsed || loose.entries.length > 0) ? loose : parsed
}

/**
 * Entities that a document declares for itself, `<!ENTITY id "tag:example.com,2006:">`. One level, few and short: nothing
 * that is said grows ("billion laughs"), and nothing is fetched.
 */
function resolveEntities(text: string): string {
  const doctype = /<!DOCTYPE[^[>]*\[([\s\S]{0,20000}?)\]\s*>/i.exec(text.slice(0, 30_000))
  if (!doctype) return text
  const entities = new Map<string, string>()
  for (const [, name, , value] of doctype[1]!.matchAll(/<!ENTITY\s+([\w.-]+)\s+(["'])([^"'<>]{0,500})\2\s*>/g)) {
    if (entities.size < 100 && !/&(?!#)/.test(value!)) entities.set(name!, value!)
  }
  const body = text.slice(0, doctype.index) + text.slice(doctype.index + doctype[0].length)
  if (entities.size === 0) return body
  let budget = 1_000_000
  return body.replace(/&([\w.-]+);/g, (reference, name: string) => {
    const value = entities.get(name)
    if (value === undefined || (budget -= value.length) < 0) return reference
    return value
  })
}

function attempt(text: string): FeedDocument | null {
  try {
    return parseWithFeedsmith(text)
  } catch {
    // DetectError, ParseError, MalformedError, and whatever a hostile document makes it throw: the patient reader is next.
    return null
  }
}

function feedLink(html: string): string | null {
  for (const [tag] of html.slice(0, 200_000).matchAll(/<link\b[^<>]*>/gi)) {
    if (!/rel\s*=\s*["']?alternate/i.test(tag) || !/application\/(rss|atom|feed)\+(xml|json)/i.test(tag)) continue
    const href = /href\s*=\s*["']?([^"'\s>]+)/i.exec(tag)?.[1]
    if (href !== undefined) return href.slice(0, 300)
  }
  return null
}
