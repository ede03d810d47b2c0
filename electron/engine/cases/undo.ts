import { said } from '#shared/words/said.ts'
import type { Said } from '#shared/model/said.ts'
import { Failure } from '#engine/platform/failure.ts'
import type { CaseReply, HandoffState } from '#shared/model/case.ts'
import type { Actor, JournalEntry, JournalKind } from '#shared/model/journal.ts'
import { cameOf, undoWords } from '#shared/model/undo.ts'
import { entriesOfCase, entryBySeq } from '#engine/store/queries/journal.ts'
import { caseById, type StoredCase } from '#engine/store/queries/cases.ts'
import { parcelById } from '#engine/store/queries/parcels.ts'
import type { Store } from '#engine/store/store.ts'
import type { DeskBook } from '#engine/organisation/desk-book.ts'
import type { Ledger, Recorded } from './ledger.ts'
import { onlyChanged, type CaseFields } from '#engine/store/case-projection.ts'

/** Takes back what another room decided, journals that, and says in words what is back. */
export type Undoer = (entry: JournalEntry, actor: Actor) => Said
export type Undoers = { readonly [kind in JournalKind]?: Undoer }

export interface Undone {
  undone: Said
  recorded: Recorded | null
  /** What lies outside Earshot and stays; null: nothing. */
  cannot: Said | null
}

/** Nobody's decision hangs on it, e.g. a note. */
const isInert = (entry: JournalEntry): boolean =>
  Object.keys((entry.data.after as object | undefined) ?? {}).length === 0

export interface UndoDeps {
  store: Store
  ledger: Ledger
  book: DeskBook
  now(): number
  undoers: Undoers
  /** Replies and hand-offs, wherever they are; returns what stays outside. */
  takeBack(ids: readonly string[], actor: Actor): Said | null
  /** How far the newest reply of a case came that was not taken back. */
  replyOf(caseId: string): CaseReply
  /** The same of its newest hand-off. */
  handoffOf(caseId: string): HandoffState
  /** Lets a case go to its desk's channels that it has not gone through. Inside a transaction. */
  handOff(c: StoredCase): StoredCase
}

/** What Earshot made of a decision at once, before anything else was decided. */
function madeOf(entry: JournalEntry, later: readonly JournalEntry[]): JournalEntry[] {
  const next = later.findIndex((one) => !cameOf(entry, one))
  return next === -1 ? [...later] : later.slice(0, next)
}

/** Hand-offs that a decision let go. One that was only sent again came of an earlier decision. */
const handoffsOf = (entry: JournalEntry, later: readonly JournalEntry[]): string[] =>
  [entry, ...madeOf(entry, later).filter(({ data }) => data.again !== true)].flatMap(({ kind, data }) =>
    kind === 'handoff.queued' ? [String(data.handoff)] : [],
  )

/** What the case had before, of what followed by itself too. Throws a Failure when somebody decided something else since. */
function fieldsBefore(entry: JournalEntry, later: readonly JournalEntry[], known: StoredCase): CaseFields {
  const { before, after } = entry.data as { before: CaseFields; after: CaseFields }
  if (later.every((one) => cameOf(entry, one) || isInert(one))) {
    // What Earshot did by itself because of the entry goes with it.
    const fields: CaseFields = {}
    for (const { data } of later.toReversed()) Object.assign(fields, data.before)
    return Object.assign(fields, before)
  }
  // How far its hand-off came since is no decision.
  const { handoff: _came, ...decided } = after
  if (Object.keys(onlyChanged(known, decided)).length === 0) return { ...before }
  throw new Failure('user', 'undo.somethingFollowed')
}

const closedAgain = (now: number): CaseFields => ({
  state: 'closed',
  closedAt: now,
  closeReason: 'noAction',
  held: false,
  officerId: null,
  queuedAt: null,
})

/** What left cannot be sent again by taking back its taking back. */
function mayBeDoneAgain({ kind, data }: JournalEntry): void {
  if (kind !== 'case.undone') return
  if (Array.isArray(data.answers)) throw new Failure('user', 'undo.answerWasTaken')
  if (Array.isArray(data.handoffs)) throw new Failure('user', 'undo.handoffWasTaken')
}

/** Takes back one entry of a case, and whatever it let go that has not left. */
function createUndoCase({ store, ledger, now, takeBack, replyOf, handoffOf, handOff }: UndoDeps) {
  /** They have not arrived yet: taking them back means that they are not sent. */
  const onTheirWay = (ids: readonly string[]): string[] =>
    ids.filter((id) => ['queued', 'sending'].includes(parcelById(store, id)?.state ?? ''))

  return function undoCase(entry: JournalEntry, known: StoredCase, actor: Actor): Undone {
    const words = undoWords[entry.kind]
    if (words === undefined) throw new Failure('user', 'undo.happenedOutside')
    mayBeDoneAgain(entry)
    const later = entriesOfCase(store, known.id).filter((other) => other.seq > entry.seq)
    let fields = fieldsBefore(entry, later, known)
    if (entry.kind === 'case.opened') {
      if (!later.every((one) => cameOf(entry, one))) throw new Failure('user', 'undo.somethingFollowed')
      fields = closedAgain(now())
    }
    const handoffs = handoffsOf(entry, later)
    const taken = onTheirWay(handoffs)
    const replies = typeof entry.data.answer === 'string' ? [entry.data.answer] : []
    let cannot = takeBack(handoffs, actor) ?? (words.stays ? said(words.stays) : null)
    if (replies.length > 0) cannot = takeBack(replies, actor)
    // However far they came, and not how far they had come when this was decided.
    if (handoffs.length > 0 || fields.handoff !== undefined) fields.handoff = handoffOf(known.id)
    if (replies.length > 0 || fields.answer !== undefined) fields.answer = replyOf(known.id)
    const data = {
      undoes: entry.seq,
      undone: entry.kind,
      ...(replies.length > 0 && { answers: replies }),
      ...(taken.length > 0 && { handoffs: taken }),
    }
    const current = caseById(store, known.id) ?? known
    const recorded = ledger.change(current, { kind: 'case.undone', after: fields, data }, actor)
    // What did not leave because the case was closed leaves now.
    if (current.state === 'closed') recorded.case = handOff(recorded.case)
    return { undone: said(words.undone), recorded, cannot }
  }
}

export function createUndo(deps: UndoDeps) {
  const { store, ledger, book } = deps
  const undoCase = createUndoCase(deps)

  /** Takes back one entry by a further one. Throws a Failure when it is not there, was undone, or something followed. */
  return function undo(seq: number, actor: Actor): Undone {
    const entry = entryBySeq(store, seq)
    if (entry === undefined) throw new Failure('user', said('undo.noEntry', { entry: seq }))
    if (entry.caseId !== null) {
      const { caseId } = entry
      return ledger.transact(() => {
        const known = caseById(store, caseId)
        if (known === undefined) throw new Failure('user', 'case.gone')
        if (entriesOfCase(store, caseId).some((later) => later.data.undoes === seq)) {
          throw new Failure('user', 'undo.already')
        }
        return undoCase(entry, known, actor)
      })
    }
    if (entry.kind === 'rule.saved' || entry.kind === 'rule.removed' || entry.kind === 'desk.saved') {
      return { undone: book.restore(entry, actor), recorded: null, cannot: null }
    }
    const undoer = deps.undoers[entry.kind]
    if (undoer === undefined) throw new Failure('user', 'undo.cannot')
    return { undone: undoer(entry, actor), recorded: null, cannot: null }
  }
}
