import type { ShiftSummary, Moment } from '#shared/contract/review.ts'
import { caseStates } from '#shared/model/case.ts'
import { priorities } from '#shared/model/rule.ts'
import type { Shift } from '#shared/model/shift.ts'
import { entriesBetween } from '#engine/journal/journal.ts'
import type { StoredCase } from '#engine/store/queries/cases.ts'
import { countBetween, lastSeenBy } from '#engine/store/queries/review.ts'
import type { Store } from '#engine/store/store.ts'
import { cardsAsOf } from './cards-then.ts'
import type { BoardThen, History } from './history.ts'

const MOST_CARDS = 500
const MOST_ENTRIES = 50
const MOST_LATEST = 30

/** The clock of the case has run out: nobody has answered, or a promise was not kept. As in store/queries. */
export const isOverdue = (c: StoredCase, at: number): boolean =>
  c.dueAt !== null && c.dueAt <= at && c.state !== 'closed' && (c.state !== 'replied' || c.promise !== null)

const byUrgency = (at: number) => (a: StoredCase, b: StoredCase): number =>
  Number(isOverdue(b, at)) - Number(isOverdue(a, at)) ||
  priorities.indexOf(a.priority) - priorities.indexOf(b.priority) ||
  (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity) ||
  a.mentionSeq - b.mentionSeq // prettier-ignore

/** What the board and the counts were at one moment of a shift. */
export function momentOf(store: Store, history: History, shift: Shift, at: number): Moment {
  const board = history.at(at)
  const inShift = [...board.cases.values()].filter((c) => c.state !== 'closed' || (c.closedAt ?? 0) >= shift.startedAt)
  // Infinity − Infinity is NaN, and NaN || b is b: two cases without a clock are ordered by arrival.
  inShift.sort(byUrgency(at))
  const byState = Object.fromEntries(caseStates.map((state) => [state, 0])) as Record<string, number>
  let overdue = 0
  let openCases = 0
  for (const c of board.cases.values()) {
    byState[c.state]! += 1
    if (c.state !== 'closed') openCases++
    if (isOverdue(c, at)) overdue++
  }
  const cardOf = cardsAsOf(store, at)
  const earlier = casesByAuthor(board)
  const before = lastSeenBy(store.db, shift.startedAt - 1)
  const newest = lastSeenBy(store.db, at)
  const byMention = new Map([...board.cases.values()].map((c) => [c.mentionSeq, c]))
  const latest: Moment['latest'] = []
  for (let seq = newest; seq > before && latest.length < MOST_LATEST; seq--) {
    const known = byMention.get(seq) ?? null
    const card = cardOf(seq, known, known ? earlier(known) : undefined)
    if (card) latest.push(card)
  }
  return {
    at,
    heard: countBetween(store.db, before, newest),
    openCases,
    overdue,
    byState,
    cards: inShift.slice(0, MOST_CARDS).flatMap((c) => cardOf(c.mentionSeq, c, earlier(c)) ?? []),
    latest,
    journal: entriesBetween(store.db, { from: shift.startedAt, to: at + 1, limit: MOST_ENTRIES }),
  }
}

/** How many cases of a case's author had been opened for earlier mentions. */
function casesByAuthor(board: BoardThen): (c: StoredCase) => number {
  const seqs = new Map<number, number[]>()
  for (const { authorKey, mentionSeq } of board.cases.values()) {
    if (authorKey === null) continue
    const known = seqs.get(authorKey)
    if (known) known.push(mentionSeq)
    else seqs.set(authorKey, [mentionSeq])
  }
  return (c) => (c.authorKey === null ? 0 : (seqs.get(c.authorKey) ?? []).filter((seq) => seq < c.mentionSeq).length)
}

/** What a shift came to, as known at its end (a running one: now). */
export function summaryOf(store: Store, history: History, shift: Shift, now: number): ShiftSummary {
  const end = shift.endedAt ?? now
  const before = history.at(shift.startedAt - 1)
  const seen = new Map<string, number>()
  for (const c of before.cases.values()) seen.set(c.id, c.seenAt)
  const minutes: number[] = []
  let opened = 0
  const board = history.at(end, before, ({ kind, caseId, data }) => {
    const after = data.after as Partial<StoredCase> | undefined
    if (caseId === null || after === undefined) return
    if (kind === 'case.opened') {
      opened++
      seen.set(caseId, after.seenAt as number)
    } else if ((kind === 'case.replied' || kind === 'case.approved') && typeof after.repliedAt === 'number') {
      minutes.push((after.repliedAt - (seen.get(caseId) as number)) / 60_000)
    }
  })
  let overdue = 0
  for (const c of board.cases.values()) if (isOverdue(c, end)) overdue++
  return {
    shift,
    heard: countBetween(store.db, lastSeenBy(store.db, shift.startedAt - 1), lastSeenBy(store.db, end)),
    opened,
    replied: minutes.length,
    overdue,
    medianMinutesToReply: median(minutes),
  }
}

function median(numbers: number[]): number | null {
  if (numbers.length === 0) return null
  numbers.sort((a, b) => a - b)
  const half = numbers.length >> 1
  const upper = numbers[half] as number
  return numbers.length % 2 === 1 ? upper : ((numbers[half - 1] as number) + upper) / 2
}
