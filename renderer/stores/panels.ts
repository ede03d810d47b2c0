import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { MentionCard } from '#shared/model/mention-card.ts'
import type { CommandName } from '#shared/model/command.ts'

/** What an officer may be asked: something that a command needs to know, another problem, the right sentiment, whom to mute. */
export type Ask = CommandName | 'problem' | 'relabel' | 'mute'
/** Where the keyboard stands: what an action is about, and how the view goes on. */
export interface Targets {
  current(): MentionCard | null
  /** What an action is about: the selection, else the current one. */
  targets(): readonly MentionCard[]
  /** Does it to the targets and goes on to the next; comes back when it was refused. `stays`: not where it can stay. */
  decide(work: (cards: readonly MentionCard[]) => Promise<readonly MentionCard[]>, stays?: boolean): void
}
/** A question and what it was asked of, whatever the list shows by the time of the answer. */
export interface Question {
  what: Ask
  /** The one that the officer looked at, and all that is meant where it may be many. */
  card: MentionCard
  cards: readonly MentionCard[]
  from: Targets
}

/** What the panel and the small questions about a mention are about. One of each for the whole page. */
export const useMentionPanel = defineStore('mention-panel', () => {
  const open = shallowRef<{ id: string; card: MentionCard | null; reply: boolean } | null>(null)
  const question = shallowRef<Question | null>(null)
  return {
    open,
    question,
    /** Opens the panel beside the view; `reply` puts the cursor into the answer. */
    show(target: MentionCard | string, options: { reply?: boolean } = {}) {
      const card = typeof target === 'string' ? null : target
      open.value = { id: typeof target === 'string' ? target : target.mention.id, card, reply: options.reply ?? false }
    },
    /** Asks what is needed to go on; of nothing, nothing is asked. */
    ask(what: Ask, from: Targets) {
      const cards = from.targets()
      const card = from.current() ?? cards[0]
      if (card) question.value = { what, card, cards, from }
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
