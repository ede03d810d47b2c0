import type { Writes } from './reads.ts'
import { keyHash } from './hash.ts'
import { statement } from './connections.ts'

/** What is kept of an author: how many mentions there are and which is the newest. */
export interface AuthorState {
  key: number
  network: string
  authorId: string
  mentions: number
  lastSeq: number
}

/** Entries that are gathered before they are written. 32,768 sorted keys touch a seventh of the pages that single ones do. */
const GATHER = 32_768

class Gathered {
  /** Key → row; several rows where hashes are equal. */
  readonly keys = new Map<number, number | number[]>()
  readonly authors = new Map<string, AuthorState>()
  readonly authorKeys = new Map<number, AuthorState>()

  addKey(key: number, seq: number): void {
    const there = this.keys.get(key)
    if (there === undefined) this.keys.set(key, seq)
    else this.keys.set(key, Array.isArray(there) ? [...there, seq] : [there, seq])
  }

  setAuthor(state: AuthorState): void {
    this.authors.set(nameOf(state.network, state.authorId), state)
    this.authorKeys.set(state.key, state)
  }
}

const nameOf = (network: string, authorId: string): string => `${network}\n${authorId}`

/** A gathered set on its way into the tables, in order of the keys, a slice at a time. */
interface Merging {
  set: Gathered
  keys: { key: number; seq: number }[]
  authors: AuthorState[]
  keyAt: number
  authorAt: number
  upto: number
}

const finished = ({ keys, keyAt, authors, authorAt }: Merging): boolean =>
  keyAt >= keys.length && authorAt >= authors.length

/** Entries between two looks at the time. */
const FEW = 250

/**
 * The look-up tables `mention_key` and `author` get their entries at random places: written with each batch they cost two
 * thirds of all pages. So the newest entries are held in memory, sorted, and merged into the tables in slices; the rows
 * themselves are the record of what is missing there. `look_up_state.upto_seq` says how far the tables are complete; what
 * lies beyond is read again from the rows after a crash.
 */
export class LookUps {
  readonly #db: Writes
  readonly #seed: number
  #fresh = new Gathered()
  #merging: Merging | null = null
  #loaded = false

  constructor(db: Writes, seed: number) {
    this.#db = db
    this.#seed = seed
  }

  /** After a transaction that failed: what is in memory may never have been written. */
  reset(): void {
    this.#fresh = new Gathered()
    this.#merging = null
    this.#loaded = false
  }

  #load(): void {
    if (this.#loaded) return
    this.#loaded = true
    const upto = statement<{ upto_seq: number }>(this.#db, 'SELECT upto_seq FROM look_up_state').get()!.upto_seq
    const rows = statement<{
      seq: number
      source_id: string
      external_id: string
      network: string
      author_key: number | null
      author_id: string | null
      author_earlier: number
    }>(
      this.#db,
      `SELECT seq, source_id, external_id, network, author_key, author_id, author_earlier FROM mention
       WHERE seq > ? ORDER BY seq`,
    )
    for (const row of rows.iterate(upto)) {
      this.#fresh.addKey(keyHash(this.#seed, row.source_id, row.external_id), row.seq)
      if (row.author_key === null || row.author_id === null) continue
      this.#fresh.setAuthor({
        key: row.author_key,
        network: row.network,
        authorId: row.author_id,
        mentions: row.author_earlier + 1,
        lastSeq: row.seq,
      })
    }
  }

  /** Rows that may have this key; the caller compares. */
  *candidates(key: number): Generator<number> {
    this.#load()
    for (const set of [this.#fresh, this.#merging?.set]) {
      const found = set?.keys.get(key)
      if (Array.isArray(found)) yield* found
      else if (found !== undefined) yield found
    }
    const byKey = statement<{ seq: number }>(this.#db, 'SELECT seq FROM mention_key WHERE key = ?')
    // Equal hashes stand on the next numbers: the walk ends at the first free one.
    for (let at = key, row = byKey.get(at); row; row = byKey.get(++at)) yield row.seq
  }

  addKey(key: number, seq: number): void {
    this.#load()
    this.#fresh.addKey(key, seq)
  }

  /** The author's state, to be changed in place; a new one has no mentions yet. */
  author(network: string, authorId: string): AuthorState {
    this.#load()
    const name = nameOf(network, authorId)
    const fresh = this.#fresh.authors.get(name)
    if (fresh) return fresh
    const merging = this.#merging?.set.authors.get(name)
    const state = merging ? { ...merging } : this.#readAuthor(network, authorId)
    this.#fresh.setAuthor(state)
    return state
  }

  #readAuthor(network: string, authorId: string): AuthorState {
    const byKey = statement<{ network: string; author_id: string; mentions: number; last_seq: number }>(
      this.#db,
      'SELECT network, author_id, mentions, last_seq FROM author WHERE key = ?',
    )
    for (let key = keyHash(this.#seed, network, authorId); ; key++) {
      if (this.#fresh.authorKeys.has(key) || this.#merging?.set.authorKeys.has(key)) continue
      const row = byKey.get(key)
      if (!row) return { key, network, authorId, mentions: 0, lastSeq: 0 }
      if (row.network !== network || row.author_id !== authorId) continue
      return { key, network, authorId, mentions: row.mentions, lastSeq: row.last_seq }
    }
  }

  /** Everything up to row `seq` stands in the tables and nothing is on its way there: what `forgetKey` and `setAuthor` need. */
  settledUpTo(seq: number): boolean {
    this.#load()
    const upto = statement<{ upto_seq: number }>(this.#db, 'SELECT upto_seq FROM look_up_state').get()!.upto_seq
    return this.#merging === null && upto >= seq
  }

  /** A row that is about to go is no longer found by its key. Needs `settledUpTo`; inside a transaction. */
  forgetKey(key: number, seq: number): void {
    const byKey = statement<{ seq: number }>(this.#db, 'SELECT seq FROM mention_key WHERE key = ?')
    let at = key
    let row = byKey.get(at)
    while (row && row.seq !== seq) row = byKey.get(++at)
    if (!row) return
    // The walk along equal hashes ends at the first free number: inside such a run the place stays taken, by row 0.
    if (byKey.get(at + 1)) statement(this.#db, 'UPDATE mention_key SET seq = 0 WHERE key = ?').run(at)
    else statement(this.#db, 'DELETE FROM mention_key WHERE key = ?').run(at)
  }

  /** The author as far as it is known, without making one; not to be changed. */
  knownAuthor(network: string, authorId: string): Readonly<AuthorState> {
    this.#load()
    return this.#fresh.authors.get(nameOf(network, authorId)) ?? this.#readAuthor(network, authorId)
  }

  /** What rows that went left of an author. `mentions` 0: nothing. Needs `settledUpTo`; inside a transaction. */
  setAuthor(state: AuthorState): void {
    const { key, network, authorId, mentions, lastSeq } = state
    const fresh = this.#fresh.authors.get(nameOf(network, authorId))
    if (fresh) Object.assign(fresh, { mentions, lastSeq })
    const isRun = statement(this.#db, 'SELECT 1 FROM author WHERE key = ?').get(key + 1) !== undefined
    // In a run of equal hashes the place stays taken.
    if (mentions === 0 && !isRun) statement(this.#db, 'DELETE FROM author WHERE key = ?').run(key)
    else this.#putAuthor(state)
  }

  #putAuthor({ key, network, authorId, mentions, lastSeq }: AuthorState): void {
    statement(
      this.#db,
      `INSERT INTO author (key, network, author_id, mentions, last_seq) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (key) DO UPDATE SET mentions = excluded.mentions, last_seq = excluded.last_seq`,
    ).run(key, network, authorId, mentions, lastSeq)
  }

  /** Whether `merge` has something worth doing. `calm`: also when little was gathered. */
  due(calm: boolean): boolean {
    return this.#merging !== null || this.#fresh.keys.size >= (calm ? 1 : GATHER)
  }

  /**
   * Writes up to `limit` entries, inside a transaction. `lastSeq`: the newest row. `enough` is asked after every few hundred:
   * entries at random places of a large file cost very unequal times.
   */
  merge(limit: number, lastSeq: number, enough: () => boolean = () => false): void {
    this.#merging ??= this.#begin(lastSeq)
    const work = this.#merging
    // On a machine that is too slow for both, memory comes before short transactions.
    const tooMany = this.#fresh.keys.size > 4 * GATHER
    let left = limit
    do left -= this.#mergeSome(work, Math.min(left, FEW))
    while (left > 0 && !finished(work) && (tooMany || !enough()))
    if (!finished(work)) return
    statement(this.#db, 'UPDATE look_up_state SET upto_seq = ?').run(work.upto)
    this.#merging = null
  }

  #mergeSome(work: Merging, most: number): number {
    const insert = statement(this.#db, 'INSERT INTO mention_key (key, seq) VALUES (?, ?) ON CONFLICT DO NOTHING')
    const there = statement<{ seq: number }>(this.#db, 'SELECT seq FROM mention_key WHERE key = ?')
    let done = 0
    for (; done < most && work.keyAt < work.keys.length; done++) {
      const { key, seq } = work.keys[work.keyAt++]!
      // The same row at that place: a merge that was broken off had come this far.
      for (let at = key; insert.run(at, seq).changes === 0 && there.get(at)?.seq !== seq; at++);
    }
    for (; done < most && work.authorAt < work.authors.length; done++) {
      const state = work.authors[work.authorAt++]!
      // Nobody any more: a fresh one whose rows went before they were written here.
      if (state.mentions > 0) this.#putAuthor(state)
    }
    return done
  }

  #begin(lastSeq: number): Merging {
    this.#load()
    const set = this.#fresh
    this.#fresh = new Gathered()
    const keys: { key: number; seq: number }[] = []
    for (const [key, seqs] of set.keys) {
      if (Array.isArray(seqs)) for (const seq of seqs) keys.push({ key, seq })
      else keys.push({ key, seq: seqs })
    }
    keys.sort((a, b) => a.key - b.key || a.seq - b.seq)
    const authors = [...set.authors.values()].sort((a, b) => a.key - b.key)
    return { set, keys, authors, keyAt: 0, authorAt: 0, upto: lastSeq }
  }
}
