import { withoutEnd } from '#shared/util/text-ends.ts'
import { characterClass, SOLO } from './characters.ts'

const starts = /(?:https?:\/\/|www\.)(?=[^\s<>"'.,/])/iy

/** Whether a URL begins here: `http://`, `https://` or `www.`, and something after it. */
export function urlAt(text: string, at: number): boolean {
  starts.lastIndex = at
  return starts.test(text)
}

/** Where the URL that begins at `from` ends: at white space, quotes, brackets or the first Chinese or Japanese character. */
export function urlEnd(text: string, from: number): number {
  let at = from
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code <= 32 || code === 0x22 || code === 0x3c || code === 0x3e || code === 0x7f || code === 0xa0) break
    if (code >= 0x2000 && (code < 0x2070 || (code >= 0x3000 && code < 0x3040) || (code >= 0xff00 && code < 0xff20)))
      break
    if (code >= 0x0e00 && (code < 0xd800 || code > 0xdfff) && characterClass(code) === SOLO) break
    at++
  }
  return at
}

const anywhere = /(?:https?:\/\/|www\.)(?=[^\s<>"'.,/])/gi

/** The URLs written out in a text, without the punctuation that follows them. */
export function urlsIn(text: string): string[] {
  const urls: string[] = []
  anywhere.lastIndex = 0
  for (let found = anywhere.exec(text); found; found = anywhere.exec(text)) {
    const end = urlEnd(text, found.index)
    const url = withoutEnd(text.slice(found.index, end), ".,;:!?)]}'’”»*_")
    urls.push(/^www\./i.test(url) ? `http://${url}` : url)
    anywhere.lastIndex = Math.max(end, anywhere.lastIndex + 1)
  }
  return urls
}

/** Host without `www.` and the rest of a URL, both lower case; null when it is not a web address. */
export function urlParts(url: string): { host: string; rest: string } | null {
  const found = /^https?:\/\/(?:[^/?#@]*@)?([^/?#:]+)(?::\d+)?([^]*)$/i.exec(url)
  if (!found?.[1]) return null
  return {
    host: found[1]
      .toLowerCase()
      .replace(/^www\./, '')
      .replace(/\.$/, ''),
    rest: (found[2] ?? '').toLowerCase(),
  }
}
