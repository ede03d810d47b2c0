import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Clock } from '#engine/platform/clock.ts'
import type { Log } from '#engine/platform/log.ts'
import { SecretsUnavailable, type Secrets } from '#engine/platform/secrets.ts'
import { said } from '#shared/words/said.ts'

/**
 * What a desk outside shows to be heard: that it got the hand-off. The station signs with a key of its own that never
 * leaves the keychain and this process; who holds a token may act on that one hand-off, and on nothing else.
 */
export interface DeskKey {
  /** null: the keychain cannot be read at the moment, so nothing can be signed or checked. */
  get(): Promise<Buffer | null>
}

const ACCOUNT = 'station/desk-links'
const KEY_BYTES = 32
/** A locked keychain is asked again after this, not with every hand-off and every request. */
const ASK_AGAIN_MS = 60_000

export function createDeskKey({ secrets, clock, log }: { secrets: Secrets; clock: Clock; log: Log }): DeskKey {
  let asking: Promise<Buffer | null> | null = null
  let failedAt = Number.NEGATIVE_INFINITY

  async function fetchOrMake(): Promise<Buffer | null> {
    // So that a failure at once finds `asking` set, and forgets it.
    await Promise.resolve()
    try {
      // Links that nobody can check after the next start would look like links that are broken.
      if ((await secrets.lasts?.()) === false) throw new SecretsUnavailable(said('secrets.runOnly'))
      const kept = Buffer.from((await secrets.get(ACCOUNT)) ?? '', 'base64url')
      if (kept.length === KEY_BYTES) return kept
      const made = randomBytes(KEY_BYTES)
      await secrets.set(ACCOUNT, made.toString('base64url'))
      return made
    } catch (error) {
      failedAt = clock.monotonic()
      asking = null
      log.log('warn', 'Links for desks cannot be signed: the keychain does not answer', {}, error)
      return null
    }
  }

  return {
    get() {
      if (asking === null && clock.monotonic() - failedAt < ASK_AGAIN_MS) return Promise.resolve(null)
      return (asking ??= fetchOrMake())
    },
  }
}

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz' // as in ids: nothing that a mail program or a chat changes

function base32(bytes: Buffer): string {
  let text = ''
  let bits = 0
  let value = 0
  for (const byte of bytes) {
    value = (value << 8) | byte
    for (bits += 8; bits >= 5; bits -= 5) text += ALPHABET[(value >>> (bits - 5)) & 31]
    value &= (1 << bits) - 1
  }
  return bits > 0 ? text + ALPHABET[(value << (5 - bits)) & 31] : text
}

const mac = (key: Buffer, ...parts: string[]): string =>
  base32(createHmac('sha256', key).update(parts.join('\n')).digest())

const equal = (a: string, b: string): boolean => {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}

const PREFIX = 'out_'
const local = (id: string): string => id.slice(PREFIX.length)
const ID = '[0-9a-z]{12}'
/** 16 characters of 5 bits: what a mail's subject and address have room for. */
const TAG_CHARS = 16

/** What a link is good for: it opens nothing else. */
export type LinkKind = 'link' | 'alert'

/** `id.until.mac`, all of it lower-case letters and digits: survives mail programs, chats and line ends. */
export function signLink(key: Buffer, stationId: string, id: string, until: number, kind: LinkKind = 'link'): string {
  const when = until.toString(36)
  return `${local(id)}.${when}.${mac(key, `earshot ${kind} 1`, stationId, id, when)}`
}

/** undefined: not signed by this station. Whether it still holds is for the caller to compare. */
export function readLink(
  key: Buffer,
  stationId: string,
  token: string,
  kind: LinkKind = 'link',
): { handoffId: string; until: number } | undefined {
  const parts = new RegExp(`^(${ID})\\.([0-9a-z]{1,11})\\.([0-9a-z]{52})$`).exec(token)
  if (!parts) return undefined
  const [, id = '', when = '', signature = ''] = parts
  const handoffId = PREFIX + id
  if (!equal(signature, mac(key, `earshot ${kind} 1`, stationId, handoffId, when))) return undefined
  return { handoffId, until: Number.parseInt(when, 36) }
}

const tagMac = (key: Buffer, stationId: string, handoffId: string): string =>
  mac(key, 'earshot mail 1', stationId, handoffId).slice(0, TAG_CHARS)

/** `id-mac`, for the subject and the address of a hand-off by mail. */
export const signTag = (key: Buffer, stationId: string, handoffId: string): string =>
  `${local(handoffId)}-${tagMac(key, stationId, handoffId)}`

/** The hand-off that a tag is of; undefined: not signed by this station. Mail programs may have changed the case. */
export function readTag(key: Buffer, stationId: string, tag: string): string | undefined {
  const parts = new RegExp(`^(${ID})-([0-9a-z]{${TAG_CHARS}})$`).exec(tag.toLowerCase())
  if (!parts) return undefined
  const handoffId = PREFIX + (parts[1] ?? '')
  return equal(parts[2] ?? '', tagMac(key, stationId, handoffId)) ? handoffId : undefined
}

/** What stands before the @ of those message ids that this station gave; somebody else's are left out. */
export const localPartsAt = (stationId: string, ids: readonly string[]): string[] =>
  ids.flatMap((id) => {
    const [local = '', domain = ''] = id.split('@')
    return domain.toLowerCase() === `${stationId}.earshot.invalid`.toLowerCase() ? [local] : []
  })
