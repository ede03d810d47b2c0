import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { MentionCard } from '#shared/contract/mentions.ts'

/** What the panel and the small questions about a mention are about. One of each for the whole page. */
export const useMentionPanel = defineStore('mention-panel', () => {
  const open = shallowRef<{ id: string; card: MentionCard | null; reply: boolean } | null>(null)
  const question = shallowRef<{ kind: 'relabel' | 'mute'; cards: MentionCard[] } | null>(null)
  return {
    open,
    question,
    /** Opens the panel beside the view; `reply` puts the cursor into the answer. */
    show(target: MentionCard | string, options: { reply?: boolean } = {}) {
      const card = typeof target === 'string' ? null : target
      open.value = { id: typeof target === 'string' ? target : target.mention.id, card, reply: options.reply ?? false }
    },
    ask(kind: 'relabel' | 'mute', cards: MentionCard[]) {
      if (cards.length) question.value = { kind, cards }
    },
    answered() {
      question.value = null
    },
    close() {
      open.value = null
    },
  }
})

/** Which problem is open, wherever it was asked for; the app shows it. */
export const useProblemPanel = defineStore('problem-panel', () => {
  const open = ref<string | null>(null)
  return { open, show: (id: string) => void (open.value = id), close: () => void (open.value = null) }
})

/** The dialog that reads a file of mentions; the app shows it wherever it was asked for. */
export const useImport = defineStore('import', () => {
  const open = ref(false)
  return { open, show: () => void (open.value = true), close: () => void (open.value = false) }
})
