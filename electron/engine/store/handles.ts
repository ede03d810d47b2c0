import type { Database } from 'better-sqlite3'

declare const readable: unique symbol
declare const writable: unique symbol

/** A connection that may only be read from. Functions in `queries/` that only read take this type. */
export type ReadableDb = Database & { readonly [readable]: true }
/** The one connection that writes. Whoever holds it may also read. */
export type WritableDb = ReadableDb & { readonly [writable]: true }
