import { foldValue } from './fold.ts'
import { urlParts } from './urls.ts'

/**
 * Facets: what a mention is besides its words, written as terms (`=lang:de`, `=author:lena`, `=has:link`) that stand in the
 * same index as the words. A query on a field is then the same look-up as a query on a word, in history and live.
 * Facts that can change after arrival (sentiment, engagement) are not facets.
 */
export interface FacetFacts {
  authorHandle: string | null
  authorName: string | null
  network: string
  sourceId: string
  lang: string | null
  country: string | null
  /** Where the mention itself can be read. */
  url: string | null
  /** http(s) URLs in the mention, those written out in the text included. */
  links: readonly string[]
  kind: string
  media: readonly string[]
  private: boolean
  inReplyTo: string | null
  followers: number | null
  /** Why it was written, as understood when it arrived. */
  intents: readonly string[]
  /** What it is about; matters, names of the station's own dictionary, ids of the lexicon's parts. */
  aspects: readonly string[]
}

export interface TextTraits {
  hashtag: boolean
  handle: boolean
  emoji: boolean
  question: boolean
}

const MAX_FACET = 120
/** Links of one mention that `link:` looks at by domain: a page of links must not fill the index. */
export const MOST_LINKS = 16

/** A facet as a term. The sign in front keeps it apart from words: no pattern such as `lin*` reaches it. */
export const facet = (field: string, value: string | number): string => `=${field}:${value}`
/** The field that a term is a facet of; null for words, hashtags and handles. */
export const facetField = (term: string): string | null =>
  term[0] === '=' ? term.slice(1, Math.max(1, term.indexOf(':'))) : null
/** Spaces would split a facet, apostrophes would end it. */
export function facetValue(value: string): string {
  if (plain.test(value)) return value
  return foldValue(value).replace(/[ ']/g, '_').slice(0, MAX_FACET)
}
/** Already as folding would leave it; most handles, hosts and codes are. */
const plain = /^[a-z0-9_.@-]{1,120}$/

/** The spellings under which `author:` finds somebody: whole handle, its part before the server, display name. */
export function authorFacets(handle: string | null, name: string | null): string[] {
  const found = new Set<string>()
  if (handle !== null) {
    const whole = facetValue(handle.replace(/^@/, ''))
    found.add(whole)
    const server = whole.indexOf('@')
    if (server > 0) found.add(whole.slice(0, server))
  }
  if (name !== null) found.add(facetValue(name))
  found.delete('')
  return [...found]
}

/** `shop.example.co.uk` → itself and every parent domain of at least two labels. */
export function domains(host: string): string[] {
  const found = [host.slice(0, MAX_FACET)]
  let dot = host.indexOf('.')
  while (dot >= 0 && host.indexOf('.', dot + 1) >= 0 && found.length < 6) {
    found.push(host.slice(dot + 1, dot + 1 + MAX_FACET))
    dot = host.indexOf('.', dot + 1)
  }
  return found
}

/** All facet terms of a mention, each once. */
export function facetsOf(facts: FacetFacts, traits: TextTraits): string[] {
  const facets: string[] = []
  for (const author of authorFacets(facts.authorHandle, facts.authorName)) facets.push(facet('author', author))
  facets.push(
    facet('network', facetValue(facts.network)),
    facet('source', facetValue(facts.sourceId)),
    facet('kind', facts.kind),
  )
  if (facts.lang !== null) {
    const lang = facetValue(facts.lang)
    const region = lang.indexOf('-')
    if (region > 0) facets.push(facet('lang', lang.slice(0, region)))
    facets.push(facet('lang', lang))
  }
  // Orders of magnitude (log2), so that a search for the few with a large audience is a look-up. Checked against the number.
  if (facts.followers !== null && facts.followers >= 1_024)
    facets.push(facet('reach', Math.floor(Math.log2(facts.followers))))
  if (facts.country !== null) facets.push(facet('country', facetValue(facts.country)), facet('has', 'country'))
  const site = facts.url === null ? null : urlParts(facts.url)
  if (site) for (const domain of domains(facetValue(site.host))) facets.push(facet('site', domain))
  if (facts.links.length > 0) {
    facets.push(facet('has', 'link'))
    const hosts = new Set<string>()
    for (const link of facts.links.slice(0, MOST_LINKS)) {
      const parts = urlParts(link)
      if (parts) for (const domain of domains(facetValue(parts.host))) hosts.add(domain)
    }
    for (const host of hosts) facets.push(facet('link', host))
  }
  if (facts.media.length > 0) {
    facets.push(facet('has', 'media'))
    for (const media of new Set(facts.media)) facets.push(facet('has', media))
  }
  if (traits.hashtag) facets.push(facet('has', 'hashtag'))
  if (traits.handle) facets.push(facet('has', 'mention'))
  if (traits.emoji) facets.push(facet('has', 'emoji'))
  if (traits.question) facets.push(facet('is', 'question'))
  for (const intent of facts.intents) facets.push(facet('intent', intent))
  for (const aspect of facts.aspects) facets.push(facet('aspect', facetValue(aspect)))
  if (facts.private) facets.push(facet('is', 'private'))
  if (facts.kind === 'reply' || facts.kind === 'comment' || facts.inReplyTo !== null) facets.push(facet('is', 'reply'))
  if (facts.kind === 'repost') facets.push(facet('is', 'repost'))
  if (facts.kind === 'quote') facets.push(facet('is', 'quote'))
  return facets
}
