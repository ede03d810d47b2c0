import { onScopeDispose, watch } from 'vue'
import { usePreferences } from '#renderer/stores/preferences.ts'
import type { useLayouts } from './useLayouts.ts'

/** Shows the next layout once one was on screen for so many seconds, as this screen's preference says; 0 stays. */
export function useRotation(layouts: ReturnType<typeof useLayouts>, may: () => boolean = () => true) {
  const preferences = usePreferences()
  let timer: ReturnType<typeof setInterval> | undefined
  const stop = () => clearInterval(timer)
  watch(
    // Also one that somebody chose stays its time.
    [() => preferences.rotateSeconds, () => layouts.current.value?.id],
    ([seconds]) => {
      stop()
      if (seconds < 1) return
      timer = setInterval(() => {
        const all = layouts.layouts.value
        if (!may() || all.length < 2) return
        const at = all.findIndex((layout) => layout.id === layouts.current.value?.id)
        layouts.show(all[(at + 1) % all.length]!.id)
      }, seconds * 1000)
    },
    { immediate: true },
  )
  onScopeDispose(stop)
}
