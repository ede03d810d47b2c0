import { tokenize } from '#shared/query/tokenize.ts'
import type { Reads } from '../reads.ts'
import { sampleOf, type SampledMention } from './period-sample.ts'

export interface TermsInput {
  listenIds: readonly string[]
  from: number
  to: number
  /** The period to compare with; null: none. */
  before: { from: number; to: number } | null
  limit: number
  /** Folded words that say nothing. */
  skip: readonly string[]
  /** See SampledPeriod. */
  most?: number
}

export interface TopTerm {
  /** As it was first written: a word, two words in a row, or a hashtag with its sign. */
  term: string
  mentions: number
  negative: number
  /** In the period before, as many mentions as there would be at the same volume; null: not asked for. */
  before: number | null
  /** Above zero: said more than before, in standard deviations. */
  rise: number | null
}

interface Place {
  norm: string
  start: number
  end: number
}
interface Counted {
  shown: string
  mentions: number
  negative: number
}

const LEAST = 2
/** A pair of words stands for its words when it is most of their use. */
const MOSTLY = 0.6
const MOST_TOKENS = 400

/** Words, pairs of words and hashtags of a period, most said and most risen; both lists together, at most twice `limit`, most said first. */
export function topTerms(
  db: Reads,
  { listenIds, from, to, before, limit, skip, most }: TermsInput,
  context: { cancelled(): boolean },
): { terms: TopTerm[]; mentions: number; complete: boolean } {
  const skipped = new Set(skip)
  const now = sampleOf(db, { listenIds, from, to, ...(most && { most }) }, context)
  const counted = count(now.mentions, skipped)
  const volume = volumeOf(now.mentions)
  let then: Map<string, Counted> | null = null
  let scale = 1
  let complete = now.complete
  if (before) {
    const earlier = sampleOf(db, { listenIds, ...before, ...(most && { most }) }, context)
    const volumeBefore = volumeOf(earlier.mentions)
    complete &&= earlier.complete
    if (volumeBefore > 0) {
      then = count(earlier.mentions, skipped)
      scale = volume / volumeBefore
    }
  }
  const terms: TopTerm[] = []
  for (const [key, { shown, mentions, negative }] of counted) {
    if (mentions < LEAST) continue
    const was = then ? (then.get(key)?.mentions ?? 0) * scale : null
    terms.push({
      term: shown,
      mentions: Math.round(mentions),
      negative: Math.round(negative),
      before: was === null ? null : Math.round(was),
      rise: was === null ? null : Math.round(((mentions - was) / Math.sqrt(mentions + was + 4)) * 100) / 100,
    })
  }
  terms.sort((a, b) => b.mentions - a.mentions || (a.term < b.term ? -1 : 1))
  const chosen = new Set(terms.slice(0, limit))
  const risen = terms.filter(({ rise }) => rise !== null && rise > 1).sort((a, b) => b.rise! - a.rise!)
  for (const term of risen.slice(0, limit)) chosen.add(term)
  return { terms: terms.filter((term) => chosen.has(term)), mentions: Math.round(volume), complete }
}

const volumeOf = (mentions: readonly SampledMention[]): number => mentions.reduce((sum, { weight }) => sum + weight, 0)

/** Mentions by term, each mention once a term. */
function count(mentions: readonly SampledMention[], skip: ReadonlySet<string>): Map<string, Counted> {
  const counts = new Map<string, Counted>()
  for (const mention of mentions) {
    // What was written to the company alone is nobody else's, and a wall may ask for this.
    if (mention.private === 1) continue
    const own = new Set<string>()
    const add = (key: string, shown: () => string): void => {
      if (own.has(key)) return
      own.add(key)
      let found = counts.get(key)
      if (!found) counts.set(key, (found = { shown: shown(), mentions: 0, negative: 0 }))
      found.mentions += mention.weight
      if (mention.sentiment === 0) found.negative += mention.weight
    }
    const text = mention.title === null ? mention.text : `${mention.title}\n${mention.text}`
    let previous: Place | null = null
    for (const token of tokenize(text).slice(0, MOST_TOKENS)) {
      const { norm, tag, start, end } = token
      if (tag !== null && tag.startsWith('@')) previous = null
      else if (tag !== null) {
        add(tag, () => `#${text.slice(start, end).replace(/^#/, '')}`)
        previous = null
      } else if (!isWord(norm) || skip.has(norm)) previous = null
      else {
        add(norm, () => text.slice(start, end))
        // Side by side, with nothing but a space between.
        const before = previous as Place | null
        if (before && start - before.end <= 1 && before.norm !== norm)
          add(`${before.norm} ${norm}`, () => text.slice(before.start, end).replace(/\s+/g, ' '))
        previous = { norm, start, end }
      }
    }
  }
  return joined(counts)
}

const isWord = (norm: string): boolean => norm.length > 2 && /\p{L}/u.test(norm) && !norm.startsWith('http')

/** Leaves out words that are mostly said as part of a pair, and pairs that are seldom. */
function joined(counts: Map<string, Counted>): Map<string, Counted> {
  const gone = new Set<string>()
  for (const [key, pair] of counts) {
    const space = key.indexOf(' ')
    if (space < 0) continue
    const words = [key.slice(0, space), key.slice(space + 1)]
    const covered = words.filter((word) => pair.mentions >= MOSTLY * (counts.get(word)?.mentions ?? 0))
    if (pair.mentions < LEAST || covered.length === 0) gone.add(key)
    else for (const word of covered) gone.add(word)
  }
  for (const key of gone) counts.delete(key)
  return counts
}
