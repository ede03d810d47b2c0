import { computed, shallowRef } from 'vue'
import { useFirst } from '#renderer/composables/control/useFirst.ts'
import { go, leaving, useRoute } from '#renderer/stores/address.ts'

/**
 * Which entry of a tab of this view is open: the one in the address, else the first, or a new one that has no id yet.
 * Whatever changes that asks first when something unsaved would be lost.
 */
export function useChosen<Draft extends object>(options: {
  tab: string
  /** In the order of the list. */
  ids: () => readonly string[]
  /** What the form of a saved entry starts from; null: there is no such entry. */
  draftOf: (id: string) => Draft | null
  blank: () => Draft
  /** A new entry to begin with, e.g. a proposed one. */
  fresh?: Draft | null
}) {
  const route = useRoute()
  const fresh = shallowRef<Draft | null>(options.fresh ?? null)
  /** Counts new drafts, so that a second one does not continue the first. */
  const drafts = shallowRef(0)
  const first = useFirst(options.ids, (id) => options.draftOf(id) !== null)
  const selectedId = computed(() => (fresh.value ? null : (route.value.parts[1] ?? first.value)))
  const start = computed(() => fresh.value ?? (selectedId.value === null ? null : options.draftOf(selectedId.value)))
  /** A new entry whose form became that of the saved one: the focus and what was begun there stay. */
  const became = shallowRef<{ id: string; key: string } | null>(null)
  const key = computed(() => {
    if (fresh.value) return `new ${drafts.value}`
    return became.value?.id === selectedId.value ? became.value!.key : `${selectedId.value}`
  })

  function open(id: string) {
    if (!fresh.value && route.value.parts[1] === id) return
    leaving(() => {
      fresh.value = null
      go('desks', [options.tab, id], {}, true)
    })
  }
  /** Returns where in the list the choice went, or null: there is nothing further. */
  function move(step: number): number | null {
    const ids = options.ids()
    const index = ids.indexOf(selectedId.value ?? '')
    const to = Math.min(ids.length - 1, Math.max(0, index + step))
    const next = ids[to]
    if (next === undefined || next === selectedId.value) return null
    open(next)
    return to
  }
  const startNew = () =>
    leaving(() => {
      drafts.value++
      fresh.value = options.blank()
    })
  /** What is open was saved as `id`: it stays open once the list has it, unless something else was opened meanwhile. */
  async function saved(id: string, refresh: () => Promise<void>) {
    const of = key.value
    await refresh()
    if (key.value !== of || selectedId.value === id) return
    let asked = false
    leaving(() => {
      // After a question whether to discard what was written since, the form starts anew.
      if (!asked) became.value = { id, key: of }
      fresh.value = null
      go('desks', [options.tab, id], {}, true)
    })
    asked = true
  }
  /** An entry is gone: if it was open, the one beside it is opened. */
  function close(id: string) {
    if (selectedId.value !== id) return
    const ids = options.ids()
    const index = ids.indexOf(id)
    const next = ids[index + 1] ?? ids[index - 1]
    go('desks', next === undefined ? [options.tab] : [options.tab, next], {}, true)
  }
  const cancel = () => (fresh.value = null)
  return { selectedId, start, key, open, move, startNew, saved, close, cancel }
}
