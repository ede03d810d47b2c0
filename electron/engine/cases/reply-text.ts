import type { Mention } from '#shared/model/mention.ts'

/** What placeholders are filled from. null: not known; the placeholder stays and is named. */
export interface ReplyFacts {
  author: string | null
  brand: string | null
  officer: string | null
  desk: string | null
  link: string | null
  /** Until when something was promised, in words. */
  promise: string | null
}

export interface ReplyPreview {
  text: string
  /** As the network counts. */
  length: number
  /** null: no limit known. */
  limit: number | null
  /** Placeholders that could not be filled. */
  missing: string[]
}

/** Fills `{author}` and the like. Braces around other words are the customer's or the officer's own and stay. */
export function fillReply(text: string, facts: ReplyFacts): { text: string; missing: string[] } {
  const missing = new Set<string>()
  const filled = text.replace(/\{(author|brand|officer|desk|link|promise)\}/g, (whole, name: keyof ReplyFacts) => {
    const value = facts[name]
    if (value !== null && value !== '') return value
    missing.add(name)
    return whole
  })
  return { text: filled, missing: [...missing] }
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
const graphemes = (text: string): number => {
  let count = 0
  for (const _ of segmenter.segment(text)) count++
  return count
}

const url = /https?:\/\/[^\s<>"']+/g
/** Mastodon and X count every address as 23 characters, however long it is. */
const URL_LENGTH = 23
const withoutUrls = (text: string): { rest: string; urls: number } => ({
  rest: text.replace(url, ''),
  urls: text.match(url)?.length ?? 0,
})

/** X counts Latin and its neighbours once and everything else, emoji too, twice (twitter-text 3, "weighted length"). */
function weightedLength(text: string): number {
  const { rest, urls } = withoutUrls(text)
  let length = urls * URL_LENGTH
  for (const { segment } of segmenter.segment(rest.normalize('NFC'))) {
    const code = segment.codePointAt(0) as number
    const light =
      code <= 0x10ff ||
      (code >= 0x2000 && code <= 0x200d) ||
      (code >= 0x2010 && code <= 0x201f) ||
      (code >= 0x2032 && code <= 0x2037)
    length += light ? [...segment].length : 2
  }
  return length
}

/** Mastodon: addresses are 23, of a remote handle only the part before the second @ counts. */
function mastodonLength(text: string): number {
  const { rest, urls } = withoutUrls(text)
  return urls * URL_LENGTH + graphemes(rest.replace(/(@[\w.-]+)@[\w.-]+\w/g, '$1'))
}

const counters: Record<string, { limit: number; length(text: string): number }> = {
  mastodon: { limit: 500, length: mastodonLength },
  bluesky: { limit: 300, length: graphemes },
  x: { limit: 280, length: weightedLength },
  twitter: { limit: 280, length: weightedLength },
}

export function previewReply(text: string, mention: Mention, facts: ReplyFacts): ReplyPreview {
  const filled = fillReply(text, facts)
  const counter = counters[mention.network.toLowerCase()]
  return {
    ...filled,
    length: counter ? counter.length(filled.text) : graphemes(filled.text),
    limit: counter?.limit ?? null,
  }
}
