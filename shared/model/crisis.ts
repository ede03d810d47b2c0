import type { Code } from '#shared/words/said.ts'
import { z } from 'zod'
import { Instant, NamedInstant } from './mention.ts'

/** What one crisis holds at most: it has to be read by people in a hurry. */
export const crisisMost = { name: 80, alerts: 50, steps: 50, answers: 100, languages: 30, comments: 500 } as const

const Name = z.string().trim().min(1).max(crisisMost.name)
const Who = z.string().trim().max(120)
/** BCP 47 primary subtag. */
const Lang = z.string().min(2).max(12)
const Networks = z.array(z.string().min(1).max(60)).max(20)

/** One line of the plan. */
export const CrisisStep = z.object({
  id: z.string(),
  /** Where it stands among the others; grows. */
  place: z.number().int(),
  text: z.string(),
  /** A person or a desk, as it was written; empty: nobody yet. */
  who: z.string(),
  dueAt: Instant.nullable(),
  doneAt: Instant.nullable(),
  doneBy: z.string().nullable(),
})
export type CrisisStep = z.infer<typeof CrisisStep>

const words = {
  text: z.string(),
  version: z.number().int().positive(),
  /** Networks that it may be said on; empty: all. */
  networks: Networks,
}
/** What may be said of it in one language. Only what was approved is offered to whoever replies. */
export const HoldingStatement = z.object({
  /** Its language. */
  id: z.string(),
  ...words,
  by: z.string(),
  at: Instant,
  /** The last version that was approved; it stands while a newer one is written. null: none yet. */
  approved: z.object({ ...words, by: z.string(), at: Instant }).nullable(),
})
export type HoldingStatement = z.infer<typeof HoldingStatement>

/** Who answers what: an empty part means all of them. */
export const CrisisAnswer = z.object({
  id: z.string(),
  place: z.number().int(),
  network: z.string(),
  lang: z.string(),
  topic: z.string(),
  /** A desk or a person, as it was written. */
  who: z.string(),
})
export type CrisisAnswer = z.infer<typeof CrisisAnswer>

export const CrisisComment = z.object({ id: z.string(), at: Instant, by: z.string(), text: z.string() })
export type CrisisComment = z.infer<typeof CrisisComment>

export const crisisStates = ['open', 'ended'] as const
export const CrisisState = z.enum(crisisStates)

/** Alerts that people run together: one plan, one word for everybody, and who says it where. */
export const Crisis = z
  .object({
    id: z.string(),
    name: z.string().meta({ wall: 'private' }),
    /** Who leads it. */
    lead: z.string(),
    state: CrisisState,
    /** When the first of its alerts began. */
    since: Instant,
    /** From when on what was said counts: what raised its first alert too. */
    countedFrom: Instant,
    startedAt: Instant,
    startedBy: z.string().meta({ wall: 'hidden' }),
    endedAt: Instant.nullable(),
    endedBy: z.string().nullable().meta({ wall: 'hidden' }),
    /** The closing word; empty while it is open. */
    closing: z.string().meta({ wall: 'hidden' }),
    /** All that its alerts rest on was written to the company alone. */
    private: z.boolean(),
    /** When everybody hears of it next. */
    nextUpdateAt: Instant.nullable(),
    alertIds: z.array(z.string()),
    steps: z.array(CrisisStep).meta({ wall: 'hidden' }),
    statements: z.array(HoldingStatement).meta({ wall: 'hidden' }),
    answers: z.array(CrisisAnswer).meta({ wall: 'hidden' }),
    comments: z.array(CrisisComment).meta({ wall: 'hidden' }),
  })
  .meta({ privateBy: 'private' })
export type Crisis = z.infer<typeof Crisis>

/** A plan to begin with. */
export const CrisisPlan = z.object({
  name: z.string().trim().min(1).max(120),
  steps: z
    .array(
      z.object({
        text: z.string().trim().min(1).max(300),
        who: Who,
        /** Due so many minutes after the crisis was begun; null: whenever. */
        after: z.number().int().min(0).max(10_080).nullable(),
      }),
    )
    .max(crisisMost.steps),
})
export type CrisisPlan = z.infer<typeof CrisisPlan>
export const plansMost = 10

interface CrisisCommand {
  input: z.ZodObject
  /** The kind of entry that it makes, and what is said when it is taken back. */
  makes: `crisis.${string}`
  undone: Code
}

/** Everything that is decided about a crisis that runs, once: the contract's calls, their handlers, the journal and undo read this table. */
export const crisisCommands = {
  /** A further alert that is about the same. */
  join: { input: z.object({ alertId: z.string() }), makes: 'crisis.joined', undone: 'undo.crisisLeft' },
  change: {
    input: z.object({
      name: Name.optional(),
      lead: Who.optional(),
      nextUpdateAt: NamedInstant.nullable().optional(),
    }),
    makes: 'crisis.changed',
    undone: 'undo.asBefore',
  },
  /** `stepId` null: a new one, at the end. */
  plan: {
    input: z.object({
      stepId: z.string().nullable().default(null),
      text: z.string().trim().min(1).max(300),
      who: Who.default(''),
      dueAt: NamedInstant.nullable().default(null),
    }),
    makes: 'crisis.planned',
    undone: 'undo.asBefore',
  },
  strike: { input: z.object({ stepId: z.string() }), makes: 'crisis.struck', undone: 'undo.crisisStepBack' },
  tick: {
    input: z.object({ stepId: z.string(), done: z.boolean() }),
    makes: 'crisis.ticked',
    undone: 'undo.crisisStepBack',
  },
  /** A further version in this language; it is offered once somebody approved it. */
  state: {
    input: z.object({ lang: Lang, text: z.string().trim().min(1).max(5_000), networks: Networks.default([]) }),
    makes: 'crisis.stated',
    undone: 'undo.crisisStatementBack',
  },
  /** `version`: as it was read. `approver`: whose word it is, other than the writer's. */
  approve: {
    input: z.object({ lang: Lang, version: z.number().int(), approver: Who.min(1) }),
    makes: 'crisis.approved',
    undone: 'undo.approvalTaken',
  },
  /** `answerId` null: a new row. */
  answer: {
    input: z.object({
      answerId: z.string().nullable().default(null),
      network: z.string().max(60).default(''),
      lang: z.string().max(12).default(''),
      topic: z.string().trim().max(200).default(''),
      who: Who.min(1),
    }),
    makes: 'crisis.answering',
    undone: 'undo.asBefore',
  },
  strikeAnswer: { input: z.object({ answerId: z.string() }), makes: 'crisis.answerStruck', undone: 'undo.asBefore' },
  comment: {
    input: z.object({ text: z.string().trim().min(1).max(2_000) }),
    makes: 'crisis.commented',
    undone: 'undo.noteStruck',
  },
  /** Stand down, with a closing word. */
  end: {
    input: z.object({ note: z.string().trim().min(1).max(2_000) }),
    makes: 'crisis.ended',
    undone: 'undo.crisisRunsAgain',
  },
} as const satisfies Record<string, CrisisCommand>
export type CrisisCommandName = keyof typeof crisisCommands
export const crisisCommandNames = Object.keys(crisisCommands) as CrisisCommandName[]

/** What makes one, of an alert. `plan`: the place of a plan of the station; null: it begins without. */
export const CrisisStart = z.object({
  alertId: z.string(),
  name: Name,
  lead: Who.default(''),
  plan: z
    .number()
    .int()
    .min(0)
    .max(plansMost - 1)
    .nullable()
    .default(null),
})
export type CrisisStart = z.infer<typeof CrisisStart>
export const crisisStarted = 'crisis.started'
export const crisisDecisionKinds = [
  crisisStarted,
  ...crisisCommandNames.map((name) => crisisCommands[name].makes),
] as const
