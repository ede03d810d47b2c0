import type { JsonObject } from '#shared/util/json.ts'

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** Structured log. Fields never hold secrets or the text of private mentions; the real one redacts known names too. */
export interface Log {
  log(level: LogLevel, message: string, fields?: JsonObject, error?: unknown): void
  child(room: string): Log
}

/** For tests and short commands that have nothing to say. */
export const silentLog: Log = { log: () => {}, child: () => silentLog }
