import type { Clusterer } from './clusterer.ts'
import { streamOptions, type ClusterOptions } from './cluster-options.ts'
import { createHoldings } from './holdings.ts'
import { createTermTable } from './term-table.ts'
import { openLexicon } from '../concepts/lexicon.ts'
import { hashOfWord, isMeant, TermKind, termsOf, type Concepts } from './terms.ts'

interface Cluster {
  id: number
  /** Its number in the table of what is held. */
  slot: number
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

/** Of fewer texts a share says little: what two of the first six say is not what everybody says. */
const FEW_TEXTS = 10
/** Rarities are counted over this many texts before the older half fades. */
const MEMORY = 50_000
/** Rarity below which a term counts for less and less. */
const FREQUENT = 2.5
/** A term in more clusters than this is frequent. */
const OFTEN = 40
/** Clusters that a text is compared with to the end. */
const CANDIDATES = 40
/** What is full is emptied to this share, so that emptying is paid once in many texts. */
const EMPTIED_TO = 0.75
/** In so few texts every word looks seldom: what two have in common has to be two matters, and no chance of one word. */
const YOUNG = 40
/** Said in this share of a group, a word is what holds it. */
const HOLDS = 0.25
/** Over the bridge between languages: so many concepts in common, and this cosine of what is meant alone. */
const BRIDGE_CONCEPTS = 2
const BRIDGE_LIKENESS = 0.5
/** A cluster with this share in the text's own language would have been found by its words. */
const OWN_LANGUAGE = 0.2

export interface ClustererDeps {
  lastUsed?: number
  steer?: (cluster: number, text: string) => number
  /** By which texts in several languages find each other; default: none. What it finds may change from text to text. */
  lexicon?: Concepts
}

/**
 * Finds mentions of the same thing as they stream: one pass, a bounded number of clusters. A text is a sparse vector of words,
 * pieces of words, neighbours and concepts, weighted by rarity in the stream so far; it joins the cluster whose centroid is nearest, if near
 * enough, else it founds one. Officers' decisions are laid over it by the caller (see `into`).
 *
 * `lastUsed`: numbers up to this one are taken; new clusters get higher ones. `steer`: has the last word on which cluster a text joins that is
 * near to one.
 * Long: placing, joining and forgetting all work on the same tables of terms and clusters, which nobody else may see.
 */
export function createClusterer(
  options: ClusterOptions = streamOptions,
  { lastUsed = 0, steer = (cluster) => cluster, lexicon = openLexicon(null) }: ClustererDeps = {},
): Clusterer {
  const clusters = new Map<number, Cluster>()
  const terms = createTermTable()
  const holdings = createHoldings()
  /** Clusters by their slots; an empty one is free. */
  const slots: (Cluster | undefined)[] = []
  const freeSlots: number[] = []
  /** Words of the terms that clusters hold. */
  const words = new Map<number, string>()
  const forgotten: ((cluster: number) => void)[] = []
  let texts = 0
  let text = 0
  /** Which word of the text at hand each of its terms is of. */
  const matters = new Map<number, number>()
  let clock = 0
  let siftedAt = 0
  let lastId = lastUsed

  /** Terms of the text at hand, scaled to length one, and their words. */
  function vectorOf(written: string, lang: string): { vector: number[]; spelled: Map<number, string> } {
    const vector: number[] = []
    const spelled = new Map<number, string>()
    text++
    matters.clear()
    termsOf(written, lang, lexicon, (hash, weight, kind, word, matter) => {
      const term = terms.slotOf(hash, kind)
      if (terms.text[term] === text) return
      terms.text[term] = text
      terms.weight[term] = weight
      if (word !== '') spelled.set(term, word)
      matters.set(term, matter)
      vector.push(term)
    })
    texts++
    for (const term of vector) terms.count[term]!++
    if (texts >= MEMORY) fade()
    makeRoom()
    let length = 0
    for (const term of vector) {
      const rarity = Math.log(1 + (texts + 20) / (terms.count[term]! + 0.5))
      // The square root: a word that is twice as seldom is not twice as telling (tried on known groups: more that belongs together meets).
      // What stands in every tenth text and more, the brand above all, fades out: all posts have it in common.
      const weight = terms.weight[term]! * Math.sqrt(rarity) * Math.min(1, rarity / FREQUENT)
      terms.weight[term] = weight
      length += weight * weight
    }
    const scale = length > 0 ? 1 / Math.sqrt(length) : 0
    for (const term of vector) terms.weight[term]! *= scale
    return { vector, spelled }
  }

  /** Halves all counts and drops what is seldom: the rarity of a word follows the times. */
  function fade(): void {
    texts = Math.ceil(texts / 2)
    terms.sift((term) => {
      const kept = terms.count[term]! > 1 || isNeeded(term)
      if (terms.count[term]! > 1) terms.count[term]! /= 2
      return kept
    })
  }

  const isNeeded = (term: number): boolean => holdings.holders(term) > 0 || terms.text[term] === text

  /** Whatever streams by, memory stays bounded: what is seldom goes first, then the clusters that nobody joined for longest. */
  function makeRoom(): void {
    while (holdings.size > options.mostHeld && clusters.size > 1) forgetOldest()
    if (terms.size <= options.mostTerms) return
    for (const count of [1, 2]) {
      // What was met lately may still come again.
      const lately = text - (text - siftedAt) / 4
      if (terms.size > options.mostTerms * EMPTIED_TO)
        terms.sift((term) => terms.count[term]! > count || terms.text[term]! >= lately || isNeeded(term))
    }
    siftedAt = text
    while (terms.size > options.mostTerms * EMPTIED_TO && clusters.size > 1) {
      forgetOldest()
      fade()
    }
  }

  function nearest(vector: readonly number[]): { cluster: Cluster | null; likeness: number } {
    // Seldom terms find the candidates; a term that many clusters share only weighs those that were found.
    const shared = vector.filter((term) => holdings.holders(term) > 0)
    shared.sort((a, b) => holdings.holders(a) - holdings.holders(b))
    let candidates: Cluster[] = []
    let pruned = false
    for (const term of shared) {
      const weight = terms.weight[term]!
      if (holdings.holders(term) <= OFTEN || candidates.length === 0) {
        for (let entry = holdings.firstOfTerm(term); entry >= 0; entry = holdings.nextOfTerm(entry)) {
          const cluster = slots[holdings.cluster[entry]!]!
          if (cluster.text !== text) {
            cluster.text = text
            cluster.dot = 0
            candidates.push(cluster)
          }
          cluster.dot += weight * holdings.weight[entry]!
        }
        continue
      }
      if (!pruned && candidates.length > CANDIDATES) {
        pruned = true
        candidates = candidates.sort((a, b) => likenessOf(b) - likenessOf(a)).slice(0, CANDIDATES)
      }
      for (const cluster of candidates) {
        const entry = holdings.at(cluster.slot, term)
        if (entry >= 0) cluster.dot += weight * holdings.weight[entry]!
      }
    }
    const young = texts < YOUNG
    let best: Cluster | null = null
    let most = 0
    for (const cluster of candidates) {
      const likeness = likenessOf(cluster)
      if (likeness <= most || (young && !sharesEnough(vector, cluster))) continue
      most = likeness
      best = cluster
    }
    return best !== null && most >= options.threshold && isTelling(vector, best)
      ? { cluster: best, likeness: most }
      : { cluster: null, likeness: most }
  }

  const likenessOf = (cluster: Cluster): number => cluster.dot / Math.sqrt(cluster.square)

  /** One concept alone says no more than that both are about, say, a delivery: without a common word there have to be two. */
  function isTelling(vector: readonly number[], cluster: Cluster): boolean {
    let concepts = 0
    for (const term of vector) {
      if (holdings.at(cluster.slot, term) < 0) continue
      if (!isMeant(terms.kind[term]!) || ++concepts > 1) return true
    }
    return false
  }

  /** Two words of the text that hold the group together, or one that says by itself which fault it is. */
  function sharesEnough(vector: readonly number[], cluster: Cluster): boolean {
    const login = terms.find(hashOfWord('login'))
    const shared = new Set<number>()
    for (const term of vector) {
      const entry = holdings.at(cluster.slot, term)
      if (entry < 0 || terms.kind[term] === TermKind.pair) continue
      if (holdings.weight[entry]! < terms.weight[term]! * cluster.size * HOLDS) continue
      if (terms.kind[term] === TermKind.symptom || term === login) return true
      shared.add(matters.get(term)!)
      if (shared.size > 1) return true
    }
    return false
  }

  /** The cluster in other languages that means most nearly the same; null: none means it clearly enough. */
  function bridge(vector: readonly number[], lang: string): Cluster | null {
    const meant = vector.filter((term) => isMeant(terms.kind[term]!))
    if (meant.length < BRIDGE_CONCEPTS) return null
    const length = Math.sqrt(meant.reduce((sum, term) => sum + terms.weight[term]! ** 2, 0))
    const tried = new Set<Cluster>()
    let best: Cluster | null = null
    let most = BRIDGE_LIKENESS
    // From the rarest concept on: two clusters that mean the same share it, or it was not worth much.
    for (const concept of meant.sort((a, b) => holdings.holders(a) - holdings.holders(b))) {
      let looked = 0
      for (let entry = holdings.firstOfTerm(concept); entry >= 0; entry = holdings.nextOfTerm(entry)) {
        if (++looked > CANDIDATES || tried.size >= CANDIDATES) break
        const cluster = slots[holdings.cluster[entry]!]!
        if (tried.has(cluster)) continue
        tried.add(cluster)
        if ((cluster.langs.get(lang) ?? 0) > cluster.size * OWN_LANGUAGE) continue
        const likeness = meaning(cluster, meant) / length
        if (likeness <= most) continue
        most = likeness
        best = cluster
      }
    }
    return best
  }

  /** Product of what is meant with what a cluster means, that scaled to length one; 0 where too little is shared. */
  function meaning(cluster: Cluster, meant: readonly number[]): number {
    let shared = 0
    let dot = 0
    for (const term of meant) {
      const entry = holdings.at(cluster.slot, term)
      if (entry < 0) continue
      shared++
      dot += terms.weight[term]! * holdings.weight[entry]!
    }
    return shared < BRIDGE_CONCEPTS ? 0 : dot / Math.sqrt(squareOf(cluster, isMeant))
  }

  /** Of all its terms, or of those whose kind counts. */
  function squareOf(cluster: Cluster, counts: (kind: number) => boolean = () => true): number {
    let square = 0
    for (const entry of holdings.entriesOf(cluster.slot))
      if (counts(terms.kind[holdings.term[entry]!]!)) square += holdings.weight[entry]! ** 2
    return square
  }

  function addTo(cluster: Cluster, vector: readonly number[], spelled: Map<number, string>, lang: string): void {
    cluster.langs.set(lang, (cluster.langs.get(lang) ?? 0) + 1)
    for (const term of vector) {
      const weight = terms.weight[term]!
      const entry = holdings.at(cluster.slot, term)
      const before = entry < 0 ? 0 : holdings.weight[entry]!
      cluster.square += weight * (2 * before + weight)
      if (entry >= 0) holdings.weight[entry] = before + weight
      else {
        holdings.hold(cluster.slot, term, weight)
        const word = spelled.get(term)
        // A copy: a piece of a text would keep the whole of it.
        if (word !== undefined && !words.has(term)) words.set(term, Buffer.from(word).toString())
      }
    }
    cluster.size++
    cluster.usedAt = ++clock
    if (holdings.held(cluster.slot) > options.terms * 2) trim(cluster)
  }

  function release(entry: number): void {
    const term = holdings.term[entry]!
    holdings.release(entry)
    if (holdings.holders(term) === 0) words.delete(term)
  }

  /** Entries of a cluster, the weightiest first. */
  const weightiest = (cluster: Cluster): number[] =>
    holdings.entriesOf(cluster.slot).sort((a, b) => holdings.weight[b]! - holdings.weight[a]!)

  function trim(cluster: Cluster): void {
    for (const entry of weightiest(cluster).slice(options.terms)) release(entry)
    cluster.square = squareOf(cluster)
  }

  function forget(cluster: Cluster): void {
    for (const entry of holdings.entriesOf(cluster.slot)) release(entry)
    clusters.delete(cluster.id)
    slots[cluster.slot] = undefined
    freeSlots.push(cluster.slot)
  }

  /** The least recently used tenth goes at once, so that the search for it is paid once in many texts. */
  function forgetOldest(): void {
    const old = [...clusters.values()].sort((a, b) => a.usedAt - b.usedAt).slice(0, Math.ceil(clusters.size / 10))
    for (const each of old) {
      forget(each)
      for (const listener of forgotten) listener(each.id)
    }
  }

  function found(id: number): Cluster {
    const slot = freeSlots.pop() ?? slots.length
    const cluster: Cluster = { id, slot, square: 0, size: 0, usedAt: ++clock, langs: new Map(), dot: 0, text: 0 }
    slots[slot] = cluster
    clusters.set(id, cluster)
    lastId = Math.max(lastId, id)
    if (clusters.size > options.most) forgetOldest()
    return cluster
  }

  return {
    place(written, into, lang = 'und') {
      const { vector, spelled } = vectorOf(written, lang)
      if (into !== undefined) {
        const fresh = !clusters.has(into)
        addTo(clusters.get(into) ?? found(into), vector, spelled, lang)
        return { cluster: into, fresh, likeness: 1 }
      }
      const { cluster: near, likeness } = nearest(vector)
      const known = near ?? (lang === 'und' ? null : bridge(vector, lang))
      const id = known === null ? lastId + 1 : steer(known.id, written)
      const home = clusters.get(id) ?? found(id)
      addTo(home, vector, spelled, lang)
      return { cluster: home.id, fresh: known === null, likeness: known ? likeness : 0 }
    },
    merge(from, to) {
      const source = clusters.get(from)
      if (!source || from === to) return
      const target = clusters.get(to) ?? found(to)
      // Founding may have let it go.
      if (clusters.get(from) !== source) return
      for (const entry of holdings.entriesOf(source.slot)) {
        const [term, weight] = [holdings.term[entry]!, holdings.weight[entry]!]
        const known = holdings.at(target.slot, term)
        if (known < 0) holdings.hold(target.slot, term, weight)
        else holdings.weight[known]! += weight
      }
      target.size += source.size
      for (const [lang, count] of source.langs) target.langs.set(lang, (target.langs.get(lang) ?? 0) + count)
      forget(source)
      if (holdings.held(target.slot) > options.terms * 2) trim(target)
      else target.square = squareOf(target)
    },
    drop(id) {
      const cluster = clusters.get(id)
      if (cluster) forget(cluster)
    },
    keywords(id, most) {
      const cluster = clusters.get(id)
      if (!cluster) return []
      return weightiest(cluster)
        .flatMap((entry) => {
          const word = words.get(holdings.term[entry]!)
          return word === undefined ? [] : [{ word, weight: holdings.weight[entry]! }]
        })
        .sort((a, b) => b.weight - a.weight || (a.word < b.word ? -1 : 1))
        .slice(0, most)
        .map(({ word }) => word)
    },
    commonness(word) {
      const term = terms.find(hashOfWord(word))
      return term < 0 ? 0 : terms.count[term]! / Math.max(FEW_TEXTS, texts)
    },
    size: (id) => clusters.get(id)?.size ?? 0,
    get clusters() {
      return clusters.size
    },
    get terms() {
      return terms.size
    },
    get held() {
      return holdings.size
    },
    onForgotten(listener) {
      forgotten.push(listener)
    },
  }
}
