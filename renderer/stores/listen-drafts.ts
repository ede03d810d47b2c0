import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import type { ListenDraft } from '#shared/model/listen.ts'

/** Unsaved edits by listen id (`new` for the one that is not saved yet). They outlive leaving the view, not the page. */
export const useListenDrafts = defineStore('listen-drafts', () => {
  const drafts = shallowReactive(new Map<string, ListenDraft>())
  return {
    get: (id: string) => drafts.get(id),
    set: (id: string, draft: ListenDraft) => void drafts.set(id, draft),
    drop: (id: string) => void drafts.delete(id),
  }
})
