import { z } from 'zod'
import { Said } from './said.ts'
import { BusinessHours } from './desk.ts'
import { Instant } from './mention.ts'
import { RequiredSkill } from './rule.ts'

/** `away`: on shift and not to be given anything now; `off`: not on shift. */
export const presences = ['available', 'away', 'off'] as const
export const Presence = z.enum(presences)
export type Presence = z.infer<typeof Presence>

/** Somebody who takes cases: an officer, or an expert of a desk. */
export const Person = z.object({
  id: z.string(),
  name: z.string().trim().min(1).max(160),
  /** Address for hand-offs; empty: none. Unique when set, people are matched by it on import. */
  email: z.string().max(254),
  deskIds: z.array(z.string()).max(50),
  /** Each skill once, level 1 (knows of it) … 5 (teaches it). */
  skills: z.array(RequiredSkill).max(100),
  /** BCP 47 primary subtags that the person answers in; empty: any. */
  languages: z.array(z.string()).max(30),
  /** ISO 3166-1 alpha-2 that the person answers for; empty: any. */
  countries: z.array(z.string()).max(250),
  hours: BusinessHours,
  /** Open cases at a time. */
  capacity: z.number().int().positive().max(1000),
  presence: Presence,
  archived: z.boolean(),
})
export type Person = z.infer<typeof Person>
export const PersonDraft = Person.extend({ id: z.string().optional() })
export type PersonDraft = z.infer<typeof PersonDraft>

/** What a person holds now: what assignment looks at besides the person. */
export const PersonLoad = z.object({ personId: z.string(), open: z.number().int(), idleSince: Instant })
export type PersonLoad = z.infer<typeof PersonLoad>

export const ImportPlan = z.object({
  rows: z.number().int(),
  people: z.object({ added: z.number().int(), changed: z.number().int(), same: z.number().int() }),
  desks: z.object({ added: z.number().int() }),
  /** First 50 differences, in words. */
  changes: z.array(z.object({ line: z.number().int(), name: z.string(), what: Said })),
  problems: z.array(z.object({ line: z.number().int(), column: z.string().nullable(), message: Said })),
  seconds: z.number(),
})
export type ImportPlan = z.infer<typeof ImportPlan>
