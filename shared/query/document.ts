import {
  intentsOf,
  type Author,
  type Draft,
  type Engagement,
  type Intent,
  type PublicMention,
} from '#shared/model/mention.ts'
import type { SentimentLabel } from '#shared/model/sentiment.ts'
import { belongs, type MentionCategory } from '#shared/model/category.ts'
import { type FacetFacts, facetsOf, facetValue } from './facets.ts'
import type { Stream } from './places.ts'
import type { Part } from './plan.ts'
import { tokenize, type Token } from './tokenize.ts'
import { urlsIn } from './urls.ts'

/** Everything that a query can ask about. Unknown is null and matches no condition on it. */
export interface DocumentFacts extends FacetFacts {
  text: string
  title: string | null
  sourceName: string | null
  /** Likes + reposts + replies that the network told; null when it told none. */
  engagement: number | null
  sentiment: SentimentLabel | null
  /** The station's own categories that it belongs to, by id and by name, folded like facets. */
  categories: readonly string[]
  /** Whether it is about what its listens are for; null: nobody can say yet. */
  relevant: boolean | null
  publishedAt: number
}

/**
 * Stands in the token stream between title and text, so that no phrase reaches across, and after the text, so that every
 * document has at least one: a query that only excludes starts from it. Never part of a query's own terms.
 */
export const BOUNDARY = '‖'

/** A mention as the query language sees it. Tokens and facets are made when first asked for, once. */
export class QueryDocument {
  readonly facts: DocumentFacts
  #tokens: Token[] | null = null
  #titleTokens: Token[] | null = null
  #facets: string[] | null = null
  #stream: Stream | null = null
  #terms: Set<string> | null = null
  readonly #parts = new Map<Part, QueryDocument | null>()

  constructor(facts: DocumentFacts) {
    this.facts = facts
  }

  /** Tokens of the text; offsets are into the text. */
  get tokens(): Token[] {
    return (this.#tokens ??= tokenize(this.facts.text))
  }

  /** Tokens of the title; offsets are into the title. Empty without one. */
  get titleTokens(): Token[] {
    return (this.#titleTokens ??= this.facts.title === null ? [] : tokenize(this.facts.title))
  }

  /** Words of title and text in a row, as the full-text index has them. */
  get stream(): Stream {
    if (this.#stream) return this.#stream
    const norms: string[] = []
    const tags: (string | null)[] = []
    if (this.facts.title !== null) {
      for (const token of this.titleTokens) {
        norms.push(token.norm)
        tags.push(token.tag)
      }
      norms.push(BOUNDARY)
      tags.push(null)
    }
    for (const token of this.tokens) {
      norms.push(token.norm)
      tags.push(token.tag)
    }
    norms.push(BOUNDARY)
    tags.push(null)
    return (this.#stream = { norms, tags })
  }

  /** The token at a position of the stream; undefined for a boundary. */
  tokenAt(position: number): { token: Token; inTitle: boolean } | undefined {
    const titled = this.facts.title === null ? 0 : this.titleTokens.length + 1
    const inTitle = position < titled
    const token = inTitle ? this.titleTokens[position] : this.tokens[position - titled]
    return token && { token, inTitle }
  }

  /** Everything that a single term of a query can name: words, hashtags and handles with sign, facets. */
  get terms(): ReadonlySet<string> {
    if (this.#terms) return this.#terms
    const terms = new Set(this.stream.norms)
    terms.delete(BOUNDARY)
    for (const tag of this.stream.tags) if (tag !== null) terms.add(tag)
    for (const facet of this.facets) terms.add(facet)
    return (this.#terms = terms)
  }

  /** The title as a text of its own, or the handles that the text begins with; null: there is none. */
  part(part: Part): QueryDocument | null {
    let made = this.#parts.get(part)
    if (made === undefined) {
      const text = part === 'title' ? this.facts.title : (opening.exec(this.facts.text)?.[0] ?? null)
      made = text === null ? null : new QueryDocument({ ...this.facts, text, title: null })
      this.#parts.set(part, made)
    }
    return made
  }

  get facets(): string[] {
    if (this.#facets) return this.#facets
    const traits = { hashtag: false, handle: false, emoji: false, question: false }
    for (const tokens of [this.titleTokens, this.tokens]) {
      for (const token of tokens) {
        if (token.tag !== null) traits[token.tag.charCodeAt(0) === 0x23 ? 'hashtag' : 'handle'] = true
        else if (!traits.emoji && token.norm.charCodeAt(0) > 0x2300)
          traits.emoji = startsWithPictograph.test(token.norm)
      }
    }
    traits.question = isQuestion(this.facts.text) || (this.facts.title !== null && isQuestion(this.facts.title))
    return (this.#facets = facetsOf(this.facts, traits))
  }
}

/** `@a @b, …`: whom a text is addressed to. */
const opening = /^[\s.]*(?:[@＠][\p{L}\p{N}_.-]+(?:[@＠][\p{L}\p{N}_.-]+)?[\s,:;]*)+/u

const startsWithPictograph = /^(?:\p{Extended_Pictographic}|\p{Regional_Indicator})/u
// A question mark at a word's end: not the `?` that begins a URL's parameters. ¿ opens, ？ and ؟ are other scripts' own.
const questionMark = /\?(?=[\s"'”’»)!?]|$)|[¿？؟]/

const isQuestion = (text: string): boolean => questionMark.test(text)

type IntentLabel = Intent['label']

/** What the draft or mention itself does not know. */
export interface DocumentContext {
  sourceId: string
  sourceName?: string | null
  network: string
  lang?: string | null
  sentiment?: SentimentLabel | null
  intents?: readonly IntentLabel[]
  aspects?: readonly string[]
  categories?: readonly MentionCategory[]
  relevant?: boolean | null
}

/** A draft that arrives, with what intake knows about it. */
export function documentOf(
  draft: Omit<Draft, 'raw' | 'externalId' | 'threadId'>,
  context: DocumentContext,
): QueryDocument {
  return new QueryDocument({
    text: draft.text,
    title: draft.title,
    authorHandle: draft.author?.handle ?? null,
    authorName: draft.author?.name ?? null,
    network: context.network,
    sourceId: context.sourceId,
    sourceName: context.sourceName ?? null,
    lang: context.lang ?? draft.lang,
    country: draft.country,
    url: draft.url,
    links: allLinks(draft.links, draft.text),
    kind: draft.kind,
    media: draft.media,
    private: draft.private,
    inReplyTo: draft.inReplyTo,
    followers: followersOf(draft.author),
    intents: context.intents ?? [],
    aspects: context.aspects ?? [],
    engagement: engagementTotal(draft.engagement),
    sentiment: context.sentiment ?? null,
    categories: categoryNames(context.categories),
    relevant: context.relevant ?? null,
    publishedAt: draft.publishedAt,
  })
}

/** A stored mention. `sourceName` lets `source:` be asked by name. */
export function documentOfMention(mention: PublicMention, sourceName: string | null = null): QueryDocument {
  const context = {
    sourceId: mention.sourceId,
    sourceName,
    network: mention.network,
    lang: mention.lang,
    sentiment: mention.sentiment.label,
    intents: intentsOf(mention.intent).map(({ label }) => label),
    aspects: mention.aspects,
    ...(mention.categories && { categories: mention.categories }),
    relevant: mention.relevance ? mention.relevance.likelihood >= 0.5 : null,
  }
  return documentOf({ ...mention }, context)
}

const none: readonly string[] = []
const categoryNames = (all: DocumentContext['categories']): readonly string[] =>
  all === undefined ? none : all.filter(belongs).flatMap(({ id, name }) => [facetValue(id), facetValue(name)])

const followersOf = (author: Author | null): number | null => author?.followers ?? null

/** Likes + reposts + replies; null when none of them is known. */
export function engagementTotal(engagement: Engagement | null): number | null {
  if (!engagement) return null
  const { likes, reposts, replies } = engagement
  return likes === null && reposts === null && replies === null ? null : (likes ?? 0) + (reposts ?? 0) + (replies ?? 0)
}

function allLinks(links: readonly string[], text: string): readonly string[] {
  if (!text.includes('://') && !/www\./i.test(text)) return links
  const written = urlsIn(text)
  return written.length === 0 ? links : links.length === 0 ? written : [...new Set([...links, ...written])]
}
