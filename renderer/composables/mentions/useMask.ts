import { computed, inject, provide, type ComputedRef, type InjectionKey } from 'vue'

const maskKey: InjectionKey<ComputedRef<boolean>> = Symbol('mask')
const NOT_MASKED = computed(() => false)

/** Whether names and private messages are covered here (walls, when the station says so). */
export const useMask = (): ComputedRef<boolean> => inject(maskKey, NOT_MASKED)
export const provideMask = (masked: () => boolean) => provide(maskKey, computed(masked))

/** `@lena@ruhr.social` → `@l•••`; says that there is a name without saying which. */
export function maskName(name: string): string {
  const [first = '', second = ''] = [...name]
  return first === '@' || first === '/' ? `${first}${second}•••` : `${first}•••`
}
