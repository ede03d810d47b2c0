/** A feed of any format, reduced to what a mention needs. Strings are as the feed has them: not yet resolved or stripped. */
export interface FeedDocument {
  format: 'rss' | 'atom' | 'rdf' | 'json'
  title: string | null
  /** The site's own page: what relative links are resolved against when nothing nearer is said. */
  link: string | null
  base: string | null
  language: string | null
  /** How long the feed says that it need not be fetched again; null when it does not say. */
  ttlMs: number | null
  /** Hours of the day (UTC, 0–23) in which it asks not to be fetched. */
  skipHours: number[]
  entries: FeedEntry[]
}

export interface FeedText {
  value: string
  /** `html`: markup to be stripped. `text`: taken literally. `unknown`: markup if it looks like markup. */
  type: 'html' | 'text' | 'unknown'
}

export interface FeedEntry {
  id: string | null
  link: string | null
  base: string | null
  title: FeedText | null
  /** The fullest text there is. */
  body: FeedText | null
  /** Candidates, best first; the first that can be read is the date of publication. */
  dates: string[]
  author: { name: string | null; url: string | null; email: string | null } | null
  language: string | null
  /** URL and MIME type or medium of what comes with it. */
  media: { url: string; type: string }[]
  inReplyTo: string | null
}
