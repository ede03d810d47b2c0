import { passingFailure } from '#engine/platform/failure.ts'
import type { JournalEntry } from '#shared/model/journal.ts'
import { projectInto } from '#engine/store/case-projection.ts'
import { entriesAfter } from '#engine/store/queries/journal.ts'
import type { Reads } from '#engine/store/reads.ts'
import type { StoredCase } from '#engine/store/queries/cases.ts'

/** All cases as they were after one journal entry. Cases are never changed in place, so that copies share them. */
export interface BoardThen {
  /** The last entry that counts; 0: before everything. */
  seq: number
  at: number
  cases: ReadonlyMap<string, StoredCase>
}

const CHUNK = 1_000
/** Entries between two kept boards at first; doubled each time there are too many, so that memory stays bounded. */
const KEEP_EVERY = 2_000
const MOST_KEPT = 32
/** Boards of the last questions: a replay goes on from the one before, and a scrubber asks close by. */
const MOST_RECENT = 6

/**
 * The board at any moment, from the journal alone: what is in the tables now is never looked at. Boards on the way are
 * kept, so that scrubbing to and fro does not start from the beginning each time.
 */
export class History {
  readonly #reads: Reads
  /** Whether nobody waits for the board that is being made any more: then it is given up, and what was kept on the way stays. */
  cancelled: () => boolean = () => false
  #every = KEEP_EVERY
  #recent: BoardThen[] = []
  #kept: BoardThen[] = [{ seq: 0, at: Number.MIN_SAFE_INTEGER, cases: new Map() }]

  constructor(reads: Reads) {
    this.#reads = reads
  }

  /** The board at `at`. `told` gets every entry after `from.seq` on the way there. Entries count in order of writing. */
  at(at: number, from?: BoardThen, told?: (entry: JournalEntry) => void): BoardThen {
    const start = from && from.at <= at ? from : this.#before(at)
    const board = this.#on(start, at, told)
    this.#recent = [board, ...this.#recent.filter((one) => one !== start)].slice(0, MOST_RECENT)
    return board
  }

  #on(start: BoardThen, at: number, told?: (entry: JournalEntry) => void): BoardThen {
    const cases = new Map(start.cases)
    let { seq } = start
    let last = start.at
    for (;;) {
      if (this.cancelled()) throw passingFailure('review.nobodyWaits')
      const entries = entriesAfter(this.#reads, seq, CHUNK)
      for (const entry of entries) {
        if (entry.at > at) return { seq, at: Math.max(last, at), cases }
        seq = entry.seq
        last = Math.max(last, entry.at)
        projectInto(cases, entry)
        told?.(entry)
        if (seq % this.#every === 0) this.#keep({ seq, at: last, cases: new Map(cases) })
      }
      if (entries.length < CHUNK) return { seq, at: Math.max(last, at), cases }
    }
  }

  #before(at: number): BoardThen {
    const kept = this.#kept.findLast((board) => board.at <= at) as BoardThen
    return this.#recent.reduce((best, board) => (board.at <= at && board.seq > best.seq ? board : best), kept)
  }

  #keep(board: BoardThen): void {
    if ((this.#kept.at(-1) as BoardThen).seq >= board.seq) return
    this.#kept.push(board)
    if (this.#kept.length <= MOST_KEPT) return
    // Every second one goes: the rest is still spread over the whole journal.
    this.#kept = this.#kept.filter((_, i) => i % 2 === 0)
    this.#every *= 2
  }
}
