import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { said } from '#shared/words/said.ts'
import { createMemorySecrets } from '#engine/platform/keychain.ts'
import { createSecretPlaces, type SecretPlaces } from '#engine/platform/secret-places.ts'
import { SecretsUnavailable, type Secrets } from '#engine/platform/secrets.ts'
import { seal, sealKey } from '#engine/platform/sealed-file.ts'
import { temporaryFolder } from '#tests/support/engine.ts'

const refuse = () => Promise.reject(new SecretsUnavailable(said('keychain.none')))
const noKeychain: Secrets = { get: refuse, set: refuse, delete: refuse }
const passphrase = 'four words of nobody'
let folder: { path: string; remove(): void }
let file = ''
const places = (keychain: Secrets = noKeychain): SecretPlaces =>
  createSecretPlaces({ keychain, file, monotonic: () => 0 })

beforeEach(() => {
  folder = temporaryFolder('secrets')
  file = join(folder.path, 'secrets.sealed')
})
afterEach(() => folder.remove())

describe('a machine with a keychain', () => {
  it('keeps there, and offers nothing else', async () => {
    const keychain = createMemorySecrets()
    const one = places(keychain)
    await one.set('a/url', 'https://hooks.example/x')
    expect(await keychain.get('a/url')).toBe('https://hooks.example/x')
    expect(await one.lasts?.()).toBe(true)
    expect(await one.place()).toEqual({ place: 'keychain', chosen: true, problem: null })
    await expect(one.seal(passphrase)).rejects.toMatchObject({ code: 'secrets.keychainWorks' })
    await expect(one.keepForThisRun()).rejects.toMatchObject({ code: 'secrets.keychainWorks' })
    expect(existsSync(file)).toBe(false)
  })
})

describe('a machine without one', () => {
  it('keeps for this run, says so, and a later run says that it was for an earlier one', async () => {
    const one = places()
    expect(await one.place()).toMatchObject({ place: 'none', chosen: false, problem: { code: 'keychain.none' } })
    await one.set('a/url', 'secret one')
    expect(await one.get('a/url')).toBe('secret one')
    expect(await one.lasts?.()).toBe(false)
    expect(await one.place()).toMatchObject({ place: 'run', chosen: false })
    await one.keepForThisRun()
    expect(await one.place()).toMatchObject({ place: 'run', chosen: true })
    const later = places()
    await later.set('b/url', 'other')
    await expect(later.get('a/url')).rejects.toMatchObject({ code: 'secrets.earlierRun' })
  })

  it('seals what this run has, opens with the passphrase alone, and keeps what comes later', async () => {
    const one = places()
    await one.set('a/url', 'https://hooks.example/über/…')
    await one.seal(passphrase)
    await one.set('b/token', 'tok')
    await one.delete('a/none')
    expect(await one.place()).toMatchObject({ place: 'file' })
    const again = places()
    expect(await again.place()).toMatchObject({ place: 'locked' })
    await expect(again.get('a/url')).rejects.toMatchObject({ name: 'SecretsUnavailable', code: 'secrets.locked' })
    await expect(again.set('a/url', 'x')).rejects.toMatchObject({ code: 'secrets.locked' })
    await expect(again.unlock('four words of somebody')).rejects.toMatchObject({ code: 'secrets.wrongPassphrase' })
    await again.unlock(passphrase)
    expect(await again.get('a/url')).toBe('https://hooks.example/über/…')
    expect(await again.get('b/token')).toBe('tok')
    expect(await again.get('never/set')).toBeNull()
    await expect(again.seal(passphrase)).rejects.toMatchObject({ code: 'secrets.alreadySealed' })
  })

  it('opens a passphrase that another keyboard composed differently', async () => {
    await places().seal('café crème brûlée'.normalize('NFC'))
    const again = places()
    await again.unlock('café crème brûlée'.normalize('NFD'))
    expect(await again.place()).toMatchObject({ place: 'file' })
  })
})

describe('the sealed file', () => {
  type Written = Record<'data' | 'tag', string> & { kdf: object }
  const written = (): Written => JSON.parse(readFileSync(file, 'utf8')) as Written

  it('is for its owner in whatever folder, holds no secret, and seals anew each time', async () => {
    chmodSync(folder.path, 0o755)
    const before = process.umask(0)
    const one = places()
    try {
      await one.seal(passphrase)
      await one.set('a/url', 'https://hooks.example/very-secret')
    } finally {
      process.umask(before)
    }
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const first = readFileSync(file, 'utf8')
    expect(first).not.toMatch(/very-secret|four words|a\/url/)
    expect(written()).toMatchObject({ version: 1, kdf: { name: 'scrypt', N: 2 ** 17 } })
    await one.set('a/url', 'https://hooks.example/very-secret')
    expect(readFileSync(file, 'utf8')).not.toBe(first)
    expect(existsSync(`${file}.new`)).toBe(false)
  })

  let sealed: Promise<string> | undefined
  it.each<[string, (parts: Written) => unknown]>([
    ['a changed byte', (parts) => ({ ...parts, data: `A${parts.data.slice(1)}`.replace(/^AA/, 'AB') })],
    ['another tag', (parts) => ({ ...parts, tag: Buffer.alloc(16).toString('base64') })],
    ['a cut tag', (parts) => ({ ...parts, tag: Buffer.from(parts.tag, 'base64').subarray(0, 4).toString('base64') })],
    ['another version below', (parts) => ({ ...parts, version: 0 })],
    ['no salt', (parts) => ({ ...parts, kdf: { ...parts.kdf, salt: undefined } })],
    ['work without end', (parts) => ({ ...parts, kdf: { ...parts.kdf, N: 2 ** 40 } })],
    ['negative work', (parts) => ({ ...parts, kdf: { ...parts.kdf, r: -8 } })],
    ['a list', () => []],
    ['null', () => null],
  ])('with %s is told to be damaged, not to have another passphrase', async (_name, change) => {
    // Sealed once: each takes a second of work by design.
    sealed ??= places()
      .seal(passphrase)
      .then(() => readFileSync(file, 'utf8'))
    writeFileSync(file, JSON.stringify(change(JSON.parse(await sealed) as Written)))
    await expect(places().unlock(passphrase)).rejects.toMatchObject({ code: 'secrets.damagedFile' })
  })

  it.each(['', '{', 'not json at all', '\0\0\0\0'])('that holds %j is told to be damaged', async (text) => {
    writeFileSync(file, text)
    await expect(places().unlock(passphrase)).rejects.toMatchObject({ code: 'secrets.damagedFile' })
  })

  it('of a newer version is left alone', async () => {
    writeFileSync(file, '{"format":"earshot sealed secrets","version":2}')
    await expect(places().unlock(passphrase)).rejects.toMatchObject({ code: 'secrets.newerFile' })
    expect(readFileSync(file, 'utf8')).toContain('"version":2')
  })

  it('that cannot be written leaves the one before, and the secret is not half kept', async () => {
    const one = places()
    await one.seal(passphrase)
    await one.set('a/url', 'first')
    mkdirSync(`${file}.new`)
    writeFileSync(join(`${file}.new`, 'in the way'), '')
    await expect(one.set('a/url', 'second')).rejects.toThrow()
    expect(await one.get('a/url')).toBe('first')
    const again = places()
    await again.unlock(passphrase)
    expect(await again.get('a/url')).toBe('first')
  })

  it('keeps a thousand secrets', async () => {
    const key = await sealKey(passphrase)
    seal(file, key, new Map(Array.from({ length: 1000 }, (_, n) => [`chan_${n}/url`, `https://hooks.example/${n}`])))
    const one = places()
    await one.unlock(passphrase)
    expect(await one.get('chan_999/url')).toBe('https://hooks.example/999')
  })
})
