import { existsSync, readFileSync } from 'node:fs'

/** A whole file; null where there is none. */
export const fileBytes = (path: string): Uint8Array | null =>
  existsSync(path) ? new Uint8Array(readFileSync(path)) : null
