import type { MentionCard } from '#shared/contract/mentions.ts'
import type { Case } from '#shared/model/case.ts'
import type { JournalEntry } from '#shared/model/journal.ts'
import type { Shift } from '#shared/model/shift.ts'
import { streamOf } from '#engine/platform/streams.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { publicCase } from '#engine/store/queries/cases.ts'
import { countBetween, lastSeenBy } from '#engine/store/queries/review.ts'
import type { Store } from '#engine/store/store.ts'
import { cardsAsOf } from './cards-then.ts'
import type { BoardThen, History } from './history.ts'

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

const FRAME_MS = 250
const MOST_MENTIONS = 50
const MOST_ENTRIES = 100

export interface PlayInput {
  from: number
  /** 1 … 60 × real time. */
  speed: number
}

/** A shift as it went, frame by frame. A slow reader gets fewer, longer frames and stays in time. */
export function play(
  deps: { store: Store; clock: Clock; history: History },
  shift: Shift,
  { from, speed }: PlayInput,
  signal?: AbortSignal,
): AsyncIteratorObject<Frame, undefined, void> {
  const { store, clock, history } = deps
  const stopped = new AbortController()
  const stop = (): void => stopped.abort()
  signal?.addEventListener('abort', stop, { once: true })
  if (signal?.aborted) stop()
  const end = shift.endedAt ?? clock.now()
  const startedAt = clock.monotonic()
  let at = Math.min(end, Math.max(shift.startedAt, from))
  const first = at
  let seq = lastSeenBy(store.db, at)
  let board: BoardThen = history.at(at)
  let done = false

  function frame(to: number): Frame {
    const journal: JournalEntry[] = []
    const changed = new Set<string>()
    board = history.at(to, board, (entry) => {
      journal.push(entry)
      if (entry.caseId !== null) changed.add(entry.caseId)
    })
    const upTo = lastSeenBy(store.db, to)
    const mentionCount = countBetween(store.db, seq, upTo)
    const cardOf = cardsAsOf(store, to)
    const byMention = new Map([...changed].map((id) => [board.cases.get(id)?.mentionSeq, board.cases.get(id)]))
    const mentions: MentionCard[] = []
    for (let row = upTo; row > seq && mentions.length < MOST_MENTIONS; row--) {
      const card = cardOf(row, byMention.get(row) ?? null)
      if (card) mentions.push(card)
    }
    seq = upTo
    at = to
    done = to >= end
    const cases = [...changed].flatMap((id) => {
      const known = board.cases.get(id)
      return known ? [publicCase(known)] : []
    })
    return { at, mentions, mentionCount, cases, journal: journal.slice(-MOST_ENTRIES), done }
  }

  async function next(): Promise<IteratorResult<Frame, undefined>> {
    if (done || stopped.signal.aborted) return { done: true, value: undefined }
    try {
      await clock.sleep(FRAME_MS, stopped.signal)
    } catch {
      return { done: true, value: undefined }
    }
    const played = (clock.monotonic() - startedAt) * speed
    return { done: false, value: frame(Math.min(end, Math.max(at, Math.round(first + played)))) }
  }

  return streamOf(next, () => {
    stop()
    signal?.removeEventListener('abort', stop)
  })
}
