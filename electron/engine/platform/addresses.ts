import { lookup as systemLookup, type LookupAddress, type LookupOptions } from 'node:dns'
import { BlockList, isIP, isIPv6 } from 'node:net'

/**
 * Addresses that a URL given by a user must not reach: this machine, the local network, link-local (where cloud machines
 * keep their metadata), carrier NAT, multicast, documentation and reserved ranges.
 * IANA special-purpose registries, RFC 6890 and its updates.
 */
const refused = new BlockList()
const refused4: [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]
for (const [net, prefix] of refused4) refused.addSubnet(net, prefix, 'ipv4')
const refused6: [string, number][] = [
  ['::', 128],
  ['::1', 128],
  // For translation inside one network (RFC 8215): what it leads to is never public, wherever in it the IPv4 address stands.
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['3fff::', 20],
  ['5f00::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
]
for (const [net, prefix] of refused6) refused.addSubnet(net, prefix, 'ipv6')

/** true for every IP address that is not on the public internet. Anything that is no IP address is refused too. */
export function isPrivateAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '')
  const family = isIP(bare)
  if (family === 0) return true
  if (family === 4) return refused.check(bare, 'ipv4')
  const embedded = embeddedIPv4(bare)
  if (embedded !== null) return isPrivateAddress(embedded)
  return refused.check(bare, 'ipv6')
}

/**
 * The IPv4 address that an IPv6 one stands for: mapped (::ffff:0:0/96, RFC 4291), compatible (::/96), NAT64 (64:ff9b::/96,
 * RFC 6052), 6to4 (2002::/16, RFC 3056) and ISATAP (…:0:5efe:a.b.c.d, RFC 5214). Without this `[::ffff:127.0.0.1]` is a way in.
 */
function embeddedIPv4(address: string): string | null {
  const groups = expandIPv6(address)
  if (!groups) return null
  const from = (high: number, low: number): string => `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`
  const [g0, g1, g2, g3, g4, g5, g6, g7] = groups as [number, number, number, number, number, number, number, number]
  const leadingZero = g0 === 0 && g1 === 0 && g2 === 0 && g3 === 0
  if (leadingZero && g4 === 0 && (g5 === 0xffff || (g5 === 0 && (g6 !== 0 || g7 > 1)))) return from(g6, g7)
  if (leadingZero && g4 === 0xffff && g5 === 0) return from(g6, g7)
  if (g0 === 0x64 && g1 === 0xff9b && g2 === 0) return from(g6, g7)
  if (g0 === 0x2002) return from(g1, g2)
  if ((g4 & 0xfdff) === 0 && g5 === 0x5efe) return from(g6, g7)
  return null
}

function expandIPv6(address: string): number[] | null {
  if (!isIPv6(address)) return null
  let text = address
  const dotted = /(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(text)
  if (dotted) {
    const [a, b, c, d] = dotted.slice(1).map(Number) as [number, number, number, number]
    text = `${text.slice(0, dotted.index)}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`
  }
  const [head = '', tail] = text.split('::')
  const parse = (part: string): number[] =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16))
  const left = parse(head)
  if (tail === undefined) return left
  const right = parse(tail)
  return [...left, ...Array.from({ length: 8 - left.length - right.length }, () => 0), ...right]
}

/** What a refused address fails with; `code` survives being wrapped by undici and ws. */
export class PrivateAddressError extends Error {
  override name = 'PrivateAddressError'
  readonly code = 'EARSHOT_PRIVATE_ADDRESS'
}

/** As node:dns looks up all addresses of a name. */
export type Lookup = (
  hostname: string,
  options: LookupOptions & { all: true },
  callback: (error: NodeJS.ErrnoException | null, found: LookupAddress[]) => void,
) => void

/** Hosts that may be private all the same: `name`, `name:port`, `127.0.0.1`, `[::1]:8080`; lower case. */
export class AddressRules {
  private readonly allowed: Set<string>
  private readonly lookup: Lookup

  /** `lookup`: who knows names; the system. */
  constructor(allowPrivate: readonly string[] = [], lookup: Lookup = systemLookup) {
    this.lookup = lookup
    this.allowed = new Set(allowPrivate.map((host) => host.toLowerCase()))
  }

  mayBePrivate(url: URL): boolean {
    return this.allowed.has(url.host) || this.allowed.has(url.hostname)
  }

  /** Refuses addresses written out in the URL itself, for which no name is looked up. */
  literalIsRefused(url: URL): boolean {
    const bare = url.hostname.replace(/^\[|\]$/g, '')
    return isIP(bare) !== 0 && isPrivateAddress(bare) && !this.mayBePrivate(url)
  }

  /**
   * A `lookup` for net.connect. The check is made on the very addresses that will be connected to, so a name that
   * answers differently the second time (DNS rebinding) gains nothing.
   */
  lookupFor(mayBePrivate: boolean): LookupFunction {
    return (hostname, options, callback) => {
      this.lookup(hostname, { ...options, all: true }, (error, found) => {
        if (error) return callback(error, '')
        const usable = mayBePrivate ? found : found.filter(({ address }) => !isPrivateAddress(address))
        const first = usable[0]
        if (first === undefined) return callback(new PrivateAddressError(`${hostname} is at a private address`), '')
        if (options.all) callback(null, usable)
        else callback(null, first.address, first.family)
      })
    }
  }
}

export type LookupFunction = (
  hostname: string,
  options: LookupOptions,
  callback: (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void,
) => void
