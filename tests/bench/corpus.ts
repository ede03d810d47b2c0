import type { Draft } from '#shared/model/mention.ts'

/**
 * Made-up posts with the statistics of real ones: Zipf-distributed words (20 % of them from a sentiment lexicon or a
 * brand), 5 to 45 words, hashtags, handles, links, five networks, authors of very unequal diligence, a third in
 * conversations. Deterministic: the same number always gives the same post.
 */
const networks = ['mastodon', 'bluesky', 'feed', 'hackernews', 'file'] as const
const syllables =
  'ba be bi bo bu da de di do du fa fe fi ga ge go ha he hi ka ke ki ko la le li lo ma me mi mo na ne ni no pa pe pi po ra re ri ro sa se si so ta te ti to va ve vi wa we za zu ich ung en er sch keit tion ment ing ly est'.split(
    ' ',
  )
const feelings = {
  en: 'love great awful terrible late broken thanks happy angry refund delay lost waiting good bad worst best never again please help'.split(' '), // prettier-ignore
  de: 'danke super schlecht kaputt verspätet wütend toll gut nie wieder bitte hilfe warten verloren zug gepäck service'.split(' '), // prettier-ignore
}
const brands = ['northwind', 'acme', 'globex', 'initech', 'umbra', 'soylent', 'hooli', 'vandelay']

/** Small and fast (mulberry32); Math.random cannot be seeded. */
export function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const vocabulary: string[] = (() => {
  const next = random(7)
  const words = new Set<string>()
  while (words.size < 40_000) {
    let word = ''
    const length = 1 + Math.floor(next() * 4)
    for (let i = 0; i < length; i++) word += syllables[Math.floor(next() * syllables.length)]
    words.add(word)
  }
  return [...words]
})()

/** Rank with probability about 1 / rank. */
const zipf = (next: () => number, size: number): number => Math.min(size - 1, Math.floor(size ** next()) - 1)

export interface CorpusOptions {
  /** publishedAt of post 0, and ms between two posts. */
  startAt: number
  stepMs: number
}

export function post(
  number: number,
  { startAt, stepMs }: CorpusOptions,
): { draft: Draft; network: string; sourceId: string } {
  const next = random(number * 2654435761 + 17)
  const network = networks[Math.floor(next() * networks.length)]!
  const lang = next() < 0.8 ? 'en' : 'de'
  const words: string[] = []
  const length = 5 + Math.floor(next() * 40 * next())
  for (let i = 0; i < length; i++) {
    const dice = next()
    if (dice < 0.12) words.push(feelings[lang][Math.floor(next() * feelings[lang].length)]!)
    else if (dice < 0.15) words.push(brands[zipf(next, brands.length)]!)
    else if (dice < 0.17) words.push(`#${vocabulary[zipf(next, 2000)]}`)
    else if (dice < 0.18) words.push(`@${vocabulary[zipf(next, 5000)]}`)
    else words.push(vocabulary[zipf(next, vocabulary.length)]!)
  }
  if (next() < 0.2) words.push(`https://example.com/${number.toString(36)}`)
  const author = zipf(next, 400_000)
  const inThread = next()
  const text = words.join(' ') + (next() < 0.2 ? '?' : next() < 0.5 ? '.' : ' 🙏')
  return {
    network,
    sourceId: `src_${network}`,
    draft: {
      externalId: `${(number * 7919) % 999_999_937}-${number.toString(36)}`,
      kind: inThread < 0.3 ? 'reply' : 'post',
      text: text[0]!.toUpperCase() + text.slice(1),
      title: null,
      url: `https://${network}.example/p/${number.toString(36)}`,
      author: {
        id: `author-${author}`,
        handle: `@${vocabulary[author % 40_000]}${author}@${network}.example`,
        name: `${vocabulary[(author * 7) % 40_000]} ${vocabulary[(author * 13) % 40_000]}`,
        url: null,
        followers: Math.floor(1_000_000 / (author + 1)) + 12,
      },
      publishedAt: startAt + Math.floor(number * stepMs) - Math.floor(next() * 30_000),
      lang: next() < 0.5 ? lang : null,
      country: null,
      threadId: inThread < 0.15 ? `t-${Math.floor(number / 50)}-${zipf(next, 20)}` : null,
      inReplyTo: inThread >= 0.15 && inThread < 0.3 ? `r-${Math.floor(number / 20)}` : null,
      engagement: next() < 0.3 ? { likes: zipf(next, 500), reposts: zipf(next, 100), replies: null } : null,
      links: [],
      media: next() < 0.15 ? ['image'] : [],
      private: false,
      raw: null,
    },
  }
}

/** Twenty listens of the usual kinds, each heard by something between nothing and a tenth of the posts. */
export const listens: { id: string; query: string; enabled: boolean }[] = [
  'northwind', 'acme OR globex', 'initech AND (late OR delay OR broken)', '"lost waiting"', 'hooli -love',
  'umbra OR soylent OR vandelay', 'northwind AND (refund OR angry)', 'verspätet OR kaputt', '#' + vocabulary[3]!,
  'gepäck NEAR/5 verloren', 'refund OR delay', vocabulary[500]!, vocabulary[5000]!, `${vocabulary[50]} OR ${vocabulary[60]}`,
  'northwin*', 'acme network:mastodon', 'globex has:image', 'followers:>10000 northwind', 'worst OR terrible OR awful',
  'hilfe bitte',
].map((query, i) => ({ id: `lis_bench${String(i).padStart(7, '0')}`, query, enabled: true })) // prettier-ignore

export const commonWord = vocabulary[20]!
export const rareWord = vocabulary[30_000]!
