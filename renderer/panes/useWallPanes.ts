import {
  computed,
  inject,
  onScopeDispose,
  provide,
  readonly,
  ref,
  shallowReactive,
  type InjectionKey,
  type Ref,
} from 'vue'

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
  /**
   * Streams beside each other: a mention goes to the most specific one. Returns what those that are more specific than this
   * one hold; nothing where somebody scrolls and reads on.
   */
  beside(stream: WallStream): Readonly<Ref<ReadonlySet<string>>>
}
/** A stream among others on a wall. */
export interface WallStream {
  /** How much narrower than everything it is; of equals neither gives way. */
  rank(): number
  /** Ids of the mentions that it holds, whether others hold them too or not. */
  holds(): Iterable<string>
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
  const streams = shallowReactive(new Set<WallStream>())
  const panes: WallPanes = {
    focused: ref(null),
    readOnly,
    digest: readonly(digest),
    count(arrived) {
      counters.add(arrived)
      onScopeDispose(() => counters.delete(arrived))
    },
    beside(stream) {
      streams.add(stream)
      onScopeDispose(() => streams.delete(stream))
      return computed(() => {
        const others = readOnly ? [...streams].filter((other) => other.rank() > stream.rank()) : []
        return new Set(others.flatMap((other) => [...other.holds()]))
      })
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
