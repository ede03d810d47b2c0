/** Drafts outlive the case being on screen: an officer who looks elsewhere first finds the words again, in every view. */
const drafts = new Map<string, { text: string; way: string | undefined }>()
/** Nobody comes back to more than that; the oldest goes first. */
const MOST_DRAFTS = 200

export const draftOf = (mentionId: string): { text: string; way: string | undefined } =>
  drafts.get(mentionId) ?? { text: '', way: undefined }

export function keepDraft(mentionId: string, text: string, way: string | undefined): void {
  drafts.delete(mentionId)
  if (text.trim() === '') return
  drafts.set(mentionId, { text, way })
  if (drafts.size > MOST_DRAFTS) drafts.delete(drafts.keys().next().value!)
}

export const forgetDraft = (mentionId: string): void => void drafts.delete(mentionId)
