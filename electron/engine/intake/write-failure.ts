import { said } from '#shared/words/said.ts'
import { Failure } from '#engine/platform/failure.ts'
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
    const message = said('store.noRoomForMentions')
    store.report(message)
    return { error: new Failure('operational', message, { retryAfterMs: 30_000, cause: error }), ofDisk: true }
  }
  if (code.startsWith('SQLITE_READONLY')) {
    const message = said('store.becameReadOnly', { file: store.file })
    store.report(message)
    return { error: new Failure('operational', message, { retryAfterMs: 30_000, cause: error }), ofDisk: true }
  }
  if (code.startsWith('SQLITE_IOERR')) {
    const message = said('store.writeToFileRefused', { file: store.file })
    store.report(message)
    return { error: new Failure('operational', message, { retryAfterMs: 30_000, cause: error }), ofDisk: true }
  }
  if (code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_NOTADB')) {
    store.damaged()
    return { error: new Failure('user', store.problem ?? said('store.damaged'), { cause: error }), ofDisk: true }
  }
  if (code.startsWith('SQLITE_BUSY')) {
    const held = said('store.heldElsewhere')
    return { error: new Failure('operational', held, { retryAfterMs: 2000, cause: error }), ofDisk: true }
  }
  return { error: error instanceof Error ? error : new Error(String(error)), ofDisk: false }
}
