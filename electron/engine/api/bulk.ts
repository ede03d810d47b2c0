import type { Said } from '#shared/model/said.ts'
import type { BulkInput } from '#shared/model/command.ts'
import { said } from '#shared/words/said.ts'
import { Failure } from '#engine/platform/failure.ts'
import type { Actor } from '#shared/model/journal.ts'
import type { Clock } from '#engine/platform/clock.ts'
import type { StoredCase } from '#engine/store/queries/cases.ts'
import type { Board } from '#engine/board.ts'
import type { Recorded } from '#engine/cases/ledger.ts'

export interface BulkResult {
  changed: StoredCase[]
  /** Journal entries in the order in which they were made; taken back from the end. */
  undo: number[]
  failed: { id: string; message: Said }[]
}

const AT_ONCE = 50

function one(board: Board, id: string, action: BulkInput, actor: Actor): Recorded {
  if (action.do === 'reply' && (action.way ?? 'elsewhere') === 'elsewhere') {
    // What is recorded for many was read by nobody as it reaches each: it is held to what their network takes.
    const { length, limit } = board.canned.preview(board.get(id), action.text, actor)
    if (limit !== null && length > limit) throw new Failure('user', said('reply.tooLong', { length, limit }))
  }
  const { do: name, ...input } = action
  return board.do(name, { id }, input as never, actor)
}

/** One plan, many cases: each for itself, in short transactions. What cannot be done is named and the rest is done. */
export async function bulk(
  deps: { board: Board; clock: Clock },
  ids: readonly string[],
  action: BulkInput,
  actor: Actor,
): Promise<BulkResult> {
  const { board, clock } = deps
  const result: BulkResult = { changed: [], undo: [], failed: [] }
  const all = [...new Set(ids)]
  for (let from = 0; from < all.length; from += AT_ONCE) {
    board.ledger.transact(() => {
      for (const id of all.slice(from, from + AT_ONCE)) {
        try {
          const recorded = one(board, id, action, actor)
          result.changed.push(recorded.case)
          result.undo.push(recorded.entry)
        } catch (error) {
          if (!(error instanceof Failure)) throw error
          result.failed.push({ id, message: error.said })
        }
      }
    })
    await clock.sleep(0)
  }
  return result
}
