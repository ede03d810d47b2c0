import { z } from 'zod'
import { Said } from './said.ts'
import { Instant } from './mention.ts'

/** How an answer reaches the customer: for everybody to read, to the customer alone, or by mail. */
export const answerWays = ['thread', 'direct', 'mail'] as const
export const AnswerWay = z.enum(answerWays)
export type AnswerWay = z.infer<typeof AnswerWay>

/** `elsewhere`: Earshot only records it; somebody answered by other means. */
export const ReplyWay = z.enum([...answerWays, 'elsewhere'])
export type ReplyWay = z.infer<typeof ReplyWay>

/**
 * - `queued`: waits for its time; can still be taken back without a trace
 * - `sending`: on its way this very moment, or when the machine went down
 * - `sent`: the network took it
 * - `failed`: the network did not take it; the customer has not heard
 * - `unknown`: it may be out; somebody has to look before it is sent again
 * - `cancelled`: taken back before it left
 * - `withdrawing`, `withdrawn`: deleted on the network, as far as the network can
 */
export const answerStates = [
  'queued', 'sending', 'sent', 'failed', 'unknown', 'cancelled', 'withdrawing', 'withdrawn',
] as const // prettier-ignore
export const AnswerState = z.enum(answerStates)
export type AnswerState = z.infer<typeof AnswerState>

/** How a case can be answered, through which source, and if not, why. */
export const AnswerOption = z.object({
  way: AnswerWay,
  sourceId: z.string(),
  sourceName: z.string(),
  network: z.string(),
  /** The account that the customer sees, e.g. `@care@kaffora.example`. null: not known yet. */
  as: z.string().nullable(),
  /** As the network counts; null: no limit known. */
  limit: z.number().int().positive().nullable(),
  /** Who can read it besides the customer. */
  audience: z.enum(['everybody', 'followers', 'customer']),
  possible: z.boolean(),
  /** What is in the way, and what to do; null when it is possible. */
  why: Said.nullable(),
})
export type AnswerOption = z.infer<typeof AnswerOption>

/** One answer on its way to the customer. The id is the key that the network sees on every attempt. */
export const Answer = z.object({
  id: z.string(),
  caseId: z.string(),
  way: AnswerWay,
  sourceId: z.string(),
  sourceName: z.string(),
  /** The account that it was sent as; null: not known. */
  as: z.string().nullable(),
  /** As it was or will be sent, mentions of the customer included. */
  text: z.string(),
  state: AnswerState,
  /** Where it can be read on the network. */
  url: z.string().nullable(),
  /** What happened and what to do; null while nothing is wrong. */
  advice: Said.nullable(),
  attempts: z.number().int().nonnegative(),
  /** Who wrote it. */
  by: z.string(),
  /** When it was written, when it is tried next, and when the network took it. */
  at: Instant,
  nextAttemptAt: Instant.nullable(),
  sentAt: Instant.nullable(),
})
export type Answer = z.infer<typeof Answer>
