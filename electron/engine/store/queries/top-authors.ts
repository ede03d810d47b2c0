import type { Reads } from '../reads.ts'
import { influenceRow } from './persons.ts'
import { sampleOf, type SampledPeriod } from './period-sample.ts'

export interface TopAuthor {
  network: string
  handle: string
  name: string | null
  mentions: number
  negative: number
  /** As the network told last; null: it did not. */
  followers: number | null
  /** 0 … 100; null: unknown. */
  influence: number | null
}

const unheard = { mentions: 0, negative: 0, influence: null }

/** Authors of a period: those who said most and those with most influence; at most twice `limit`, most mentions first. */
export function topAuthors(
  db: Reads,
  { limit, ...period }: SampledPeriod & { limit: number },
  context: { cancelled(): boolean },
): { authors: TopAuthor[]; complete: boolean } {
  const { mentions, complete } = sampleOf(db, period, context)
  const found = new Map<number, TopAuthor & { seq: number }>()
  for (const { seq, author_key, author_handle, author_name, network, followers, sentiment, weight } of mentions) {
    if (author_key === null || author_handle === null) continue
    let author = found.get(author_key)
    if (!author) {
      author = { ...unheard, network, handle: author_handle, name: author_name, followers, seq }
      found.set(author_key, author)
    }
    author.mentions += weight
    if (sentiment === 0) author.negative += weight
    if (seq <= author.seq) continue
    Object.assign(author, { seq, handle: author_handle, name: author_name, followers: followers ?? author.followers })
  }
  for (const [key, author] of found) author.influence = influenceRow(db, key)?.influence ?? null
  const all = [...found.values()]
  const byMentions = (a: TopAuthor, b: TopAuthor): number => b.mentions - a.mentions || (a.handle < b.handle ? -1 : 1)
  const most = new Set(all.sort(byMentions).slice(0, limit))
  const heard = all.filter(({ influence }) => influence !== null)
  for (const author of heard.sort((a, b) => b.influence! - a.influence!).slice(0, limit)) most.add(author)
  const authors = [...most].sort(byMentions).map(({ seq: _newest, mentions: said, negative, ...author }) => ({
    ...author,
    mentions: Math.round(said),
    negative: Math.round(negative),
  }))
  return { authors, complete }
}
