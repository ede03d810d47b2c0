import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { ReplySuggestion, Suggestion } from '#shared/model/advice.ts'
import { NetworkWay, Reply, ReplyOption } from '#shared/model/reply.ts'
import { Said } from '#shared/model/said.ts'
import { CannedDraft, CannedReply } from '#shared/model/canned.ts'
import { CaseState } from '#shared/model/case.ts'
import { BulkAction, commandNames, commands, type CommandName } from '#shared/model/command.ts'
import { Handoff } from '#shared/model/handoff.ts'
import { JournalEntry } from '#shared/model/journal.ts'
import { Looker, LookerDoing } from '#shared/model/looker.ts'
import { Notice } from '#shared/model/notice.ts'
import { Priority } from '#shared/model/rule.ts'
import { Cursor, read, readMasked, write } from './base.ts'
import { MentionCard } from '#shared/model/mention-card.ts'
import { InfluenceView } from './persons.ts'
import { PersonView } from '#shared/model/person-view.ts'
import { Problem } from '#shared/model/problem.ts'
import { Sentiment } from '#shared/model/sentiment.ts'

/** A case with the mention it is about; `card.case` is never null here. */
export const CaseCard = MentionCard
export type CaseCard = MentionCard

export const CaseFilter = z.object({
  states: z.array(CaseState).default([]),
  deskIds: z.array(z.string()).default([]),
  priorities: z.array(Priority).default([]),
  /** A query of the query language on the mention. */
  query: z.string().max(16_384).default(''),
  /** Only cases that wait for a person's decision. */
  undecided: z.boolean().default(false),
  overdue: z.boolean().default(false),
  problemIds: z.array(z.string()).default([]),
  /** People of desks, or officers, that the case is assigned to. */
  officerIds: z.array(z.string()).default([]),
  tags: z.array(z.string()).default([]),
  /** Only cases that wait for a second person to approve the reply. */
  approval: z.boolean().default(false),
})
export type CaseFilter = z.infer<typeof CaseFilter>

/** What a command on a case gives back: the case as it is now, and the journal entry that `undo` takes back. */
export const CaseChange = z.object({ card: CaseCard, undo: z.number().int() })
export type CaseChange = z.infer<typeof CaseChange>

/** `version`: the case as the officer saw it. Somebody was faster: `case.changedMeanwhile`, nothing changes. */
const target = z.object({ id: z.string(), version: z.number().int().optional() })

/** A call for each command of the table; `CaseChange` comes back. */
const commandCall = <Shape extends z.ZodRawShape>(shape: Shape) => write.input(target.extend(shape)).output(CaseChange)
type CommandCalls = { [N in CommandName]: ReturnType<typeof commandCall<(typeof commands)[N]['input']['shape']>> }
const commandCalls = Object.fromEntries(
  commandNames.map((name) => [name, commandCall(commands[name].input.shape)]),
) as unknown as CommandCalls

/** Everything that is shown beside a mention. A part that is null could not be had just now. */
export const Dossier = z.object({
  card: MentionCard,
  /** Every entry about it, also of its case; oldest first. */
  journal: z.array(JournalEntry),
  thread: z.array(MentionCard).nullable(),
  /** By the same author, the newest first, this one too. */
  earlier: z.array(MentionCard).nullable(),
  handoffs: z.array(Handoff).nullable(),
  problem: Problem.nullable(),
  person: PersonView.nullable(),
  influence: InfluenceView.nullable(),
  /** How the model that did not decide reads the mood: the word list beside Earshot's own, or the other way round. */
  otherMood: Sentiment.nullable(),
})
export type Dossier = z.infer<typeof Dossier>

export const cases = {
  /** By urgency: overdue first, then priority, then the nearest due time, then oldest. Closed cases alone: newest closed first. */
  page: read
    .input(
      z.object({
        filter: CaseFilter,
        after: Cursor.nullable().default(null),
        limit: z.number().int().min(1).max(500).default(100),
      }),
    )
    .output(
      z.object({
        items: z.array(CaseCard),
        next: Cursor.nullable(),
        total: z.number().int(),
        counts: z.record(CaseState, z.number().int()),
      }),
    ),
  get: read.input(z.object({ id: z.string() })).output(z.object({ card: CaseCard, history: z.array(JournalEntry) })),
  /** What opening a case, or a mention that has none, shows. */
  dossier: read.input(z.object({ mentionId: z.string() })).output(Dossier),
  /** Opens a case for a mention that no rule routed. */
  open: write
    .input(z.object({ mentionId: z.string(), deskId: z.string().nullable(), priority: Priority.default('normal') }))
    .output(CaseChange),
  ...commandCalls,
  /** How this case can be replied to, the most fitting first; what is not possible says why. */
  replyWays: read.input(z.object({ id: z.string() })).output(z.array(ReplyOption)),
  /** Answers that left or leave through a network, oldest first. */
  replies: read.input(z.object({ id: z.string() })).output(z.array(Reply)),
  /** Sends a failed or unknown reply again, with the same key. */
  retryReply: write.input(z.object({ id: z.string() })).output(Reply),
  /** An officer has looked: an unknown reply did arrive. The case counts as replied. */
  replyArrived: write.input(z.object({ id: z.string(), url: z.string().nullable().default(null) })).output(Reply),
  /** Each case for itself: what cannot be done is named and the others are done. */
  bulk: write.input(z.object({ ids: z.array(z.string()).min(1).max(2000), action: BulkAction })).output(
    z.object({
      changed: z.array(CaseCard),
      undo: z.array(z.number().int()),
      failed: z.array(z.object({ id: z.string(), message: Said })),
    }),
  ),
  suggest: read.input(z.object({ mentionId: z.string() })).output(z.array(Suggestion)),
  suggestReplies: read.input(z.object({ mentionId: z.string() })).output(z.array(ReplySuggestion)),
  canned: read.output(z.array(CannedReply)),
  saveCanned: write.input(CannedDraft).output(CannedReply),
  removeCanned: write.input(z.object({ id: z.string() })).output(z.object({})),
  /**
   * The text as this customer would get it. `length` counts as the network counts; `limit` null: no limit known. With a way
   * and a source the text is as it leaves there, e.g. with the customer's handle in front.
   */
  previewReply: read
    .input(
      z.object({
        id: z.string(),
        text: z.string().max(20_000),
        way: NetworkWay.nullable().default(null),
        sourceId: z.string().nullable().default(null),
        /** Content warning; absent: as what is answered. It counts as part of the length. */
        warning: z.string().max(500).optional(),
      }),
    )
    .output(
      z.object({
        text: z.string(),
        length: z.number().int(),
        limit: z.number().int().nullable(),
        missing: z.array(z.string()),
        /** Accounts that read it besides the customer, although it leaves as a direct message: it names them. */
        readers: z.array(z.string()),
      }),
    ),
  handoffs: read.input(z.object({ id: z.string() })).output(z.array(Handoff)),
  retryHandoff: write.input(z.object({ id: z.string() })).output(Handoff),
  /** Takes back one journal entry by a further entry. Says in `cannot` what lies outside Earshot and stays. */
  undo: write
    .input(z.object({ entry: z.number().int() }))
    .output(z.object({ undone: Said, card: CaseCard.nullable(), cannot: Said.nullable() })),
  /** Every change of a case on this station, by whomever; coalesced. `reset`: fetch the page anew. */
  live: readMasked
    .input(z.object({}))
    .output(eventIterator(z.object({ changed: z.array(CaseCard), reset: z.boolean() }))),
  /** What officers must not miss, newest first: at once, then with every change. Walls get alerts alone. */
  notices: readMasked.output(eventIterator(z.object({ notices: z.array(Notice) }))),
  /**
   * What this page shows, for colleagues to see: said with each change and every half minute, else the page is forgotten
   * after 90 s. `id: null`: no case.
   */
  look: write.input(z.object({ id: z.string().nullable(), doing: LookerDoing })).output(z.object({})),
  /** Everybody on this station and the case they have open, this page too: at once, then with every change. */
  lookers: read.output(eventIterator(z.object({ lookers: z.array(Looker) }))),
}
