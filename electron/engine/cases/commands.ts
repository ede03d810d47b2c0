import type { CommandInput, CommandName } from '#shared/model/command.ts'
import { said, type Code } from '#shared/words/said.ts'
import { Failure } from '#engine/platform/failure.ts'
import type { Desk } from '#shared/model/desk.ts'
import type { JournalKind } from '#shared/model/journal.ts'
import { dueAt } from '#engine/routing/clocks.ts'
import type { StoredCase } from '#engine/store/queries/cases.ts'
import type { CaseFields } from '#engine/store/case-projection.ts'

/** What a command knows besides the case. Pure from here on: a command says which fields change. */
export interface CommandContext {
  now: number
  actor: { id: string; name: string }
  desk(id: string): Desk | undefined
  /** Whether somebody can take one more case. */
  hasRoom(personId: string): boolean
}

export interface Change {
  kind: JournalKind
  after: CaseFields
  /** Further things the journal keeps: a note's text, a reply's words. */
  data?: Record<string, unknown>
}

/** `refusal`: says what cannot be done to a closed case. */
const notClosed = (c: StoredCase, refusal: Code): void => {
  if (c.state === 'closed') throw new Failure('user', refusal)
}

/** The desk whose hours and service level run the clock: its own, or the one that was suggested. */
export const clockDesk = (
  c: Pick<StoredCase, 'deskId' | 'explanation'>,
  context: Pick<CommandContext, 'desk'>,
): Desk | undefined => context.desk(c.deskId ?? c.explanation.deskId ?? '')

/** A clock that starts anew takes back its warnings. */
const clock = (due: number | null): CaseFields => ({ dueAt: due, warnedAt: null, escalatedAt: null })

export function route(c: StoredCase, input: CommandInput<'route'>, context: CommandContext): Change {
  notClosed(c, 'case.closedRoute')
  const desk = context.desk(input.deskId)
  if (desk === undefined) throw new Failure('user', 'case.deskGone')
  if (desk.archived) throw new Failure('user', said('case.deskArchived', { desk: desk.name }))
  if (c.state === 'routed' && c.deskId === desk.id) {
    throw new Failure('user', said('case.alreadyWithDesk', { desk: desk.name }))
  }
  // What was answered and goes on to another desk is waited for anew; otherwise the customer's clock runs on.
  const clockFrom = c.repliedAt === null ? c.clockFrom : context.now
  const due = dueAt(desk, c.priority, clockFrom)
  // Whoever sends on what is late already has just decided about it: it stays late, and is not taken from that desk at once.
  const knownLate = due !== null && due <= context.now ? { warnedAt: context.now, escalatedAt: context.now } : {}
  return {
    kind: 'case.routed',
    after: {
      state: 'routed',
      deskId: desk.id,
      officerId: null,
      held: false,
      queuedAt: null,
      routedAt: context.now,
      acceptedAt: null,
      repliedAt: null,
      promise: null,
      clockFrom,
      ...clock(due),
      ...knownLate,
    },
    data: { note: input.note ?? '', deskName: desk.name },
  }
}

export function accept(c: StoredCase, _input: CommandInput<'accept'>, context: CommandContext): Change {
  notClosed(c, 'case.closedAccept')
  if (c.state === 'accepted') throw new Failure('user', 'case.alreadyAccepted')
  if (c.state === 'replied') throw new Failure('user', 'case.alreadyAnswered')
  return { kind: 'case.accepted', after: { state: 'accepted', held: false, queuedAt: null, acceptedAt: context.now } }
}

const mayReply = (c: StoredCase): void => {
  notClosed(c, 'case.closedAnswer')
  if (c.needsApproval) {
    throw new Failure('user', 'case.approvalNeeded')
  }
}

/** Records what was answered by other means. */
export function reply(
  c: StoredCase,
  input: Pick<CommandInput<'reply'>, 'text' | 'url'>,
  context: CommandContext,
): Change {
  mayReply(c)
  return answered(c, { data: { text: input.text, url: input.url ?? null }, keepPromise: false }, context.now)
}

/** The customer has an answer, as far as anybody can tell. A closed case stays closed. */
export function answered(
  c: StoredCase,
  { data, keepPromise }: { data: Record<string, unknown>; keepPromise: boolean },
  now: number,
): Change {
  return {
    kind: 'case.replied',
    after: {
      state: c.state === 'closed' ? 'closed' : 'replied',
      held: false,
      queuedAt: null,
      acceptedAt: c.acceptedAt ?? now,
      repliedAt: c.repliedAt ?? now,
      pendingReply: null,
      ...(keepPromise ? {} : { promise: null }),
      ...(data.answer === undefined ? {} : { answer: 'sent' as const }),
    },
    data,
  }
}

/** What was taken for an answer has not reached the customer: somebody has the case, and its clock has been running on. */
export const unanswered = (c: StoredCase): CaseFields => ({
  state: c.state === 'replied' || c.state === 'closed' ? 'accepted' : c.state,
  repliedAt: null,
  closedAt: null,
  closeReason: null,
})

/** An answer that leaves through a network: somebody has the case, and its clock runs until the network took it. */
export function sendReply(c: StoredCase, input: { data: Record<string, unknown> }, context: CommandContext): Change {
  mayReply(c)
  return { kind: 'answer.queued', after: leaving(c, context.now), data: input.data }
}

const leaving = (c: StoredCase, now: number): CaseFields => ({
  state: c.state === 'replied' ? 'replied' : 'accepted',
  held: false,
  queuedAt: null,
  acceptedAt: c.acceptedAt ?? now,
  pendingReply: null,
  answer: 'queued',
})

export function askApproval(c: StoredCase, input: CommandInput<'askApproval'>, context: CommandContext): Change {
  notClosed(c, 'case.closedAnswer')
  const { text, way = 'elsewhere', sourceId = null, warning, lang, readers } = input
  const manner = {
    ...(warning === undefined ? {} : { warning }),
    ...(lang === undefined ? {} : { lang }),
    ...(readers === undefined || readers.length === 0 ? {} : { readers }),
  }
  return {
    kind: 'case.approvalAsked',
    after: { pendingReply: { text, by: context.actor.id, at: context.now, way, sourceId, ...manner } },
    data: { text, way },
  }
}

/** `leaves`: the approved text leaves through a network, and what the journal says of that. */
export function approve(
  c: StoredCase,
  input: CommandInput<'approve'> & { leaves?: Record<string, unknown> },
  context: CommandContext,
): Change {
  notClosed(c, 'case.closedApprove')
  if (c.pendingReply === null) throw new Failure('user', 'case.nothingToApprove')
  if (!input.approve)
    return { kind: 'case.approved', after: { pendingReply: null }, data: { approved: false, note: input.note ?? '' } }
  if (c.pendingReply.by === context.actor.id) {
    throw new Failure('user', 'case.approveOther')
  }
  const { text, by } = c.pendingReply
  const data = { ...input.leaves, approved: true, by, note: input.note ?? '' }
  if (input.leaves) return { kind: 'case.approved', after: leaving(c, context.now), data }
  const change = answered(c, { data: { text, url: null }, keepPromise: false }, context.now)
  return { ...change, kind: 'case.approved', data: { ...change.data, ...data } }
}

export function confirm(c: StoredCase, _input: CommandInput<'confirm'>, context: CommandContext): Change {
  if (c.repliedAt === null) throw new Failure('user', 'case.nothingToConfirm')
  if (c.confirmedAt !== null) throw new Failure('user', 'case.alreadyConfirmed')
  return {
    kind: 'case.confirmed',
    after: {
      state: 'closed',
      confirmedAt: context.now,
      closedAt: c.closedAt ?? context.now,
      closeReason: 'confirmed',
      promise: null,
    },
  }
}

export function close(c: StoredCase, input: CommandInput<'close'>, context: CommandContext): Change {
  if (c.state === 'closed') throw new Failure('user', 'case.alreadyClosed')
  return {
    kind: 'case.closed',
    after: {
      state: 'closed',
      held: false,
      queuedAt: null,
      closedAt: context.now,
      closeReason: input.reason,
      pendingReply: null,
      promise: null,
    },
    data: { note: input.note ?? '' },
  }
}

/** `why`: the customer wrote again, or an officer says so. Its clock starts anew. */
export function reopen(c: StoredCase, input: { why?: string }, context: CommandContext): Change {
  if (c.state !== 'closed' && c.state !== 'replied') throw new Failure('user', 'case.isOpen')
  const desk = clockDesk(c, context)
  // Whoever had it and is busy by now is not given it on top: it goes to somebody who has room, or waits.
  const goesOn = c.officerId !== null && !context.hasRoom(c.officerId)
  return {
    kind: 'case.reopened',
    after: {
      state: c.deskId === null ? 'new' : 'routed',
      acceptedAt: null,
      repliedAt: null,
      confirmedAt: null,
      closedAt: null,
      closeReason: null,
      promise: null,
      reopened: c.reopened + 1,
      ...(goesOn && { officerId: null, queuedAt: null, waited: 0 }),
      clockFrom: context.now,
      ...clock(dueAt(desk, c.priority, context.now)),
    },
    data: { why: input.why ?? '' },
  }
}

export function prioritise(c: StoredCase, input: CommandInput<'prioritise'>, context: CommandContext): Change {
  notClosed(c, 'case.closedPrioritise')
  if (c.priority === input.priority) {
    throw new Failure('user', said('case.samePriority', { priority: said(`door.priorities_${input.priority}`) }))
  }
  const due = c.promise?.dueAt ?? dueAt(clockDesk(c, context), input.priority, c.clockFrom)
  return { kind: 'case.prioritised', after: { priority: input.priority, ...clock(due) } }
}

export const note = (_c: StoredCase, input: CommandInput<'note'>): Change => ({
  kind: 'case.noted',
  after: {},
  data: { text: input.text },
})

export function assign(c: StoredCase, input: CommandInput<'assign'> & { name?: string }): Change {
  notClosed(c, 'case.closedAssign')
  if (c.officerId === input.personId && c.queuedAt === null) throw new Failure('user', 'case.alreadyWithPerson')
  return {
    kind: 'case.assigned',
    after: { officerId: input.personId, queuedAt: null },
    data: { name: input.name ?? '' },
  }
}

export function promise(c: StoredCase, input: CommandInput<'promise'>, context: CommandContext): Change {
  notClosed(c, 'case.closedPromise')
  if (input.dueAt === null) {
    if (c.promise === null) throw new Failure('user', 'case.nothingPromised')
    const due = c.repliedAt === null ? dueAt(clockDesk(c, context), c.priority, c.clockFrom) : null
    return { kind: 'case.promised', after: { promise: null, ...clock(due) } }
  }
  if (input.dueAt <= context.now) throw new Failure('user', 'case.promisePassed')
  return { kind: 'case.promised', after: { promise: { text: input.text, dueAt: input.dueAt }, ...clock(input.dueAt) } }
}

export const outcome = (_c: StoredCase, input: CommandInput<'outcome'>): Change => ({
  kind: 'case.outcome',
  after: { outcome: input.text },
})

/** A command as a function of the case. */
export type Command<Input> = (known: StoredCase, input: Input, context: CommandContext) => Change

/** Commands that change nothing but the case. What the others do besides is composed in board.ts. */
export const plainCommands = { route, accept, confirm, close, reopen, prioritise, note, promise, outcome } satisfies {
  [N in CommandName]?: Command<CommandInput<N>>
}
export type PlainCommand = keyof typeof plainCommands
