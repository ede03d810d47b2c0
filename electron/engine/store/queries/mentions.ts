import {
  OLD_THREAT,
  type Arrival,
  type Intent,
  type Mention,
  type MentionKind,
  type OneIntent,
} from '#shared/model/mention.ts'
import type { SentimentLabel } from '#shared/model/sentiment.ts'
import { mentionId } from '#shared/util/ids.ts'
import { readOrSkip } from '#engine/store/broken-rows.ts'
import { BLOCK_SIZE, blockOf } from '../blocks.ts'
import type { Reads } from '../reads.ts'
import { firstValue, statement } from '../connections.ts'
import { rowOf, stationIdOf } from '../station-id.ts'
import { mentionTable, type WrittenMention } from '../tables/mentions.ts'
import { categoriesOf } from './categories.ts'
import { relevanceRow } from './relevance.ts'

/** Labels as the numbers that tables hold. */
export const sentimentNumber: Record<SentimentLabel, number> = { negative: 0, neutral: 1, positive: 2 }
/** Arrivals as the numbers that tables hold. */
export const arrivalNumber = { history: 1, late: 2 } as const satisfies Record<Arrival, number>
export const arrivalOf = (no: number | null): Arrival | undefined =>
  no === 1 ? 'history' : no === 2 ? 'late' : undefined

export const sentimentOf: readonly SentimentLabel[] = ['negative', 'neutral', 'positive']

const unread = ['author_prev', 'simhash_high', 'simhash_low'] as const

/** A row as far as a `Mention` is made of it. */
export type MentionRow = Omit<WrittenMention, (typeof unread)[number]>

/** Columns of a `MentionRow`, for a select with the table's alias `m`. */
export const mentionColumns = mentionTable.columns('m', unread)

type Weighted = [start: number, end: number, weight: number]

/** Words kept as ranges and weights become words again. */
export const wordsOf = (text: string, packed: readonly Weighted[]): Mention['sentiment']['words'] =>
  packed.map(([start, end, weight]) => ({ word: text.slice(start, end), start, end, weight }))

export const packWords = (words: Mention['sentiment']['words']): Weighted[] =>
  words.slice(0, 8).map((word) => [word.start, word.end, Math.round(word.weight * 1000) / 1000])

/** Names behind the small numbers of a row; they only ever grow, so a number looked up once stays known. */
class Names {
  readonly #names = new Map<number, string>()
  readonly #sql: string
  constructor(sql: string) {
    this.#sql = sql
  }
  get(db: Reads, no: number): string {
    let name = this.#names.get(no)
    if (name === undefined) {
      name = (statement(db, this.#sql).pluck().get(no) as string | undefined) ?? ''
      this.#names.set(no, name)
    }
    return name
  }
}
const caches = new WeakMap<Reads, { models: Names; listens: Names }>()
function namesOf(db: Reads): { models: Names; listens: Names } {
  let names = caches.get(db)
  if (!names) {
    names = {
      models: new Names('SELECT model FROM model_no WHERE no = ?'),
      listens: new Names('SELECT listen_id FROM listen_no WHERE no = ?'),
    }
    caches.set(db, names)
  }
  return names
}

export function toMention(db: Reads, row: MentionRow): Mention {
  const names = namesOf(db)
  const stationId = stationIdOf(db)
  const relevance = relevanceRow(db, row.seq)
  const categories = categoriesOf(db, row.seq)
  const arrival = arrivalOf(row.arrival)
  const known = row.likes !== null || row.reposts !== null || row.replies !== null
  return {
    id: mentionId(stationId, row.seq),
    seq: row.seq,
    sourceId: row.source_id,
    network: row.network,
    externalId: row.external_id,
    kind: row.kind as MentionKind,
    text: row.text,
    title: row.title,
    url: row.url,
    author:
      row.author_id === null
        ? null
        : {
            id: row.author_id,
            handle: row.author_handle ?? row.author_id,
            name: row.author_name,
            url: row.author_url,
            followers: row.followers,
          },
    publishedAt: row.published_at,
    seenAt: row.seen_at,
    lang: row.lang,
    country: row.country,
    threadId: row.thread_id,
    inReplyTo: row.in_reply_to,
    engagement: known ? { likes: row.likes, reposts: row.reposts, replies: row.replies } : null,
    links: parsed<string[]>(db, row.seq, row.links) ?? [],
    media: row.media === null ? [] : (row.media.split(',') as Mention['media']),
    private: row.private === 1,
    sentiment: {
      label: sentimentOf[row.sentiment] ?? 'neutral',
      score: row.score,
      confidence: row.confidence,
      words: wordsOf(row.text, parsed<Weighted[]>(db, row.seq, row.driving) ?? []),
      model: names.models.get(db, row.model),
    },
    listenIds: row.listens === null ? [] : row.listens.split(',').map((no) => names.listens.get(db, Number(no))),
    duplicateOf: row.duplicate_of === null ? null : mentionId(stationId, row.duplicate_of),
    intent: intentOf(db, row.seq, row.text, row.intent),
    aspects: parsed<string[]>(db, row.seq, row.aspects) ?? [],
    ...(categories.length > 0 && { categories }),
    ...(arrival && { arrival }),
    ...(relevance && { relevance: { likelihood: relevance.percent / 100, by: relevance.by_name } }),
  }
}

/** A mention is shown also when what was understood of it cannot be read any more; null: that, or there is none. */
const parsed = <T>(db: Reads, seq: number, text: string | null): T | null =>
  text === null
    ? null
    : (readOrSkip(
        db,
        'mention',
        () => seq,
        () => JSON.parse(text) as T,
      ) ?? null)

interface PackedIntent {
  label: Intent['label'] | typeof OLD_THREAT
  confidence: number
  words: Weighted[]
  also?: PackedIntent[]
}

/** As its column holds it. */
export const packIntents = ({ label, confidence, words, also }: Intent): PackedIntent => ({
  label,
  confidence,
  words: packWords(words),
  ...(also && { also: also.map(packIntents) }),
})

/** `kept`: as the column of a mention's row holds it. */
export function intentOf(db: Reads, seq: number, text: string, kept: string | null): Intent | null {
  const packed = parsed<PackedIntent>(db, seq, kept)
  if (packed === null) return null
  const one = ({ label, confidence, words }: PackedIntent): OneIntent => ({
    label: label === OLD_THREAT ? 'legal' : label,
    confidence,
    words: wordsOf(text, words),
  })
  return packed.also ? { ...one(packed), also: packed.also.map(one) } : one(packed)
}

const bySeq = `SELECT ${mentionColumns} FROM mention m WHERE m.seq = ?`

export const rowBySeq = (db: Reads, seq: number): MentionRow | undefined => statement<MentionRow>(db, bySeq).get(seq)

/** The mention in row `seq`; undefined when there is none. */
export function mentionBySeq(db: Reads, seq: number): Mention | undefined {
  const row = rowBySeq(db, seq)
  return row && toMention(db, row)
}

/** The mention of this id; undefined when it is not in this file. */
export function mentionById(db: Reads, id: string): Mention | undefined {
  const seq = rowOf(db, id)
  return seq === null ? undefined : mentionBySeq(db, seq)
}

/** Up to `limit` mentions in order of arrival, after row `seq`. What a consumer with a cursor reads. */
export function mentionsAfter(db: Reads, seq: number, limit: number): Mention[] {
  const rows = statement<MentionRow>(
    db,
    `SELECT ${mentionColumns} FROM mention m WHERE m.seq > ? ORDER BY m.seq LIMIT ?`,
  ).all(seq, limit)
  return rows.map((row) => toMention(db, row))
}

/** The newest row number that was ever given, 0 in an empty store: the newest rows may be gone, with an import that was taken back. */
export const lastSeq = (db: Reads): number =>
  firstValue<number>(
    db,
    'SELECT max((SELECT coalesce(max(seq), 0) FROM mention), (SELECT upto_seq FROM look_up_state))',
  ) ?? 0

/** How many mentions there are up to row `seq`: of whole blocks their counts, of the last one a count of its own. */
export function countUpTo(db: Reads, seq: number): number {
  const from = blockOf(seq) * BLOCK_SIZE
  const before = firstValue<number>(db, 'SELECT sum(mentions) FROM block WHERE no < ?', blockOf(seq)) ?? 0
  return before + firstValue<number>(db, 'SELECT count(*) FROM mention WHERE seq BETWEEN ? AND ?', from, seq)!
}

/** The network's payload of a mention as it was received; null: not kept. */
export const rawOfMention = (db: Reads, seq: number): string | null =>
  firstValue<string>(db, 'SELECT raw FROM mention_raw WHERE seq = ?', seq) ?? null
