import type { Code } from '#shared/words/said.ts'
import { z } from 'zod'
import { alertSayings } from './alert-message.ts'
import { ChannelKind } from './handoff.ts'
import { Instant, NamedInstant } from './mention.ts'
import { ParcelState } from './parcel.ts'
import { Said } from './said.ts'

/**
 * What an alert is about, in kind.
 * - `rise`, `fall`: more, or fewer, than the hour is used to; nothing at all is a fall
 * - `mood`, `negative`: the mood dips; more that is negative than usual
 * - `voice`: a brand's share of what is said
 * - `problem`: a fault that is new, grows, or came back; in people
 * - `copies`: many accounts, the same words, few minutes
 * - `ear`: a source is broken, or quiet against its habit
 * - `clocks`: cases are about to break their time in numbers
 * - `counted`: a series of numbers from elsewhere
 * - `influencer`, `rule`: somebody with reach; a rule's own words
 */
export const alertKinds = [
  'rise',
  'fall',
  'mood',
  'negative',
  'voice',
  'problem',
  'copies',
  'ear',
  'clocks',
  'counted',
  'influencer',
  'rule',
] as const
export const AlertKind = z.enum(alertKinds)
export type AlertKind = z.infer<typeof AlertKind>

/**
 * - `pending`: it has not stood long enough; nobody is told
 * - `raised`: it waits for somebody
 * - `taken`: somebody has it in hand
 * - `resolved`: it was calm for long enough, or somebody closed it
 * - `noData`: what it rests on says nothing just now
 */
export const alertStates = ['pending', 'raised', 'taken', 'resolved', 'noData'] as const
export const AlertState = z.enum(alertStates)
export type AlertState = z.infer<typeof AlertState>

/** How readily detectors speak. */
export const sensitivities = ['low', 'normal', 'high'] as const
export const Sensitivity = z.enum(sensitivities)
export type Sensitivity = z.infer<typeof Sensitivity>

/** A stretch in which it is known beforehand that something will be unusual: a release, a campaign, a holiday. */
export const PlannedSilence = z.object({
  id: z.string(),
  from: NamedInstant,
  to: NamedInstant,
  /** Listens that it covers; empty: everything. */
  listenIds: z.array(z.string()).max(200),
  reason: z.string().trim().min(1).max(200),
  by: z.string(),
})
export type PlannedSilence = z.infer<typeof PlannedSilence>

export const alertCloseReasons = ['dealtWith', 'falseAlarm', 'expected', 'duplicate'] as const
export const AlertCloseReason = z.enum(alertCloseReasons)
export type AlertCloseReason = z.infer<typeof AlertCloseReason>

/** What it is about. `id` null: the whole station. */
export const AlertAbout = z.object({
  kind: z.enum(['station', 'listen', 'source', 'problem', 'desk', 'brand', 'series', 'rule', 'author']),
  id: z.string().nullable(),
  name: z.string().meta({ wall: 'private' }),
})
export type AlertAbout = z.infer<typeof AlertAbout>

/** Something unusual, with everything that a person needs to check it. Numbers are counts in `minutes` up to `at`. */
const sign = {
  kind: AlertKind,
  about: AlertAbout,
  /** What happened, in one sentence. */
  what: Said,
  /** How it was reckoned. */
  formula: Said,
  /** What would have kept it silent. */
  silentIf: Said,
  observed: z.number(),
  expected: z.number(),
  /** The band in which nearly all was expected. */
  low: z.number(),
  high: z.number(),
  minutes: z.number(),
  /** By its own habit one like this comes once in so many days; null: no habit is asked. */
  daysBetween: z.number().nullable(),
  /** 1 (worth a look) to 10 (nothing like it was ever seen). */
  strength: z.number().int().min(1).max(10),
  /** Its history is short. */
  learning: z.boolean(),
}
export const AlertSign = z.object({ ...sign, at: Instant })
export type AlertSign = z.infer<typeof AlertSign>

/** Something that drives it, from what was said in its minutes and nothing else. */
export const AlertCause = z.object({
  kind: z.enum(['problem', 'term', 'author', 'network', 'language', 'place']),
  /** Of a problem its id, of a network or language its name; null: its label says it. */
  id: z.string().nullable(),
  /** Empty of an author. */
  label: z.string().meta({ wall: 'private' }),
  author: z.string().nullable().meta({ wall: 'initial' }),
  /** Of what was said, 0 … 1. */
  share: z.number().min(0).max(1),
  count: z.number().int(),
  /** Newest first, at most five. */
  mentionIds: z.array(z.string()),
})
export type AlertCause = z.infer<typeof AlertCause>

/** Somebody was told, or is about to be. */
export const AlertTold = z.object({
  /** Of its parcel, which receivers know it by. */
  id: z.string(),
  recipientId: z.string(),
  /** The recipient's name then. */
  who: z.string(),
  channel: ChannelKind,
  /** What they are told: see alert-message.ts. */
  saying: z.enum(alertSayings),
  /** The rota's step that came to them, from 1; null: they are told of such alerts anyway. */
  step: z.number().int().nullable(),
  /** When it was decided. */
  at: Instant,
  /** Quiet hours keep it back until then; null: none do. */
  heldUntil: Instant.nullable(),
  sentAt: Instant.nullable(),
  state: ParcelState,
  advice: Said.nullable(),
})
export type AlertTold = z.infer<typeof AlertTold>

export const AlertComment = z.object({ id: z.string(), at: Instant, by: z.string(), text: z.string() })
export type AlertComment = z.infer<typeof AlertComment>

/** One card: everything unusual that belongs together, and who has it in hand. */
export const Alert = z
  .object({
    id: z.string(),
    /** The strongest sign. */
    ...sign,
    state: AlertState,
    /** Everything that it rests on was written to the company alone. */
    private: z.boolean(),
    /** When it began, when it was (last) raised, when a sign stood last. */
    since: Instant,
    raisedAt: Instant.nullable(),
    lastAt: Instant,
    resolvedAt: Instant.nullable(),
    takenAt: Instant.nullable(),
    takenBy: z.string().nullable().meta({ wall: 'hidden' }),
    /** Nobody is told of it before then. */
    mutedUntil: Instant.nullable(),
    closedReason: AlertCloseReason.nullable(),
    closedNote: z.string().meta({ wall: 'hidden' }),
    /** How many times it was raised: again only when it was worse. */
    raised: z.number().int(),
    /** Why nobody was told: what was planned for this time; null: nothing was. */
    silenced: z.string().nullable(),
    /** It was found afterwards, when the station caught up: nobody was told. */
    late: z.boolean(),
    /** Other signs that belong to it, strongest first. */
    signs: z.array(AlertSign).meta({ wall: 'hidden' }),
    /** Words of what was written to the company alone may be among them. */
    causes: z.array(AlertCause).meta({ wall: 'hidden' }),
    firstMentionId: z.string().nullable(),
    /** What a person should read first, at most five. */
    readFirst: z.array(z.string()),
    told: z.array(AlertTold).meta({ wall: 'hidden' }),
    comments: z.array(AlertComment).meta({ wall: 'hidden' }),
  })
  .meta({ privateBy: 'private' })
export type Alert = z.infer<typeof Alert>

/** Whether anybody is to hear of it now: not of what was only found afterwards, is muted, or stands in a planned silence. */
export const isToBeHeard = (
  { late, silenced, mutedUntil }: Pick<Alert, 'late' | 'silenced' | 'mutedUntil'>,
  now: number,
): boolean => !late && silenced === null && (mutedUntil === null || mutedUntil <= now)

/** A bucket of the small chart. null: nothing was expected there, or there is no data. */
export const AlertPoint = z.object({
  at: Instant,
  n: z.number().nullable(),
  expected: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
})
export type AlertPoint = z.infer<typeof AlertPoint>

interface AlertCommand {
  input: z.ZodObject
  /** The kind of entry that it makes, and what is said when it is taken back. */
  makes: `alert.${string}`
  undone: Code
}

/** Everything that an officer decides about an alert, once: the contract's calls, their handlers, the journal and undo read this table. */
export const alertCommands = {
  take: { input: z.object({}), makes: 'alert.taken', undone: 'undo.alertNotTaken' },
  comment: {
    input: z.object({ text: z.string().trim().min(1).max(2_000) }),
    makes: 'alert.commented',
    undone: 'undo.noteStruck',
  },
  /** Always with an end. */
  mute: { input: z.object({ until: NamedInstant }), makes: 'alert.muted', undone: 'undo.alertTellsAgain' },
  close: {
    input: z.object({ reason: AlertCloseReason, note: z.string().trim().max(2_000).default('') }),
    makes: 'alert.closed',
    undone: 'undo.openAgain',
  },
} as const satisfies Record<string, AlertCommand>
export type AlertCommandName = keyof typeof alertCommands
export const alertCommandNames = Object.keys(alertCommands) as AlertCommandName[]
export const alertDecisionKinds = alertCommandNames.map((name) => alertCommands[name].makes)
