import { inject, provide, ref } from 'vue'
import type { InjectionKey, Ref } from 'vue'

/** What the panes of one wall share: which of them has the keyboard, and whether anything may be done at all. */
export interface WallPanes {
  focused: Ref<string | null>
  readOnly: boolean
}
const key: InjectionKey<WallPanes> = Symbol('wall panes')

export function provideWallPanes(readOnly: boolean): WallPanes {
  const panes: WallPanes = { focused: ref(null), readOnly }
  provide(key, panes)
  return panes
}
export function useWallPanes(): WallPanes {
  const panes = inject(key)
  if (!panes) throw new Error('A pane stands outside a wall')
  return panes
}
