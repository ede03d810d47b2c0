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

/** Goes to a view; with `replace` the back button skips where we are. */
export function go(view: string, parts: string[] = [], query: Record<string, string> = {}, replace = false) {
  const hash = formatHash(view, parts, query)
  if (!replace) location.hash = hash
  else if (hash !== shown && !isHeld(() => go(view, parts, query, true))) {
    history.replaceState(null, '', hash)
    show(hash)
  }
}
