import type { Source } from '#shared/model/source.ts'
import { fixed, flag, json, plain, tableOf } from '../table.ts'

export interface SourceRow extends Source {
  network: string
  /** Keys that have a secret in the keychain. */
  secretKeys: string[]
}

export const sourceTable = tableOf<SourceRow>()('sources', ['id'], {
  id: plain(),
  connector: plain(),
  network: plain(),
  name: plain(),
  enabled: flag(),
  config: json(),
  secretKeys: json(),
  createdAt: fixed(plain()),
})
