import { elapsed } from '#shared/util/elapsed.ts'
import type { ShiftSummary, Moment } from '#shared/model/shift.ts'
import { caseStates } from '#shared/model/case.ts'
import { priorities } from '#shared/model/rule.ts'
import type { Shift } from '#shared/model/shift.ts'
import { byArrival, mentionId } from '#shared/util/ids.ts'
import { entriesBetween } from '#engine/store/queries/journal.ts'
import type { StoredCase } from '#engine/store/queries/cases.ts'
import { countBetween, lastSeenBy } from '#engine/store/queries/review.ts'
import type { Reads } from '#engine/store/reads.ts'
import { rowOf, stationIdOf } from '#engine/store/station-id.ts'
import { cardsAsOf } from './cards-then.ts'
import type { BoardThen, History } from './history.ts'

const MOST_CARDS = 500
const MOST_ENTRIES = 50
const MOST_LATEST = 30

/** The clock of the case has run out: nobody has answered, or a promise was not kept. As in store/queries. */
export const isOverdue = (c: StoredCase, at: number): boolean =>
  c.dueAt !== null && c.dueAt <= at && c.state !== 'closed' && (c.state !== 'replied' || c.promise !== null)

const byUrgency =
  (at: number) =>
  (a: StoredCase, b: StoredCase): number =>
    Number(isOverdue(b, at)) - Number(isOverdue(a, at)) ||
    priorities.indexOf(a.priority) - priorities.indexOf(b.priority) ||
    (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity) ||
    byArrival(a.mentionId, b.mentionId)

/** What the board and the counts were at one moment of a shift. */
export function momentOf(reads: Reads, history: History, shift: Shift, at: number): Moment {
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
  const cardOf = cardsAsOf(reads, at)
  const earlier = casesByAuthor(board)
  const before = lastSeenBy(reads, shift.startedAt - 1)
  const newest = lastSeenBy(reads, at)
  const byMention = new Map([...board.cases.values()].map((c) => [c.mentionId, c]))
  const latest: Moment['latest'] = []
  for (let seq = newest; seq > before && latest.length < MOST_LATEST; seq--) {
    const known = byMention.get(mentionId(stationIdOf(reads), seq)) ?? null
    const card = cardOf(seq, known, known ? earlier(known) : undefined)
    if (card) latest.push(card)
  }
  return {
    at,
    heard: countBetween(reads, before, newest),
    openCases,
    overdue,
    byState,
    cards: inShift.slice(0, MOST_CARDS).flatMap((c) => cardOf(rowOf(reads, c.mentionId) ?? 0, c, earlier(c)) ?? []),
    latest,
    journal: entriesBetween(reads, { from: shift.startedAt, to: at + 1, limit: MOST_ENTRIES }),
  }
}

/** How many cases of a case's author had been opened for earlier mentions. */
function casesByAuthor(board: BoardThen): (c: StoredCase) => number {
  const byAuthor = new Map<number, StoredCase[]>()
  for (const c of board.cases.values()) {
    if (c.authorKey === null) continue
    const known = byAuthor.get(c.authorKey)
    if (known) known.push(c)
    else byAuthor.set(c.authorKey, [c])
  }
  return (c) =>
    c.authorKey === null
      ? 0
      : (byAuthor.get(c.authorKey) ?? []).filter((other) => byArrival(other.mentionId, c.mentionId) < 0).length
}

/** Adds up what a shift came to, as known at its end or so far. Goes on from where it was: a running shift costs what is new. */
export class ShiftSum {
  readonly #reads: Reads
  readonly #history: History
  readonly #shift: Shift
  #board: BoardThen
  readonly #seen = new Map<string, number>()
  readonly #minutes: number[] = []
  #opened = 0

  constructor(reads: Reads, history: History, shift: Shift) {
    this.#reads = reads
    this.#history = history
    this.#shift = shift
    this.#board = history.at(shift.startedAt - 1)
    for (const c of this.#board.cases.values()) this.#seen.set(c.id, c.seenAt)
  }

  /** `end` never goes back. */
  upTo(shift: Shift, end: number): ShiftSummary {
    this.#board = this.#history.at(end, this.#board, ({ kind, caseId, data }) => {
      const after = data.after as Partial<StoredCase> | undefined
      if (caseId === null || after === undefined) return
      if (kind === 'case.opened') {
        this.#opened++
        this.#seen.set(caseId, after.seenAt as number)
      } else if ((kind === 'case.replied' || kind === 'case.approved') && typeof after.repliedAt === 'number') {
        // A clock that was set back between them makes no answer older than its question.
        this.#minutes.push(elapsed(this.#seen.get(caseId) as number, after.repliedAt) / 60_000)
      }
    })
    let overdue = 0
    for (const c of this.#board.cases.values()) if (isOverdue(c, end)) overdue++
    const reads = this.#reads
    return {
      shift,
      heard: countBetween(reads, lastSeenBy(reads, this.#shift.startedAt - 1), lastSeenBy(reads, end)),
      opened: this.#opened,
      replied: this.#minutes.length,
      overdue,
      medianMinutesToReply: median(this.#minutes),
    }
  }
}

function median(unordered: readonly number[]): number | null {
  if (unordered.length === 0) return null
  const numbers = unordered.toSorted((a, b) => a - b)
  const half = numbers.length >> 1
  const upper = numbers[half] as number
  return numbers.length % 2 === 1 ? upper : ((numbers[half - 1] as number) + upper) / 2
}
