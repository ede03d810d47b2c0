import type { Notice } from '#shared/model/notice.ts'
import { go } from '#renderer/stores/address.ts'
import { useMentionPanel } from '#renderer/stores/panels.ts'

/** Leads to what a notice is about: the card of an alert, the case, or the mention where there is no case. */
export function useOpenNotice(): (notice: Notice) => void {
  const panel = useMentionPanel()
  return ({ alertId, caseId, mentionId, problem, count }) => {
    if (alertId !== null) go('alerts', [alertId])
    else if (caseId !== null) go('board', [caseId], problem && count > 1 ? { problem: problem.id } : {})
    else if (mentionId !== '') panel.show(mentionId)
  }
}
