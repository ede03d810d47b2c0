import { readonly, shallowRef } from 'vue'
import type { MentionCard } from '#shared/contract/mentions.ts'

/** What the panel and the small questions about a mention are about. One of each for the whole page. */
const open = shallowRef<{ id: string; card: MentionCard | null; reply: boolean } | null>(null)
const question = shallowRef<{ kind: 'relabel' | 'mute'; cards: MentionCard[] } | null>(null)

export function useMentionPanel() {
  return {
    open: readonly(open) as Readonly<typeof open>,
    question: readonly(question) as Readonly<typeof question>,
    /** Opens the panel beside the view; `reply` puts the cursor into the answer. */
    show(target: MentionCard | string, options: { reply?: boolean } = {}) {
      const card = typeof target === 'string' ? null : target
      open.value = { id: typeof target === 'string' ? target : target.mention.id, card, reply: options.reply ?? false }
    },
    ask(kind: 'relabel' | 'mute', cards: MentionCard[]) {
      if (!cards.length) return
      question.value = { kind, cards }
    },
    answered() {
      question.value = null
    },
    close() {
      open.value = null
    },
  }
}
