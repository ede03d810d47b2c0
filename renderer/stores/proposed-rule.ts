import { defineStore } from 'pinia'
import type { RuleDraft } from '#shared/model/rule.ts'

/** A proposed rule on its way from the scorecard into the editor of rules. */
export const useProposedRule = defineStore('proposed-rule', () => {
  let waiting: RuleDraft | null = null
  return {
    propose: (draft: RuleDraft) => void (waiting = draft),
    /** Hands it over, once. */
    take(): RuleDraft | null {
      const draft = waiting
      waiting = null
      return draft
    },
  }
})
