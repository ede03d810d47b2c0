import { onScopeDispose, shallowRef } from 'vue'

/** The colours and sizes a chart paints with, read from the style tokens: a canvas knows no CSS variables. */
export interface ChartTheme {
  text: string
  text2: string
  text3: string
  line: string
  pane: string
  positive: string
  neutral: string
  negative: string
  accent: string
  urgent: string
  warn: string
  ok: string
  /** Index 1 … 8. */
  categories: string[]
  font: string
  fontSize: number
}

function read(): ChartTheme {
  const style = getComputedStyle(document.documentElement)
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim()
  return {
    text: token('text'),
    text2: token('text-2'),
    text3: token('text-3'),
    line: token('line'),
    pane: token('pane'),
    positive: token('pos'),
    neutral: token('neu'),
    negative: token('neg'),
    accent: token('accent'),
    urgent: token('urgent'),
    warn: token('warn'),
    ok: token('ok'),
    categories: ['', ...Array.from({ length: 8 }, (_, index) => token(`c${index + 1}`))],
    font: token('font') || 'sans-serif',
    fontSize: Number.parseFloat(token('fs-0')) || 11,
  }
}

/** Follows theme, surface and density of the document. */
export function useChartTheme() {
  const theme = shallowRef(read())
  const observer = new MutationObserver(() => {
    theme.value = read()
  })
  observer.observe(document.documentElement, { attributeFilter: ['data-theme', 'data-surface', 'data-density'] })
  onScopeDispose(() => observer.disconnect())
  return theme
}
