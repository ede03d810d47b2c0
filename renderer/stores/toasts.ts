import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

export interface Toast {
  id: number
  kind: 'done' | 'problem' | 'note'
  text: string
  action?: { label: string; key?: string; run(): void }
}

const MOST = 4

/** Short messages at the lower edge. A problem stays until it is dismissed, everything else for six seconds. */
export const useToasts = defineStore('toasts', () => {
  const toasts = shallowRef<readonly Toast[]>([])
  let last = 0

  function show(toast: Omit<Toast, 'id'>): number {
    const id = ++last
    // An officer routing thirty mentions sees one message, not thirty: what was done last replaces what was done before,
    // and so do the same words again.
    const others = toasts.value.filter(
      (other) => other.kind !== toast.kind || (toast.kind !== 'done' && other.text !== toast.text),
    )
    toasts.value = [...others, { ...toast, id }].slice(-MOST)
    if (toast.kind !== 'problem') setTimeout(() => dismiss(id), 6_000)
    return id
  }
  function dismiss(id: number) {
    toasts.value = toasts.value.filter((toast) => toast.id !== id)
  }
  return { toasts, show, dismiss }
})
