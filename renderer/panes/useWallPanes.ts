import { inject, onScopeDispose, provide, readonly, ref, type InjectionKey, type Ref } from 'vue'

/** What the panes of one wall share. */
export interface WallPanes {
  /** Which of them has the keyboard. */
  focused: Ref<string | null>
  /** Nothing may be done at all. */
  readOnly: boolean
  /** How many mentions came in the last half minute: streams are not read out one by one. */
  digest: Readonly<Ref<number>>
  /** Counts what arrives in a stream for as long as the stream is there. */
  count(arrived: Ref<number>): void
}
const key: InjectionKey<WallPanes> = Symbol('wall panes')
const DIGEST_EVERY_MS = 30_000

export function provideWallPanes(readOnly: boolean): WallPanes {
  const counters = new Set<Ref<number>>()
  const digest = ref(0)
  const timer = setInterval(() => {
    // The largest, since panes overlap.
    digest.value = Math.max(0, ...[...counters].map(({ value }) => value))
    for (const counter of counters) counter.value = 0
  }, DIGEST_EVERY_MS)
  onScopeDispose(() => clearInterval(timer))
  const panes: WallPanes = {
    focused: ref(null),
    readOnly,
    digest: readonly(digest),
    count(arrived) {
      counters.add(arrived)
      onScopeDispose(() => counters.delete(arrived))
    },
  }
  provide(key, panes)
  return panes
}
export function useWallPanes(): WallPanes {
  const panes = inject(key)
  if (!panes) throw new Error('A pane stands outside a wall')
  return panes
}
