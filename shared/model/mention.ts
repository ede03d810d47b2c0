import { z } from 'zod'
import { MentionCategory } from './category.ts'
import { DrivingWord, Sentiment, type SentimentLabel } from './sentiment.ts'

/** Milliseconds since 1970-01-01T00:00:00Z. */
export const Instant = z.number().int()
export type Instant = number
/** One that a caller names: within the years 1 to 9999, which every calendar and zone can tell. */
export const NamedInstant = Instant.min(-62_135_596_800_000).max(253_402_300_799_999)

export const mentionKinds = [
  'post', 'reply', 'repost', 'quote', 'comment', 'story', 'article', 'review', 'message', 'mail', 'call',
] as const // prettier-ignore
export const MentionKind = z.enum(mentionKinds)
export type MentionKind = z.infer<typeof MentionKind>

/** What `has:` of the query language can ask for, besides links and hashtags which are read from the text. */
export const mediaKinds = ['image', 'video', 'audio'] as const
export const MediaKind = z.enum(mediaKinds)

export const Author = z.object({
  /** The network's own stable id when it has one, else the handle. Unique within the network only. */
  id: z.string().meta({ wall: 'name' }),
  /** As the network writes it: `@lena@ruhr.social`, `ana.codes`, `petra@example.org`. */
  handle: z.string().meta({ wall: 'initial' }),
  name: z.string().nullable().meta({ wall: 'name' }),
  url: z.string().nullable().meta({ wall: 'name' }),
  /** null: the network did not say. Never 0 for unknown. */
  followers: z.number().int().nonnegative().nullable(),
})
export type Author = z.infer<typeof Author>

export const Engagement = z.object({
  likes: z.number().int().nonnegative().nullable(),
  reposts: z.number().int().nonnegative().nullable(),
  replies: z.number().int().nonnegative().nullable(),
})
export type Engagement = z.infer<typeof Engagement>

/** What a connector makes of a network's payload. It never invents a date, an id or an author: unknown is null. */
export const Draft = z.object({
  /** Unique within the source; with the source's id it is the key that duplicates are found by. */
  externalId: z.string().min(1).meta({ wall: 'name' }),
  kind: MentionKind,
  /** Plain text; markup is already stripped by the connector. */
  text: z.string().meta({ wall: 'private' }),
  title: z.string().nullable().meta({ wall: 'private' }),
  url: z.string().nullable().meta({ wall: 'name' }),
  author: Author.nullable(),
  publishedAt: Instant,
  /** BCP 47 tag as claimed by the network; the language model has the last word. */
  lang: z.string().nullable(),
  /** ISO 3166-1 alpha-2, upper case, of the author when the network says so. */
  country: z.string().nullable(),
  /** The network's id of the conversation, and of the mention that this one answers. */
  threadId: z.string().nullable().meta({ wall: 'name' }),
  inReplyTo: z.string().nullable().meta({ wall: 'name' }),
  engagement: Engagement.nullable(),
  /** Absolute http(s) URLs, in order of appearance. */
  links: z.array(z.string()).meta({ wall: 'private' }),
  media: z.array(MediaKind),
  /** Written to the company alone (mail, direct message): masked on a wall. */
  private: z.boolean(),
  /** The network's payload as received, JSON text, at most 64 KiB; null when larger. */
  raw: z.string().nullable(),
})
export type Draft = z.infer<typeof Draft> & { told?: Told }

/** What a file's own columns say of a mention, which is believed instead of being found out. */
export interface Told {
  /** Whose post it is, as networks are named here. */
  network?: string
  mood?: SentimentLabel
  /** `lang` is what the file says. */
  lang?: true
}

export const intents = [
  'complaint', 'question', 'praise', 'suggestion', 'lead', 'churn', 'press', 'job', 'legal', 'violence', 'thanks', 'noise', 'other',
] as const // prettier-ignore
/** What stations before called both `legal` and `violence`. */
export const OLD_THREAT = 'threat'
/**
 * Why somebody writes. `legal`: lawyers, authorities, recalls, injuries; `violence`: against people or things; `thanks`: after
 * help; `noise`: spam, or the word in another meaning; `other`: talk that asks for nothing.
 */
const OneIntent = z.object({
  label: z.enum(intents),
  /** Probability, 0 … 1, that the label is right. */
  confidence: z.number().min(0).max(1),
  /** Words of the text that drove it, strongest first, at most 8; weights are positive. */
  words: z.array(DrivingWord).meta({ wall: 'private' }),
})
export type OneIntent = z.infer<typeof OneIntent>
/** The strongest, with what else the text is for. */
export const Intent = OneIntent.extend({
  /** Surest first, none surer than the strongest. Absent: there is one only. */
  also: z.array(OneIntent).optional(),
})
export type Intent = z.infer<typeof Intent>

/** Every intent of a mention, the strongest first; none where nothing was sure enough. */
export const intentsOf = (intent: Intent | null): readonly OneIntent[] =>
  intent ? [intent, ...(intent.also ?? [])] : []

/**
 * How it came in, where that matters. `history`: older than a day in an imported file, so that it opens no case. `late`:
 * a running source heard it more than a quarter of an hour after it was written (sleep, an outage, a slow network).
 */
export const arrivals = ['history', 'late'] as const
export type Arrival = (typeof arrivals)[number]

/**
 * The draft's facts and what Earshot understood of them, as pages, files and other stations get it: without its row, which
 * means something in one file only.
 */
export const PublicMention = Draft.omit({ raw: true, lang: true })
  .extend({
    id: z.string(),
    sourceId: z.string(),
    network: z.string(),
    seenAt: Instant,
    /** BCP 47, or `und` when the text is too short or too mixed to tell. */
    lang: z.string(),
    sentiment: Sentiment,
    /** Listens that matched when the mention arrived. */
    listenIds: z.array(z.string()),
    /** The first mention with the same words (simhash distance ≤ 3 within the window), if this is not it. */
    duplicateOf: z.string().nullable(),
    /** null: not one of the known reasons, or too unsure to say. */
    intent: Intent.nullable().default(null),
    /** What it is about: matters (`delivery`, `staff`), names of the station's dictionary, parts of the lexicon by their ids; at most 8 and 8. */
    aspects: z.array(z.string()).default([]),
    /** The station's own categories, as examples or officers have it. Absent: none. */
    categories: z.array(MentionCategory).optional(),
    /** Absent: heard when it was written. */
    arrival: z.enum(arrivals).optional(),
    /** Whether it is about what its listens are for. Absent: nobody said, and nothing was learned yet. */
    relevance: z
      .object({
        /** 0 … 1. */
        likelihood: z.number().min(0).max(1),
        /** The officer who said so; null: learned from what officers said of others. */
        by: z.string().nullable().meta({ wall: 'hidden' }),
      })
      .optional(),
  })
  .meta({ privateBy: 'private' })
export type PublicMention = z.infer<typeof PublicMention>

/** A mention as the store has it. */
export interface Mention extends PublicMention {
  /** Row number on this station; grows in order of arrival. */
  seq: number
}
