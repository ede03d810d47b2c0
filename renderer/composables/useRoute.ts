import { readonly, shallowRef } from 'vue'

/** Where the page is: a view, what in it, and how. In the address after `#`: `#/board/case_1?state=new`. */
export interface Route {
  view: string
  /** Further path parts. */
  parts: string[]
  query: Record<string, string>
}

export function parseHash(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#?\/?/, '').split('?')
  const parts = path.split('/').filter(Boolean).map(decode)
  return { view: parts[0] ?? '', parts: parts.slice(1), query: Object.fromEntries(new URLSearchParams(search)) }
}
export function formatHash(view: string, parts: string[] = [], query: Record<string, string> = {}): string {
  const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '')).toString()
  return `#/${[view, ...parts].map(encodeURIComponent).join('/')}${search ? `?${search}` : ''}`
}
function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** Asked before the page goes elsewhere. true: it keeps the page here and calls `proceed` when that may happen after all. */
type Guard = (proceed: () => void) => boolean
const guards = new Set<Guard>()
const isHeld = (proceed: () => void): boolean => [...guards].some((guard) => guard(proceed))

/** Lets something unsaved ask before it is left: by a link, the back button, or closing the page. Returns the release. */
export function guardLeaving(guard: Guard): () => void {
  guards.add(guard)
  return () => void guards.delete(guard)
}

/** Runs `then` now, or after whoever holds something unsaved was asked. */
export function leaving(then: () => void) {
  if (!isHeld(() => leaving(then))) then()
}

let shown = globalThis.location?.hash ?? ''
const route = shallowRef<Route>(parseHash(shown))
function show(hash: string) {
  shown = hash
  route.value = parseHash(hash)
}
globalThis.addEventListener?.('hashchange', () => {
  const wanted = location.hash
  if (wanted === shown) return
  if (isHeld(() => (location.hash = wanted))) history.replaceState(null, '', shown)
  else show(wanted)
})
globalThis.addEventListener?.('beforeunload', (event) => {
  if (isHeld(() => {})) event.preventDefault()
})

export const useRoute = () => readonly(route) as Readonly<typeof route>

/**
 * Goes to a view at once: the next key already belongs to it. With `replace` the back button skips where we are, and a
 * link or a back button that is on its way goes before.
 */
export function go(view: string, parts: string[] = [], query: Record<string, string> = {}, replace = false) {
  const hash = formatHash(view, parts, query)
  // `hashchange` comes a moment after the address: what only keeps the address true must not swallow it.
  const underWay = location.hash !== shown
  if (replace ? underWay || hash === shown : hash === shown && !underWay) return
  if (isHeld(() => go(view, parts, query, replace))) return
  if (replace) history.replaceState(null, '', hash)
  else history.pushState(null, '', hash)
  show(hash)
}

/** Writes into the address what is on screen already. Nothing is left by that: nobody is asked, and a link goes before. */
export function keepAddress(view: string, parts: string[] = [], query: Record<string, string> = {}) {
  const hash = formatHash(view, parts, query)
  if (location.hash !== shown || hash === shown) return
  history.replaceState(null, '', hash)
  show(hash)
}
