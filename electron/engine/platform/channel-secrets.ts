import type { Channel } from '#shared/model/handoff.ts'

/** Of a hidden value's end: so that somebody who has it beside them can tell whether it is the one. */
const SHOWN_END = 3
/** Shorter ones would be given away by their end. */
const LONG_ENOUGH = 16
const HIDDEN = '…'

/**
 * Who knows the address of a chat or of a webhook may write there: it is a secret as a whole. What is shown of it tells the
 * host, and the last characters of a long one: `https://hooks.slack.com/…x7Q`.
 */
export function shownAddress(address: string): string {
  if (!URL.canParse(address)) return HIDDEN
  const { protocol, host, pathname, search, hash } = new URL(address)
  const rest = `${pathname}${search}${hash}`
  const end = rest.length >= LONG_ENOUGH ? [...rest].slice(-SHOWN_END).join('') : ''
  return `${protocol}//${host}/${HIDDEN}${end}`
}

/** What this program shows in place of something. Nobody's address holds it: in a URL it is written `%E2%80%A6`. */
export const isShownOnly = (value: string): boolean => value.includes(HIDDEN)

const secretName =
  /token|secret|passw|pwd|auth|cookie|session|signature|credential|api[-_]?key|(^|[-_.])(key|sig|code|jwt)$/i

const carriesSecret = (address: string): boolean => {
  // A template's holes are none of an address.
  const plain = address.replace(/\{\{[^{}]*\}\}/g, '0')
  if (!URL.canParse(plain)) return false
  const { username, password, searchParams } = new URL(plain)
  return (
    username !== '' ||
    password !== '' ||
    [...searchParams].some(([name, value]) => value !== '' && secretName.test(name))
  )
}

/** Headers of a tracker as they may be shown; null: none of them holds a secret that was written out. */
function shownHeaders(headers: string): string | null {
  let parsed: unknown
  try {
    parsed = JSON.parse(headers)
  } catch {
    return null
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return null
  let found = false
  const shown = Object.entries(parsed).map(([name, value]) => {
    const isOut = typeof value === 'string' && value !== '' && secretName.test(name) && !value.includes('{{')
    found ||= isOut
    return [name, isOut ? HIDDEN : value] as const
  })
  return found ? JSON.stringify(Object.fromEntries(shown)) : null
}

/** Parts of a channel's configuration that may be secret as a whole, beside those that have a field of their own. */
export const hiddenParts = ['url', 'headers'] as const

/**
 * A channel as the store, the journal, exports and pages have it, and apart from it what is for the keychain, by the keys of
 * its configuration. What is only shown already stays as it is.
 */
export function partChannel(channel: Channel): { channel: Channel; secrets: Record<string, string> } {
  const { kind, config } = channel
  const { url = '', headers = '' } = config
  const shown: Record<string, string> = {}
  const secrets: Record<string, string> = {}
  const hide = (key: string, value: string, instead: string): void => {
    shown[key] = instead
    secrets[key] = value
  }
  const always = kind === 'webhook' || kind === 'chat'
  if (url !== '' && !isShownOnly(url) && (always || (kind === 'tracker' && carriesSecret(url))))
    hide('url', url, shownAddress(url.replace(/\{\{[^{}]*\}\}/g, '0')))
  const instead = kind === 'tracker' && !isShownOnly(headers) ? shownHeaders(headers) : null
  if (instead !== null) hide('headers', headers, instead)
  return { channel: { ...channel, config: { ...config, ...shown } }, secrets }
}
