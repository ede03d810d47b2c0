import { hashOfWord, TermKind, termsOf } from './terms.ts'

/**
 * Finds mentions of the same thing as they stream: one pass, a bounded number of clusters. A text is a sparse vector of words,
 * pieces of words, neighbours and concepts, weighted by rarity in the stream so far; it joins the cluster whose centroid is nearest, if near
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

export const streamOptions: ClusterOptions = { threshold: 0.14, most: 4000, terms: 120 }

export interface Placed {
  cluster: number
  /** Founded by this text. */
  fresh: boolean
  /** Cosine to the cluster before it joined; 0 when fresh. */
  likeness: number
}

export interface Clusterer {
  /**
   * `into`: puts it there whatever the likeness (an officer said so). `lang`: what the text is written in; with it, a text that no cluster
   * is near to may join one in other languages that means the same.
   */
  place(text: string, into?: number, lang?: string): Placed
  /** Moves everything of `from` into `to`. */
  merge(from: number, to: number): void
  /** Forgets a cluster: later texts found a new one. */
  drop(cluster: number): void
  /** Words that tell this cluster from the others, strongest first. */
  keywords(cluster: number, most: number): string[]
  /** Share of all texts so far that had this word, 0 … 1. */
  commonness(word: string): number
  size(cluster: number): number
  readonly clusters: number
  /** Called with clusters that were let go because there were too many. */
  onForgotten(listener: (cluster: number) => void): void
}

/** A term of the stream with the clusters that hold it: two lists of equal length, in no order. */
interface Term {
  hash: number
  word: string
  kind: TermKind
  /** Texts that had it, of those that still count. */
  count: number
  members: Cluster[]
  weights: number[]
  /** Weight in the text at hand, and that text's number. */
  weight: number
  text: number
}

interface Cluster {
  id: number
  /** Its terms, and the place of its weight in each term's lists. */
  places: Map<Term, number>
  /** Square of the length of the sum of the members' unit vectors. */
  square: number
  size: number
  usedAt: number
  /** Texts by language. */
  langs: Map<string, number>
  /** Product with the text at hand, and that text's number. */
  dot: number
  text: number
}

/** Rarities are counted over this many texts before the older half fades. */
const MEMORY = 50_000
/** Rarity below which a term counts for less and less. */
const FREQUENT = 2.5
/** A term in more clusters than this is frequent. */
const OFTEN = 40
/** Clusters that a text is compared with to the end. */
const CANDIDATES = 40
const MOST_TERMS_COUNTED = 400_000
/** Over the bridge between languages: so many concepts in common, and this cosine of what is meant alone. */
const BRIDGE_CONCEPTS = 2
const BRIDGE_LIKENESS = 0.5
/** A cluster with this share in the text's own language would have been found by its words. */
const OWN_LANGUAGE = 0.2

/**
 * `lastUsed`: numbers up to this one are taken; new clusters get higher ones. `steer`: has the last word on which cluster a text joins that is
 * near to one.
 * Long: placing, joining and forgetting all work on the same tables of terms and clusters, which nobody else may see.
 */
export function createClusterer(
  options: ClusterOptions = streamOptions,
  lastUsed = 0,
  steer: (cluster: number, text: string) => number = (cluster) => cluster,
): Clusterer {
  const clusters = new Map<number, Cluster>()
  const known = new Map<number, Term>()
  const forgotten: ((cluster: number) => void)[] = []
  let texts = 0
  let text = 0
  let clock = 0
  let lastId = lastUsed

  /** Terms of the text at hand, scaled to length one. */
  function vectorOf(written: string): Term[] {
    const terms: Term[] = []
    text++
    termsOf(written, (hash, weight, kind, word) => {
      let term = known.get(hash)
      if (term === undefined) {
        term = { hash, word, kind, count: 0, members: [], weights: [], weight: 0, text: 0 }
        known.set(hash, term)
      }
      if (term.text === text) return
      term.text = text
      term.weight = weight
      terms.push(term)
    })
    texts++
    for (const term of terms) term.count++
    if (texts >= MEMORY || known.size > MOST_TERMS_COUNTED) fade()
    let length = 0
    for (const term of terms) {
      const rarity = Math.log(1 + (texts + 20) / (term.count + 0.5))
      // The square root: a word that is twice as seldom is not twice as telling (tried on known groups: more that belongs together meets).
      // What stands in every tenth text and more, the brand above all, fades out: all posts have it in common.
      term.weight *= Math.sqrt(rarity) * Math.min(1, rarity / FREQUENT)
      length += term.weight * term.weight
    }
    const scale = length > 0 ? 1 / Math.sqrt(length) : 0
    for (const term of terms) term.weight *= scale
    return terms
  }

  /** Halves all counts and drops what is seldom: the rarity of a word follows the times, and memory stays bounded. */
  function fade(): void {
    texts = Math.ceil(texts / 2)
    for (const [hash, term] of known) {
      if (term.count > 1) term.count /= 2
      else if (term.members.length === 0 && term.text !== text) known.delete(hash)
    }
  }

  function nearest(vector: readonly Term[]): { cluster: Cluster | null; likeness: number } {
    // Seldom terms find the candidates; a term that many clusters share only weighs those that were found.
    const terms = vector.filter((term) => term.members.length > 0)
    terms.sort((a, b) => a.members.length - b.members.length)
    let candidates: Cluster[] = []
    let pruned = false
    for (const term of terms) {
      const { members, weights, weight } = term
      if (members.length <= OFTEN || candidates.length === 0) {
        for (let at = 0; at < members.length; at++) {
          const cluster = members[at]!
          if (cluster.text !== text) {
            cluster.text = text
            cluster.dot = 0
            candidates.push(cluster)
          }
          cluster.dot += weight * weights[at]!
        }
        continue
      }
      if (!pruned && candidates.length > CANDIDATES) {
        pruned = true
        candidates = candidates.sort((a, b) => likenessOf(b) - likenessOf(a)).slice(0, CANDIDATES)
      }
      for (const cluster of candidates) {
        const place = cluster.places.get(term)
        if (place !== undefined) cluster.dot += weight * weights[place]!
      }
    }
    let best: Cluster | null = null
    let most = 0
    for (const cluster of candidates) {
      const likeness = likenessOf(cluster)
      if (likeness <= most) continue
      most = likeness
      best = cluster
    }
    return best !== null && most >= options.threshold && isTelling(vector, best)
      ? { cluster: best, likeness: most }
      : { cluster: null, likeness: most }
  }

  const likenessOf = (cluster: Cluster): number => cluster.dot / Math.sqrt(cluster.square)

  /** One concept alone says no more than that both are about, say, a delivery: without a common word there have to be two. */
  function isTelling(vector: readonly Term[], cluster: Cluster): boolean {
    let concepts = 0
    for (const term of vector) {
      if (!cluster.places.has(term)) continue
      if (term.kind !== TermKind.concept || ++concepts > 1) return true
    }
    return false
  }

  /** The cluster in other languages that means most nearly the same; null: none means it clearly enough. */
  function bridge(vector: readonly Term[], lang: string): Cluster | null {
    const meant = vector.filter(({ kind }) => kind === TermKind.concept)
    if (meant.length < BRIDGE_CONCEPTS) return null
    const length = Math.sqrt(meant.reduce((sum, { weight }) => sum + weight * weight, 0))
    const tried = new Set<Cluster>()
    let best: Cluster | null = null
    let most = BRIDGE_LIKENESS
    // From the rarest concept on: two clusters that mean the same share it, or it was not worth much.
    for (const { members } of meant.sort((a, b) => a.members.length - b.members.length)) {
      for (const cluster of members.slice(-CANDIDATES)) {
        if (tried.has(cluster) || tried.size >= CANDIDATES) continue
        tried.add(cluster)
        if ((cluster.langs.get(lang) ?? 0) > cluster.size * OWN_LANGUAGE) continue
        let shared = 0
        let dot = 0
        for (const term of meant) {
          const place = cluster.places.get(term)
          if (place === undefined) continue
          shared++
          dot += term.weight * term.weights[place]!
        }
        if (shared < BRIDGE_CONCEPTS) continue
        const likeness = dot / (length * conceptLength(cluster))
        if (likeness <= most) continue
        most = likeness
        best = cluster
      }
    }
    return best
  }

  function conceptLength(cluster: Cluster): number {
    let square = 0
    for (const [term, place] of cluster.places) if (term.kind === TermKind.concept) square += term.weights[place]! ** 2
    return Math.sqrt(square)
  }

  function addTo(cluster: Cluster, vector: readonly Term[], lang: string): void {
    cluster.langs.set(lang, (cluster.langs.get(lang) ?? 0) + 1)
    for (const term of vector) {
      const place = cluster.places.get(term)
      const before = place === undefined ? 0 : term.weights[place]!
      cluster.square += term.weight * (2 * before + term.weight)
      if (place === undefined) hold(cluster, term, term.weight)
      else term.weights[place] = before + term.weight
    }
    cluster.size++
    cluster.usedAt = ++clock
    if (cluster.places.size > options.terms * 2) trim(cluster)
  }

  function hold(cluster: Cluster, term: Term, weight: number): void {
    cluster.places.set(term, term.members.length)
    term.members.push(cluster)
    term.weights.push(weight)
  }

  /** Takes a term from a cluster; the last of the term's lists moves into its place. */
  function release(cluster: Cluster, term: Term): void {
    const place = cluster.places.get(term)!
    const last = term.members.pop()!
    const weight = term.weights.pop()!
    if (last !== cluster) {
      term.members[place] = last
      term.weights[place] = weight
      last.places.set(term, place)
    }
    cluster.places.delete(term)
  }

  const weightsOf = (cluster: Cluster): [Term, number][] =>
    [...cluster.places].map(([term, place]) => [term, term.weights[place]!])

  function measure(cluster: Cluster): void {
    cluster.square = 0
    for (const [term, place] of cluster.places) cluster.square += term.weights[place]! ** 2
  }

  function trim(cluster: Cluster): void {
    const sorted = weightsOf(cluster).sort((a, b) => b[1] - a[1])
    for (const [term] of sorted.slice(options.terms)) release(cluster, term)
    measure(cluster)
  }

  function forget(cluster: Cluster): void {
    for (const term of cluster.places.keys()) release(cluster, term)
    clusters.delete(cluster.id)
  }

  function found(id: number): Cluster {
    const cluster: Cluster = {
      id,
      places: new Map(),
      square: 0,
      size: 0,
      usedAt: ++clock,
      langs: new Map(),
      dot: 0,
      text: 0,
    }
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
    place(written, into, lang = 'und') {
      const vector = vectorOf(written)
      if (into !== undefined) {
        const fresh = !clusters.has(into)
        addTo(clusters.get(into) ?? found(into), vector, lang)
        return { cluster: into, fresh, likeness: 1 }
      }
      const { cluster: near, likeness } = nearest(vector)
      const known = near ?? (lang === 'und' ? null : bridge(vector, lang))
      const id = known === null ? lastId + 1 : steer(known.id, written)
      const home = clusters.get(id) ?? found(id)
      addTo(home, vector, lang)
      return { cluster: home.id, fresh: known === null, likeness: known ? likeness : 0 }
    },
    merge(from, to) {
      const source = clusters.get(from)
      if (!source || from === to) return
      const target = clusters.get(to) ?? found(to)
      for (const [term, weight] of weightsOf(source)) {
        const place = target.places.get(term)
        if (place === undefined) hold(target, term, weight)
        else term.weights[place]! += weight
      }
      target.size += source.size
      for (const [lang, count] of source.langs) target.langs.set(lang, (target.langs.get(lang) ?? 0) + count)
      forget(source)
      if (target.places.size > options.terms * 2) trim(target)
      else measure(target)
    },
    drop(id) {
      const cluster = clusters.get(id)
      if (cluster) forget(cluster)
    },
    keywords(id, most) {
      const cluster = clusters.get(id)
      if (!cluster) return []
      return weightsOf(cluster)
        .filter(([{ word }]) => word !== '')
        .sort((a, b) => b[1] - a[1] || (a[0].word < b[0].word ? -1 : 1))
        .slice(0, most)
        .map(([{ word }]) => word)
    },
    commonness: (word) => (known.get(hashOfWord(word))?.count ?? 0) / Math.max(1, texts),
    size: (id) => clusters.get(id)?.size ?? 0,
    get clusters() {
      return clusters.size
    },
    onForgotten(listener) {
      forgotten.push(listener)
    },
  }
}
