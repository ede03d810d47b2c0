/** What an account shows of the person behind it. */
export interface Account {
  network: string
  handle: string
  name: string | null
  url: string | null
}

export interface Likeness {
  /** 0 … 1. */
  confidence: number
  /** In words, for the officer; English, the page translates by `because`. */
  because: ('sameHandle' | 'sameName' | 'handleIsName' | 'linksToOther')[]
}

/** Accounts from here on are put together without asking; below, an officer is asked. */
export const LINK_FROM = 0.9
export const SUGGEST_FROM = 0.6

const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

/** `@Lena_K@ruhr.social`, `lena-k.bsky.social`, `u/LenaK` → `lenak`. Host and service are not part of a name. */
export function bareHandle(handle: string): string {
  let bare = plain(handle).replace(/^(?:@|u\/)/, '')
  bare = bare.split('@')[0]!.replace(/\.bsky\.social$/, '')
  return bare.replace(/[^\p{L}\p{N}]/gu, '')
}

const bareName = (name: string | null): string =>
  name === null
    ? ''
    : plain(name)
        .replace(/[^\p{L}\p{N} ]/gu, '')
        .replace(/\s+/g, ' ')
        .trim()

/** Words that many handles are made of. */
const GENERIC = /^(?:admin|info|news|user|official|support|service|team|the|real|test|anonymous|unknown|deleted)\d*$/

/** Forms under which two accounts of one person can be found: the bare handle, and the name when it has two words. */
export function aliasesOf(account: Account): string[] {
  const aliases: string[] = []
  const handle = bareHandle(account.handle)
  if (handle.length >= 4 && !GENERIC.test(handle)) aliases.push(`h:${handle}`)
  const name = bareName(account.name)
  if (name.includes(' ') && name.length >= 6) {
    aliases.push(`n:${name}`, `h:${name.replaceAll(' ', '')}`)
  }
  return [...new Set(aliases)]
}

/** How likely two accounts on different networks are one person. The same network never: there a person is an account. */
export function samePerson(a: Account, b: Account): Likeness {
  if (a.network === b.network) return { confidence: 0, because: [] }
  const because: Likeness['because'] = []
  let doubt = 1
  const handles = [bareHandle(a.handle), bareHandle(b.handle)] as const
  const names = [bareName(a.name), bareName(b.name)] as const
  if (handles[0] === handles[1] && handles[0].length >= 4 && !GENERIC.test(handles[0])) {
    because.push('sameHandle')
    // A longer handle, or one with digits in it, is rarer: lena may be anybody, lena_k_1987 is not.
    const rare = Math.min(1, (handles[0].length - 3) / 8) * 0.6 + (/\d/.test(handles[0]) ? 0.15 : 0)
    doubt *= 1 - Math.min(0.8, 0.35 + rare)
  } else if (names.some((name, at) => name.includes(' ') && name.replaceAll(' ', '') === handles[1 - at])) {
    because.push('handleIsName')
    doubt *= 0.5
  }
  if (names[0] !== '' && names[0] === names[1] && names[0].length >= 4) {
    because.push('sameName')
    doubt *= names[0].includes(' ') ? 0.4 : 0.65
  }
  if (linksTo(a, b) || linksTo(b, a)) {
    because.push('linksToOther')
    doubt *= 0.1
  }
  return { confidence: because.length === 0 ? 0 : Math.round((1 - doubt) * 100) / 100, because }
}

/** Whether the profile address of one names the other's handle and network. */
function linksTo(a: Account, b: Account): boolean {
  if (a.url === null || b.url === null) return false
  const tidy = (url: string): string =>
    url
      .toLowerCase()
      .replace(/^https?:\/\/(?:www\.)?/, '')
      .replace(/\/+$/, '')
  return tidy(a.url) === tidy(b.url)
}
