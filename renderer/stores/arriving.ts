import { defineStore } from 'pinia'
import { defineAsyncComponent, ref, type Component } from 'vue'

/** How many views are being fetched: the keys pressed meanwhile are for them. */
export const useArriving = defineStore('arriving', () => ({ count: ref(0) }))

/**
 * A view that is fetched when it is first shown. Not for what opens over a view or takes letters at once: that has to be
 * there when its key is pressed.
 */
export const lazyView = (load: () => Promise<{ default: Component }>): Component =>
  defineAsyncComponent({
    delay: 0,
    async loader() {
      const arriving = useArriving()
      arriving.count++
      try {
        return (await load()).default
      } finally {
        // A task later: it is drawn by then and has registered its keys.
        setTimeout(() => arriving.count--)
      }
    },
  })
