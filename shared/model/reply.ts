import { z } from 'zod'
import { Said } from './said.ts'
import { Instant } from './mention.ts'
import { ParcelState } from './parcel.ts'

/** How a reply reaches the customer: for everybody to read, to the customer alone, or by mail. */
export const networkWays = ['thread', 'direct', 'mail'] as const
export const NetworkWay = z.enum(networkWays)
export type NetworkWay = z.infer<typeof NetworkWay>

/** `elsewhere`: Earshot only records it; somebody replied by other means. */
export const ReplyWay = z.enum([...networkWays, 'elsewhere'])
export type ReplyWay = z.infer<typeof ReplyWay>

/** What a reply takes over from what it answers, unless the officer says otherwise. */
export const ReplyManner = z.object({
  /** The content warning that it stands behind; '': none. null: this way has no such thing. */
  warning: z.string().nullable(),
  /** The language that it is marked with, as a tag such as `de`; '': none. null: this way does not say. */
  lang: z.string().nullable(),
})
export type ReplyManner = z.infer<typeof ReplyManner>

/** How a case can be replied to, through which source, and if not, why. */
export const ReplyOption = z.object({
  way: NetworkWay,
  sourceId: z.string(),
  sourceName: z.string(),
  network: z.string(),
  /** The account that the customer sees, e.g. `@care@kaffora.example`. null: not known yet. */
  as: z.string().nullable(),
  /** As the network counts; null: no limit known. */
  limit: z.number().int().positive().nullable(),
  /** Who can read it besides the customer. */
  audience: z.enum(['everybody', 'followers', 'customer']),
  /** As what is answered has it. */
  manner: ReplyManner.default({ warning: null, lang: null }),
  possible: z.boolean(),
  /** What is in the way, and what to do; null when it is possible. */
  why: Said.nullable(),
})
export type ReplyOption = z.infer<typeof ReplyOption>

/** One reply on its way to the customer. The id is the key that the network sees on every attempt. */
export const Reply = z.object({
  id: z.string(),
  caseId: z.string(),
  way: NetworkWay,
  sourceId: z.string(),
  sourceName: z.string(),
  /** The account that it was sent as; null: not known. */
  as: z.string().nullable(),
  /** As it was or will be sent, mentions of the customer included. */
  text: z.string(),
  state: ParcelState,
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
export type Reply = z.infer<typeof Reply>
