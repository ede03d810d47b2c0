import { isDamage } from './damage.ts'
import type { Store, VerifyReport } from './store.ts'

/** Everything that can be recounted, recounted. A file too broken to be opened for it is a finding, not an error. */
export async function verifyStore(store: Store): Promise<VerifyReport> {
  try {
    await store.indexed()
    return await store.background.ask('store.verify', null, { timeoutMs: 3_600_000 })
  } catch (error) {
    const damage = damageIn(error)
    if (damage === null) throw error
    const detail = `cannot be checked: ${damage}`
    return {
      mentions: 0,
      journalEntries: 0,
      checks: [{ name: 'file', ok: false, detail }],
      problems: [`file: ${detail}`],
    }
  }
}

/** What SQLite said, at whatever depth of causes: a thread's failure stands around it. */
function damageIn(error: unknown): string | null {
  for (let at = error; at instanceof Error; at = at.cause) if (isDamage(at)) return at.message
  return null
}
