import { readFileSync } from 'node:fs'
import { existsSync } from 'node:fs'
import { createMatcher } from '#engine/matching/matcher.ts'
import type { Draft } from '#shared/model/mention.ts'
import { documentOf, type QueryDocument } from '#shared/query/document.ts'
import { matchQuery } from '#shared/query/match.ts'
import { parseQuery } from '#shared/query/parse.ts'
import { searchText } from '#shared/query/search-text.ts'
import { tokenize } from '#shared/query/tokenize.ts'

export interface Figure {
  name: string
  value: number
  unit: string
}

/** Deterministic, so that two runs compare. Mulberry32. */
function random(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const syllables = 'ba be bi bo bu da de di do du ka ke ki ko ku la le li lo lu ma me mi mo mu na ne ni no nu ra re ri ro ru sa se si so su ta te ti to tu va ve vi vo'.split(' ') // prettier-ignore
const subjects = 'flight delay cancelled refund baggage lost broken app login password payment delivery order late support service phone battery price ticket seat crew gate hotel room screen update crash error bill account card train bus driver food cold staff rude help waiting hours'.split(' ') // prettier-ignore
const everyday = 'the a to and is in it of for on my you that with was at be this have not are but so just me i your from they what when all an or if by we no out about up get now how can'.split(' ') // prettier-ignore

/** A made-up brand of three or four syllables: 46³ and more of them. */
const word = (next: () => number, parts: number): string => Array.from({ length: parts }, () => syllables[Math.floor(next() * syllables.length)]).join('') // prettier-ignore

/** Listens as people write them: a brand in several spellings, subjects, exclusions, fields. */
export function realisticListens(count: number, seed = 1): { id: string; query: string }[] {
  const next = random(seed)
  const pick = (list: readonly string[]): string => list[Math.floor(next() * list.length)] as string
  return Array.from({ length: count }, (_, i) => {
    const brand = word(next, 3)
    const second = word(next, 3)
    const some = (n: number): string => Array.from({ length: n }, () => pick(subjects)).join(' OR ')
    const forms = [
      `(${brand} OR #${brand} OR @${brand} OR "${brand} ${second}") AND (${some(4)}) AND NOT (job OR hiring OR "press release")`,
      `(${brand} OR ${second}*) NEAR/6 (${some(3)})`,
      `"${pick(subjects)} ${pick(subjects)}" ${brand} lang:en -is:repost`,
      `(${brand} OR ${second} OR ${word(next, 3)} OR ${word(next, 4)} OR ${word(next, 4)}) -(giveaway OR "follow me")`,
      `#${brand} OR (${brand} ${pick(subjects)} followers:>5000)`,
      `"${brand} ${pick(subjects)}"~5 OR "${second} ${pick(subjects)}"~5`,
      `(${some(3)}) AND (${brand} OR @${brand}help) AND (network:mastodon OR network:bluesky)`,
      `${pick(subjects)} ${pick(subjects)} ${pick(subjects)} lang:en`,
    ]
    return { id: `lis_${i}`, query: forms[i % forms.length] as string }
  })
}

/** Posts of 8 to 40 words; one in `every` names one of the listens' brands. */
export function inventedPosts(count: number, listens: readonly { query: string }[], every = 4, seed = 2): Draft[] {
  const next = random(seed)
  const pick = (list: readonly string[]): string => list[Math.floor(next() * list.length)] as string
  const brands = listens.map(({ query }) => /\b[a-z]{6}\b/.exec(query)?.[0] ?? 'brand')
  return Array.from({ length: count }, (_, i) => {
    const words: string[] = []
    const length = 8 + Math.floor(next() * 32)
    for (let w = 0; w < length; w++) {
      const dice = next()
      words.push(dice < 0.5 ? pick(everyday) : dice < 0.72 ? pick(subjects) : word(next, 2 + Math.floor(next() * 2)))
    }
    if (i % every === 0) words[Math.floor(next() * length)] = pick(brands)
    if (next() < 0.2) words.push('#' + word(next, 3))
    if (next() < 0.3) words.unshift('@' + word(next, 3))
    if (next() < 0.3) words.push(`https://example.org/${word(next, 4)}`)
    return post(words.join(' '), i, next)
  })
}

export function post(text: string, i: number, next: () => number): Draft {
  return {
    externalId: `${i}`, kind: next() < 0.3 ? 'reply' : 'post', text, title: null, url: `https://social.example/${i}`,
    author: { id: `${i % 997}`, handle: `@user${i % 997}@social.example`, name: `User ${i % 997}`, url: null, followers: Math.floor(next() ** 4 * 1e5) },
    publishedAt: 1_790_000_000_000 + i * 600, lang: 'en', country: null, threadId: null, inReplyTo: null,
    engagement: null, links: [], media: [], private: false, raw: null,
  } // prettier-ignore
}

const documents = (posts: readonly Draft[]): QueryDocument[] =>
  posts.map((draft) =>
    documentOf(draft, { sourceId: 'src_bench', network: 'mastodon', lang: 'en', sentiment: 'neutral' }),
  )

/** Posts a second, with everything that depends on the post alone (tokens, facets) inside the measure; best of three. */
function rate(posts: readonly Draft[], match: (document: QueryDocument) => unknown): number {
  let best = 0
  for (let round = 0; round < 3; round++) {
    const start = performance.now()
    for (const document of documents(posts)) match(document)
    best = Math.max(best, (posts.length / (performance.now() - start)) * 1000)
  }
  return best
}

/** Each listen as one regular expression of its positive words: fast, and only an approximation of the query. */
function asRegex(query: string): RegExp {
  const words = [...query.matchAll(/"([^"]+)"|([\p{L}\p{N}]{3,})/gu)].map((found) =>
    (found[1] ?? found[2] ?? '').toLowerCase(),
  )
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${[...new Set(words)].join('|')})(?![\\p{L}\\p{N}])`, 'iu')
}

export function matchingBench(): Figure[] {
  const figures: Figure[] = []
  const add = (name: string, value: number, unit: string): void => void figures.push({ name, value: Math.round(value * 100) / 100, unit }) // prettier-ignore
  for (const count of [20, 1_000, 10_000]) {
    const listens = realisticListens(count)
    const posts = inventedPosts(count > 1_000 ? 10_000 : 30_000, listens)
    const matcher = createMatcher(listens)
    let hits = 0
    for (const document of documents(posts)) hits += matcher.match(document).length
    add(
      `matching.${count}-listens`,
      rate(posts, (document) => matcher.match(document)),
      'posts/s',
    )
    add(`matching.${count}-listens.hits-a-post`, hits / posts.length, 'listens')
  }
  const listens = realisticListens(1_000)
  const few = inventedPosts(1_000, listens)
  const queries = listens.map(({ query }) => parseQuery(query)).flatMap((parsed) => (parsed.ok ? [parsed.value] : []))
  add(
    'matching.1000-listens.peer-each-by-itself',
    rate(few, (document) => queries.filter((query) => matchQuery(query, document))),
    'posts/s',
  )
  const expressions = listens.map(({ query }) => asRegex(query))
  add(
    'matching.1000-listens.peer-regex-each',
    rate(few.slice(0, 300), (document) => expressions.filter((e) => e.test(document.facts.text))),
    'posts/s',
  )

  const data = `${process.env['EARSHOT_DATA'] ?? '../shared/data'}/airline/airline-dev.csv`
  if (existsSync(data)) {
    const next = random(3)
    const lines = readFileSync(data, 'utf8').split('\n').slice(1)
    const posts = lines.filter((line) => line.length > 40).map((line, i) => post(line.split(',').slice(-4).join(',').slice(0, 280), i, next)) // prettier-ignore
    const matcher = createMatcher([...listens, ...airline])
    for (const document of documents(posts)) matcher.match(document)
    add(
      'matching.1000-listens.airline-posts',
      rate(posts, (document) => matcher.match(document)),
      'posts/s',
    )
  }
  const posts = inventedPosts(20_000, listens)
  add('tokenize', 1e6 / rate(posts, (document) => tokenize(document.facts.text)), 'µs/post')
  add('search-text', 1e6 / rate(posts, (document) => searchText(document)), 'µs/post')
  return figures
}

/** Listens that match much of the airline posts, so that the figure is not one of words that never come. */
const airline = [
  '(united OR @united) (delay* OR cancel* OR late)', '@southwestair -is:repost', '"customer service" (rude OR awful OR worst)',
  '(bag* OR luggage) NEAR/5 (lost OR missing OR delayed)', 'jetblue OR @jetblue OR #jetblue', '@usairways OR "us airways"',
  '(americanair OR @americanair) AND (hold OR phone OR call*)', '@virginamerica OR "virgin america"', 'is:question (flight OR flights)',
  '(thank* OR great OR love) -not', 'refund* OR voucher*', '"on hold"~3 hours',
].map((query, i) => ({ id: `air_${i}`, query })) // prettier-ignore
