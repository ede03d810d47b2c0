import { shallowReactive } from 'vue'
import type { ListenDraft } from '#shared/model/listen.ts'

/** Unsaved edits by listen id (`new` for the one that is not saved yet). They outlive leaving the view, not the page. */
const drafts = shallowReactive(new Map<string, ListenDraft>())

export const useDrafts = () => ({
  get: (id: string) => drafts.get(id),
  set: (id: string, draft: ListenDraft) => void drafts.set(id, draft),
  drop: (id: string) => void drafts.delete(id),
})
