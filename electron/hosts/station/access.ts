import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { Role } from '#shared/contract/station.ts'
import { WALLS_BEFORE } from './wall-book.ts'

/** What the station's sessions rest on. Kept in the data folder, readable by its owner only. */
export const AccessKeys = z.object({
  /** Signs cookies; another one ends every session. */
  secret: z.string().min(32),
})
export type AccessKeys = z.infer<typeof AccessKeys>

export const newAccessKeys = (): AccessKeys => ({ secret: randomBytes(32).toString('base64url') })

const equal = (a: string, b: string): boolean => {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}

/** Cookies know no port, so two stations on one machine need two names. */
export const cookieName = (role: Role, port: number): string => `earshot_${role}_${port}`

const sign = (keys: AccessKeys, ...parts: string[]): string =>
  createHmac('sha256', keys.secret).update(parts.join('.')).digest('base64url')

/**
 * `nonce.signature` for an officer, `wall.nonce.signature` for a wall: the station keeps no list of sessions, so they survive its
 * restart. `wall`: which one, see wall-book.ts.
 */
export function newSession(keys: AccessKeys, role: Role, wall = 'wall'): string {
  const nonce = randomBytes(16).toString('base64url')
  return role === 'wall'
    ? [wall, nonce, sign(keys, role, wall, nonce)].join('.')
    : [nonce, sign(keys, role, nonce)].join('.')
}

/** Whose session it is: a wall's id, or for an officer what tells one browser from another. undefined: nobody's. */
export function readSession(keys: AccessKeys, role: Role, value: string): string | undefined {
  const parts = value.split('.')
  if (parts.some((part) => part === '')) return undefined
  const [first = '', second = '', third = ''] = parts
  // Of walls too, from before they had names.
  if (parts.length === 2 && equal(second, sign(keys, role, first))) return role === 'wall' ? WALLS_BEFORE : first
  if (parts.length === 3 && role === 'wall' && equal(third, sign(keys, role, first, second))) return first
  return undefined
}

export const isSession = (keys: AccessKeys, role: Role, value: string): boolean =>
  readSession(keys, role, value) !== undefined

/** The value of one cookie of a `Cookie` header (RFC 6265 section 4.2.1). */
export function readCookie(header: string | undefined, name: string): string | undefined {
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=')
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim()
  }
  return undefined
}

/** Names under which a browser may ask for this station; everything else is a rebinding attack or a mistake. */
export interface Origins {
  hosts: ReadonlySet<string>
  origins: ReadonlySet<string>
}

/**
 * `names` are further host names, e.g. of a proxy that adds TLS: `wall.example.org` is accepted with https on its
 * standard port, `wall.example.org:8443` on that one.
 */
export function allowedOrigins(port: number, names: readonly string[]): Origins {
  const local = ['127.0.0.1', 'localhost', '[::1]'].map((host) => `${host}:${port}`)
  const hosts = new Set([...local, ...names.map((name) => name.toLowerCase())])
  const origins = new Set([
    ...local.map((host) => `http://${host}`),
    ...names.map((name) => `https://${name.toLowerCase()}`),
  ])
  for (const name of names) if (name.includes(':')) origins.add(`http://${name.toLowerCase()}`)
  return { hosts, origins }
}

const isLocal = (host: string): boolean => /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/.test(host)

/**
 * Whether the browser came by TLS, which a proxy in front of the station adds: the proxy says so (`X-Forwarded-Proto`), or
 * the page was asked for under a name that is only accepted with https. A cookie is then for TLS alone. Who forges the
 * header over plain HTTP gets a cookie that the own browser does not send back.
 */
export function isOverTls(headers: { host?: string; forwardedProto?: string }): boolean {
  const host = headers.host?.toLowerCase() ?? ''
  const said = headers.forwardedProto?.split(',')[0]?.trim().toLowerCase()
  if (said === 'https') return true
  return said === undefined && host !== '' && !isLocal(host) && !/:\d+$/.test(host)
}

/** Why a request is turned away before anything else is looked at, or undefined. A missing Origin is fine for a page. */
export function refusal(allowed: Origins, headers: { host?: string; origin?: string }): string | undefined {
  const host = headers.host?.toLowerCase()
  if (!host || !allowed.hosts.has(host)) return 'This address does not belong to the station.'
  if (headers.origin !== undefined && !allowed.origins.has(headers.origin.toLowerCase())) {
    return 'Another site may not talk to the station.'
  }
  return undefined
}
