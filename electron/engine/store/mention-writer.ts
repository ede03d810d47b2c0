import type { Draft, Engagement } from '#shared/model/mention.ts'
import type { Writes } from './reads.ts'
import { keyHash } from './hash.ts'
import { LookUps } from './look-ups.ts'
import { Numbers } from './numbers.ts'
import { ALL, RollupSums } from './rollups.ts'
import { statement } from './connections.ts'

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
  readonly #db: Writes
  readonly #seed: number
  readonly #lookUps: LookUps
  #numbers: Numbers
  #last: number

  constructor(db: Writes, seed: number) {
    this.#db = db
    this.#seed = seed
    this.#lookUps = new LookUps(db, seed)
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
    this.#lookUps.reset()
    this.#numbers = new Numbers(this.#db)
    this.#last = this.#readLast()
  }

  keyOf(sourceId: string, externalId: string): number {
    return keyHash(this.#seed, sourceId, externalId)
  }

  /** Row of a stored mention, or null. */
  find(sourceId: string, externalId: string, key = this.keyOf(sourceId, externalId)): number | null {
    const same = statement<{ external_id: string; source_id: string }>(
      this.#db,
      'SELECT external_id, source_id FROM mention WHERE seq = ?',
    )
    for (const seq of this.#lookUps.candidates(key)) {
      const row = same.get(seq)
      if (row?.external_id === externalId && row.source_id === sourceId) return seq
    }
    return null
  }

  /** Look-up entries are still to be written: work for when there is nothing else to do. */
  get untidy(): boolean {
    return this.#lookUps.due(true)
  }

  /** So many look-up entries were gathered that they must be written, also while mentions keep coming. */
  get overdue(): boolean {
    return this.#lookUps.due(false)
  }

  /** Inside a transaction of its own: up to `limit` entries, fewer when `enough` says so after a few hundred. */
  tidy(limit: number, enough?: () => boolean): void {
    this.#lookUps.merge(limit, this.#last, enough)
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
    const threads = new Map<number, number | null>()
    const sums = new RollupSums()
    let seq = this.#last
    for (const item of batch) {
      seq++
      const { draft, label } = item
      const source = this.#numbers.source(item.sourceId, item.network)
      const author = draft.author ? this.#lookUps.author(item.network, draft.author.id) : null
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
      this.#lookUps.addKey(item.key, seq)
      if (draft.raw !== null) insertRaw.run(seq, draft.raw)
      if (thread !== null) insertMember.run(thread, seq)
      insertHeard.run(ALL, draft.publishedAt, seq, source, label)
      sums.add(ALL, source, draft.publishedAt, label)
      for (const listen of item.listens) {
        insertHeard.run(listen, draft.publishedAt, seq, source, label)
        sums.add(listen, source, draft.publishedAt, label)
      }
    }
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
