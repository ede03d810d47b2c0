import { plain, table, type RowOf } from '../table.ts'

/**
 * One row a mention (migration 0010). Numbers stand for labels, models and listens; `driving`, `intent` and `aspects` are
 * JSON with ranges of the text instead of words.
 */
export const mentionTable = table('mention', ['seq'], {
  seq: plain<number>(),
  source_id: plain<string>(),
  network: plain<string>(),
  external_id: plain<string>(),
  kind: plain<string>(),
  text: plain<string>(),
  title: plain<string | null>(),
  url: plain<string | null>(),
  published_at: plain<number>(),
  seen_at: plain<number>(),
  lang: plain<string>(),
  country: plain<string | null>(),
  author_key: plain<number | null>(),
  author_id: plain<string | null>(),
  author_handle: plain<string | null>(),
  author_name: plain<string | null>(),
  author_url: plain<string | null>(),
  followers: plain<number | null>(),
  author_prev: plain<number | null>(),
  author_earlier: plain<number>(),
  thread_key: plain<number | null>(),
  thread_id: plain<string | null>(),
  in_reply_to: plain<string | null>(),
  likes: plain<number | null>(),
  reposts: plain<number | null>(),
  replies: plain<number | null>(),
  links: plain<string | null>(),
  media: plain<string | null>(),
  private: plain<number>(),
  sentiment: plain<number>(),
  score: plain<number>(),
  confidence: plain<number>(),
  driving: plain<string | null>(),
  model: plain<number>(),
  intent: plain<string | null>(),
  aspects: plain<string | null>(),
  listens: plain<string | null>(),
  simhash_high: plain<number | null>(),
  simhash_low: plain<number | null>(),
  duplicate_of: plain<number | null>(),
  arrival: plain<number | null>(),
})

export type WrittenMention = RowOf<typeof mentionTable>
