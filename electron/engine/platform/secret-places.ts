import { said } from '#shared/words/said.ts'
import type { SecretsPlace } from '#shared/model/access.ts'
import { createSignal } from '#shared/util/signal.ts'
import { Failure } from './failure.ts'
import type { Redactor } from './redact.ts'
import { isSealed, seal, sealKey, unseal, type SealKey } from './sealed-file.ts'
import { SecretsUnavailable, type Secrets } from './secrets.ts'

/**
 * Where a station keeps what is secret: the keychain of the system; where there is none, a file sealed with a passphrase, or
 * this run alone. A sealed file in the data folder is the choice that was made.
 */
export interface SecretPlaces extends Secrets {
  place(): Promise<SecretsPlace>
  /** Makes the sealed file, with what this run keeps already. Throws a Failure when there is one, or a keychain that works. */
  seal(passphrase: string): Promise<void>
  /** Throws a Failure for a wrong passphrase. */
  unlock(passphrase: string): Promise<void>
  /** A person wants nothing kept beyond this run. Throws a Failure beside a keychain that works or a sealed file. */
  keepForThisRun(): Promise<void>
  /** What could not be read may be there now. */
  onChanged(call: () => void): () => void
}

/** A keychain that did not answer is asked again after this. */
const ASK_AGAIN_MS = 30_000
/** Asked for to see whether there is a keychain; never set. */
const PROBE = 'station/is-there-a-keychain'

export interface SecretPlacesOptions {
  keychain: Secrets
  /** Of the sealed file. */
  file: string
  redactor?: Redactor
  /** Milliseconds of a clock that only goes on. */
  monotonic(): number
}

// Long: one list of secrets and the three places it may lie in.
export function createSecretPlaces({ keychain, file, redactor, monotonic }: SecretPlacesOptions): SecretPlaces {
  const changed = createSignal()
  let opened: { key: SealKey; secrets: Map<string, string> } | null = null
  let run: Map<string, string> | null = null
  let chosen = false
  let missing: { at: number; error: SecretsUnavailable } | null = null

  /** null: it answers. */
  async function keychainProblem(): Promise<SecretsUnavailable | null> {
    if (missing !== null && monotonic() - missing.at < ASK_AGAIN_MS) return missing.error
    try {
      await keychain.get(PROBE)
      missing = null
      return null
    } catch (error) {
      if (!(error instanceof SecretsUnavailable)) throw error
      missing = { at: monotonic(), error }
      return error
    }
  }

  /** The list that is in use instead of the keychain; null: the keychain is. Throws while the sealed file is locked. */
  function instead(): Map<string, string> | null {
    if (opened !== null) return opened.secrets
    if (isSealed(file)) throw new SecretsUnavailable(said('secrets.locked'))
    return run
  }
  /** As it was when it cannot be written: a secret that is only half kept would be missed at the next start. */
  function change(secrets: Map<string, string>, account: string, secret: string | undefined): void {
    const before = secrets.get(account)
    const put = (value: string | undefined): unknown =>
      value === undefined ? secrets.delete(account) : secrets.set(account, value)
    put(secret)
    try {
      if (opened !== null) seal(file, opened.key, secrets)
    } catch (error) {
      put(before)
      throw error
    }
  }
  async function mustLackKeychain(): Promise<void> {
    if (isSealed(file)) throw new Failure('user', 'secrets.alreadySealed')
    if ((await keychainProblem()) === null) throw new Failure('user', 'secrets.keychainWorks')
  }

  return {
    async get(account) {
      const secrets = instead()
      if (secrets === null) return keychain.get(account)
      const secret = secrets.get(account)
      if (secret === undefined && opened === null) throw new SecretsUnavailable(said('secrets.earlierRun'))
      return secret ?? null
    },
    async set(account, secret) {
      redactor?.learn(secret)
      let secrets = instead()
      if (secrets === null) {
        // No machine is without hands because it has no keychain; that it is for this run alone is said.
        if ((await keychainProblem()) === null) return keychain.set(account, secret)
        secrets = run ??= new Map()
      }
      change(secrets, account, secret)
    },
    async delete(account) {
      const secrets = instead()
      if (secrets === null) return keychain.delete(account)
      change(secrets, account, undefined)
    },
    async lasts() {
      if (opened !== null || isSealed(file)) return true
      return run === null && (await keychainProblem()) === null
    },
    async place() {
      if (opened !== null) return { place: 'file', chosen: true, problem: null }
      if (isSealed(file)) return { place: 'locked', chosen: true, problem: null }
      const problem = await keychainProblem()
      if (problem === null && run === null) return { place: 'keychain', chosen: true, problem: null }
      return { place: run === null ? 'none' : 'run', chosen, problem: problem?.said ?? null }
    },
    async seal(passphrase) {
      await mustLackKeychain()
      redactor?.learn(passphrase)
      const made = { key: await sealKey(passphrase), secrets: new Map(run) }
      seal(file, made.key, made.secrets)
      opened = made
      run = null
      changed.tell()
    },
    async unlock(passphrase) {
      redactor?.learn(passphrase)
      if (!isSealed(file)) throw new Failure('user', 'secrets.notSealed')
      const found = await unseal(file, passphrase)
      for (const secret of found.secrets.values()) redactor?.learn(secret)
      opened = found
      changed.tell()
    },
    async keepForThisRun() {
      await mustLackKeychain()
      run ??= new Map()
      chosen = true
      changed.tell()
    },
    onChanged: changed.on,
  }
}
