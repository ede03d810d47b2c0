import { longer } from './term-table.ts'

/**
 * Which cluster holds which term with which weight, both ways round: a sparse matrix in columns, about 36 bytes an entry. Clusters and terms
 * are small numbers. An entry is a number too, good until it is released; −1 is none.
 */
export interface Holdings {
  readonly size: number
  readonly weight: Float32Array
  readonly term: Int32Array
  readonly cluster: Int32Array
  hold(cluster: number, term: number, weight: number): void
  /** The entry of this cluster and term. */
  at(cluster: number, term: number): number
  release(entry: number): void
  /** Clusters that hold a term. */
  holders(term: number): number
  /** Terms that a cluster holds. */
  held(cluster: number): number
  /** Entries of a term, the newest first: `for (let entry = first(term); entry >= 0; entry = next(entry))`. */
  firstOfTerm(term: number): number
  nextOfTerm(entry: number): number
  /** Entries of a cluster, the newest first. */
  entriesOf(cluster: number): number[]
}

const FIRST = 4096

/** Lists through the entries, one for each owner; numbers in it are one more than they are, so that zero is none. */
interface Lists {
  heads: Int32Array
  lengths: Int32Array
  next: Int32Array
  previous: Int32Array
}

const newLists = (): Lists => ({
  heads: new Int32Array(FIRST),
  lengths: new Int32Array(FIRST),
  next: new Int32Array(FIRST),
  previous: new Int32Array(FIRST),
})

function link(lists: Lists, owner: number, entry: number): void {
  while (owner >= lists.heads.length) {
    lists.heads = longer(lists.heads, lists.heads.length * 2)
    lists.lengths = longer(lists.lengths, lists.lengths.length * 2)
  }
  const head = lists.heads[owner]!
  lists.next[entry] = head
  lists.previous[entry] = 0
  if (head !== 0) lists.previous[head - 1] = entry + 1
  lists.heads[owner] = entry + 1
  lists.lengths[owner]!++
}

function unlink(lists: Lists, owner: number, entry: number): void {
  const next = lists.next[entry]!
  const previous = lists.previous[entry]!
  if (next !== 0) lists.previous[next - 1] = previous
  if (previous !== 0) lists.next[previous - 1] = next
  else lists.heads[owner] = next
  lists.lengths[owner]!--
}

interface EntryIndex {
  find(cluster: number, term: number): number
  /** Of an entry whose columns are written already. */
  add(entry: number): void
  remove(entry: number): void
  /** Anew for so many entries, of which the first `used` are in use. */
  rebuild(length: number, used: number): void
}

/** Entries by cluster and term: one more than they are, in a table twice as long as the columns, so that a search is short. */
function createIndex(columns: Pick<Holdings, 'cluster' | 'term'>): EntryIndex {
  let index = new Int32Array(FIRST * 2)

  function homeOf(cluster: number, term: number): number {
    const mixed = Math.imul(cluster + 1, 0x9e3779b1) ^ Math.imul(term + 1, 0x85ebca6b)
    return (mixed ^ (mixed >>> 15)) & (index.length - 1)
  }

  function placeOf(cluster: number, term: number): number {
    const mask = index.length - 1
    let at = homeOf(cluster, term)
    for (; index[at] !== 0; at = (at + 1) & mask) {
      const entry = index[at]! - 1
      if (columns.term[entry] === term && columns.cluster[entry] === cluster) break
    }
    return at
  }

  const add = (entry: number): void => {
    index[placeOf(columns.cluster[entry]!, columns.term[entry]!)] = entry + 1
  }

  return {
    find: (cluster, term) => index[placeOf(cluster, term)]! - 1,
    add,
    remove(gone) {
      const mask = index.length - 1
      let hole = placeOf(columns.cluster[gone]!, columns.term[gone]!)
      // What it pushed aside moves back, or it would not be found again.
      for (let at = (hole + 1) & mask; index[at] !== 0; at = (at + 1) & mask) {
        const entry = index[at]! - 1
        const home = homeOf(columns.cluster[entry]!, columns.term[entry]!)
        if (((at - home) & mask) < ((at - hole) & mask)) continue
        index[hole] = entry + 1
        hole = at
      }
      index[hole] = 0
    },
    rebuild(length, used) {
      index = new Int32Array(length * 2)
      for (let entry = 0; entry < used; entry++) add(entry)
    },
  }
}

export function createHoldings(): Holdings {
  const byTerm = newLists()
  const byCluster = newLists()
  const free: number[] = []
  let next = 0

  const holdings = {
    size: 0,
    weight: new Float32Array(FIRST),
    term: new Int32Array(FIRST),
    cluster: new Int32Array(FIRST),
    hold(cluster: number, term: number, weight: number): void {
      if (free.length === 0 && next === holdings.term.length) grow()
      const entry = free.pop() ?? next++
      holdings.term[entry] = term
      holdings.cluster[entry] = cluster
      holdings.weight[entry] = weight
      index.add(entry)
      link(byTerm, term, entry)
      link(byCluster, cluster, entry)
      holdings.size++
    },
    at: (cluster: number, term: number): number => index.find(cluster, term),
    release(entry: number): void {
      index.remove(entry)
      unlink(byTerm, holdings.term[entry]!, entry)
      unlink(byCluster, holdings.cluster[entry]!, entry)
      free.push(entry)
      holdings.size--
    },
    holders: (term: number): number => byTerm.lengths[term] ?? 0,
    held: (cluster: number): number => byCluster.lengths[cluster] ?? 0,
    firstOfTerm: (term: number): number => (byTerm.heads[term] ?? 0) - 1,
    nextOfTerm: (entry: number): number => byTerm.next[entry]! - 1,
    entriesOf(cluster: number): number[] {
      const entries: number[] = []
      for (let at = byCluster.heads[cluster] ?? 0; at !== 0; at = byCluster.next[at - 1]!) entries.push(at - 1)
      return entries
    },
  }
  const index = createIndex(holdings)

  /** Only when every entry is in use are the columns too short. */
  function grow(): void {
    const length = holdings.term.length * 2
    holdings.term = longer(holdings.term, length)
    holdings.cluster = longer(holdings.cluster, length)
    holdings.weight = longer(holdings.weight, length)
    for (const lists of [byTerm, byCluster]) {
      lists.next = longer(lists.next, length)
      lists.previous = longer(lists.previous, length)
    }
    index.rebuild(length, next)
  }
  return holdings
}
