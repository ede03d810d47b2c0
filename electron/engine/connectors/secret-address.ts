import { userFailure } from '#engine/platform/failure.ts'
import type { Code } from '#shared/words/said.ts'

/** Names of query parameters that only whoever pays, or is signed in, knows the value of. */
const secretName =
  /token|secret|passw(or)?d|pwd|passphrase|signature|credential|session|^(.*[._-])?(auth|key|pass|sig|jwt|code)$|apikey|authkey/i

export interface AddressParts {
  /** What may be shown, kept and told to the journal. */
  address: string
  /** The rest of the query, for the keychain; null: none of it looks like a secret. */
  query: string | null
}

/** Takes apart what in an address looks like a secret. Throws a Failure, with this code, when it holds a user name or password. */
export function partAddress(address: string, credentials: Code): AddressParts {
  const url = new URL(address.trim())
  if (url.username !== '' || url.password !== '') throw userFailure(credentials)
  const pairs = url.search.slice(1).split('&')
  const isSecret = (pair: string): boolean => {
    const [[name, value] = ['', '']] = new URLSearchParams(pair)
    return value !== '' && secretName.test(name)
  }
  const hidden = pairs.filter(isSecret)
  if (hidden.length === 0) return { address, query: null }
  url.search = pairs.filter((pair) => !isSecret(pair)).join('&')
  return { address: url.href, query: hidden.join('&') }
}

/** The address as it is asked for. */
export function wholeAddress(address: string, query: string | null): string {
  if (query === null || query === '') return address
  const url = new URL(address)
  url.search = [url.search.slice(1), query.replace(/^[?&]+/, '')].filter((part) => part !== '').join('&')
  return url.href
}
