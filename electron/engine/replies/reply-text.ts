import type { Mention } from '#shared/model/mention.ts'
import { replacePlaceholders } from '#shared/util/placeholders.ts'
import { graphemes, mastodonLength, weightedLength } from '#shared/util/text-length.ts'

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
  /** Accounts besides the customer that read it, because a direct message names them. */
  readers?: string[]
  /** It tells the customer until when they will hear more. */
  tellsPromise?: boolean
}

const isFact = (name: string): name is keyof ReplyFacts =>
  ['author', 'brand', 'officer', 'desk', 'link', 'promise'].includes(name)

/**
 * Fills `{author}` and the like, in any capitals and with one brace or two. What else looks like a placeholder, of whatever tool, stays
 * and is named.
 */
export function fillReply(text: string, facts: ReplyFacts): { text: string; missing: string[] } {
  const missing = new Set<string>()
  const filled = replacePlaceholders(text, (whole, inside) => {
    const name = inside?.toLowerCase() ?? ''
    if (!isFact(name)) {
      missing.add(whole)
      return whole
    }
    const value = facts[name]
    if (value !== null && value !== '') return value
    missing.add(name)
    return whole
  })
  return { text: filled, missing: [...missing] }
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
