import { z } from 'zod'
import { AlertMark, Annotation, AnnotationDraft } from '#shared/model/annotation.ts'
import { SentimentBucket } from '#shared/model/sentiment-bucket.ts'
import { Instant, NamedInstant } from '#shared/model/mention.ts'
import { read, readMasked, readOpen, write } from './base.ts'

const period = z.object({ listenIds: z.array(z.string()).max(200), from: NamedInstant, to: NamedInstant })

export const charts = {
  /**
   * Buckets of `bucketMinutes` from `from` (rounded down) up to `to`, empty ones included, at most 2,000. They begin at round
   * times of the station's zone; a day has 23 or 25 hours where the clocks change.
   */
  sentiment: readOpen
    .input(period.extend({ bucketMinutes: z.number().int().min(1).max(10_080) }))
    .output(z.array(SentimentBucket)),
  /** What stands on charts of these listens: what staff wrote (of the whole station too), and alerts that were raised; oldest first. */
  marks: readMasked.input(period).output(z.object({ annotations: z.array(Annotation), alerts: z.array(AlertMark) })),
  /** Writes an annotation or changes it. `undo`: the entry that `cases.undo` takes back. */
  annotate: write.input(AnnotationDraft).output(z.object({ annotation: Annotation, undo: z.number().int() })),
  removeAnnotation: write.input(z.object({ id: z.string() })).output(z.object({ undo: z.number().int() })),
  networks: readOpen.input(period).output(
    z.array(
      z.object({
        network: z.string(),
        count: z.number().int(),
        negative: z.number().int(),
        positive: z.number().int(),
      }),
    ),
  ),
  /** The big numbers. null: nothing to compute it from. */
  numbers: readOpen.input(period).output(
    z.object({
      heard: z.number().int(),
      /** heard ÷ mean of the same stretch on up to four earlier weeks, else of earlier days; null without history. */
      timesUsual: z.number().nullable(),
      /** (positive − negative) ÷ all, −100 … 100. */
      netSentiment: z.number().nullable(),
      netSentimentBefore: z.number().nullable(),
      waiting: z.number().int(),
      overdue: z.number().int(),
      medianMinutesToReply: z.number().nullable(),
    }),
  ),
  /** Cases that wait for an answer, nearest due time first. */
  waiting: readMasked.input(z.object({ limit: z.number().int().min(1).max(100) })).output(
    z.array(
      z
        .object({
          caseId: z.string(),
          mentionId: z.string(),
          author: z.string().meta({ wall: 'initial' }),
          deskName: z.string(),
          text: z.string().meta({ wall: 'private' }),
          dueAt: Instant.nullable(),
          priority: z.string(),
          state: z.string(),
        })
        .meta({ privateBy: 'mentionId' }),
    ),
  ),
  /** Share of voice, most first: what each brand's listens heard, a mention once however many of them heard it. */
  voice: readOpen.input(period).output(
    z.array(
      z.object({
        name: z.string(),
        listenIds: z.array(z.string()),
        ours: z.boolean(),
        count: z.number().int().nonnegative(),
      }),
    ),
  ),
  /**
   * Words, pairs of words and hashtags: those said most and those that rose most against `before`, most said first. Long or loud periods are
   * sampled over their whole length: then `complete` is false and the numbers are estimates.
   */
  terms: readOpen
    .input(
      period.extend({
        before: z.object({ from: NamedInstant, to: NamedInstant }).nullable().default(null),
        limit: z.number().int().min(1).max(200).default(40),
      }),
    )
    .output(
      z.object({
        terms: z.array(
          z.object({
            term: z.string(),
            mentions: z.number().int(),
            negative: z.number().int(),
            /** In the period before, at the volume of this one; null: nothing to compare with. */
            before: z.number().int().nullable(),
            /** Standard deviations above (below) what it was before. */
            rise: z.number().nullable(),
          }),
        ),
        /** Mentions of the period. */
        mentions: z.number().int(),
        complete: z.boolean(),
      }),
    ),
  /** Who said most and who has most influence, most mentions first; sampled like `terms`. */
  authors: read.input(period.extend({ limit: z.number().int().min(1).max(200).default(30) })).output(
    z.object({
      authors: z.array(
        z.object({
          network: z.string(),
          handle: z.string(),
          name: z.string().nullable(),
          mentions: z.number().int(),
          negative: z.number().int(),
          followers: z.number().int().nullable(),
          influence: z.number().nullable(),
        }),
      ),
      complete: z.boolean(),
    }),
  ),
  /** Hours of the week, in the station's time zone. */
  heat: readOpen
    .input(period)
    .output(z.array(z.object({ weekday: z.number().int(), hour: z.number().int(), count: z.number().int() }))),
}
