import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** It never came up: the same app runs in a browser. */
export class CannotRunHere extends Error {
  override name = 'CannotRunHere'
}

/** What ends before anybody could have seen a window did not start. */
const AT_ONCE_MS = 8000

/** `1` or `0` as the kernel says; undefined: it does not have that. */
function kernelSays(name: string): string | undefined {
  try {
    return readFileSync(`/proc/sys/kernel/${name}`, 'utf8').trim()
  } catch {
    return undefined
  }
}

/** Chromium ends by a trap when it can have no sandbox; Earshot never runs without one. */
function cannotRun(how: string): string {
  const refused =
    kernelSays('unprivileged_userns_clone') === '0' || kernelSays('apparmor_restrict_unprivileged_userns') === '1'
  return refused
    ? `The desktop app ended at once (${how}): this system lets programs make no sandbox of their own (user namespaces).`
    : `The desktop app ended at once (${how}); it may have found no sandbox or no library that it needs.`
}

export interface DesktopOptions {
  binary: string
  root: string
  dataDir: string
  sample: boolean
  dev: boolean
}

/** Runs the desktop app and resolves when its last window and its engine have ended. */
export function runDesktop({ binary, root, dataDir, sample }: DesktopOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const args = [root, `--data=${dataDir}`, ...(sample ? ['--sample'] : [])]
    // Chromium refuses its sandbox to root; Earshot never runs without one, so it says so itself instead of crashing.
    if (process.platform === 'linux' && process.getuid?.() === 0) {
      return reject(new CannotRunHere('The desktop app does not run as root.'))
    }
    const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
    const startedAt = performance.now()
    const child = spawn(binary, args, { stdio: 'inherit', env })
    const pass = (signal: NodeJS.Signals) => () => child.kill(signal)
    process.on('SIGINT', pass('SIGINT'))
    process.on('SIGTERM', pass('SIGTERM'))
    child.on('error', (error) => reject(new CannotRunHere(`The desktop app could not be started: ${error.message}.`)))
    child.on('close', (code, signal) => {
      if (code === 0 || signal === 'SIGINT' || signal === 'SIGTERM') return resolve()
      const how = signal ?? `code ${code}`
      if (performance.now() - startedAt < AT_ONCE_MS) return reject(new CannotRunHere(cannotRun(how)))
      reject(new Error(`The desktop app ended with ${how}. Its log is in ${join(dataDir, 'logs')}.`))
    })
  })
}
