import type { CaseAnswer } from '#shared/model/case.ts'
import type { Actor, JournalEntry, JournalKind } from '#shared/model/journal.ts'
import { entriesOfCase, entryBySeq } from '#engine/store/queries/journal.ts'
import { caseById, type StoredCase } from '#engine/store/queries/cases.ts'
import type { Store } from '#engine/store/store.ts'
import type { DeskBook } from '#engine/organisation/desk-book.ts'
import type { Ledger, Recorded } from './ledger.ts'
import { CaseProblem } from '#engine/platform/case-problem.ts'
import { onlyChanged, type CaseFields } from '#engine/store/case-projection.ts'

/** Takes back what another room decided, journals that, and says in words what is back. */
export type Undoer = (entry: JournalEntry, actor: Actor) => string
export type Undoers = { readonly [kind in JournalKind]?: Undoer }

export interface Undone {
  undone: string
  recorded: Recorded | null
  /** What lies outside Earshot and stays; null: nothing. */
  cannot: string | null
}

const words: { readonly [kind in JournalKind]?: string } = {
  'case.opened': 'The case is closed again.',
  'case.routed': 'The case is back where it was.',
  'case.accepted': 'The case is not accepted any more.',
  'case.replied': 'The case counts as not answered.',
  'case.approved': 'The approval is taken back.',
  'case.approvalAsked': 'The reply does not wait for approval any more.',
  'case.closed': 'The case is open again.',
  'case.reopened': 'The case is closed again.',
  'case.confirmed': 'The case is not confirmed any more.',
  'case.prioritised': 'The priority is as it was.',
  'case.assigned': 'The case is with whom it was.',
  'case.promised': 'The promise is as it was.',
  'case.outcome': 'The outcome is as it was.',
  'case.noted': 'The note is struck out.',
  'case.undone': 'It is done again.',
  'case.escalated': 'The case is back where it was.',
  'case.queued': 'The case does not wait for a person.',
  'handoff.asked': "The desk's question is put aside.",
  'handoff.solved': 'The desk has not said that it is solved.',
  'handoff.bounced': 'The case is with the desk again.',
  'handoff.answered': 'What the desk said waits again.',
  'answer.queued': 'The answer is taken back.',
}

const outside: { readonly [kind in JournalKind]?: string } = {
  'case.replied': 'What was written to the customer stays there. Delete it on the network if it must go.',
  'case.approved': 'What was written to the customer stays there. Delete it on the network if it must go.',
  'handoff.sent': 'What was sent to the desk stays there. Tell them that it is taken back.',
}

/** Entries that Earshot makes by itself when a case comes to a desk or waits. */
const automatic = new Set<JournalKind>([
  'case.assigned',
  'case.queued',
  'case.warned',
  'handoff.queued',
  'handoff.sent',
  'handoff.failed',
  'handoff.unknown',
  'answer.failed',
  'answer.unknown',
  'answer.cancelled',
  'answer.stayed',
])
/** Whether `later` came of `entry` by itself. What became of another answer did not. */
function cameOf(entry: JournalEntry, later: JournalEntry): boolean {
  const { kind, actor, data } = later
  if (data.answer !== undefined && data.answer !== entry.data.answer) return false
  // That the network took an answer is said in the name of whoever wrote it.
  return (actor.kind === 'engine' && automatic.has(kind)) || (kind === 'case.replied' && data.answer !== undefined)
}

/** Nobody's decision hangs on it, e.g. a note. */
const isInert = (entry: JournalEntry): boolean =>
  Object.keys((entry.data.after as object | undefined) ?? {}).length === 0

export function createUndo(deps: {
  store: Store
  ledger: Ledger
  book: DeskBook
  now(): number
  undoers: Undoers
  /** Hand-offs that have not left yet. */ cancel(ids: readonly string[]): void
  /** Answers, wherever they are; returns what stays outside. */
  takeBack(ids: readonly string[], actor: Actor): string | null
  /** How far the newest answer of a case came that was not taken back. */
  answerOf(caseId: string): CaseAnswer
}) {
  const { store, ledger, book } = deps

  function undoCase(entry: JournalEntry, known: StoredCase, actor: Actor): Undone {
    const said = words[entry.kind]
    if (said === undefined)
      throw new CaseProblem('BAD_INPUT', 'This entry tells what happened outside Earshot; it cannot be undone.')
    const { before, after } = entry.data as { before: CaseFields; after: CaseFields }
    const later = entriesOfCase(store, known.id).filter((other) => other.seq > entry.seq)
    let fields: CaseFields = {}
    let cannot = outside[entry.kind] ?? null
    if (entry.kind === 'case.undone' && Array.isArray(entry.data.answers)) {
      throw new CaseProblem('BAD_INPUT', 'The answer was taken back. Write it again to send it.')
    }
    if (later.every((one) => cameOf(entry, one) || isInert(one))) {
      // What Earshot did by itself because of the entry goes with it.
      for (const { data } of later.toReversed()) Object.assign(fields, data.before)
      Object.assign(fields, before)
      deps.cancel(later.flatMap(({ kind, data }) => (kind === 'handoff.queued' ? [String(data.handoff)] : [])))
      if (later.some(({ kind }) => kind === 'handoff.sent' || kind === 'handoff.unknown')) {
        // It has left: the case goes on saying so.
        delete fields.handoff
        cannot = outside['handoff.sent'] ?? null
      }
    } else if (Object.keys(onlyChanged(known, after)).length === 0) fields = before
    else throw new CaseProblem('CONFLICT', 'Something was done with this case since. Undo that first.')
    if (entry.kind === 'case.opened') {
      if (!later.every((one) => cameOf(entry, one))) {
        throw new CaseProblem('CONFLICT', 'Something was done with this case since. Undo that first.')
      }
      fields = {
        state: 'closed',
        closedAt: deps.now(),
        closeReason: 'noAction',
        held: false,
        officerId: null,
        queuedAt: null,
      }
    }
    const answers = typeof entry.data.answer === 'string' ? [entry.data.answer] : []
    if (answers.length > 0) cannot = deps.takeBack(answers, actor)
    if (answers.length > 0 || fields.answer !== undefined) fields = { ...fields, answer: deps.answerOf(known.id) }
    const data = { undoes: entry.seq, undone: entry.kind, ...(answers.length > 0 && { answers }) }
    const current = caseById(store, known.id) ?? known
    const recorded = ledger.change(current, { kind: 'case.undone', after: fields, data }, actor)
    return { undone: said, recorded, cannot }
  }

  /** Takes back one entry by a further one. Throws CaseProblem when it is not there, was undone, or something followed. */
  return function undo(seq: number, actor: Actor): Undone {
    const entry = entryBySeq(store, seq)
    if (entry === undefined) throw new CaseProblem('NOT_FOUND', `The journal has no entry ${seq}.`)
    if (entry.caseId !== null) {
      const { caseId } = entry
      return ledger.transact(() => {
        const known = caseById(store, caseId)
        if (known === undefined) throw new CaseProblem('NOT_FOUND', 'There is no such case.')
        if (entriesOfCase(store, caseId).some((later) => later.data.undoes === seq)) {
          throw new CaseProblem('CONFLICT', 'This was undone already.')
        }
        return undoCase(entry, known, actor)
      })
    }
    if (entry.kind === 'rule.saved' || entry.kind === 'rule.removed' || entry.kind === 'desk.saved') {
      return { undone: book.restore(entry, actor), recorded: null, cannot: null }
    }
    const undoer = deps.undoers[entry.kind]
    if (undoer === undefined) throw new CaseProblem('BAD_INPUT', 'This cannot be undone.')
    return { undone: undoer(entry, actor), recorded: null, cannot: null }
  }
}
