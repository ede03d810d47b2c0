/** The page's own address. A fixed host gives it an origin, so that storage and the content policy work as on the web. */
export const pageOrigin = 'app://earshot'
export const pageUrl = `${pageOrigin}/`
export const wallUrl = `${pageOrigin}/wall/`

/** Whether an address is the app's own page; everything else may neither be navigated to nor ask for anything. */
export function isOwnPage(url: string): boolean {
  try {
    const { protocol, host, username, password } = new URL(url)
    return protocol === 'app:' && host === 'earshot' && username === '' && password === ''
  } catch {
    return false
  }
}

/**
 * Whether a link in a post may be handed to the system's browser: web addresses without user names in them. `file:`,
 * `smb:`, custom schemes and the like start programs and are refused.
 */
export function mayOpenOutside(url: string): boolean {
  try {
    const { protocol, username, password, hostname } = new URL(url)
    return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '' && hostname !== ''
  } catch {
    return false
  }
}

/** Key of the asset that an `app://` request asks for; undefined for another host. `..` was resolved by the URL parser. */
export function assetPath(url: string): string | undefined {
  if (!isOwnPage(url)) return undefined
  const { pathname } = new URL(url)
  const path = pathname.startsWith('/wall/') ? pathname.slice('/wall'.length) : pathname
  return path === '/' ? '/index.html' : path
}

/** The role of a page is which window it is, decided by the shell; nothing that the page sends can change it. */
export const roleOfPage = (url: string): 'officer' | 'wall' | undefined => {
  if (!isOwnPage(url)) return undefined
  return new URL(url).pathname.startsWith('/wall/') ? 'wall' : 'officer'
}
