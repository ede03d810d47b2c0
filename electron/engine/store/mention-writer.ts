import type { Draft, Engagement } from '#shared/model/mention.ts'
import type { Writes } from './reads.ts'
import { keyHash } from './hash.ts'
import { LookUps, type AuthorState } from './look-ups.ts'
import { Numbers } from './numbers.ts'
import { ALL, RollupSums } from './rollups.ts'
import { statement } from './connections.ts'
import { writeShown } from './queries/categories.ts'
import { lastSeq } from './queries/mentions.ts'
import { blockOf } from './blocks.ts'
import { removeMentions } from './mention-remover.ts'
import { mentionTable, type WrittenMention } from './tables/mentions.ts'

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
  /** The station's own categories that it belongs to or may, with the certainty in percent; absent: none. */
  categories?: readonly (readonly [id: string, percent: number])[] | null
  /** Numbers of the listens that matched (listen_no). */
  listens: readonly number[]
  simhash: readonly [high: number, low: number] | null
  duplicateOf: number | null
  /** 1 history, 2 late; absent or null: as it was written. */
  arrival?: number | null
}

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
    return lastSeq(this.#db)
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

  /** Whether rows up to `seq` can be removed; if not, after some `tidy`. */
  settledUpTo(seq: number): boolean {
    return this.#lookUps.settledUpTo(seq)
  }

  /**
   * Takes rows out, with everything that is kept beside them; needs `settledUpTo`. Inside a transaction. Returns how many others
   * were linked anew.
   */
  remove(seqs: readonly number[]): number {
    return removeMentions(this.#db, { lookUps: this.#lookUps, keyOf: (...of) => this.keyOf(...of) }, seqs)
  }

  /** Returns the row number of the first; the others follow without a hole. */
  insert(batch: readonly NewMention[]): number {
    const db = this.#db
    const first = this.#last + 1
    const insert = statement(db, mentionTable.insertText)
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
      insert.run(...mentionTable.values(this.#row(item, seq, author, thread)))
      if (author) {
        author.mentions++
        author.lastSeq = seq
      }
      this.#lookUps.addKey(item.key, seq)
      if (draft.raw !== null) insertRaw.run(seq, draft.raw)
      for (const [id, percent] of item.categories ?? []) writeShown(db, seq, id, { percent, by_name: null })
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

  #row(item: NewMention, seq: number, author: AuthorState | null, thread: number | null): WrittenMention {
    const { draft } = item
    return {
      seq,
      source_id: item.sourceId,
      network: item.network,
      external_id: draft.externalId,
      kind: draft.kind,
      text: draft.text,
      title: draft.title,
      url: draft.url,
      published_at: draft.publishedAt,
      seen_at: item.seenAt,
      lang: item.lang,
      country: draft.country,
      author_key: author?.key ?? null,
      author_id: draft.author?.id ?? null,
      author_handle: draft.author?.handle ?? null,
      author_name: draft.author?.name ?? null,
      author_url: draft.author?.url ?? null,
      followers: draft.author?.followers ?? null,
      author_prev: author && author.lastSeq > 0 ? author.lastSeq : null,
      author_earlier: author?.mentions ?? 0,
      thread_key: thread,
      thread_id: draft.threadId,
      in_reply_to: draft.inReplyTo,
      likes: draft.engagement?.likes ?? null,
      reposts: draft.engagement?.reposts ?? null,
      replies: draft.engagement?.replies ?? null,
      links: draft.links.length > 0 ? JSON.stringify(draft.links) : null,
      media: draft.media.length > 0 ? draft.media.join(',') : null,
      private: draft.private ? 1 : 0,
      sentiment: item.label,
      score: item.score,
      confidence: item.confidence,
      driving: item.driving,
      model: this.#numbers.model(item.model),
      intent: item.intent,
      aspects: item.aspects,
      listens: item.listens.length > 0 ? item.listens.join(',') : null,
      simhash_high: item.simhash?.[0] ?? null,
      simhash_low: item.simhash?.[1] ?? null,
      duplicate_of: item.duplicateOf,
      arrival: item.arrival ?? null,
    }
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
