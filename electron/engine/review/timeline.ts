import { elapsed } from '#shared/util/elapsed.ts'
import type { SentimentBucket } from '#shared/model/sentiment-bucket.ts'
import type { JournalEntry, JournalKind } from '#shared/model/journal.ts'
import { endOfShift, type Shift } from '#shared/model/shift.ts'
import { entriesBetween } from '#engine/store/queries/journal.ts'
import { mentionBySeq, sentimentNumber } from '#engine/store/queries/mentions.ts'
import { labelsThen, lastSeenBy, seenByBucket } from '#engine/store/queries/review.ts'
import type { Reads } from '#engine/store/reads.ts'
import type { QuestionContext } from '#engine/store/questions.ts'

export interface Timeline {
  buckets: SentimentBucket[]
  marks: { at: number; kind: string; text: string }[]
}

const MOST_MARKS = 500
const notable = new Set<JournalKind>([
  'case.reopened', 'case.escalated', 'case.undone', 'author.muted',
  'thread.muted', 'listen.saved', 'listen.removed', 'source.saved', 'source.removed', 'rule.saved', 'rule.removed',
  'desk.saved', 'handoff.failed', 'handoff.unknown', 'answer.failed', 'answer.unknown', 'answer.withdrawn', 'problem.changed', 'import.finished', 'mention.relabelled',
]) // prettier-ignore

const isNotable = (entry: JournalEntry): boolean =>
  // What Earshot sets up by itself on the first day is no event of the shift.
  (notable.has(entry.kind) && !(entry.actor.kind === 'engine' && entry.kind.endsWith('.saved'))) ||
  (entry.kind === 'case.opened' &&
    (entry.data.alert === true || (entry.data.after as { priority?: string }).priority === 'urgent'))

/** Mentions by the time they were seen, with the labels they had when the shift ended, and what was decided. */
export function timelineOf(
  reads: Reads,
  shift: Shift,
  now: number,
  buckets: number,
  context: Pick<QuestionContext, 'cancelled'>,
): Timeline {
  const end = Math.max(endOfShift(shift, now), shift.startedAt + 1)
  const width = (end - shift.startedAt) / buckets
  const after = lastSeenBy(reads, shift.startedAt - 1)
  const upTo = lastSeenBy(reads, end)
  const input = { after, upTo, from: shift.startedAt, width, buckets }
  const counts = seenByBucket(reads, input, context)
  for (const { seq, label } of labelsThen(reads, { after, upTo }, end)) {
    const mention = mentionBySeq(reads, seq)
    if (!mention) continue
    const bucket = Math.min(buckets - 1, Math.floor(elapsed(shift.startedAt, mention.seenAt) / width))
    counts[bucket * 3 + sentimentNumber[mention.sentiment.label]]! -= 1
    counts[bucket * 3 + sentimentNumber[label]]! += 1
  }
  return {
    buckets: Array.from({ length: buckets }, (_, i) => ({
      at: Math.round(shift.startedAt + i * width),
      negative: counts[i * 3] as number,
      neutral: counts[i * 3 + 1] as number,
      positive: counts[i * 3 + 2] as number,
    })),
    marks: marksOf(reads, shift.startedAt, end),
  }
}

/** Notable entries, oldest first; of too many the newest, as `entriesBetween` gives them. */
function marksOf(reads: Reads, from: number, to: number): Timeline['marks'] {
  const entries = entriesBetween(reads, { from, to: to + 1, limit: 20_000 })
  return entries
    .filter(isNotable)
    .slice(0, MOST_MARKS)
    .map(({ at, kind, actor }) => ({ at, kind, text: actor.name }))
    .reverse()
}
