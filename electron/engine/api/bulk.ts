import type { BulkAction } from '#shared/contract/cases.ts'
import type { Actor } from '#shared/model/journal.ts'
import { CaseProblem } from '#engine/platform/case-problem.ts'
import type { Clock } from '#engine/platform/clock.ts'
import type { StoredCase } from '#engine/store/queries/cases.ts'
import type { Board } from '#engine/board.ts'
import * as commands from '#engine/cases/commands.ts'
import type { Recorded } from '#engine/cases/ledger.ts'

export interface BulkResult {
  changed: StoredCase[]
  /** Journal entries in the order in which they were made; taken back from the end. */
  undo: number[]
  failed: { id: string; message: string }[]
}

const AT_ONCE = 50

function one(board: Board, id: string, action: BulkAction, actor: Actor): Recorded {
  const target = { id }
  switch (action.do) {
    case 'route':
      return board.run(commands.route, target, { deskId: action.deskId }, actor)
    case 'accept':
      return board.run(commands.accept, target, {}, actor)
    case 'reply': {
      if (action.way !== 'elsewhere') return board.reply(target, { text: action.text, way: action.way }, actor)
      const preview = board.replies.preview(board.get(id), action.text, actor)
      if (preview.missing.length > 0)
        throw new CaseProblem('BAD_INPUT', `Not known here: {${preview.missing.join('}, {')}}.`)
      if (preview.limit !== null && preview.length > preview.limit) {
        throw new CaseProblem(
          'BAD_INPUT',
          `The reply has ${preview.length} characters, ${preview.limit} are allowed there.`,
        )
      }
      return board.reply(target, { text: preview.text }, actor)
    }
    case 'close':
      return board.run(commands.close, target, { reason: action.reason, note: action.note }, actor)
    case 'prioritise':
      return board.run(commands.prioritise, target, { priority: action.priority }, actor)
    case 'assign':
      return board.assign(target, action.personId, actor)
  }
}

/** One plan, many cases: each for itself, in short transactions. What cannot be done is named and the rest is done. */
export async function bulk(
  deps: { board: Board; clock: Clock },
  ids: readonly string[],
  action: BulkAction,
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
          if (!(error instanceof CaseProblem)) throw error
          result.failed.push({ id, message: error.message })
        }
      }
    })
    await clock.sleep(0)
  }
  return result
}
