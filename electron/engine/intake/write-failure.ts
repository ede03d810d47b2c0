import { OperationalError, UserError } from '#engine/platform/errors.ts'
import type { Store } from '#engine/store/store.ts'

/** `ofDisk`: nothing can be written at the moment, by anybody. */
export interface WriteFailure {
  error: Error
  ofDisk: boolean
}

/** What a failed write means for a person; sets the store's problem where one must act. */
export function writeFailure(error: unknown, store: Store): WriteFailure {
  const code = String((error as { code?: unknown } | null)?.code ?? '')
  if (code === 'SQLITE_FULL') {
    const message = `The disk is full: new mentions cannot be stored. Nothing stored is lost. Free some space; Earshot goes on by itself.`
    store.report(message)
    return { error: new OperationalError(message, { retryAfterMs: 30_000, cause: error }), ofDisk: true }
  }
  if (code.startsWith('SQLITE_READONLY')) {
    const message = `${store.file} became read-only: new mentions cannot be stored. Make it writable for this user.`
    store.report(message)
    return { error: new OperationalError(message, { retryAfterMs: 30_000, cause: error }), ofDisk: true }
  }
  if (code.startsWith('SQLITE_IOERR')) {
    const message = `The disk did not take a write to ${store.file}. Nothing stored is lost. Check the disk.`
    store.report(message)
    return { error: new OperationalError(message, { retryAfterMs: 30_000, cause: error }), ofDisk: true }
  }
  if (code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_NOTADB')) {
    store.damaged()
    return { error: new UserError(store.problem ?? 'The store is damaged.', { cause: error }), ofDisk: true }
  }
  if (code.startsWith('SQLITE_BUSY')) {
    const held = 'Another program holds the data file. Trying again.'
    return { error: new OperationalError(held, { retryAfterMs: 2000, cause: error }), ofDisk: true }
  }
  return { error: error instanceof Error ? error : new Error(String(error)), ofDisk: false }
}
