import { z } from 'zod'
import { AlertKind } from './alert.ts'
import { Instant, NamedInstant } from './mention.ts'
import { Said } from './said.ts'

export const ANNOTATION_MOST = 160

/** What staff know of a time: a release, a campaign, an outage. Shown on every chart over time of what it is about. */
const fields = {
  at: NamedInstant,
  /** Of a stretch its end; null: a moment. */
  to: NamedInstant.nullable(),
  /** Plain words of one line. */
  text: z.string().trim().min(1).max(ANNOTATION_MOST),
  /** A listen; null: the whole station. */
  listenId: z.string().max(200).nullable(),
}
/** `id` null: a new one. */
export const AnnotationDraft = z.object({ id: z.string().max(100).nullable().default(null), ...fields })
export type AnnotationDraft = z.infer<typeof AnnotationDraft>

export const Annotation = z.object({
  ...fields,
  id: z.string(),
  at: Instant,
  to: Instant.nullable(),
  /** Who wrote it last, and when it was made. */
  by: z.string().meta({ wall: 'hidden' }),
  madeAt: Instant,
})
export type Annotation = z.infer<typeof Annotation>

/** An alert as a mark on a chart of what it is about. */
export const AlertMark = z
  .object({
    id: z.string(),
    at: Instant,
    to: Instant.nullable(),
    kind: AlertKind,
    strength: z.number().int().min(1).max(10),
    what: Said,
    name: z.string().meta({ wall: 'private' }),
    private: z.boolean(),
  })
  .meta({ privateBy: 'private' })
export type AlertMark = z.infer<typeof AlertMark>
