import { OLD_THREAT } from '#shared/model/mention.ts'
import { allRows, firstValue, statement } from '../connections.ts'
import { Numbers } from '../numbers.ts'
import type { Reads, Writes } from '../reads.ts'
import { RollupSums } from '../rollups.ts'
import { rereadingTable, type RereadingRow } from '../tables/rereading.ts'
import { moveLabel } from './labels.ts'

export type Rereading = Omit<RereadingRow, 'id'>

/** What the models make of a text, as the columns of a mention hold it. */
export interface Reading {
  /** 0 negative, 1 neutral, 2 positive. */
  sentiment: number
  score: number
  confidence: number
  model: string
  driving: string | null
  intent: string | null
}

/** A mention as it is stored, as far as it is read again. */
export interface ReadBefore extends Omit<Reading, 'model'> {
  seq: number
  text: string
  title: string | null
  lang: string
  published_at: number
  model: number
  /** Name of what said the mood: of models, a person's (`officer`) or a file's (`file`). */
  by: string
}

export interface ReadPair {
  before: ReadBefore
  reading: Reading
}

/** Moods that somebody gave and no model may take. */
const given: readonly string[] = ['officer', 'file']
export const isGiven = (by: string): boolean => given.includes(by)

/** How far it is; undefined: nothing was ever begun. */
export function rereadingOf(db: Reads): Rereading | undefined {
  const row = rereadingTable.get(db, 1)
  if (!row) return undefined
  const { id: _, ...rest } = row
  return rest
}

export const putRereading = (db: Writes, row: Rereading): void => void rereadingTable.put(db, { id: 1, ...row })

/** The newest `limit` rows up to `upTo`, newest first. */
export const readBefore = (db: Reads, upTo: number, limit: number): ReadBefore[] =>
  allRows<ReadBefore>(
    db,
    `SELECT m.seq, m.text, m.title, m.lang, m.published_at, m.sentiment, m.score, m.confidence, m.model, m.driving,
       m.intent, coalesce(n.model, '') AS by
     FROM mention m LEFT JOIN model_no n ON n.no = m.model WHERE m.seq <= ? ORDER BY m.seq DESC LIMIT ?`,
    upTo,
    limit,
  )

/** Every intent that a mention is found by, whichever is the stronger. */
function labelsOf(intent: string | null): string {
  if (intent === null) return ''
  const { label, also = [] } = JSON.parse(intent) as { label: string; also?: { label: string }[] }
  const found = [label, ...also.map((one) => one.label)].map((one) => (one === OLD_THREAT ? 'legal' : one))
  return found.sort().join(' ')
}

/**
 * Reads these mentions as `readings` say, with their places in panes and charts, in the transaction that it is called in. A row
 * that is gone, or was given a mood meanwhile, is left alone. Where it shows, how it was known until `now` is kept. Returns the
 * rows that are another now, and those of them that are found otherwise by full text.
 */
export function writeReadings(
  db: Writes,
  rows: readonly ReadPair[],
  now: number,
): { changed: number[]; intents: number[] } {
  const numbers = new Numbers(db)
  const sums = new RollupSums()
  const current = statement<{ model: number }>(db, 'SELECT model FROM mention WHERE seq = ?')
  const intentOnly = statement(db, 'UPDATE mention SET intent = ? WHERE seq = ?')
  const whole = statement(
    db,
    `UPDATE mention SET sentiment = ?, score = ?, confidence = ?, model = ?, driving = ?, intent = ? WHERE seq = ?`,
  )
  const changed: number[] = []
  const intents: number[] = []
  for (const { before, reading } of rows) {
    const { seq } = before
    const row = current.get(seq)
    // Gone, or somebody gave it a mood meanwhile: the journal has what was before that.
    if (row?.model !== before.model) continue
    const isMood = !isGiven(before.by)
    const isIntent = labelsOf(reading.intent) !== labelsOf(before.intent)
    const isOther = isIntent || (isMood && reading.sentiment !== before.sentiment)
    if (isOther || wasDecided(db, seq)) keepEarlier(db, before, now)
    if (isMood) {
      const { sentiment, score, confidence, model, driving, intent } = reading
      whole.run(sentiment, score, confidence, numbers.model(model), driving, intent, seq)
      moveLabel(db, before, sentiment, sums)
    } else intentOnly.run(reading.intent, seq)
    if (isOther) changed.push(seq)
    if (isIntent) intents.push(seq)
  }
  sums.write(db)
  return { changed, intents }
}

const wasDecided = (db: Reads, seq: number): boolean =>
  firstValue(db, 'SELECT 1 FROM cases WHERE mention_seq = ? LIMIT 1', seq) !== undefined

function keepEarlier(
  db: Writes,
  { seq, sentiment, score, confidence, model, driving, intent }: ReadBefore,
  until: number,
) {
  statement(
    db,
    `INSERT INTO earlier_reading (seq, until, sentiment, score, confidence, model, driving, intent)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  ).run(seq, until, sentiment, score, confidence, model, driving, intent)
}

export interface EarlierReading extends Reading {
  seq: number
  until: number
}

/** How a mention was read before, oldest first. */
export const earlierReadings = (db: Reads, seq: number): EarlierReading[] =>
  allRows<EarlierReading>(
    db,
    `SELECT e.seq, e.until, e.sentiment, e.score, e.confidence, coalesce(n.model, '') AS model, e.driving, e.intent
     FROM earlier_reading e LEFT JOIN model_no n ON n.no = e.model WHERE e.seq = ? ORDER BY e.until`,
    seq,
  )

/** Moods that rows (after, upTo] had until a time after `at`, oldest first. */
export const moodsUntilAfter = (
  db: Reads,
  rows: { after: number; upTo: number },
  at: number,
): { seq: number; until: number; sentiment: number }[] =>
  allRows(
    db,
    'SELECT seq, until, sentiment FROM earlier_reading WHERE seq > ? AND seq <= ? AND until > ? ORDER BY seq, until',
    rows.after,
    rows.upTo,
    at,
  )
