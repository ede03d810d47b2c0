import { defineStore } from 'pinia'
import { inject, onScopeDispose, provide, ref, toRef, type InjectionKey, type Ref } from 'vue'
import { useStation } from '#renderer/client/station.ts'

/** One timer for the whole page however many ages are shown. */
export const useClock = defineStore('clock', () => {
  const station = useStation()
  const now = ref(station.now())
  const timer = setInterval(() => {
    if (!document.hidden) now.value = station.now()
  }, 1_000)
  onScopeDispose(() => clearInterval(timer))
  return { now }
})

const fixedKey: InjectionKey<Readonly<Ref<number>>> = Symbol('now')
/** Ages and clocks below count to this moment instead: a replay shows them as they were then. */
export const provideNow = (at: Readonly<Ref<number>>) => provide(fixedKey, at)

/** The engine's idea of now, one second at a time. */
export const useNow = (): Readonly<Ref<number>> => inject(fixedKey, null) ?? toRef(useClock(), 'now')
