import { computed, ref } from 'vue'
import type { MentionCard } from '#shared/model/mention-card.ts'

/** The keyboard's place in a list of mentions, and what is marked there. `shown` is told which row to bring into sight. */
export function useMentionList(cards: () => readonly MentionCard[], shown: (index: number) => void) {
  const currentId = ref<string | null>(null)
  const selected = ref<ReadonlySet<string>>(new Set())
  const index = computed(() => cards().findIndex((card) => card.mention.id === currentId.value))
  const current = (): MentionCard | null => cards()[index.value] ?? null

  function select(at: number) {
    const next = Math.max(0, Math.min(cards().length - 1, at))
    const card = cards()[next]
    if (!card) return
    currentId.value = card.mention.id
    shown(next)
  }
  function toggle() {
    if (!currentId.value) return
    const next = new Set(selected.value)
    if (!next.delete(currentId.value)) next.add(currentId.value)
    selected.value = next
  }
  /** The marked ones, else the current one. */
  function targets(): MentionCard[] {
    const chosen = cards().filter((card) => selected.value.has(card.mention.id))
    const one = current()
    return chosen.length ? chosen : one ? [one] : []
  }
  /**
   * To the next at once: a key pressed before the station has answered means that one, and its answer moves nothing any
   * more. Returns the way back for a decision that was refused; who has moved meanwhile stays. `stays`: only takes the
   * marks away.
   */
  function moveOn(stays = false): () => void {
    const before = { id: currentId.value, selected: selected.value }
    if (selected.value.size) selected.value = new Set()
    else if (!stays) select(index.value + 1)
    const after = { id: currentId.value, selected: selected.value }
    return () => {
      if (currentId.value !== after.id || selected.value !== after.selected) return
      currentId.value = before.id
      selected.value = before.selected
    }
  }
  /** Decides on what is marked, else on the current one, and goes on, unless it `stays`. */
  function decide(work: (cards: readonly MentionCard[]) => Promise<readonly MentionCard[]>, stays = false) {
    const cards = targets()
    if (cards.length === 0) return
    const back = moveOn(stays)
    void work(cards).then((changed) => changed.length || back())
  }
  return { currentId, selected, index, current, select, toggle, targets, moveOn, decide }
}
