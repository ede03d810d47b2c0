import type { Board } from '#engine/board.ts'
import type { Experience } from '#engine/advice/experience.ts'
import { LEAST_DECISIONS } from '#engine/advice/learn.ts'
import { api } from './base.ts'

/** What is learned from decisions and found in rules: a part of the room of desks. Another thread does what takes time. */
export function experienceApi(deps: { board: Board; experience: Experience; timeZone: string }) {
  const { board, experience } = deps
  const { desks: room } = api
  return {
    learned: room.learned.handler(() => {
      const { learned } = experience
      return {
        decisions: learned?.decisions ?? 0,
        needed: LEAST_DECISIONS,
        seconds: learned?.seconds ?? 0,
        measured: learned && learned.measured.decisions > 0 ? learned.measured : null,
      }
    }),
    lintRules: room.lintRules.handler(() => {
      const { book } = board
      return experience.ask('lint', { rules: [...book.rules()], desks: book.desks() })
    }),
    scorecard: room.scorecard.handler(({ input }) => experience.ask('scorecard', input)),
    scorecardCases: room.scorecardCases.handler(({ input: { from, to, which, limit } }) =>
      experience.ask('cases', { from, to, which, most: limit }),
    ),
    proposals: room.proposals.handler(async ({ input }) => {
      const { book, dismissals } = board
      const rules = [...book.rules()]
      const found = await experience.ask('proposals', { ...input, rules, desks: book.desks(), timeZone: deps.timeZone })
      return found.map((proposal) => ({ ...proposal, dismissed: dismissals.of(proposal.key, proposal.right) }))
    }),
    dismissProposal: room.dismissProposal.handler(({ input, context }) => ({
      undo: board.dismissals.set(input, context.actor),
    })),
  }
}
