import { cut } from '#shared/util/text-length.ts'
import { computed, ref, watch } from 'vue'
import { defaultLayout } from '#shared/model/default-layout.ts'
import type { Pane, WallLayout } from '#shared/model/wall.ts'
import { newId } from '#shared/util/ids.ts'
import { useQuery } from '#renderer/client/use-query.ts'
import { usePreferences } from '#renderer/stores/preferences.ts'
import { useToasts } from '#renderer/stores/toasts.ts'
import { useWords } from '#renderer/composables/words/useWords.ts'
import { useLayoutSaving } from './useLayoutSaving.ts'

/** The station's layouts, the one on this screen, and changes to it (kept on the station, a moment after the last). */
export function useLayouts() {
  const preferences = usePreferences()
  const toasts = useToasts()
  const { t } = useWords()
  const query = useQuery((station, signal) => station.station.layouts(undefined, { signal }))
  const layouts = ref<WallLayout[]>([])
  const currentId = ref(preferences.layoutId)
  const saving = useLayoutSaving((message) =>
    toasts.show({ kind: 'problem', text: t('wall.notSaved', { message: message || t('action.lost') }) }),
  )
  const { flush } = saving
  watch(query.data, (data) => {
    if (!data) return
    layouts.value = data.length ? data : [defaultLayout]
    // Asked for before it was changed here.
    for (const layout of saving.pending()) put(layout)
    if (!layouts.value.some((layout) => layout.id === currentId.value)) currentId.value = layouts.value[0]!.id
  })
  const current = computed(() => layouts.value.find((layout) => layout.id === currentId.value) ?? null)

  function show(id: string) {
    flush()
    currentId.value = id
    preferences.layoutId = id
  }
  function put(layout: WallLayout) {
    const known = layouts.value.some((one) => one.id === layout.id)
    layouts.value = known
      ? layouts.value.map((one) => (one.id === layout.id ? layout : one))
      : [...layouts.value, layout]
  }
  function keep(layout: WallLayout) {
    put(layout)
    saving.keep(layout)
  }
  /** Of the layout that was meant, whichever is on screen by now; one that is gone stays gone. */
  function setPanes(panes: Pane[], id = currentId.value) {
    const layout = layouts.value.find((one) => one.id === id)
    if (layout) keep({ ...layout, panes })
  }
  const change = (fields: Partial<WallLayout>) => current.value && keep({ ...current.value, ...fields })
  const rename = (name: string) => name.trim() && change({ name: cut(name.trim(), 120) })

  function add(name: string, from: Omit<WallLayout, 'id' | 'name'> = defaultLayout): WallLayout {
    const layout = { ...from, id: newId('lay'), name, panes: from.panes.map((pane) => ({ ...pane, id: newId('pan') })) }
    keep(layout)
    show(layout.id)
    return layout
  }
  async function remove(id: string) {
    const gone = layouts.value.find((layout) => layout.id === id)
    if (!gone || layouts.value.length < 2) return
    const problem = await saving.remove(id)
    if (problem) {
      toasts.show({ kind: 'problem', text: problem.message || t('action.lost') })
      return
    }
    layouts.value = layouts.value.filter((layout) => layout.id !== id)
    if (currentId.value === id) show(layouts.value[0]!.id)
    toasts.show({
      kind: 'note',
      text: t('wall.layoutRemoved', { name: gone.name }),
      action: { label: t('common.undo'), run: () => (keep(gone), show(gone.id)) },
    })
  }
  return {
    layouts,
    current,
    asked: query,
    show,
    setPanes,
    rename,
    attend: (attention: number) => change({ attention }),
    add,
    remove,
    flush,
  }
}
