import { earshot, type Actor } from '#shared/model/journal.ts'
import { priorities } from '#shared/model/rule.ts'
import { assign, relaxed, type Candidate } from '#engine/routing/assign.ts'
import { dueAt } from '#engine/routing/clocks.ts'
import { queuedCases } from '#engine/store/queries/case-queue.ts'
import type { StoredCase } from '#engine/store/queries/cases.ts'
import { mentionById } from '#engine/store/queries/mentions.ts'
import type { Store } from '#engine/store/store.ts'
import { clockDesk, route, type Change, type CommandContext } from './commands.ts'
import type { DeskBook } from '#engine/organisation/desk-book.ts'
import type { Ledger } from './ledger.ts'
import type { PeopleBook } from '#engine/organisation/people-book.ts'

/** Queued cases that are looked at in one go; the most urgent come first. */
const AT_ONCE = 500

export interface AssignerDeps {
  store: Store
  ledger: Ledger
  book: DeskBook
  people: PeopleBook
  now(): number
  context(actor: Actor): CommandContext
  /** What else happens to a case that comes to a desk: it is handed off. */
  handOff(c: StoredCase): StoredCase
  /** A case has waited too long for a person. */
  onWaiting?: (waiting: StoredCase) => void
}

/** Gives cases of a desk to its people, or keeps them in the holding queue until somebody has room. */
export function createAssigner(deps: AssignerDeps) {
  const { store, ledger, book, people } = deps

  /**
   * The case with a person, or in the queue. A desk without people is a mailbox: nothing happens. `known`: candidates by
   * desk that were read in this sweep already, kept up to date here.
   */
  function place(c: StoredCase, known?: Map<string, Candidate[]>): StoredCase {
    if (c.deskId === null || c.officerId !== null || c.state !== 'routed' || !people.hasPeople(c.deskId)) return c
    const mention = mentionById(store, c.mentionId)
    const need = { skills: c.skills, lang: mention?.lang ?? null, country: mention?.country ?? null }
    const candidates = known?.get(c.deskId) ?? people.candidates(c.deskId)
    known?.set(c.deskId, candidates)
    const found = assign(candidates, need, deps.now())
    if (found.personId !== null) {
      const taker = candidates.find(({ person }) => person.id === found.personId)
      if (taker) Object.assign(taker, { open: taker.open + 1, idleSince: deps.now() })
      const name = taker?.person.name ?? ''
      const after = { officerId: found.personId, queuedAt: null, waited: 0 }
      return ledger.change(c, { kind: 'case.assigned', after, data: { name, why: found.reason } }, earshot).case
    }
    if (c.queuedAt !== null) return c
    const after = { queuedAt: deps.now(), waited: 0 }
    return ledger.change(c, { kind: 'case.queued', after, data: { why: found.reason } }, earshot).case
  }

  const arrived = (c: StoredCase): StoredCase => deps.handOff(place(c))

  /** The next of the desk's actions for long waiting, when its time has come. */
  function wait(c: StoredCase): StoredCase {
    const action = book.desk(c.deskId ?? '')?.waiting[c.waited]
    if (c.queuedAt === null || !action || deps.now() < c.queuedAt + action.afterMinutes * 60_000) return c
    const context = deps.context(earshot)
    const waited = c.waited + 1
    const data = { waited: action.do, afterMinutes: action.afterMinutes }
    if (
      action.do === 'move' &&
      action.deskId !== null &&
      action.deskId !== c.deskId &&
      !(context.desk(action.deskId)?.archived ?? true)
    ) {
      const change = route(c, { deskId: action.deskId }, context)
      const moved: Change = { ...change, after: { ...change.after, waited: 0 }, data: { ...change.data, ...data } }
      return arrived(ledger.change(c, moved, earshot).case)
    }
    const change: Change = { kind: 'case.queued', after: { waited }, data }
    if (action.do === 'relax') change.after.skills = relaxed(c.skills)
    if (action.do === 'raise') {
      const priority = priorities[Math.max(0, priorities.indexOf(c.priority) - 1)] ?? c.priority
      change.after.priority = priority
      if (c.promise === null) change.after.dueAt = dueAt(clockDesk(c, context), priority, c.clockFrom)
    }
    const next = ledger.change(c, change, earshot).case
    if (action.do === 'alert') deps.onWaiting?.(next)
    return wait(next)
  }

  return {
    /** For a case that may have just come to a desk: inside the transaction that brought it there. */
    arrived,
    /** Gives what waits to whoever has room now, most urgent first, and takes the actions for long waiting. */
    sweep(): void {
      const queued = queuedCases(store, AT_ONCE)
      if (queued.length === 0) return
      ledger.transact(() => {
        const known = new Map<string, Candidate[]>()
        for (const c of queued) place(wait(c), known)
      })
    },
  }
}
export type Assigner = ReturnType<typeof createAssigner>
