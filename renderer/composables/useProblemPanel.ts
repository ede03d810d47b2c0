import { readonly, ref } from 'vue'

/** Which problem is open, wherever it was asked for; the app shows it. */
const open = ref<string | null>(null)
export function useProblemPanel() {
  return {
    open: readonly(open),
    show(id: string) {
      open.value = id
    },
    close() {
      open.value = null
    },
  }
}
