/** What this browser keeps for the page: texts by name. Where it keeps nothing, they last until the page is closed. */
const page = new Map<string, string>()

export function kept(name: string): string | null {
  try {
    return localStorage.getItem(name) ?? page.get(name) ?? null
  } catch {
    return page.get(name) ?? null // storage may be forbidden
  }
}
/** The same as the value that was kept with `keep`; null: none, or no JSON, e.g. another program's. */
export function keptJson(name: string): unknown {
  try {
    return JSON.parse(kept(name) ?? 'null')
  } catch {
    return null
  }
}
/** Empty: it is forgotten. */
export function keep(name: string, text: string): void {
  if (text === '') page.delete(name)
  else page.set(name, text)
  try {
    if (text === '') localStorage.removeItem(name)
    else localStorage.setItem(name, text)
  } catch {
    // It lasts until the page is closed.
  }
}
