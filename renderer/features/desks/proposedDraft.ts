import { shallowRef } from 'vue'
import type { RuleDraft } from '#shared/model/rule.ts'

/** A proposed rule on its way from the scorecard into the editor of rules. */
const waiting = shallowRef<RuleDraft | null>(null)

export function proposeDraft(draft: RuleDraft) {
  waiting.value = draft
}
/** Hands it over, once. */
export function takeProposedDraft(): RuleDraft | null {
  const draft = waiting.value
  waiting.value = null
  return draft
}
