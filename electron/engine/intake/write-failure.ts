import { OperationalError, UserError } from '#engine/platform/errors.ts'
import type { Store } from '#engine/store/store.ts'

/** What a failed write means for a person; sets the store's problem where one must act. */
export function writeFailure(error: unknown, store: Store): Error {
  const code = String((error as { code?: unknown } | null)?.code ?? '')
  if (code === 'SQLITE_FULL') {
    const message = `The disk is full: new mentions cannot be stored. Nothing stored is lost. Free some space; Earshot goes on by itself.`
    store.report(message)
    return new OperationalError(message, { retryAfterMs: 30_000, cause: error })
  }
  if (code.startsWith('SQLITE_READONLY')) {
    const message = `${store.file} became read-only: new mentions cannot be stored. Make it writable for this user.`
    store.report(message)
    return new OperationalError(message, { retryAfterMs: 30_000, cause: error })
  }
  if (code.startsWith('SQLITE_IOERR')) {
    const message = `The disk did not take a write to ${store.file}. Nothing stored is lost. Check the disk.`
    store.report(message)
    return new OperationalError(message, { retryAfterMs: 30_000, cause: error })
  }
  if (code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_NOTADB')) {
    const message = `${store.file} is damaged. Close Earshot and start it again: it will restore the last good backup.`
    store.report(message)
    return new UserError(message, { cause: error })
  }
  if (code.startsWith('SQLITE_BUSY')) {
    return new OperationalError('Another program holds the data file. Trying again.', {
      retryAfterMs: 2000,
      cause: error,
    })
  }
  return error instanceof Error ? error : new Error(String(error))
}
