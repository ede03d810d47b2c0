/** One call of the real keychain from a process of its own: `get ACCOUNT`, `set ACCOUNT SECRET`, `delete ACCOUNT`. */
import { createKeychain } from '#engine/platform/keychain.ts'

const secrets = createKeychain({ service: 'Earshot test', waitMs: 5000 })
const [what, account = '', value = ''] = process.argv.slice(2)
const call =
  what === 'set' ? secrets.set(account, value) : what === 'delete' ? secrets.delete(account) : secrets.get(account)
const answer = await call.catch(({ name, message }: Error) => ({ name, message }))
console.log(JSON.stringify(answer ?? null))
process.exit(0)
