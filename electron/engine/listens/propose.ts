import { cut } from '#shared/util/text-length.ts'
import type { Said } from '#shared/model/said.ts'
import { said } from '#shared/words/said.ts'
import type { ListenDraft } from '#shared/model/listen.ts'
import { explain } from '#shared/query/explain.ts'
import type { Language } from '#shared/words/languages.ts'
import { parseQuery } from '#shared/query/parse.ts'
import { spellingsOf, type Spellings } from './names.ts'

export interface ProposedSource {
  connector: string
  name: string
  config: Record<string, unknown>
  reason: Said
}

export interface Proposal {
  listens: ListenDraft[]
  /** What each listen asks for, in words; same order. */
  words: string[]
  sources: ProposedSource[]
  /** What a key would open, and the page that gives one. */
  locked: { connector: Said; network: string; needs: Said; url: string }[]
}

/** As much of a connector as a proposal needs. */
export interface KnownConnector {
  id: string
  network: string
  name: Said
  accepts(config: Record<string, unknown>): boolean
  secrets: readonly { label: Said; hint: Said | null; url: string; required: boolean }[]
}

/**
 * From a brand's name to a listen and to sources that need no credentials. Nothing is asked of any network. null: the
 * name holds no letter or digit. Sources are only proposed when their connector accepts the configuration.
 */
export function propose(
  input: { brand: string; competitors: readonly string[]; lang: string | null; locale: Language },
  connectors: readonly KnownConnector[],
): Proposal | null {
  const brand = spellingsOf(input.brand)
  if (!brand) return null
  const others = input.competitors
    .map(spellingsOf)
    .filter((other) => other !== undefined)
    .filter((other, i, all) => other.query !== brand.query && all.findIndex(({ query }) => query === other.query) === i)
  const listens: ListenDraft[] = [brand, ...others].map(({ name, query }, i) => ({
    name: cut(name, 120),
    colour: (i % 8) + 1,
    query,
    enabled: true,
    // What is said about a competitor is heard, and nobody has to answer it.
    routed: i === 0,
  }))
  const usable = new Map(connectors.map((connector) => [connector.id, connector]))
  return {
    listens,
    words: listens.map(({ query }) => inWords(query, input.locale)),
    sources: openSources(brand, others, input.lang, input.locale).filter((source) => {
      const connector = usable.get(source.connector)
      return connector !== undefined && connector.accepts(source.config)
    }),
    locked: connectors.flatMap((connector) =>
      connector.secrets
        .filter((secret) => secret.url !== '')
        .slice(0, 1)
        .map((secret) => ({
          connector: connector.name,
          network: connector.network,
          needs: secret.hint ?? secret.label,
          url: secret.url,
        })),
    ),
  }
}

function inWords(query: string, locale: Language): string {
  const parsed = parseQuery(query)
  return parsed.ok ? explain(parsed.value, locale) : ''
}

/** Hashtags hold letters, digits and the underscore. */
const hashtag = (name: Spellings): string => name.compact.toLowerCase()

function openSources(brand: Spellings, others: Spellings[], lang: string | null, locale: Language): ProposedSource[] {
  const all = [brand, ...others]
  const terms = [
    ...new Set(all.flatMap(({ name, compact, spelled }) => [name, compact, ...(spelled === null ? [] : [spelled])])),
  ]
  const quoted = encodeURIComponent(`"${brand.name.toWellFormed()}"`)
  const edition = newsEditions[(lang ?? locale).split('-')[0]!.toLowerCase()] ?? newsEditions['en']!
  return [
    {
      connector: 'mastodon',
      name: cut(`Mastodon #${brand.compact}`, 120),
      config: { instance: 'mastodon.social', hashtags: [...new Set(all.map(hashtag))].slice(0, 20) },
      reason: said('propose.mastodon'),
    },
    {
      connector: 'bluesky',
      name: cut(`Bluesky: ${brand.name}`, 120),
      config: { terms },
      reason: said('propose.bluesky'),
    },
    {
      connector: 'hackernews',
      name: cut(`Hacker News: ${brand.name}`, 120),
      config: { terms: all.map(({ name }) => name).slice(0, 20) },
      reason: said('propose.hackernews'),
    },
    {
      connector: 'feed',
      name: cut(`Google News: ${brand.name}`, 120),
      config: { url: `https://news.google.com/rss/search?q=${quoted}&${edition}` },
      reason: said('propose.news'),
    },
    {
      connector: 'feed',
      name: cut(`Reddit: ${brand.name}`, 120),
      config: { url: `https://www.reddit.com/search.rss?q=${quoted}&sort=new` },
      reason: said('propose.reddit'),
    },
  ]
}

/** Country and language parameters of the news search, by the language that is listened for. */
const newsEditions: Record<string, string> = {
  en: 'hl=en-US&gl=US&ceid=US:en',
  de: 'hl=de&gl=DE&ceid=DE:de',
  fr: 'hl=fr&gl=FR&ceid=FR:fr',
  es: 'hl=es&gl=ES&ceid=ES:es',
  it: 'hl=it&gl=IT&ceid=IT:it',
  pt: 'hl=pt-BR&gl=BR&ceid=BR:pt-419',
  nl: 'hl=nl&gl=NL&ceid=NL:nl',
  ja: 'hl=ja&gl=JP&ceid=JP:ja',
  ar: 'hl=ar&gl=EG&ceid=EG:ar',
  hi: 'hl=hi&gl=IN&ceid=IN:hi',
}
