import type { SentimentLabel } from '#shared/model/sentiment.ts'
import { statement } from '../connections.ts'
import { Numbers } from '../numbers.ts'
import type { Reads, Writes } from '../reads.ts'
import { ALL, RollupSums } from '../rollups.ts'
import { rowOf } from '../station-id.ts'
import { sentimentNumber, sentimentOf, type MentionRow, rowBySeq } from './mentions.ts'

/** The label of a mention and where it comes from. `driving`: the words behind it as the row keeps them. */
export interface LabelState {
  label: SentimentLabel
  score: number
  confidence: number
  model: string
  driving: string | null
}

export function labelState(reads: Reads, row: MentionRow): LabelState {
  const model = statement<{ model: string }>(reads, 'SELECT no, model FROM model_no WHERE no = ?').get(row.model)
  return {
    label: sentimentOf[row.sentiment]!,
    score: row.score,
    confidence: row.confidence,
    model: model?.model ?? '',
    driving: row.driving,
  }
}

/** The row, its places in the panes and the roll-ups of every listen that has it; nothing when the mention is not here. */
export function labelMention(writes: Writes, mentionId: string, next: LabelState): void {
  const row = rowBySeq(writes, rowOf(writes, mentionId) ?? 0)
  if (!row) return
  const after = sentimentNumber[next.label]
  statement(
    writes,
    'UPDATE mention SET sentiment = ?, score = ?, confidence = ?, model = ?, driving = ? WHERE seq = ?',
  ).run(after, next.score, next.confidence, new Numbers(writes).model(next.model), next.driving, row.seq)
  const sums = new RollupSums()
  moveLabel(writes, row, after, sums)
  sums.write(writes)
}

/** A mention's places in the panes of every listen that has it, and in `sums`, which are still to be written. */
export function moveLabel(
  writes: Writes,
  row: Pick<MentionRow, 'seq' | 'published_at' | 'sentiment'>,
  after: number,
  sums: RollupSums,
): void {
  const { sentiment: before } = row
  if (before === after) return
  const move = statement<{ source: number }>(
    writes,
    'UPDATE heard SET sentiment = ? WHERE listen = ? AND published_at = ? AND seq = ? RETURNING source',
  )
  const listens = statement<{ no: number }>(writes, 'SELECT no FROM listen_no').all()
  for (const no of [ALL, ...listens.map((listen) => listen.no)]) {
    const moved = move.get(after, no, row.published_at, row.seq)
    if (!moved) continue
    sums.add(no, moved.source, row.published_at, before, -1)
    sums.add(no, moved.source, row.published_at, after, 1)
  }
}
