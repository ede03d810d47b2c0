import { appendFileSync, mkdirSync, statSync, renameSync } from 'node:fs'
import { join } from 'node:path'

/** Bytes; turned over once. */
const MOST = 1024 * 1024

/** The shell's own log beside the engine's, readable by its owner only. What cannot be written is on stderr alone. */
export function createShellLog(dataDir: string): (line: string) => void {
  const folder = join(dataDir, 'logs')
  const file = join(folder, 'desktop.log')
  return (line) => {
    console.error(line)
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > MOST) renameSync(file, `${file}.1`)
      appendFileSync(file, `${new Date().toISOString()} ${line}\n`, { mode: 0o600 })
    } catch {
      // A full disk is told by the engine.
    }
  }
}
