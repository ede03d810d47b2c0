import { once } from 'node:events'
import type { Terminal } from './command.ts'

/** First word after a second, then one a second: quick commands stay silent, long ones show that they live. */
const everyMs = 1000

/**
 * What a terminal shows and does not do: names of files and what was read in them may hold sequences that move its cursor, change
 * its title or type for it. C0 without line ends and tabs, DEL, C1, and what turns the direction of a line.
 */
export const harmless = (text: string): string =>
  // oxlint-disable-next-line no-control-regex -- these are what is looked for
  text.replace(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    (sign) => `\\u${sign.codePointAt(0)!.toString(16).padStart(4, '0')}`,
  )

/** The process' own streams. A reader that closes its end (`| head`) ends the command without a word. */
export function processTerminal(json: boolean): Terminal & { end(): void } {
  const shown = process.stdout.isTTY === true
  const stop = new AbortController()
  const interactive = process.stderr.isTTY === true
  let saidAt = performance.now()
  let lineIsOpen = false
  const clearLine = (): void => {
    if (lineIsOpen) process.stderr.write('\r\u001b[K')
    lineIsOpen = false
  }
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    stop.abort(error)
    process.exit(0)
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stop.signal.aborted) process.exit(130)
      stop.abort(new DOMException('Stopped from outside', 'AbortError'))
    })
  }
  return {
    json,
    signal: stop.signal,
    async print(line) {
      clearLine()
      if (!process.stdout.write(`${json ? line : harmless(line)}\n`)) await once(process.stdout, 'drain')
    },
    async write(text) {
      clearLine()
      if (!process.stdout.write(shown ? harmless(text.replaceAll('\r\n', '\n')) : text))
        await once(process.stdout, 'drain')
    },
    note(line) {
      clearLine()
      process.stderr.write(`${harmless(line)}\n`)
    },
    progress(text) {
      const now = performance.now()
      if (now - saidAt < everyMs) return
      saidAt = now
      if (interactive) process.stderr.write(`\r\u001b[K${harmless(text())}`)
      else process.stderr.write(`${harmless(text())}\n`)
      lineIsOpen = interactive
    },
    end: clearLine,
  }
}
