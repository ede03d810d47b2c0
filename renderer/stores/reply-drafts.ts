import { defineStore } from 'pinia'

export interface ReplyText {
  text: string
  /** Key of the way that was chosen. */
  way: string | undefined
}

/** Nobody comes back to more than that; the oldest goes first. */
const MOST_DRAFTS = 200

/** Replies begun, by mention id. They outlive the case being on screen: who looks elsewhere first finds the words again. */
export const useReplyDrafts = defineStore('reply-drafts', () => {
  const drafts = new Map<string, ReplyText>()
  return {
    of: (mentionId: string): ReplyText => drafts.get(mentionId) ?? { text: '', way: undefined },
    keep(mentionId: string, text: string, way: string | undefined) {
      drafts.delete(mentionId)
      if (text.trim() === '') return
      drafts.set(mentionId, { text, way })
      if (drafts.size > MOST_DRAFTS) drafts.delete(drafts.keys().next().value!)
    },
    forget: (mentionId: string) => void drafts.delete(mentionId),
  }
})
