import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { Role } from '#shared/contract/station.ts'

/** What the station's addresses are made of. Kept in the data folder, readable by its owner only. */
export const AccessKeys = z.object({
  officerToken: z.string().min(32),
  wallToken: z.string().min(32),
  /** Signs cookies; new keys end every session. */
  secret: z.string().min(32),
})
export type AccessKeys = z.infer<typeof AccessKeys>

const key = (): string => randomBytes(32).toString('base64url')

export const newAccessKeys = (): AccessKeys => ({ officerToken: key(), wallToken: key(), secret: key() })

const equal = (a: string, b: string): boolean => {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}

/** The role that a token of the address opens, compared in constant time. */
export function roleOfToken(keys: AccessKeys, token: string): Role | undefined {
  const officer = equal(token, keys.officerToken)
  const wall = equal(token, keys.wallToken)
  return officer ? 'officer' : wall ? 'wall' : undefined
}

/** Cookies know no port, so two stations on one machine need two names. */
export const cookieName = (role: Role, port: number): string => `earshot_${role}_${port}`

const sign = (keys: AccessKeys, role: Role, nonce: string): string =>
  createHmac('sha256', keys.secret).update(`${role}.${nonce}`).digest('base64url')

/** `nonce.signature`: the station keeps no list, so a wall survives a restart of the station. */
export function newSession(keys: AccessKeys, role: Role): string {
  const nonce = randomBytes(16).toString('base64url')
  return `${nonce}.${sign(keys, role, nonce)}`
}

export function isSession(keys: AccessKeys, role: Role, value: string): boolean {
  const [nonce, signature, rest] = value.split('.')
  return !!nonce && !!signature && rest === undefined && equal(signature, sign(keys, role, nonce))
}

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
