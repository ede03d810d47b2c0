import { isIP } from 'node:net'
import { AddressRules, PrivateAddressError } from './addresses.ts'

/**
 * The address to connect to for a server that is neither asked by HTTP nor by WebSocket (mail). Under the same rules: a
 * private one only when the host is allowed. The caller connects to this very address, so a name that answers differently
 * the second time gains nothing. Rejects with PrivateAddressError, whose message says what to do, or the system's error.
 */
export type Resolve = (host: string, port: number) => Promise<string>

export function createResolve(allowPrivate: readonly string[] = []): Resolve {
  const rules = new AddressRules(allowPrivate)
  return async (host, port) => {
    const bare = host.replace(/^\[|\]$/g, '')
    const address = `http://${isIP(bare) === 6 ? `[${bare}]` : bare}:${port}`
    if (bare === '' || !URL.canParse(address)) throw new Error(`"${host}" is no name of a server.`)
    const url = new URL(address)
    const refused = (): PrivateAddressError =>
      new PrivateAddressError(`${host} is at a private address, which Earshot does not connect to. If it is meant, name the host in EARSHOT_ALLOW_PRIVATE.`) // prettier-ignore
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
