import { spawn } from 'node:child_process'

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
      return reject(
        new Error('The desktop app does not run as root. Use an ordinary user, or: npm start -- --headless'),
      )
    }
    const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
    const child = spawn(binary, args, { stdio: 'inherit', env })
    const pass = (signal: NodeJS.Signals) => () => child.kill(signal)
    process.on('SIGINT', pass('SIGINT'))
    process.on('SIGTERM', pass('SIGTERM'))
    child.on('error', reject)
    child.on('close', (code, signal) => {
      if (code === 0 || signal === 'SIGINT' || signal === 'SIGTERM') resolve()
      else reject(new Error(`The desktop app ended with ${signal ?? `code ${code}`}. Its log is in ${dataDir}.`))
    })
  })
}
