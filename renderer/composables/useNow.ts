import { inject, onScopeDispose, provide, ref } from 'vue'
import type { InjectionKey, Ref } from 'vue'
import { useStation } from '#renderer/client/station.ts'

const now = ref(Date.now())
let users = 0
let timer: ReturnType<typeof setInterval> | undefined

const fixedKey: InjectionKey<Readonly<Ref<number>>> = Symbol('now')
/** Ages and clocks below count to this moment instead: a replay shows them as they were then. */
export const provideNow = (at: Readonly<Ref<number>>) => provide(fixedKey, at)

/** The engine's idea of now, one second at a time; one timer for the whole page however many ages are shown. */
export function useNow(): Readonly<Ref<number>> {
  const fixed = inject(fixedKey, null)
  if (fixed) return fixed
  const station = useStation()
  const tick = () => {
    now.value = station.now()
  }
  if (users++ === 0) {
    tick()
    timer = setInterval(() => document.hidden || tick(), 1_000)
  }
  onScopeDispose(() => {
    if (--users === 0) clearInterval(timer)
  })
  return now
}
