import { said } from '#shared/words/said.ts'
import type { Said } from '#shared/model/said.ts'
import { Failure } from '#engine/platform/failure.ts'
import type { CaseReply } from '#shared/model/case.ts'
import type { Actor, JournalEntry, JournalKind } from '#shared/model/journal.ts'
import { cameOf, undoWords } from '#shared/model/undo.ts'
import { entriesOfCase, entryBySeq } from '#engine/store/queries/journal.ts'
import { caseById, type StoredCase } from '#engine/store/queries/cases.ts'
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

export function createUndo(deps: {
  store: Store
  ledger: Ledger
  book: DeskBook
  now(): number
  undoers: Undoers
  /** Replies and hand-offs, wherever they are; returns what stays outside. */
  takeBack(ids: readonly string[], actor: Actor): Said | null
  /** How far the newest reply of a case came that was not taken back. */
  replyOf(caseId: string): CaseReply
}) {
  const { store, ledger, book } = deps

  function undoCase(entry: JournalEntry, known: StoredCase, actor: Actor): Undone {
    const words = undoWords[entry.kind]
    if (words === undefined) throw new Failure('user', 'undo.happenedOutside')
    const { before, after } = entry.data as { before: CaseFields; after: CaseFields }
    const later = entriesOfCase(store, known.id).filter((other) => other.seq > entry.seq)
    let fields: CaseFields = {}
    let cannot = words.stays ? said(words.stays) : null
    if (entry.kind === 'case.undone' && Array.isArray(entry.data.answers)) {
      throw new Failure('user', 'undo.answerWasTaken')
    }
    if (later.every((one) => cameOf(entry, one) || isInert(one))) {
      // What Earshot did by itself because of the entry goes with it.
      for (const { data } of later.toReversed()) Object.assign(fields, data.before)
      Object.assign(fields, before)
      const handoffs = [entry, ...later].flatMap(({ kind, data }) =>
        kind === 'handoff.queued' ? [String(data.handoff)] : [],
      )
      const stays = deps.takeBack(handoffs, actor)
      if (stays !== null) {
        // It has left: the case goes on saying so.
        delete fields.handoff
        cannot = stays
      }
    } else if (Object.keys(onlyChanged(known, after)).length === 0) fields = before
    else throw new Failure('user', 'undo.somethingFollowed')
    if (entry.kind === 'case.opened') {
      if (!later.every((one) => cameOf(entry, one))) {
        throw new Failure('user', 'undo.somethingFollowed')
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
    const replies = typeof entry.data.answer === 'string' ? [entry.data.answer] : []
    if (replies.length > 0) cannot = deps.takeBack(replies, actor)
    if (replies.length > 0 || fields.answer !== undefined) fields = { ...fields, answer: deps.replyOf(known.id) }
    const data = { undoes: entry.seq, undone: entry.kind, ...(replies.length > 0 && { answers: replies }) }
    const current = caseById(store, known.id) ?? known
    const recorded = ledger.change(current, { kind: 'case.undone', after: fields, data }, actor)
    return { undone: said(words.undone), recorded, cannot }
  }

  /** Takes back one entry by a further one. Throws a Failure when it is not there, was undone, or something followed. */
  return function undo(seq: number, actor: Actor): Undone {
    const entry = entryBySeq(store, seq)
    if (entry === undefined) throw new Failure('user', said('undo.noEntry', { n: seq }))
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
