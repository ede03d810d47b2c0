import { closeSync, existsSync, fstatSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { pino, type DestinationStream } from 'pino'
import type { JsonObject } from '#shared/util/json.ts'
import type { Log, LogLevel } from './log.ts'
import type { Redactor } from './redact.ts'

/** `earshot.log`, then `earshot.1.log` (older) … up to `keep`; a file is turned over at `maxBytes`. */
export interface LogFileOptions {
  folder: string
  maxBytes?: number
  keep?: number
  level?: LogLevel
}

/**
 * Written synchronously: a log is read after a crash, and the engine writes a few lines a minute. A disk that takes no
 * more lines never stops the engine.
 */
function rotatingFile({
  folder,
  maxBytes = 5 * 2 ** 20,
  keep = 4,
}: LogFileOptions): DestinationStream & { close(): void } {
  const name = (n: number): string => join(folder, n === 0 ? 'earshot.log' : `earshot.${n}.log`)
  mkdirSync(folder, { recursive: true })
  // Private mentions' ids and hosts are nobody else's business on a shared machine.
  const open = (): number => openSync(name(0), 'a', 0o600)
  let file = open()
  let size = fstatSync(file).size
  const turnOver = (): void => {
    closeSync(file)
    rmSync(name(keep), { force: true })
    for (let n = keep - 1; n >= 0; n--) if (existsSync(name(n))) renameSync(name(n), name(n + 1))
    file = open()
    size = 0
  }
  return {
    write(line) {
      try {
        if (size > 0 && size + line.length > maxBytes) turnOver()
        size += writeSync(file, line)
      } catch (error) {
        process.stderr.write(`The log cannot be written: ${(error as Error).message}\n`)
      }
    },
    close: () => closeSync(file),
  }
}

interface Described {
  name: string
  message: string
  code?: string
  stack?: string
  cause?: Described
}

/** Only what says where and why. An error's other fields may hold a request, a row or a person's words. */
function describe(error: unknown, redactor: Redactor, depth = 0): Described {
  if (!(error instanceof Error)) return { name: 'thrown', message: redactor.text(String(error)) }
  const code = (error as { code?: unknown }).code
  return {
    name: error.name,
    message: redactor.text(error.message),
    ...(typeof code === 'string' ? { code } : {}),
    ...(error.stack ? { stack: redactor.text(error.stack) } : {}),
    ...(error.cause !== undefined && depth < 5 ? { cause: describe(error.cause, redactor, depth + 1) } : {}),
  }
}

/** The engine's own log: one JSON object a line. */
export function openLog(options: LogFileOptions, redactor: Redactor): Log & { close(): void } {
  const destination = rotatingFile(options)
  const root = pino(
    { level: options.level ?? 'info', base: null, redact: { paths: ['*.password', '*.token'], censor: '[hidden]' } },
    destination,
  )
  const room = (name: string | null): Log => ({
    log(level: LogLevel, message: string, fields: JsonObject = {}, error?: unknown) {
      const line = { ...(name ? { room: name } : {}), ...redactor.fields(fields) }
      const whole = error === undefined ? line : { ...line, error: describe(error, redactor) }
      root[level](whole, redactor.text(message))
    },
    child: (child) => room(name ? `${name}.${child}` : child),
  })
  return { ...room(null), close: () => destination.close() }
}
