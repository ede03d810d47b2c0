import { said } from '#shared/words/said.ts'
import { isIP } from 'node:net'
import { AddressRules, PrivateAddressError, type Lookup } from './addresses.ts'
import { Failure } from './failure.ts'

/**
 * The address to connect to for a server that is neither asked by HTTP nor by WebSocket (mail). Under the same rules: a
 * private one only when the host is allowed. The caller connects to this very address, so a name that answers differently
 * the second time gains nothing. Rejects with a Failure of the user's or the system's error.
 */
export type Resolve = (host: string, port: number) => Promise<string>

export function createResolve(allowPrivate: readonly string[] = [], lookup?: Lookup): Resolve {
  const rules = new AddressRules(allowPrivate, lookup)
  return async (host, port) => {
    const bare = host.replace(/^\[|\]$/g, '')
    const address = `http://${isIP(bare) === 6 ? `[${bare}]` : bare}:${port}`
    if (bare === '' || !URL.canParse(address)) throw new Failure('user', said('http.noServerName', { name: host }))
    const url = new URL(address)
    const refused = (): Failure => new Failure('user', said('stream.privateAddress', { host }))
    if (rules.literalIsRefused(url)) throw refused()
    if (isIP(bare) !== 0) return bare
    return new Promise((resolve, reject) => {
      rules.lookupFor(rules.mayBePrivate(url))(url.hostname, {}, (error, found) => {
        if (error instanceof PrivateAddressError) reject(refused())
        else if (error) reject(error)
        else resolve(String(found))
      })
    })
  }
}
