import { readonly, ref } from 'vue'

/** Opens the dialog that reads a file of mentions; the app shows it wherever it was asked for. */
const open = ref(false)
export function useImport() {
  return {
    open: readonly(open),
    show() {
      open.value = true
    },
    close() {
      open.value = false
    },
  }
}
