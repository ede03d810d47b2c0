import { said, type Code } from '#shared/words/said.ts'
import type { Redactor } from './redact.ts'
import { SecretsUnavailable, type Secrets } from './secrets.ts'

interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>
  setPassword(service: string, account: string, password: string): Promise<void>
  deletePassword(service: string, account: string): Promise<boolean>
}

export interface KeychainOptions {
  /** Groups Earshot's entries in the keychain; tests use their own. */
  service?: string
  platform?: NodeJS.Platform
  /** Every secret that passes is made known to the log's redactor. */
  redactor?: Redactor
  load?: () => Promise<Keytar>
  /** A keyring that waits for somebody to type a password never answers; after so long it counts as locked. */
  waitMs?: number
}

/** CommonJS from ESM: the functions are under `default`. */
const loadKeytar = async (): Promise<Keytar> => {
  const module = (await import('keytar')) as unknown as Keytar & { default?: Keytar }
  return module.default ?? module
}

const within = async <T>(ms: number, answer: Promise<T>): Promise<T> => {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`No answer within ${ms} ms`)), ms)
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}

const advice: Partial<Record<NodeJS.Platform, Code>> = {
  linux: 'keychain.adviceLinux',
  darwin: 'keychain.adviceMac',
  win32: 'keychain.adviceWindows',
}

/**
 * Secrets in the operating system's keychain. keytar is loaded when the first secret is asked for, because a machine
 * without libsecret can still run everything that needs no secret. Its `findCredentials` is never called: it was seen
 * to crash the process; the list of accounts is in the store.
 */
export function createKeychain(options: KeychainOptions = {}): Secrets {
  const { service = 'Earshot', platform = process.platform, redactor, load = loadKeytar, waitMs = 30_000 } = options
  let loading: Promise<Keytar> | undefined

  const unavailable = (code: Code, cause: unknown): SecretsUnavailable => {
    const what = said(advice[platform] ?? 'keychain.check')
    return new SecretsUnavailable(said('keychain.whole', { message: said(code), what }), { cause })
  }
  const keychain = async (): Promise<Keytar> => {
    loading ??= load()
    try {
      return await loading
    } catch (cause) {
      loading = undefined // it may be installed while Earshot runs
      throw unavailable('keychain.none', cause)
    }
  }
  const use = async <T>(failed: Code, call: (keytar: Keytar) => Promise<T>): Promise<T> => {
    const keytar = await keychain()
    try {
      return await within(waitMs, call(keytar))
    } catch (cause) {
      throw unavailable(failed, cause)
    }
  }
  return {
    async get(account) {
      const secret = await use('keychain.didNotGive', (keytar) => keytar.getPassword(service, account))
      if (secret !== null) redactor?.learn(secret)
      return secret
    },
    async set(account, secret) {
      redactor?.learn(secret)
      await use('keychain.didNotKeep', (keytar) => keytar.setPassword(service, account, secret))
    },
    async delete(account) {
      await use('keychain.didNotForget', (keytar) => keytar.deletePassword(service, account))
    },
  }
}

/** For commands and tests that must not touch the real keychain: forgets everything when the process ends. */
export function createMemorySecrets(redactor?: Redactor): Secrets {
  const secrets = new Map<string, string>()
  return {
    get: async (account) => secrets.get(account) ?? null,
    async set(account, secret) {
      redactor?.learn(secret)
      secrets.set(account, secret)
    },
    async delete(account) {
      secrets.delete(account)
    },
  }
}
