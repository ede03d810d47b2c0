import { defineStore } from 'pinia'
import { onScopeDispose, ref, shallowReactive } from 'vue'

type Lines = () => readonly string[]

/** Whether the page is being put on paper, and what its head says there besides the view. */
export const usePrinting = defineStore('printing', () => ({
  on: ref(false),
  parts: shallowReactive(new Map<symbol, Lines>()),
}))

/** Lines of a printed page's head (filters, period, which case), while the calling scope lives. */
export function usePrintedLines(lines: Lines) {
  const { parts } = usePrinting()
  const key = Symbol('printed')
  parts.set(key, lines)
  onScopeDispose(() => parts.delete(key))
}

/**
 * Follows printing while the calling scope lives, and shows the document light meanwhile, whatever its theme: canvases
 * read their colours from it. Told by the medium as well, since not every way to a page says so beforehand.
 */
export function followPrinting(repaint: () => void, root: HTMLElement = document.documentElement) {
  const printing = usePrinting()
  const paper = matchMedia('print')
  const begin = () => {
    printing.on = true
    root.dataset['theme'] = 'light'
  }
  const end = () => {
    if (!printing.on) return
    printing.on = false
    repaint()
  }
  const change = () => (paper.matches ? begin() : end())
  window.addEventListener('beforeprint', begin)
  window.addEventListener('afterprint', end)
  paper.addEventListener('change', change)
  onScopeDispose(() => {
    window.removeEventListener('beforeprint', begin)
    window.removeEventListener('afterprint', end)
    paper.removeEventListener('change', change)
  })
}
