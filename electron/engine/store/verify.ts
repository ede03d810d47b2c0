import type { Store, VerifyReport } from './store.ts'

/** Everything that can be recounted, recounted. */
export async function verifyStore(store: Store): Promise<VerifyReport> {
  await store.indexed()
  return store.background.ask('store.verify', null, { timeoutMs: 3_600_000 })
}
