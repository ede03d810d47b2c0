import { cut } from '#shared/util/text-length.ts'
import { z } from 'zod'
import type { Draft } from '#shared/model/mention.ts'
import type { Dropped } from '../connector.ts'
import { authorOf, draftOf, dropped, withLinksOf } from '../draft.ts'
import { parseDate } from '../text/dates.ts'
import { absoluteLink, tidy } from '../text/html-to-text.ts'
import { langTag, rawOf } from '../text/raw.ts'

const Ref = z.object({ uri: z.string() }).nullish().catch(null)
const Embed = z
  .object({ $type: z.string().catch('') })
  .loose()
  .nullish()
  .catch(null)

/** Lexicon app.bsky.feed.post, as far as a mention needs it. */
const Post = z.object({
  text: z.string(),
  createdAt: z.string().nullish().catch(null),
  langs: z.array(z.string()).nullish().catch(null),
  reply: z.object({ root: Ref, parent: Ref }).nullish().catch(null),
  facets: z.array(z.unknown()).nullish().catch(null),
  /** Hashtags besides those in the text, without their sign. */
  tags: z.array(z.unknown()).nullish().catch(null),
  embed: Embed,
})

/** A commit of Jetstream (github.com/bluesky-social/jetstream, v1 `/subscribe`). */
export const JetstreamEvent = z.object({
  did: z.string(),
  time_us: z.number().int().positive(),
  kind: z.string(),
  commit: z
    .object({ operation: z.string(), collection: z.string(), rkey: z.string(), record: z.unknown().optional() })
    .nullish()
    .catch(null),
})
export type JetstreamEvent = z.infer<typeof JetstreamEvent>

export const COLLECTION = 'app.bsky.feed.post'
/** did:plc and did:web and what may follow (atproto.com/specs/did). */
const DID = /^(?=.{1,2048}$)did:[a-z]+:[a-zA-Z0-9._:%-]*[a-zA-Z0-9._-]$/
const RKEY = /^(?!\.{1,2}$)[a-zA-Z0-9_~.:-]{1,512}$/

/**
 * `createdAt` is the author's client's word and may say anything. It is believed when it lies at most so far from the time
 * at which the network saw the post; otherwise the network's time (`time_us`) counts. Imported archives keep their place
 * in the stream that way instead of turning up years ago.
 */
const BELIEVED_BEFORE_MS = 15 * 60_000
const BELIEVED_AFTER_MS = 60_000

/**
 * A post's mention without its author's handle, which Jetstream does not say. undefined: an event that is no new post, or
 * one that neither passes nor answers a post of `own`, a DID.
 */
export function readPost(
  event: JetstreamEvent,
  passes: (text: string) => boolean,
  own: string | null = null,
): Draft | Dropped | undefined {
  const { commit, did } = event
  if (event.kind !== 'commit' || !commit || commit.operation !== 'create' || commit.collection !== COLLECTION)
    return undefined
  const where = cut(`${did}/${commit.rkey}`, 200)
  if (!DID.test(did) || !RKEY.test(commit.rkey)) return dropped('no id', where, 'not a DID and record key')
  const parsed = Post.safeParse(commit.record)
  if (!parsed.success) return dropped('not a post', where, parsed.error.issues[0]?.message ?? '')
  const post = parsed.data
  const links = linksOf(post.facets ?? [], post.embed)
  const alt = altTexts(post.embed)
  const toOwn = own !== null && (post.reply?.parent?.uri.startsWith(`at://${own}/`) ?? false)
  const tags = tagsOf(post)
  if (!toOwn && !passes([post.text, ...tags, ...alt, ...links].join('\n'))) return undefined
  const text = [tidy(post.text), tags.join(' ')].filter((part) => part !== '').join('\n\n')
  const media = mediaOf(post.embed)
  if (text === '' && media.length === 0 && links.length === 0) return dropped('empty', where)
  withLinksOf(text, links)
  const parent = post.reply?.parent?.uri ?? null
  return draftOf({
    externalId: `at://${did}/${COLLECTION}/${commit.rkey}`,
    kind: parent !== null ? 'reply' : isQuote(post.embed) ? 'quote' : 'post',
    text: text === '' ? alt.join('\n') || (links[0] ?? '') : text,
    url: `https://bsky.app/profile/${did}/post/${commit.rkey}`,
    author: authorOf({ id: did, url: `https://bsky.app/profile/${did}` }),
    publishedAt: publishedAt(post.createdAt ?? null, event.time_us),
    lang: langTag(post.langs?.[0]),
    threadId: post.reply?.root?.uri ?? null,
    inReplyTo: parent,
    links,
    media,
    raw: rawOf(event),
  })
}

export function publishedAt(createdAt: string | null, timeUs: number): number {
  const seen = Math.floor(timeUs / 1000)
  const said = createdAt === null ? null : parseDate(createdAt)
  return said !== null && said >= seen - BELIEVED_BEFORE_MS && said <= seen + BELIEVED_AFTER_MS ? said : seen
}

type Embed = z.infer<typeof Embed>

/** What the parts of a text that are marked are: links, handles, tags. */
function* featuresOf(facets: unknown[]): Generator<{ $type?: unknown; uri?: unknown; tag?: unknown }> {
  for (const facet of facets) {
    const features = (facet as { features?: unknown } | null)?.features
    if (!Array.isArray(features)) continue
    for (const feature of features as unknown[]) if (typeof feature === 'object' && feature !== null) yield feature
  }
}

/** Hashtags, with their sign, that readers see or search for and that the text does not hold in full. */
function tagsOf({ text, facets, tags }: z.infer<typeof Post>): string[] {
  const marked = [...featuresOf(facets ?? [])].filter(({ $type }) => $type === 'app.bsky.richtext.facet#tag')
  const written = new Set([...text.matchAll(/[#＃]([\p{L}\p{M}\p{N}_]+)/gu)].map(([, tag]) => tag!.toLowerCase()))
  const found: string[] = []
  for (const tag of [...marked.map((feature) => feature.tag), ...(tags ?? [])]) {
    const name =
      typeof tag === 'string'
        ? tidy(tag)
            .replace(/^[#＃]+/, '')
            .replace(/\s+/g, '_')
            .slice(0, 640)
        : ''
    if (name === '' || written.has(name.toLowerCase()) || found.length >= 50) continue
    written.add(name.toLowerCase())
    found.push(`#${name}`)
  }
  return found
}

/** Facets mark the parts of a text that are links; an external embed is the card below it. */
function linksOf(facets: unknown[], embed: Embed): string[] {
  const found: string[] = []
  const add = (uri: unknown): void => {
    const link = typeof uri === 'string' ? absoluteLink(uri) : null
    if (link !== null && !found.includes(link) && found.length < 50) found.push(link)
  }
  for (const { $type, uri } of featuresOf(facets)) if ($type === 'app.bsky.richtext.facet#link') add(uri)
  for (const part of parts(embed)) add((part['external'] as { uri?: unknown } | undefined)?.uri)
  return found
}

/** An embed and, for a quote with media, the media inside it. */
function parts(embed: Embed): Record<string, unknown>[] {
  if (!embed) return []
  const inner = embed['media']
  return typeof inner === 'object' && inner !== null ? [embed, inner as Record<string, unknown>] : [embed]
}

const typeOf = (part: Record<string, unknown>): string => (typeof part['$type'] === 'string' ? part['$type'] : '')

function mediaOf(embed: Embed): Draft['media'] {
  const types = parts(embed).map(typeOf)
  return [
    ...(types.some((type) => type.startsWith('app.bsky.embed.images')) ? (['image'] as const) : []),
    ...(types.some((type) => type.startsWith('app.bsky.embed.video')) ? (['video'] as const) : []),
  ]
}

function altTexts(embed: Embed): string[] {
  return parts(embed).flatMap((part) => {
    const images = Array.isArray(part['images']) ? (part['images'] as ({ alt?: unknown } | null)[]) : []
    return [part['alt'], ...images.map((image) => image?.alt)].filter(
      (alt): alt is string => typeof alt === 'string' && alt !== '',
    )
  })
}

const isQuote = (embed: Embed): boolean => parts(embed).some((part) => typeOf(part).startsWith('app.bsky.embed.record'))
