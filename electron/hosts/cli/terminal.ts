import { once } from 'node:events'
import type { Terminal } from './command.ts'

/** First word after a second, then one a second: quick commands stay silent, long ones show that they live. */
const everyMs = 1000

/** The process' own streams. A reader that closes its end (`| head`) ends the command without a word. */
export function processTerminal(json: boolean): Terminal & { end(): void } {
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
      if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain')
    },
    note(line) {
      clearLine()
      process.stderr.write(`${line}\n`)
    },
    progress(text) {
      const now = performance.now()
      if (now - saidAt < everyMs) return
      saidAt = now
      if (interactive) process.stderr.write(`\r\u001b[K${text()}`)
      else process.stderr.write(`${text()}\n`)
      lineIsOpen = interactive
    },
    end: clearLine,
  }
}
