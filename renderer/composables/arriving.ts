import { defineAsyncComponent, readonly, ref } from 'vue'
import type { Component } from 'vue'

/** How many views are being fetched: the keys pressed meanwhile are for them. */
const fetching = ref(0)
export const arriving = readonly(fetching)

/**
 * A view that is fetched when it is first shown. Not for what opens over a view or takes letters at once: that has to be
 * there when its key is pressed.
 */
export const lazyView = (load: () => Promise<{ default: Component }>): Component =>
  defineAsyncComponent({
    delay: 0,
    async loader() {
      fetching.value++
      try {
        return (await load()).default
      } finally {
        // A task later: it is drawn by then and has registered its keys.
        setTimeout(() => fetching.value--)
      }
    },
  })
