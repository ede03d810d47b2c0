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

const route = shallowRef<Route>(parseHash(globalThis.location?.hash ?? ''))
globalThis.addEventListener?.('hashchange', () => {
  route.value = parseHash(location.hash)
})

export const useRoute = () => readonly(route) as Readonly<typeof route>

/** Goes to a view; with `replace` the back button skips where we are. */
export function go(view: string, parts: string[] = [], query: Record<string, string> = {}, replace = false) {
  const hash = formatHash(view, parts, query)
  if (replace) {
    history.replaceState(null, '', hash)
    route.value = parseHash(hash)
  } else location.hash = hash
}
