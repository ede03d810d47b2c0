import { computed, shallowRef } from 'vue'
import { go, leaving, useRoute } from '#renderer/composables/useRoute.ts'

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
  /** The list scrolls to where the choice went. */
  moved?: (index: number) => void
}) {
  const route = useRoute()
  const fresh = shallowRef<Draft | null>(null)
  /** Counts new drafts, so that a second one does not continue the first. */
  const drafts = shallowRef(0)
  const selectedId = computed(() => (fresh.value ? null : (route.value.parts[1] ?? options.ids()[0] ?? null)))
  const start = computed(() => fresh.value ?? (selectedId.value === null ? null : options.draftOf(selectedId.value)))
  const key = computed(() => (fresh.value ? `new ${drafts.value}` : `${selectedId.value}`))

  const open = (id: string) =>
    leaving(() => {
      fresh.value = null
      go('desks', [options.tab, id], {}, true)
    })
  function move(step: number) {
    const ids = options.ids()
    const index = ids.indexOf(selectedId.value ?? '')
    const to = Math.min(ids.length - 1, Math.max(0, index + step))
    const next = ids[to]
    if (next === undefined || next === selectedId.value) return
    open(next)
    options.moved?.(to)
  }
  const startNew = () =>
    leaving(() => {
      drafts.value++
      fresh.value = options.blank()
    })
  /** What was open is gone: back to the first entry. */
  function close() {
    fresh.value = null
    go('desks', [options.tab], {}, true)
  }
  const cancel = () => (fresh.value = null)
  return { selectedId, start, key, open, move, startNew, close, cancel }
}
