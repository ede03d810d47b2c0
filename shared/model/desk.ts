import { z } from 'zod'
import { CategoryColour } from './listen.ts'

/** ISO weekday 1 = Monday … 7 = Sunday; times are local wall-clock minutes after midnight, `to` exclusive. */
export const OpeningSpan = z
  .object({
    day: z.number().int().min(1).max(7),
    from: z.number().int().min(0).max(1439),
    to: z.number().int().min(1).max(1440),
  })
  .refine((span) => span.to > span.from, 'closes before it opens')
export type OpeningSpan = z.infer<typeof OpeningSpan>

export const BusinessHours = z.object({
  /** IANA name, e.g. `Europe/Berlin`. */
  timeZone: z.string(),
  /** Empty: always open. */
  spans: z.array(OpeningSpan),
  /** ISO dates (YYYY-MM-DD) on which the desk is closed all day. */
  holidays: z.array(z.string().regex(/^\d{4}-\d{2}-\d{2}$/)),
})
export type BusinessHours = z.infer<typeof BusinessHours>

/** Up to ten years: what is counted from an instant has to end in a year that calendars know. */
const Minutes = z.number().int().nonnegative().max(5_256_000)
const SomeMinutes = Minutes.min(1)

/** Business minutes a desk has, by priority, until the customer must have heard back. null: no clock. */
export const ServiceLevel = z.object({
  urgent: SomeMinutes.nullable(),
  high: SomeMinutes.nullable(),
  normal: SomeMinutes.nullable(),
  low: SomeMinutes.nullable(),
})
export type ServiceLevel = z.infer<typeof ServiceLevel>

/** What happens to a case that waits for a person of the desk for longer than `afterMinutes`; each once. */
export const WaitingAction = z.object({
  afterMinutes: SomeMinutes,
  /** `relax`: every required skill one level lower. `raise`: priority one up. `move`: to `deskId`. `alert`: tell the officers. */
  do: z.enum(['relax', 'raise', 'move', 'alert']),
  deskId: z.string().nullable().default(null),
})
export type WaitingAction = z.infer<typeof WaitingAction>

/** A department that receives mentions. */
export const Desk = z.object({
  id: z.string(),
  name: z.string().trim().min(1).max(120),
  /** The key 1 … 9 on the board, 0 for none. Two desks may not share a key above 0. */
  key: z.number().int().min(0).max(9),
  colour: CategoryColour,
  purpose: z.string().max(500).meta({ wall: 'hidden' }),
  hours: BusinessHours,
  serviceLevel: ServiceLevel,
  /** Open cases the desk can hold; null: unbounded (a mailbox). */
  capacity: z.number().int().positive().nullable(),
  /** Minutes before the end of a clock at which the desk is warned; 0: no warning. */
  warnMinutes: Minutes.default(10),
  /** Desk that takes over what is overdue; null: it stays and its priority is raised. */
  escalateTo: z.string().nullable().default(null),
  /** Where the desk is in the organisation, outermost first, e.g. `Europe / Service`; empty: nowhere in particular. */
  unit: z.string().max(200).default(''),
  /** In order of their minutes. */
  waiting: z.array(WaitingAction).max(10).default([]),
  archived: z.boolean(),
})
export type Desk = z.infer<typeof Desk>
export const DeskDraft = Desk.extend({ id: z.string().optional() })
export type DeskDraft = z.input<typeof DeskDraft>
