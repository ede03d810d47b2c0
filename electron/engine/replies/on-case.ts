import type { AnswerState } from '#shared/model/answer.ts'
import type { CaseAnswer } from '#shared/model/case.ts'
import { answersOfCase } from '#engine/store/queries/answers.ts'
import type { Reads } from '#engine/store/reads.ts'

function shown(state: AnswerState | undefined): CaseAnswer {
  switch (state) {
    case undefined:
    case 'cancelled':
      return 'none'
    case 'sending':
      return 'queued'
    case 'withdrawing':
      return 'sent'
    default:
      return state
  }
}

/** What a case shows of its answers: how far the newest one came that was not taken back before it left. */
export const answerOnCase = (reads: Reads, caseId: string): CaseAnswer =>
  shown(answersOfCase(reads, caseId).findLast(({ state }) => state !== 'cancelled')?.state)
