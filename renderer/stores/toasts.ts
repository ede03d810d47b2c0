import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

export interface Toast {
  id: number
  kind: 'done' | 'problem' | 'note'
  text: string
  action?: { label: string; key?: string; run(): void }
}

const MOST = 4

/** How long it is read, in ms: what went wrong, longer. All of them leave by themselves. */
const STAYS = { done: 6_000, note: 6_000, problem: 20_000 }

/** Short messages at the lower edge. */
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
    setTimeout(() => dismiss(id), STAYS[toast.kind])
    return id
  }
  function dismiss(id: number) {
    toasts.value = toasts.value.filter((toast) => toast.id !== id)
  }
  return { toasts, show, dismiss }
})
