import { defineStore } from 'pinia'
import { onScopeDispose, shallowRef, toRef, type Ref } from 'vue'

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

export const useAddress = defineStore('address', () => {
  const guards = new Set<Guard>()
  let shown = location.hash
  const route = shallowRef<Route>(parseHash(shown))
  const isHeld = (proceed: () => void): boolean => [...guards].some((guard) => guard(proceed))
  function show(hash: string) {
    shown = hash
    route.value = parseHash(hash)
  }
  function onHash() {
    const wanted = location.hash
    if (wanted === shown) return
    if (isHeld(() => (location.hash = wanted))) history.replaceState(null, '', shown)
    else show(wanted)
  }
  function onUnload(event: Event) {
    if (isHeld(() => {})) event.preventDefault()
  }
  addEventListener('hashchange', onHash)
  addEventListener('beforeunload', onUnload)
  onScopeDispose(() => {
    removeEventListener('hashchange', onHash)
    removeEventListener('beforeunload', onUnload)
  })

  function guardLeaving(guard: Guard): () => void {
    guards.add(guard)
    return () => void guards.delete(guard)
  }
  function leaving(then: () => void) {
    if (!isHeld(() => leaving(then))) then()
  }
  function go(view: string, parts: string[] = [], query: Record<string, string> = {}, replace = false) {
    const hash = formatHash(view, parts, query)
    // `hashchange` comes a moment after the address: what only keeps the address true must not swallow it.
    const underWay = location.hash !== shown
    if (replace ? underWay || hash === shown : hash === shown && !underWay) return
    if (isHeld(() => go(view, parts, query, replace))) return
    if (replace) history.replaceState(null, '', hash)
    else history.pushState(null, '', hash)
    show(hash)
  }
  function keepAddress(view: string, parts: string[] = [], query: Record<string, string> = {}) {
    const hash = formatHash(view, parts, query)
    if (location.hash !== shown || hash === shown) return
    history.replaceState(null, '', hash)
    show(hash)
  }
  return { route, guardLeaving, leaving, go, keepAddress }
})
type Address = ReturnType<typeof useAddress>

export const useRoute = (): Readonly<Ref<Route>> => toRef(useAddress(), 'route')

/** Lets something unsaved ask before it is left: by a link, the back button, or closing the page. Returns the release. */
export const guardLeaving: Address['guardLeaving'] = (guard) => useAddress().guardLeaving(guard)

/** Runs `then` now, or after whoever holds something unsaved was asked. */
export const leaving: Address['leaving'] = (then) => useAddress().leaving(then)

/**
 * Goes to a view at once: the next key already belongs to it. With `replace` the back button skips where we are, and a
 * link or a back button that is on its way goes before.
 */
export const go: Address['go'] = (...where) => useAddress().go(...where)

/** Writes into the address what is on screen already. Nothing is left by that: nobody is asked, and a link goes before. */
export const keepAddress: Address['keepAddress'] = (...where) => useAddress().keepAddress(...where)
