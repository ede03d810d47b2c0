import type { Desk } from '#shared/model/desk.ts'
import { earshot, type Actor } from '#shared/model/journal.ts'
import { priorities } from '#shared/model/rule.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { dueAt } from '#engine/routing/clocks.ts'
import { addOpenMinutes, openMsBetween, stretchAt } from '#engine/routing/hours.ts'
import { casesOfDeskToWarn, casesToEscalate, casesToWarn, firstToWarn } from '#engine/store/queries/case-clocks.ts'
import type { StoredCase } from '#engine/store/queries/cases.ts'
import type { Store } from '#engine/store/store.ts'
import { clockDesk, type Change, type CommandContext } from './commands.ts'
import type { DeskBook } from '#engine/organisation/desk-book.ts'
import type { Ledger } from './ledger.ts'

const AT_ONCE = 200

const WARN_MINUTES = 10

/**
 * When a warning is due: so many minutes ahead, never earlier than a third of the clock before its end. Minutes are open ones, as
 * the clock's are: a warning never comes while nobody is there to read it. What was promised for a time at which the desk is
 * closed all along runs by the wall's clock.
 */
function warnsAt(c: StoredCase, desk: Desk | undefined): number {
  const due = c.dueAt as number
  const ahead = (desk?.warnMinutes ?? WARN_MINUTES) * 60_000
  const open = desk === undefined ? 0 : openMsBetween(desk.hours, c.clockFrom, due)
  if (desk === undefined || open === 0) return due - Math.min(ahead, Math.max(0, (due - c.clockFrom) / 3))
  return addOpenMinutes(desk.hours, c.clockFrom, (open - Math.min(ahead, open / 3)) / 60_000) ?? due - ahead
}

/** Clocks that end later than this need no warning at `now`: the desk's warning ahead in open time, and closed time behind it. */
function horizonOf({ hours, warnMinutes }: Desk, now: number): number {
  const ahead = addOpenMinutes(hours, now, warnMinutes) ?? now + warnMinutes * 60_000
  const { open, until } = stretchAt(hours, ahead)
  return open || !Number.isFinite(until) ? ahead : until
}

/**
 * What an overdue case comes to: it goes to the desk that takes over, when there is one and it is another; otherwise its
 * priority is raised by one and everybody sees it on top. Each clock escalates once; the receiving desk gets a clock of
 * its own, so that a case does not wander through the house in one minute.
 */
function escalation(c: StoredCase, context: CommandContext): Change {
  const { now } = context
  const desk = clockDesk(c, context)
  const next = desk?.escalateTo ? context.desk(desk.escalateTo) : undefined
  if (c.promise === null && c.state !== 'new' && next && !next.archived && next.id !== c.deskId) {
    const due = dueAt(next, c.priority, now)
    return {
      kind: 'case.escalated',
      after: {
        state: 'routed',
        deskId: next.id,
        officerId: null,
        queuedAt: null,
        routedAt: now,
        acceptedAt: null,
        dueAt: due,
        warnedAt: null,
        // Without a further desk to go to, this one's own breach raises the priority once more.
        escalatedAt: due === null || next.escalateTo === null ? now : null,
      },
      data: { from: c.deskId, to: next.id, deskName: next.name, wasDueAt: c.dueAt },
    }
  }
  const raised = priorities[Math.max(0, priorities.indexOf(c.priority) - 1)] ?? c.priority
  return { kind: 'case.escalated', after: { priority: raised, escalatedAt: now }, data: { wasDueAt: c.dueAt } }
}

/** Warns before clocks run out and escalates when they have; each once. */
export function createSlaClock(deps: {
  store: Store
  ledger: Ledger
  book: DeskBook
  clock: Clock
  context(actor: Actor): CommandContext
  /** Gives a case that came to another desk to a person there. */
  place(c: StoredCase): StoredCase
}) {
  const { store, ledger, book, clock } = deps

  /** At most 200 that nobody else's later clocks can keep waiting: what ends soon, then what a desk must hear before it closes. */
  function toWarn(now: number, context: CommandContext): StoredCase[] {
    const desks = book.desks()
    const soon = now + Math.max(WARN_MINUTES, ...desks.map((desk) => desk.warnMinutes)) * 60_000
    const horizons = desks.map((desk) => ({ desk, horizon: horizonOf(desk, now) }))
    const first = firstToWarn(store, Math.max(soon, ...horizons.map(({ horizon }) => horizon)))
    if (first === null) return []
    const found = new Map(casesToWarn(store, soon, AT_ONCE).map((c) => [c.id, c]))
    for (const { desk, horizon } of horizons) {
      if (horizon > soon && horizon >= first)
        for (const c of casesOfDeskToWarn(store, desk.id, horizon, AT_ONCE)) found.set(c.id, c)
    }
    return [...found.values()].filter((c) => warnsAt(c, clockDesk(c, context)) <= now).slice(0, AT_ONCE)
  }

  return {
    /** Does what is due now; returns how many cases it changed. At most 200 of each kind, the rest next time. */
    tick(): number {
      const now = clock.now()
      const context = deps.context(earshot)
      const warn = toWarn(now, context)
      const late = casesToEscalate(store, now, AT_ONCE)
      if (warn.length === 0 && late.length === 0) return 0
      ledger.transact(() => {
        const current = new Map<string, StoredCase>()
        for (const c of warn) {
          const change: Change = { kind: 'case.warned', after: { warnedAt: now }, data: { dueAt: c.dueAt } }
          current.set(c.id, ledger.change(c, change, earshot).case)
        }
        for (const c of late) {
          const known = current.get(c.id) ?? c
          deps.place(ledger.change(known, escalation(known, context), earshot).case)
        }
      })
      return warn.length + late.length
    },
  }
}
