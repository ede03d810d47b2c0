import { tradeAspects } from '#shared/model/trade-aspects.ts'
import { statement } from '../connections.ts'
import type { Reads } from '../reads.ts'
import { aspectWords } from './corrections.ts'

/** Newest mentions that say what a station's talk is about: read in well under a tenth of a second. */
const TALK = 20_000
/**
 * The floor. In public talk with companies of a trade its aspects hold 4 – 21 % of the mentions, with companies of other trades at
 * most 1.95 %; and one person who cannot let go of a thing is no talk of a trade.
 */
const LEAST_SHARE = 0.02
const LEAST_AUTHORS = 3

interface Talk {
  mentions: number
  /** By aspect: how many mentions, and who wrote them; of whom nothing is known, each counts as somebody. */
  named: Map<string, { mentions: number; authors: Set<number | string> }>
}

/**
 * Starter aspects of trades that are no matter of this station: neither its talk as a whole nor that of any of its listens carries
 * them. A name in the station's own dictionary is never among them. Before anything was heard it is all of them.
 */
export function uncarriedAspects(db: Reads): string[] {
  const own = new Set(aspectWords(db).map(({ aspect }) => aspect))
  const asked = tradeAspects.filter((name) => !own.has(name))
  if (asked.length === 0) return []
  const talks = new Map<string, Talk>()
  const rows = statement<{ seq: number; author_key: number | null; aspects: string | null; listens: string | null }>(
    db,
    'SELECT seq, author_key, aspects, listens FROM mention ORDER BY seq DESC LIMIT ?',
  ).all(TALK)
  for (const { seq, author_key, aspects, listens } of rows) {
    const named = aspects === null ? [] : asked.filter((name) => aspects.includes(JSON.stringify(name)))
    for (const talkOf of ['', ...(listens?.split(',') ?? [])]) {
      let talk = talks.get(talkOf)
      if (!talk) talks.set(talkOf, (talk = { mentions: 0, named: new Map() }))
      talk.mentions++
      for (const name of named) {
        const count = talk.named.get(name) ?? { mentions: 0, authors: new Set() }
        count.mentions++
        count.authors.add(author_key ?? `mention ${seq}`)
        talk.named.set(name, count)
      }
    }
  }
  const carries = ({ mentions, named }: Talk, name: string): boolean => {
    const count = named.get(name)
    return count !== undefined && count.authors.size >= LEAST_AUTHORS && count.mentions >= mentions * LEAST_SHARE
  }
  return asked.filter((name) => ![...talks.values()].some((talk) => carries(talk, name)))
}
