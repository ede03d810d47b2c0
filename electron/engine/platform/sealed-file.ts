import { createCipheriv, createDecipheriv, createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { userFailure } from './failure.ts'

const VERSION = 1
/** 128 MiB and some tenths of a second for each guess (RFC 7914; OWASP's advice is N = 2^17, r = 8, p = 1). */
const COST = { N: 2 ** 17, r: 8, p: 1 }
/** A file that somebody else wrote may not ask for more memory than this, in bytes. */
const MEMORY_MOST = 512 * 2 ** 20
/** Far above what any station has; a larger file is none of ours. */
const BYTES_MOST = 16 * 2 ** 20

/** What stands in the open: enough to try a passphrase, and bound to what is sealed. */
interface Header {
  format: 'earshot sealed secrets'
  version: number
  kdf: { name: 'scrypt'; N: number; r: number; p: number; salt: string }
  /** Tells a wrong passphrase from a damaged file. */
  check: string
}

/** Keys that a passphrase leads to, with the header that says how. */
export interface SealKey {
  readonly header: Header
  readonly key: Buffer
}

const derived = (passphrase: string, { N, r, p, salt }: Header['kdf']): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const given = passphrase.normalize('NFKC')
    scrypt(given, Buffer.from(salt, 'base64'), 64, { N, r, p, maxmem: MEMORY_MOST }, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })

const checkOf = (key: Buffer): string =>
  createHmac('sha256', key.subarray(32)).update('earshot passphrase').digest('base64')

/** New keys for a passphrase; nothing is written. */
export async function sealKey(passphrase: string): Promise<SealKey> {
  const kdf = { name: 'scrypt' as const, ...COST, salt: randomBytes(16).toString('base64') }
  const key = await derived(passphrase, kdf)
  return { header: { format: 'earshot sealed secrets', version: VERSION, kdf, check: checkOf(key) }, key }
}

const isHeader = (value: unknown): value is Header & Record<'iv' | 'tag' | 'data', string> => {
  const { format, kdf, check, iv, tag, data } = value as Header & Record<string, unknown>
  const strings = [check, iv, tag, data, kdf?.salt]
  const counts = [kdf?.N, kdf?.r, kdf?.p]
  return (
    format === 'earshot sealed secrets' &&
    strings.every((one) => typeof one === 'string') &&
    counts.every((one) => Number.isSafeInteger(one) && one > 0) &&
    128 * kdf.N * kdf.r * kdf.p < MEMORY_MOST
  )
}

/** Throws a Failure for a file that is none of ours, of a newer Earshot, or damaged. */
function readSealed(file: string): Header & Record<'iv' | 'tag' | 'data', string> {
  let parsed: unknown = null
  try {
    if (statSync(file).size <= BYTES_MOST) parsed = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  const { version } = (parsed ?? {}) as { version?: unknown }
  if (typeof version === 'number' && version > VERSION) throw userFailure('secrets.newerFile', { file })
  if (parsed === null || !isHeader(parsed)) throw userFailure('secrets.damagedFile', { file })
  return parsed
}

const boundTo = ({ format, version, kdf, check }: Header): Buffer =>
  Buffer.from(JSON.stringify([format, version, kdf.name, kdf.N, kdf.r, kdf.p, kdf.salt, check]))

/** Throws a Failure that tells a wrong passphrase from a damaged file. */
export async function unseal(
  file: string,
  passphrase: string,
): Promise<{ key: SealKey; secrets: Map<string, string> }> {
  const { iv, tag, data, ...header } = readSealed(file)
  const key = await derived(passphrase, header.kdf)
  const given = Buffer.from(checkOf(key))
  const right = Buffer.from(header.check)
  if (given.length !== right.length || !timingSafeEqual(given, right)) throw userFailure('secrets.wrongPassphrase')
  try {
    const decipher = createDecipheriv('aes-256-gcm', key.subarray(0, 32), Buffer.from(iv, 'base64'), {
      authTagLength: 16,
    })
    decipher.setAAD(boundTo(header))
    decipher.setAuthTag(Buffer.from(tag, 'base64'))
    const text = Buffer.concat([decipher.update(Buffer.from(data, 'base64')), decipher.final()]).toString('utf8')
    return { key: { header, key }, secrets: new Map(Object.entries(JSON.parse(text) as Record<string, string>)) }
  } catch (error) {
    throw userFailure('secrets.damagedFile', { file }, error)
  }
}

/**
 * Writes the whole file beside it and renames then, so that a crash or a full disk leaves the one before. For its owner only,
 * whatever the folder's mode.
 */
export function seal(file: string, { header, key }: SealKey, secrets: ReadonlyMap<string, string>): void {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key.subarray(0, 32), iv, { authTagLength: 16 })
  cipher.setAAD(boundTo(header))
  const data = Buffer.concat([cipher.update(JSON.stringify(Object.fromEntries(secrets)), 'utf8'), cipher.final()])
  const text = {
    ...header,
    iv: iv.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    data: data.toString('base64'),
  }
  const part = `${file}.new`
  rmSync(part, { force: true })
  try {
    const open = openSync(part, 'wx', 0o600)
    try {
      writeSync(open, `${JSON.stringify(text)}\n`)
      fsyncSync(open)
    } finally {
      closeSync(open)
    }
    renameSync(part, file)
  } catch (error) {
    rmSync(part, { force: true })
    throw userFailure('secrets.notWritten', { folder: dirname(file) }, error)
  }
}

export const isSealed = (file: string): boolean => existsSync(file)
