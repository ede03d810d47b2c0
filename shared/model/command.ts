import type { Code } from '#shared/words/said.ts'
import { z } from 'zod'
import { ReplyWay } from './reply.ts'
import { CloseReason } from './case.ts'
import { NamedInstant } from './mention.ts'
import { Priority } from './rule.ts'

/**
 * A key, or several for the same, as `useKeys` writes them. Each means one thing in every list of mentions, on the board and
 * beside one mention.
 */
export type Keys = string | readonly string[]

interface CommandRule {
  /** What it takes besides the case. */
  input: z.ZodObject
  /** Kinds of journal entries that it makes, each with what is said when it is taken back and what then `stays` outside. */
  makes: Readonly<Record<string, { undone: Code; stays?: Code }>>
  /** Kinds that Earshot makes by itself because of it: taking it back takes them back. */
  follows: readonly string[]
  /** What it takes when it is done to many cases in one call: the same, something else, or it is not (`null`). */
  bulk: 'same' | z.ZodObject | null
  /** Each way to ask for it, by name, and its key. The page has a word for each: `command.<name>.key.<way>`. */
  keys: Readonly<Record<string, Keys>>
}

const noInput = z.object({})
const note = z.string().max(2000).default('')
const words = z.string().max(20_000)
/** `sourceId` null: the first source that can. */
const leaving = {
  way: ReplyWay.default('elsewhere'),
  sourceId: z.string().nullable().default(null),
  /** Content warning and language of the reply; absent: as what it answers. */
  warning: z.string().max(500).optional(),
  lang: z.string().max(20).optional(),
  /** Whoever else reads a direct message because it names them, as the officer saw it; others are asked about. */
  readers: z.array(z.string().max(300)).max(50).optional(),
}

/** A case at a desk is given to a person or handed off, and its clock runs. */
const atADesk = [
  'case.assigned',
  'case.queued',
  'case.warned',
  'handoff.queued',
  'handoff.sent',
  'handoff.failed',
  'handoff.unknown',
] as const
/** What became of an answer that leaves through a network. */
const onItsWay = ['answer.failed', 'answer.unknown', 'answer.cancelled', 'answer.stayed'] as const
const written: Code = 'undo.customerKeepsIt'

/**
 * Everything that an officer decides about a case, once. The contract's calls, their handlers, bulk, undo, the journal's
 * kinds, and in the page actions, keys, palette and help read this table. What a wall may stands with the contract's call.
 *
 * A further command is a line here, its function in electron/engine/cases/commands.ts, and its words in
 * shared/words/<language>/page/common.json (`command`, and `journal` for a new kind). The test of the contract's version then
 * prints the fingerprint that is added to shared/contract/version.ts, as for every change of the contract.
 */
export const commands = {
  route: {
    input: z.object({ deskId: z.string(), note }),
    makes: { 'case.routed': { undone: 'undo.backWhereItWas' } },
    follows: atADesk,
    bulk: 'same',
    keys: { digit: ['1', '2', '3', '4', '5', '6', '7', '8', '9'], ask: 't' },
  },
  accept: {
    input: noInput,
    makes: { 'case.accepted': { undone: 'undo.notAccepted' } },
    follows: [],
    bulk: 'same',
    keys: { do: 'e' },
  },
  /**
   * Answers the customer. `elsewhere` records what was answered by other means (`text` may be empty, `url` says where);
   * every other way sends it through the source after a few seconds in which `undo` takes it back. The case counts as
   * replied when the network took it. In bulk, `best`: for each the first way that is possible, see `replyWays`;
   * placeholders are filled in for each.
   */
  reply: {
    input: z.object({ text: words, url: z.string().nullable().default(null), ...leaving }),
    makes: {
      'case.replied': { undone: 'undo.notAnswered', stays: written },
      'answer.queued': { undone: 'undo.answerTaken' },
    },
    follows: onItsWay,
    bulk: z.object({ text: words, way: z.enum([...ReplyWay.options, 'best']).default('elsewhere') }),
    keys: { ask: 'r' },
  },
  /** A reply that a second person has to approve: kept with the case, not sent. */
  askApproval: {
    input: z.object({ text: words.min(1), ...leaving }),
    makes: { 'case.approvalAsked': { undone: 'undo.replyNotWaiting' } },
    follows: [],
    bulk: null,
    keys: {},
  },
  /** By somebody else than the one who wrote it: then it leaves the way that was asked for. `approve: false` sends it back. */
  approve: {
    input: z.object({ approve: z.boolean(), note }),
    makes: { 'case.approved': { undone: 'undo.approvalTaken', stays: written } },
    follows: onItsWay,
    bulk: null,
    keys: { do: 'y' },
  },
  confirm: {
    input: noInput,
    makes: { 'case.confirmed': { undone: 'undo.notConfirmed' } },
    follows: [],
    bulk: null,
    keys: { do: 'c' },
  },
  close: {
    input: z.object({ reason: CloseReason, note }),
    makes: { 'case.closed': { undone: 'undo.openAgain' } },
    follows: [],
    bulk: 'same',
    keys: { noAction: '0', ask: 'd' },
  },
  reopen: {
    input: noInput,
    makes: { 'case.reopened': { undone: 'undo.closedAgain' } },
    follows: atADesk,
    bulk: null,
    keys: { do: 'o' },
  },
  prioritise: {
    input: z.object({ priority: Priority }),
    makes: { 'case.prioritised': { undone: 'undo.priorityBack' } },
    follows: ['case.warned'],
    bulk: 'same',
    keys: { higher: ['+', '='], lower: '-' },
  },
  note: {
    input: z.object({ text: z.string().min(1).max(10_000) }),
    makes: { 'case.noted': { undone: 'undo.noteStruck' } },
    follows: [],
    bulk: null,
    keys: { ask: 'n' },
  },
  /** Gives it to one person of the desk, or to nobody. */
  assign: {
    input: z.object({ personId: z.string().nullable() }),
    makes: { 'case.assigned': { undone: 'undo.withWhomItWas' } },
    follows: [],
    bulk: 'same',
    keys: { ask: 'a' },
  },
  /** What was promised to the customer becomes the clock of the case; `dueAt: null` takes it back. */
  promise: {
    input: z.object({ text: z.string().max(500), dueAt: NamedInstant.nullable() }),
    makes: { 'case.promised': { undone: 'undo.promiseBack' } },
    follows: ['case.warned'],
    bulk: null,
    keys: { ask: 'w' },
  },
  /** What was changed because of it. */
  outcome: {
    input: z.object({ text: z.string().max(2000) }),
    makes: { 'case.outcome': { undone: 'undo.outcomeBack' } },
    follows: [],
    bulk: null,
    keys: { ask: 'b' },
  },
  /** Sends the case through the desk's channel, or tries a failed or unknown one again. */
  handOff: {
    input: z.object({ channelId: z.string() }),
    makes: { 'handoff.queued': { undone: 'undo.handoffTaken' } },
    follows: ['handoff.sent', 'handoff.failed', 'handoff.unknown'],
    bulk: null,
    keys: { ask: 'h' },
  },
  /** Writes to the desk that was handed the case, and so deals with what it said; an empty text only puts that aside. */
  answerDesk: {
    input: z.object({ text: z.string().max(5_000) }),
    makes: { 'handoff.answered': { undone: 'undo.deskSaysAgain' } },
    follows: atADesk,
    bulk: null,
    keys: { ask: 'q' },
  },
} as const satisfies Record<string, CommandRule>

export type CommandName = keyof typeof commands
export const commandNames = Object.keys(commands) as CommandName[]
/** What has no fields is written as an object without any, not as one that may have none. */
type Fields<T> = T extends Record<string, never> ? object : T
/** What a command takes, as whoever gives it writes it. */
export type CommandInput<N extends CommandName> = Fields<z.input<(typeof commands)[N]['input']>>

type BulkRule<N extends CommandName> = (typeof commands)[N]['bulk']
/** Commands that one call may do to many cases. */
export type BulkName = { [N in CommandName]: BulkRule<N> extends null ? never : N }[CommandName]
type BulkSchema<N extends BulkName> =
  BulkRule<N> extends 'same' ? (typeof commands)[N]['input'] : Exclude<BulkRule<N>, 'same' | null>
export type BulkAction = { [N in BulkName]: { do: N } & Fields<z.output<BulkSchema<N>>> }[BulkName]
export type BulkInput = { [N in BulkName]: { do: N } & Fields<z.input<BulkSchema<N>>> }[BulkName]
/** What the engine is given: for one case, or for one of many. */
export type DoneInput<N extends CommandName> =
  CommandInput<N> | (N extends BulkName ? Omit<Extract<BulkInput, { do: N }>, 'do'> : never)

const isBulk = (name: CommandName): name is BulkName => commands[name].bulk !== null
export const bulkNames = commandNames.filter(isBulk)
const bulkSchemas = bulkNames.map((name) => {
  const { bulk, input } = commands[name]
  return z.object({ do: z.literal(name), ...(bulk === 'same' ? input : bulk).shape })
})
/** One plan for many cases: a command, and what all of them get. */
export const BulkAction = z.discriminatedUnion('do', bulkSchemas as never) as unknown as z.ZodType<
  BulkAction,
  BulkInput
>

/** What an officer does with a mention besides, and its key. */
export const mentionKeys = {
  open: 'Enter',
  relabel: 's',
  mute: 'm',
  /** Not about us: what listened learns it, and what is open of it is closed. */
  notOurs: 'i',
  problem: 'p',
  undo: 'u',
} as const satisfies Record<string, Keys>
export type MentionDeed = keyof typeof mentionKeys

type Made = { [N in CommandName]: keyof (typeof commands)[N]['makes'] }[CommandName]
/** Kinds of the journal that are decisions about a case. */
export const decisionKinds = commandNames.flatMap((name) => Object.keys(commands[name].makes)) as Made[]
