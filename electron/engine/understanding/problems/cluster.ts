import { finish, combine, hashText } from '../hash.ts'
import { squeeze } from '../sentiment/features.ts'
import { TokenKind, tokenize, type Token } from '../tokens.ts'
import { isCommonWord } from './common-words.ts'

/**
 * Finds mentions of the same thing as they stream: one pass, a bounded number of clusters. A text is a sparse vector of words,
 * pieces of words and neighbours, weighted by rarity in the stream so far; it joins the cluster whose centroid is nearest, if near
 * enough, else it founds one. Officers' decisions are laid over it by the caller (see `into`).
 */
export interface ClusterOptions {
  /** Cosine from which a text joins, 0 … 1. */
  threshold: number
  /** The longest-unused cluster gives way beyond this many. */
  most: number
  /** Terms kept of a centroid. */
  terms: number
}

export const streamOptions: ClusterOptions = { threshold: 0.13, most: 4000, terms: 120 }

export interface Placed {
  cluster: number
  /** Founded by this text. */
  fresh: boolean
  /** Cosine to the cluster before it joined; 0 when fresh. */
  likeness: number
}

export interface Clusterer {
  /** `into`: puts it there whatever the likeness (an officer said so). */
  place(text: string, into?: number): Placed
  /** Moves everything of `from` into `to`. */
  merge(from: number, to: number): void
  /** Forgets a cluster: later texts found a new one. */
  drop(cluster: number): void
  /** Words that tell this cluster from the others, strongest first. */
  keywords(cluster: number, most: number): string[]
  size(cluster: number): number
  readonly clusters: number
  /** Called with clusters that were let go because there were too many. */
  onForgotten(listener: (cluster: number) => void): void
}

interface Term {
  hash: number
  weight: number
  /** Empty for pieces of words. */
  word: string
}

interface Cluster {
  id: number
  /** Sum of the members' unit vectors, by term. */
  sum: Map<number, number>
  /** Square of the length of `sum`. */
  square: number
  size: number
  usedAt: number
}

const WORD = hashText('pw:')
const PAIR = hashText('pp:')
const PIECE = hashText('pc:')
/** Rarities are counted over this many texts before the older half fades. */
const MEMORY = 50_000
/** A term in more clusters than this is frequent. */
const OFTEN = 40
/** Clusters that a text is compared with to the end. */
const CANDIDATES = 40
const MOST_TERMS_COUNTED = 400_000

/** `lastUsed`: numbers up to this one are taken; new clusters get higher ones. */
export function createClusterer(options: ClusterOptions = streamOptions, lastUsed = 0): Clusterer {
  const clusters = new Map<number, Cluster>()
  /** Clusters by term, so that a text only meets those that share a word with it. */
  const byTerm = new Map<number, Set<number>>()
  const frequency = new Map<number, number>()
  const wordOf = new Map<number, string>()
  const forgotten: ((cluster: number) => void)[] = []
  let texts = 0
  let clock = 0
  let lastId = lastUsed

  const rarity = (hash: number): number => Math.log(1 + (texts + 20) / ((frequency.get(hash) ?? 0) + 0.5))

  const vectorOf = (text: string): Term[] => {
    const terms = termsOf(text)
    texts++
    for (const term of terms) {
      frequency.set(term.hash, (frequency.get(term.hash) ?? 0) + 1)
      if (term.word) wordOf.set(term.hash, term.word)
    }
    if (texts >= MEMORY || frequency.size > MOST_TERMS_COUNTED) fade()
    let length = 0
    for (const term of terms) {
      term.weight *= rarity(term.hash)
      length += term.weight * term.weight
    }
    const scale = length > 0 ? 1 / Math.sqrt(length) : 0
    for (const term of terms) term.weight *= scale
    return terms
  }

  /** Halves all counts and drops what is seldom: the rarity of a word follows the times, and memory stays bounded. */
  const fade = (): void => {
    texts = Math.ceil(texts / 2)
    for (const [hash, count] of frequency) {
      if (count > 1) frequency.set(hash, count / 2)
      else if (!byTerm.has(hash)) {
        frequency.delete(hash)
        wordOf.delete(hash)
      }
    }
  }

  const nearest = (vector: readonly Term[]): { cluster: Cluster | null; likeness: number } => {
    const dots = new Map<number, number>()
    // Seldom terms find the candidates; a term that many clusters share only weighs those that were found.
    const terms = vector
      .map((term) => ({ term, members: byTerm.get(term.hash) }))
      .filter(({ members }) => members !== undefined)
      .sort((a, b) => a.members!.size - b.members!.size)
    let pruned = false
    for (const { term, members } of terms) {
      if (members!.size <= OFTEN || dots.size === 0) {
        for (const id of members!) {
          dots.set(id, (dots.get(id) ?? 0) + term.weight * clusters.get(id)!.sum.get(term.hash)!)
        }
        continue
      }
      if (!pruned && dots.size > CANDIDATES) {
        pruned = true
        keepBest(dots)
      }
      for (const [id, dot] of dots) {
        const weight = clusters.get(id)!.sum.get(term.hash)
        if (weight !== undefined) dots.set(id, dot + term.weight * weight)
      }
    }
    let best: Cluster | null = null
    let most = 0
    for (const [id, dot] of dots) {
      const cluster = clusters.get(id)!
      const likeness = dot / Math.sqrt(cluster.square)
      if (likeness > most) {
        most = likeness
        best = cluster
      }
    }
    return { cluster: best, likeness: most }
  }

  /** Leaves the likeliest candidates by what the seldom terms say. */
  const keepBest = (dots: Map<number, number>): void => {
    const best = [...dots].map(([id, dot]) => ({ id, likeness: dot / Math.sqrt(clusters.get(id)!.square) }))
    best.sort((a, b) => b.likeness - a.likeness)
    for (const { id } of best.slice(CANDIDATES)) dots.delete(id)
  }

  const addTo = (cluster: Cluster, vector: readonly Term[]): void => {
    for (const { hash, weight } of vector) {
      const before = cluster.sum.get(hash) ?? 0
      cluster.sum.set(hash, before + weight)
      cluster.square += weight * (2 * before + weight)
      if (before === 0) index(hash, cluster.id)
    }
    cluster.size++
    cluster.usedAt = ++clock
    if (cluster.sum.size > options.terms * 2) trim(cluster)
  }

  const index = (hash: number, id: number): void => {
    const members = byTerm.get(hash)
    if (members) members.add(id)
    else byTerm.set(hash, new Set([id]))
  }

  const unindex = (hash: number, id: number): void => {
    const members = byTerm.get(hash)
    members?.delete(id)
    if (members?.size === 0) byTerm.delete(hash)
  }

  const measure = (cluster: Cluster): void => {
    cluster.square = 0
    for (const weight of cluster.sum.values()) cluster.square += weight * weight
  }

  const trim = (cluster: Cluster): void => {
    const kept = [...cluster.sum].sort((a, b) => b[1] - a[1])
    for (const [hash] of kept.splice(options.terms)) unindex(hash, cluster.id)
    cluster.sum = new Map(kept)
    measure(cluster)
  }

  const forget = (cluster: Cluster): void => {
    for (const hash of cluster.sum.keys()) unindex(hash, cluster.id)
    clusters.delete(cluster.id)
  }

  const found = (id: number): Cluster => {
    const cluster: Cluster = { id, sum: new Map(), square: 0, size: 0, usedAt: ++clock }
    clusters.set(id, cluster)
    lastId = Math.max(lastId, id)
    if (clusters.size > options.most) {
      // The least recently used tenth goes at once, so that the search for it is paid once in many texts.
      const old = [...clusters.values()].sort((a, b) => a.usedAt - b.usedAt).slice(0, Math.ceil(options.most / 10))
      for (const each of old) {
        forget(each)
        for (const listener of forgotten) listener(each.id)
      }
    }
    return cluster
  }

  return {
    place(text, into) {
      const vector = vectorOf(text)
      if (into !== undefined) {
        const fresh = !clusters.has(into)
        addTo(clusters.get(into) ?? found(into), vector)
        return { cluster: into, fresh, likeness: 1 }
      }
      const { cluster, likeness } = nearest(vector)
      if (cluster && likeness >= options.threshold) {
        addTo(cluster, vector)
        return { cluster: cluster.id, fresh: false, likeness }
      }
      const own = found(lastId + 1)
      addTo(own, vector)
      return { cluster: own.id, fresh: true, likeness: 0 }
    },
    merge(from, to) {
      const source = clusters.get(from)
      if (!source || from === to) return
      const target = clusters.get(to) ?? found(to)
      for (const [hash, weight] of source.sum) {
        if (!target.sum.has(hash)) index(hash, to)
        target.sum.set(hash, (target.sum.get(hash) ?? 0) + weight)
      }
      target.size += source.size
      forget(source)
      if (target.sum.size > options.terms * 2) trim(target)
      else measure(target)
    },
    drop(id) {
      const cluster = clusters.get(id)
      if (cluster) forget(cluster)
    },
    keywords(id, most) {
      const cluster = clusters.get(id)
      if (!cluster) return []
      return [...cluster.sum]
        .filter(([hash]) => wordOf.has(hash))
        .map(([hash, weight]) => ({ word: wordOf.get(hash)!, weight }))
        .sort((a, b) => b.weight - a.weight || (a.word < b.word ? -1 : 1))
        .slice(0, most)
        .map(({ word }) => word)
    },
    size: (id) => clusters.get(id)?.size ?? 0,
    get clusters() {
      return clusters.size
    },
    onForgotten(listener) {
      forgotten.push(listener)
    },
  }
}

const MOST_TOKENS = 80

/** Words (not the common ones), neighbours, and pieces of longer words, so that `charging` meets `charger`. */
function termsOf(text: string): Term[] {
  const terms = new Map<number, Term>()
  const add = (hash: number, weight: number, word: string): void => {
    const term = terms.get(hash)
    if (!term) terms.set(hash, { hash, weight, word })
  }
  const tokens: readonly Token[] = tokenize(text)
  let previous = 0
  let words = 0
  for (const token of tokens) {
    if (token.kind !== TokenKind.word && token.kind !== TokenKind.hashtag && token.kind !== TokenKind.number) continue
    const word = squeeze(token.text)
    if (isCommonWord(word)) continue
    if (++words > MOST_TOKENS) break
    const hash = hashText(word)
    add(finish(combine(WORD, hash)), 1, word)
    if (previous !== 0) add(finish(combine(combine(PAIR, previous), hash)), 0.5, '')
    previous = hash
    if (word.length >= 4) add(finish(combine(PIECE, hashText(word.slice(0, 4)))), 0.6, '')
    if (word.length >= 6) add(finish(combine(PIECE, hashText(word.slice(0, 5)))), 0.4, '')
  }
  return [...terms.values()]
}
