import type { Said } from '#shared/model/said.ts'
import { Failure } from './failure.ts'

/** The OS keychain. `account` is `sourceId/key`. The list of accounts is in SQLite, never asked of the keychain. */
export interface Secrets {
  get(account: string): Promise<string | null>
  set(account: string, secret: string): Promise<void>
  delete(account: string): Promise<void>
  /** false: what is set now is gone when this run ends. Absent: it stays. */
  lasts?(): Promise<boolean>
}

/** What a keychain that is missing or locked is answered with: says what happened and what to do. */
export class SecretsUnavailable extends Failure {
  override name = 'SecretsUnavailable'
  constructor(what: Said, options: { cause?: unknown } = {}) {
    super('operational', what, options)
  }
}
