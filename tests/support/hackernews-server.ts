import { json, loopback, misbehave } from './loopback.ts'
import type { Loopback, Misbehaviour } from './loopback.ts'

export interface InventedHit {
  objectID: string
  created_at_i: number
  [field: string]: unknown
}

/** An invented comment (or story, with `title`) as the search returns it; `at` in ms. */
export function inventedHit(id: number, at: number, text: string, changes: Record<string, unknown> = {}): InventedHit {
  const created_at_i = Math.floor(at / 1000)
  const isStory = 'title' in changes
  return {
    objectID: String(id), created_at_i, created_at: new Date(created_at_i * 1000).toISOString(), author: 'orla_k',
    ...(isStory ? { story_text: text, points: 12, num_comments: 3 } : { comment_text: text, story_id: 40_000_001, parent_id: 40_000_002, story_title: 'Coffee, measured' }),
    _tags: [isStory ? 'story' : 'comment'], ...changes,
  } // prettier-ignore
}

export interface HackerNewsServer extends Loopback {
  hits: InventedHit[]
  misbehaviour: Misbehaviour
}

/** Behaves as hn.algolia.com does: newest first, windows of time, never more than 1,000 hits of one search. */
export async function hackerNewsServer(): Promise<HackerNewsServer> {
  const base = await loopback((request, response, url) => {
    if (misbehave(server.misbehaviour, request, response)) return
    if (url.pathname !== '/api/v1/search_by_date') return json(response, { message: 'Not found' }, {}, 404)
    const query = url.searchParams
    const filters = (query.get('numericFilters') ?? '')
      .split(',')
      .map((filter) => /^created_at_i(>=|<=|>|<)(\d+)$/.exec(filter))
    if (filters.some((filter) => filter === null))
      return json(response, { message: 'invalid numeric attribute' }, {}, 400)
    const words = (query.get('query') ?? '').replaceAll('"', '').toLowerCase()
    const kinds = query.get('tags') ?? ''
    const found = server.hits
      .filter((hit) => filters.every((filter) => compare(hit.created_at_i, filter![1]!, Number(filter![2]))))
      .filter((hit) => JSON.stringify(hit).toLowerCase().includes(words))
      .filter((hit) => (hit['_tags'] as string[]).some((tag) => kinds.includes(tag)))
      .sort((a, b) => b.created_at_i - a.created_at_i)
    const size = Math.min(Number(query.get('hitsPerPage') ?? 20), 1_000)
    const page = Number(query.get('page') ?? 0)
    const hits = found.slice(0, 1_000).slice(page * size, (page + 1) * size)
    return json(response, {
      hits,
      nbHits: found.length,
      page,
      nbPages: Math.ceil(Math.min(found.length, 1_000) / size),
      hitsPerPage: size,
    })
  })
  const server: HackerNewsServer = { ...base, hits: [], misbehaviour: null }
  return server
}

const compare = (value: number, operator: string, bound: number): boolean =>
  operator === '>'
    ? value > bound
    : operator === '<'
      ? value < bound
      : operator === '>='
        ? value >= bound
        : value <= bound
