import type { Draft, Engagement } from '#shared/model/mention.ts'
import type { WritableDb } from './handles.ts'
import { keyHash } from './hash.ts'
import { Numbers } from './numbers.ts'
import { ALL, RollupSums } from './rollups.ts'
import { statement } from './statement.ts'

/** A draft with everything that intake knows about it, ready to become a row. */
export interface NewMention {
  draft: Draft
  sourceId: string
  network: string
  /** Hash of (source, external id), see `MentionWriter.keyOf`. */
  key: number
  seenAt: number
  lang: string
  /** 0 negative, 1 neutral, 2 positive. */
  label: number
  score: number
  confidence: number
  model: string
  /** JSON as the columns hold it, see migration 0010; null when there is none. */
  driving: string | null
  intent: string | null
  aspects: string | null
  /** Numbers of the listens that matched (listen_no). */
  listens: readonly number[]
  simhash: readonly [high: number, low: number] | null
  duplicateOf: number | null
}

interface AuthorState {
  key: number
  fresh: boolean
  mentions: number
  lastSeq: number
  network: string
  authorId: string
}

/** So many neighbours in `seq` make a block of the zone map. */
export const BLOCK_SIZE = 4096
export const blockOf = (seq: number): number => Math.floor(seq / BLOCK_SIZE)

const columns = [
  'seq', 'source_id', 'network', 'external_id', 'kind', 'text', 'title', 'url', 'published_at', 'seen_at', 'lang',
  'country', 'author_key', 'author_id', 'author_handle', 'author_name', 'author_url', 'followers', 'author_prev',
  'author_earlier', 'thread_key', 'thread_id', 'in_reply_to', 'likes', 'reposts', 'replies', 'links', 'media', 'private', 'sentiment',
  'score', 'confidence', 'driving', 'model', 'intent', 'aspects', 'listens', 'simhash_high', 'simhash_low',
  'duplicate_of',
] as const // prettier-ignore
const insertMention = `INSERT INTO mention (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`

/** Name of a conversation: the network's thread id, the id that is answered, or the first mention's own id. */
export const threadKey = (seed: number, network: string, id: string): number => keyHash(seed, `thread ${network}`, id)

/**
 * Writes mentions and everything that is kept beside them. Lives as long as the store does; `insert` and `setEngagement`
 * are called inside a transaction, and `reset` after one that failed.
 */
export class MentionWriter {
  readonly #db: WritableDb
  readonly #seed: number
  #numbers: Numbers
  #last: number

  constructor(db: WritableDb, seed: number) {
    this.#db = db
    this.#seed = seed
    this.#numbers = new Numbers(db)
    this.#last = this.#readLast()
  }

  /** Row number of the newest mention. */
  get lastSeq(): number {
    return this.#last
  }

  #readLast(): number {
    return statement<{ seq: number | null }>(this.#db, 'SELECT max(seq) AS seq FROM mention').get()?.seq ?? 0
  }

  reset(): void {
    this.#numbers = new Numbers(this.#db)
    this.#last = this.#readLast()
  }

  keyOf(sourceId: string, externalId: string): number {
    return keyHash(this.#seed, sourceId, externalId)
  }

  /** Row of a stored mention, or null. Equal hashes stand on the next numbers, so the walk ends at the first free one. */
  find(sourceId: string, externalId: string, key = this.keyOf(sourceId, externalId)): number | null {
    const byKey = statement<{ seq: number }>(this.#db, 'SELECT seq FROM mention_key WHERE key = ?')
    const same = statement<{ external_id: string; source_id: string }>(
      this.#db,
      'SELECT external_id, source_id FROM mention WHERE seq = ?',
    )
    for (let at = key; ; at++) {
      const found = byKey.get(at)
      if (!found) return null
      const row = same.get(found.seq)
      if (row?.external_id === externalId && row.source_id === sourceId) return found.seq
    }
  }

  /** Returns the row number of the first; the others follow without a hole. */
  insert(batch: readonly NewMention[]): number {
    const db = this.#db
    const first = this.#last + 1
    const insert = statement(db, insertMention)
    const insertRaw = statement(db, 'INSERT INTO mention_raw (seq, raw) VALUES (?, ?)')
    const insertHeard = statement(
      db,
      'INSERT INTO heard (listen, published_at, seq, source, sentiment) VALUES (?, ?, ?, ?, ?)',
    )
    const insertMember = statement(db, 'INSERT INTO thread_member (thread_key, seq) VALUES (?, ?)')
    const authors = new Map<string, AuthorState>()
    const fresh = new Set<number>()
    const threads = new Map<number, number | null>()
    const sums = new RollupSums()
    let seq = this.#last
    for (const item of batch) {
      seq++
      const { draft, label } = item
      const source = this.#numbers.source(item.sourceId, item.network)
      const author = draft.author ? this.#author(authors, fresh, item.network, draft.author.id) : null
      const thread = this.#thread(item, threads)
      threads.set(item.key, thread)
      insert.run(
        seq, item.sourceId, item.network, draft.externalId, draft.kind, draft.text, draft.title, draft.url,
        draft.publishedAt, item.seenAt, item.lang, draft.country, author?.key ?? null, draft.author?.id ?? null,
        draft.author?.handle ?? null, draft.author?.name ?? null, draft.author?.url ?? null,
        draft.author?.followers ?? null, author && author.lastSeq > 0 ? author.lastSeq : null,
        author?.mentions ?? 0, thread, draft.threadId,
        draft.inReplyTo, draft.engagement?.likes ?? null, draft.engagement?.reposts ?? null,
        draft.engagement?.replies ?? null, draft.links.length > 0 ? JSON.stringify(draft.links) : null,
        draft.media.length > 0 ? draft.media.join(',') : null, draft.private ? 1 : 0, label, item.score,
        item.confidence, item.driving, this.#numbers.model(item.model), item.intent, item.aspects,
        item.listens.length > 0 ? item.listens.join(',') : null, item.simhash?.[0] ?? null, item.simhash?.[1] ?? null,
        item.duplicateOf,
      ) // prettier-ignore
      if (author) {
        author.mentions++
        author.lastSeq = seq
      }
      if (draft.raw !== null) insertRaw.run(seq, draft.raw)
      if (thread !== null) insertMember.run(thread, seq)
      insertHeard.run(ALL, draft.publishedAt, seq, source, label)
      sums.add(ALL, source, draft.publishedAt, label)
      for (const listen of item.listens) {
        insertHeard.run(listen, draft.publishedAt, seq, source, label)
        sums.add(listen, source, draft.publishedAt, label)
      }
    }
    this.#insertKeys(batch, first)
    this.#writeAuthors(authors)
    this.#writeBlocks(batch, first)
    sums.write(db)
    this.#last = seq
    return first
  }

  /** A mention seen again: its text stays as it was first read, its counts follow. false: nothing is new. */
  setEngagement(seq: number, engagement: Engagement): boolean {
    const changed = statement(
      this.#db,
      `UPDATE mention SET likes = @likes, reposts = @reposts, replies = @replies
       WHERE seq = @seq AND (likes IS NOT @likes OR reposts IS NOT @reposts OR replies IS NOT @replies)`,
    ).run({ seq, likes: engagement.likes, reposts: engagement.reposts, replies: engagement.replies })
    return changed.changes > 0
  }

  #thread(item: NewMention, threads: Map<number, number | null>): number | null {
    const { threadId, inReplyTo } = item.draft
    if (threadId !== null) return threadKey(this.#seed, item.network, threadId)
    if (inReplyTo === null) return null
    const parentKey = this.keyOf(item.sourceId, inReplyTo)
    const inBatch = threads.get(parentKey)
    if (inBatch) return inBatch
    const parent = this.find(item.sourceId, inReplyTo, parentKey)
    if (parent !== null) {
      const row = statement<{ thread_key: number | null }>(
        this.#db,
        'SELECT thread_key FROM mention WHERE seq = ?',
      ).get(parent)
      if (row?.thread_key) return row.thread_key
    }
    return threadKey(this.#seed, item.network, inReplyTo)
  }

  #author(authors: Map<string, AuthorState>, fresh: Set<number>, network: string, authorId: string): AuthorState {
    const name = `${network}\n${authorId}`
    const known = authors.get(name)
    if (known) return known
    const byKey = statement<{ network: string; author_id: string; mentions: number; last_seq: number }>(
      this.#db,
      'SELECT network, author_id, mentions, last_seq FROM author WHERE key = ?',
    )
    for (let key = keyHash(this.#seed, network, authorId); ; key++) {
      const row = byKey.get(key)
      let state: AuthorState
      if (!row) {
        // Two new authors of one batch with the same hash.
        if (fresh.has(key)) continue
        fresh.add(key)
        state = { key, fresh: true, mentions: 0, lastSeq: 0, network, authorId }
      } else if (row.network === network && row.author_id === authorId) {
        state = { key, fresh: false, mentions: row.mentions, lastSeq: row.last_seq, network, authorId }
      } else continue
      authors.set(name, state)
      return state
    }
  }

  #writeAuthors(authors: Map<string, AuthorState>): void {
    const insert = statement(
      this.#db,
      'INSERT INTO author (key, network, author_id, mentions, last_seq) VALUES (?, ?, ?, ?, ?)',
    )
    const update = statement(this.#db, 'UPDATE author SET mentions = ?, last_seq = ? WHERE key = ?')
    for (const state of [...authors.values()].sort((a, b) => a.key - b.key)) {
      if (state.fresh) insert.run(state.key, state.network, state.authorId, state.mentions, state.lastSeq)
      else update.run(state.mentions, state.lastSeq, state.key)
    }
  }

  /** In order of the keys: neighbours share a page. */
  #insertKeys(batch: readonly NewMention[], first: number): void {
    const insert = statement(this.#db, 'INSERT INTO mention_key (key, seq) VALUES (?, ?) ON CONFLICT DO NOTHING')
    const order = batch.map((item, i) => ({ key: item.key, seq: first + i })).sort((a, b) => a.key - b.key)
    for (const { key, seq } of order) {
      for (let at = key; insert.run(at, seq).changes === 0; at++);
    }
  }

  #writeBlocks(batch: readonly NewMention[], first: number): void {
    const upsert = statement(
      this.#db,
      `INSERT INTO block (no, mentions, first_published, last_published) VALUES (?, ?, ?, ?)
       ON CONFLICT (no) DO UPDATE SET mentions = mentions + excluded.mentions,
         first_published = min(first_published, excluded.first_published),
         last_published = max(last_published, excluded.last_published)`,
    )
    for (let i = 0; i < batch.length;) {
      const no = blockOf(first + i)
      let least = Infinity
      let greatest = -Infinity
      const from = i
      for (; i < batch.length && blockOf(first + i) === no; i++) {
        const at = batch[i]!.draft.publishedAt
        if (at < least) least = at
        if (at > greatest) greatest = at
      }
      upsert.run(no, i - from, least, greatest)
    }
  }
}
