import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Secrets } from '#engine/platform/secrets.ts'

/** A keychain in a file of the folder, open to all: for stations that are killed and begin again, as a real keychain outlives them. */
export function fileSecrets(folder: string): Secrets {
  const file = join(folder, 'keychain.json')
  const read = (): Record<string, string> =>
    existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : {}
  function write(secrets: Record<string, string>): void {
    writeFileSync(`${file}.new`, JSON.stringify(secrets))
    renameSync(`${file}.new`, file)
  }
  return {
    get: async (account) => read()[account] ?? null,
    set: async (account, secret) => write({ ...read(), [account]: secret }),
    async delete(account) {
      const { [account]: _gone, ...rest } = read()
      write(rest)
    },
  }
}
