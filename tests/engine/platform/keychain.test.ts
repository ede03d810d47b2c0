import { describe, expect, it } from 'vitest'
import { createKeychain, createMemorySecrets } from '#engine/platform/keychain.ts'
import { createRedactor } from '#engine/platform/redact.ts'
import { SecretsUnavailable } from '#engine/platform/secrets.ts'

const reject = (message: string) => async () => {
  throw new Error(message)
}

describe('a system without a keychain', () => {
  it('is not noticed before a secret is asked for, and is then explained', async () => {
    let loaded = 0
    const secrets = createKeychain({
      platform: 'linux',
      load: async () => {
        loaded++
        throw new Error('libsecret-1.so.0: cannot open shared object file')
      },
    })
    expect(loaded).toBe(0)
    const error = await secrets.get('src_1/token').catch((caught: unknown) => caught as Error)
    expect(error).toBeInstanceOf(SecretsUnavailable)
    expect((error as Error).message).toContain('apt-get install libsecret-1-0')
    expect((error as Error).message).toContain('Sources that need no secret go on working')
    // It may have been installed meanwhile.
    await secrets.set('src_1/token', 'x').catch(() => {})
    expect(loaded).toBe(2)
  })

  it.each([
    ['darwin', /login keychain/],
    ['win32', /Credential Manager/],
    ['freebsd', /keychain/],
  ] as const)('is explained on %s', async (platform, said) => {
    await expect(createKeychain({ platform, load: reject('gone') }).delete('a/b')).rejects.toThrow(said)
  })

  it('is told from one that is locked, and no secret is in the message', async () => {
    const keytar = { getPassword: reject('Prompt dismissed'), setPassword: reject('hunter22 refused'), deletePassword: reject('no') } // prettier-ignore
    const secrets = createKeychain({ load: async () => keytar })
    await expect(secrets.get('a/b')).rejects.toThrow(/locked or not running/)
    const error = await secrets.set('a/b', 'hunter22').catch((caught: unknown) => caught as Error)
    expect((error as Error).message).not.toContain('hunter22')
  })
})

it('does not wait for ever for a keyring that asks somebody for a password', async () => {
  const never = () => new Promise<never>(() => {})
  const secrets = createKeychain({
    waitMs: 5,
    load: async () => ({ getPassword: never, setPassword: never, deletePassword: never }),
  })
  await expect(secrets.get('a/b')).rejects.toThrow(/locked or not running/)
})

describe('the keychain', () => {
  it('keeps entries under the name of Earshot and tells the log what to hide', async () => {
    const kept = new Map<string, string>()
    const redactor = createRedactor()
    const secrets = createKeychain({
      redactor,
      load: async () => ({
        getPassword: async (service, account) => kept.get(`${service}|${account}`) ?? null,
        setPassword: async (service, account, password) => void kept.set(`${service}|${account}`, password),
        deletePassword: async (service, account) => kept.delete(`${service}|${account}`),
      }),
    })
    await secrets.set('src_1/token', 'open-sesame')
    expect([...kept]).toEqual([['Earshot|src_1/token', 'open-sesame']])
    expect(redactor.text('got open-sesame back')).toBe('got [hidden] back')
    expect(await secrets.get('src_1/token')).toBe('open-sesame')
    await secrets.delete('src_1/token')
    await secrets.delete('src_1/token')
    expect(await secrets.get('src_1/token')).toBeNull()
  })

  it('has a forgetful stand-in for commands and tests', async () => {
    const secrets = createMemorySecrets()
    await secrets.set('a/b', 'c')
    expect(await secrets.get('a/b')).toBe('c')
    await secrets.delete('a/b')
    expect(await secrets.get('a/b')).toBeNull()
  })
})
