import { guessedShare } from '#engine/matching/commonness.ts'
import type { Mention } from '#shared/model/mention.ts'
import { documentOfMention } from '#shared/query/document.ts'

/** Words that tell where a mention belongs. Facets of author and network, and who is addressed, are not its subject. */
export const subjectOf = (mention: Mention): string[] =>
  [...documentOfMention(mention).terms].filter((term) => !term.includes('=') && !term.startsWith('@'))

/** Cases that vote on where a text belongs, and how alike they must at least be. */
export const VOTERS = 25
export const ALIKE = 0.1
/** A person would call these alike: what "as in 14 earlier cases" counts. */
export const CLOSE = 0.2
export const closeOnes = (likenesses: readonly Likeness[]): Likeness[] =>
  likenesses.filter(({ likeness }) => likeness >= CLOSE)

/** A case that was decided before. */
export interface Precedent {
  caseId: string
  deskId: string
  priority: string
}

export interface Likeness {
  precedent: Precedent
  /** Cosine of the two texts' weighted words, 0 … 1. */
  likeness: number
}

const GUESSED = 200
/** Words that stand in more than this share of the texts say nothing about where a mention belongs. */
const COMMON = 0.3

/**
 * Finds the earlier cases whose words are most like a text's. Words are weighted by their rarity (tf–idf, as in Salton and
 * Buckley 1988, with tf capped at one: posts are short). Bounded: the oldest go when it is full.
 */
export class Precedents {
  readonly #most: number
  readonly #terms = new Map<string, Set<string>>()
  readonly #known = new Map<string, { precedent: Precedent; terms: readonly string[] }>()

  constructor(most = 5_000) {
    this.#most = most
  }

  get size(): number {
    return this.#known.size
  }

  /** Adds a case, or replaces what was known of it. */
  add(precedent: Precedent, terms: Iterable<string>): void {
    this.remove(precedent.caseId)
    const own = [...new Set(terms)]
    this.#known.set(precedent.caseId, { precedent, terms: own })
    for (const term of own) {
      const having = this.#terms.get(term)
      if (having) having.add(precedent.caseId)
      else this.#terms.set(term, new Set([precedent.caseId]))
    }
    if (this.#known.size > this.#most) this.remove(this.#known.keys().next().value as string)
  }

  remove(caseId: string): void {
    const known = this.#known.get(caseId)
    if (!known) return
    this.#known.delete(caseId)
    for (const term of known.terms) {
      const having = this.#terms.get(term)
      having?.delete(caseId)
      if (having?.size === 0) this.#terms.delete(term)
    }
  }

  #weight(term: string): number {
    const having = this.#terms.get(term)?.size ?? 0
    // As if two hundred more texts were known, with everyday words as common there as elsewhere: among a handful nothing
    // is rare yet, and "the" is not what two cases have in common.
    const expected = GUESSED * guessedShare(term)
    return Math.log(1 + (this.#known.size + GUESSED) / (having + expected + 0.5))
  }

  #length(terms: readonly string[]): number {
    let sum = 0
    for (const term of terms) sum += this.#weight(term) ** 2
    return Math.sqrt(sum)
  }

  /** The `most` cases most like these words, at least `least` alike; most alike first. */
  nearest(terms: Iterable<string>, most: number, least: number): Likeness[] {
    const own = [...new Set(terms)]
    const length = this.#length(own)
    if (length === 0 || this.#known.size === 0) return []
    const products = new Map<string, number>()
    for (const term of own) {
      const having = this.#terms.get(term)
      if (!having || (having.size > 20 && having.size > this.#known.size * COMMON)) continue
      const weight = this.#weight(term) ** 2
      for (const caseId of having) products.set(caseId, (products.get(caseId) ?? 0) + weight)
    }
    const found: Likeness[] = []
    for (const [caseId, product] of products) {
      // An upper bound first: the other text is at least as long as what the two share.
      if (Math.sqrt(product) / length < least) continue
      const { precedent, terms: theirs } = this.#known.get(caseId) as { precedent: Precedent; terms: readonly string[] }
      const likeness = Math.min(1, product / (length * this.#length(theirs)))
      if (likeness >= least) found.push({ precedent, likeness })
    }
    found.sort((a, b) => b.likeness - a.likeness || (a.precedent.caseId < b.precedent.caseId ? -1 : 1))
    return found.slice(0, most)
  }
}

export interface DeskVote {
  deskId: string
  priority: string
  /** Share of the votes, 0 … 1. */
  certainty: number
  precedents: Likeness[]
}

/** A case twice as alike counts four times. */
const weight = ({ likeness }: Likeness): number => likeness ** 2

/** Where the precedents went, weighted by likeness; surest first. */
export function votes(found: readonly Likeness[]): DeskVote[] {
  const total = found.reduce((sum, one) => sum + weight(one), 0)
  const byDesk = new Map<string, Likeness[]>()
  for (const one of found) {
    const known = byDesk.get(one.precedent.deskId)
    if (known) known.push(one)
    else byDesk.set(one.precedent.deskId, [one])
  }
  return [...byDesk]
    .map(([deskId, precedents]) => ({
      deskId,
      precedents,
      priority: mostCommon(precedents.map(({ precedent }) => precedent.priority)),
      certainty: precedents.reduce((sum, one) => sum + weight(one), 0) / total,
    }))
    .sort((a, b) => b.certainty - a.certainty)
}

function mostCommon(values: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'normal'
}
