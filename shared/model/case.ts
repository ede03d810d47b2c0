import { z } from 'zod'
import { ReplyWay } from './reply.ts'
import { Instant } from './mention.ts'
import { Explanation, Priority, RequiredSkill } from './rule.ts'

export const caseStates = ['new', 'routed', 'accepted', 'replied', 'closed'] as const
export const CaseState = z.enum(caseStates)
export type CaseState = z.infer<typeof CaseState>

export const closeReasons = ['answered', 'confirmed', 'noAction', 'duplicate', 'spam', 'notOurs'] as const
export const CloseReason = z.enum(closeReasons)
export type CloseReason = z.infer<typeof CloseReason>

/** `unknown`: it may have arrived; the receiver has to be asked before it is sent again. */
export const handoffStates = ['none', 'queued', 'sent', 'failed', 'unknown'] as const
export const HandoffState = z.enum(handoffStates)
export type HandoffState = z.infer<typeof HandoffState>

/** Of the newest reply that leaves through a network; `none`: there was none, or it was given elsewhere. */
export const caseReplies = ['none', 'queued', 'sent', 'failed', 'unknown', 'withdrawn'] as const
export const CaseReply = z.enum(caseReplies)
export type CaseReply = z.infer<typeof CaseReply>

/**
 * What a desk outside Earshot said, until an officer has dealt with it.
 * - `asks`: a question that the officer answers
 * - `solved`: the cause is gone; the customer still has to hear
 * - `notOurs`: sent back, with the reason
 * - `note`: anything else that came by mail
 */
export const deskWords = ['asks', 'solved', 'notOurs', 'note'] as const
export const DeskSays = z.object({
  kind: z.enum(deskWords),
  /** May be empty for `solved`. */
  text: z.string().meta({ wall: 'hidden' }),
  /** The person, as they named themselves, or the desk. */
  by: z.string().meta({ wall: 'hidden' }),
  at: Instant,
  /** The hand-off that this answers. */
  handoff: z.string(),
})
export type DeskSays = z.infer<typeof DeskSays>

/** A mention's way through the house. A projection of the journal: it can always be rebuilt from there. */
export const Case = z
  .object({
    id: z.string(),
    mentionId: z.string(),
    state: CaseState,
    deskId: z.string().nullable(),
    officerId: z.string().nullable().meta({ wall: 'hidden' }),
    priority: Priority,
    tags: z.array(z.string()),
    /** Wait for a person: the rule suggested a desk and did not forward. */
    held: z.boolean(),
    needsApproval: z.boolean(),
    explanation: Explanation,
    /** The clocks. publishedAt is the customer's, all others are ours. null: has not happened. */
    publishedAt: Instant,
    seenAt: Instant,
    openedAt: Instant,
    routedAt: Instant.nullable(),
    acceptedAt: Instant.nullable(),
    repliedAt: Instant.nullable(),
    confirmedAt: Instant.nullable(),
    closedAt: Instant.nullable(),
    closeReason: CloseReason.nullable(),
    /** How often it was opened again. */
    reopened: z.number().int().nonnegative(),
    /** When the desk's service level ends, in its business hours; null: no clock runs. */
    dueAt: Instant.nullable(),
    problemId: z.string().nullable(),
    /** What the rule asked of the person who takes it. */
    skills: z.array(RequiredSkill),
    /** Since when it waits for a person of its desk because nobody who may take it has room; null: it does not wait. */
    queuedAt: Instant.nullable(),
    /** A reply that waits for a second person's approval. */
    pendingReply: z
      .object({
        text: z.string().meta({ wall: 'hidden' }),
        by: z.string().meta({ wall: 'hidden' }),
        at: Instant,
        /** How it leaves once it is approved; absent: it is only recorded. */
        way: ReplyWay.optional(),
        sourceId: z.string().nullable().optional(),
        warning: z.string().meta({ wall: 'hidden' }).optional(),
        lang: z.string().optional(),
        /** Who else reads it, as whoever wrote it was told. */
        readers: z.array(z.string()).meta({ wall: 'hidden' }).optional(),
      })
      .nullable(),
    /** What the customer was promised, and by when: the clock that runs after a reply. */
    promise: z.object({ text: z.string().meta({ wall: 'private' }), dueAt: Instant }).nullable(),
    /** What was changed because of it, for "you said, we did". Empty: nothing recorded. */
    outcome: z.string().meta({ wall: 'private' }),
    /** How far the hand-off to a desk outside Earshot came. */
    handoff: HandoffState,
    /** null: nothing that a desk said waits for an officer. */
    deskSays: DeskSays.nullable(),
    /** How far the reply to the customer came; the journal has called it so from the beginning. The case counts as replied when the network took it. */
    answer: CaseReply,
    /** When the desk was told that the clock runs out, and when it had run out and was escalated. */
    warnedAt: Instant.nullable(),
    escalatedAt: Instant.nullable(),
    /** Grows with every change; a command that names an older one is refused as a conflict. */
    version: z.number().int().positive(),
    updatedAt: Instant,
  })
  .meta({ privateBy: 'mentionId' })
export type Case = z.infer<typeof Case>
