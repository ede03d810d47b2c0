import type { MentionCard } from '#shared/model/mention-card.ts'
import type { Case } from '#shared/model/case.ts'
import type { JournalEntry } from '#shared/model/journal.ts'
import { mentionId } from '#shared/util/ids.ts'
import { publicCase } from '#engine/store/queries/cases.ts'
import { countBetween, lastSeenBy } from '#engine/store/queries/review.ts'
import type { Reads } from '#engine/store/reads.ts'
import { stationIdOf } from '#engine/store/station-id.ts'
import { cardsAsOf } from './cards-then.ts'
import type { History } from './history.ts'

export interface Frame {
  /** The shift's time that the frame ends at. */
  at: number
  /** Seen since the last frame, newest first, at most 50; `mentionCount` says how many there were. */
  mentions: MentionCard[]
  mentionCount: number
  /** Changed since the last frame, as they are after it. */
  cases: Case[]
  /** Decided since the last frame, oldest first, the last 100. */
  journal: JournalEntry[]
  done: boolean
}

const MOST_MENTIONS = 50
const MOST_ENTRIES = 100

export interface FrameInput {
  /** Where the frame before ended, and the last mention in it; null: the first frame begins with what was seen by then. */
  from: number
  seq: number | null
  to: number
}

/** What happened between two times of a shift. `seq`: the last mention in it, for the next frame. */
export function frameOf(
  reads: Reads,
  history: History,
  { from, seq: before, to }: FrameInput,
): Frame & { seq: number } {
  const journal: JournalEntry[] = []
  const changed = new Set<string>()
  const board = history.at(to, history.at(from), (entry) => {
    journal.push(entry)
    if (entry.caseId !== null) changed.add(entry.caseId)
  })
  const seq = before ?? lastSeenBy(reads, from)
  const upTo = lastSeenBy(reads, to)
  const cardOf = cardsAsOf(reads, to)
  const byMention = new Map([...changed].map((id) => [board.cases.get(id)?.mentionId, board.cases.get(id)]))
  const mentions: MentionCard[] = []
  for (let row = upTo; row > seq && mentions.length < MOST_MENTIONS; row--) {
    const card = cardOf(row, byMention.get(mentionId(stationIdOf(reads), row)) ?? null)
    if (card) mentions.push(card)
  }
  const cases = [...changed].flatMap((id) => {
    const known = board.cases.get(id)
    return known ? [publicCase(known)] : []
  })
  const mentionCount = countBetween(reads, seq, upTo)
  return { at: to, mentions, mentionCount, cases, journal: journal.slice(-MOST_ENTRIES), done: false, seq: upTo }
}
