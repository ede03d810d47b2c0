import { guessedShare } from '#engine/matching/commonness.ts'
import { likeness as nearness } from '#engine/understanding/encoder/encoder.ts'
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
  /** Cosine of the two texts' weighted words, and what their meanings have in common beyond that; 0 … 1. */
  likeness: number
}

interface Known {
  precedent: Precedent
  terms: readonly string[]
  meaning: Meaning | null
}

const GUESSED = 200
/** Words that stand in more than this share of the texts say nothing about where a mention belongs. */
const COMMON = 0.3

/** What an encoder makes of a text, of length one, see understanding/encoder. */
export type Meaning = Float32Array

/** Any two complaints lie so near. */
const NEAR_ANYWAY = 0.15
/**
 * Of what lies nearer: so much is added to the likeness of words. On the corpus' check part (`evaluate encoder`), of the pairs that count as
 * close then half tell of one fault, as against a fifth by words alone, and fifty times as many are found.
 */
const MEANING_WEIGHT = 0.7
const byMeaning = (one: Meaning | null, other: Meaning | null): number =>
  one && other ? MEANING_WEIGHT * Math.max(0, nearness(one, other) - NEAR_ANYWAY) : 0

/**
 * Finds the earlier cases that are most like a text, by words and, where an encoder is there, by meaning, in any of its languages. Words are weighted by their rarity (tf–idf, as in Salton and
 * Buckley 1988, with tf capped at one: posts are short). Bounded: the oldest go when it is full.
 */
export class Precedents {
  readonly #most: number
  readonly #terms = new Map<string, Set<string>>()
  readonly #known = new Map<string, Known>()

  constructor(most = 5_000) {
    this.#most = most
  }

  get size(): number {
    return this.#known.size
  }

  /** Adds a case, or replaces what was known of it. */
  add(precedent: Precedent, terms: Iterable<string>, meaning: Meaning | null = null): void {
    this.remove(precedent.caseId)
    const own = [...new Set(terms)]
    this.#known.set(precedent.caseId, { precedent, terms: own, meaning })
    for (const term of own) {
      const having = this.#terms.get(term)
      if (having) having.add(precedent.caseId)
      else this.#terms.set(term, new Set([precedent.caseId]))
    }
    if (this.#known.size > this.#most) this.remove(this.#known.keys().next().value as string)
  }

  /** Whether it is known with this desk and priority already; it is then the newest. */
  renew({ caseId, deskId, priority }: Precedent): boolean {
    const known = this.#known.get(caseId)
    if (known?.precedent.deskId !== deskId || known.precedent.priority !== priority) return false
    this.#known.delete(caseId)
    this.#known.set(caseId, known)
    return true
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

  /** Of each case that shares a word with these: the sum of the shared ones' squared weights. */
  #products(terms: readonly string[]): Map<string, number> {
    const products = new Map<string, number>()
    for (const term of terms) {
      const having = this.#terms.get(term)
      if (!having || (having.size > 20 && having.size > this.#known.size * COMMON)) continue
      const weight = this.#weight(term) ** 2
      for (const caseId of having) products.set(caseId, (products.get(caseId) ?? 0) + weight)
    }
    return products
  }

  /** The `most` cases most like these words and this meaning, at least `least` alike; most alike first. */
  nearest(terms: Iterable<string>, most: number, least: number, meaning: Meaning | null = null): Likeness[] {
    const own = [...new Set(terms)]
    const length = this.#length(own)
    if (this.#known.size === 0 || (length === 0 && meaning === null)) return []
    const products = this.#products(own)
    const found: Likeness[] = []
    const consider = (caseId: string, known: Known) => {
      const product = products.get(caseId) ?? 0
      const near = byMeaning(meaning, known.meaning)
      // An upper bound first: the other text is at least as long as what the two share.
      if ((product > 0 ? Math.sqrt(product) / length : 0) + near < least) return
      const words = product > 0 ? product / (length * this.#length(known.terms)) : 0
      const likeness = Math.min(1, words + near)
      if (likeness >= least && likeness > 0) found.push({ precedent: known.precedent, likeness })
    }
    if (meaning) for (const [caseId, known] of this.#known) consider(caseId, known)
    else for (const caseId of products.keys()) consider(caseId, this.#known.get(caseId)!)
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
