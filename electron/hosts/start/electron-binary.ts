import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export type ElectronSearch = { binary: string; reason?: undefined } | { binary?: undefined; reason: string }

/** Path of an Electron that is already on this machine: `ELECTRON_OVERRIDE_DIST_PATH`, or what its package fetched. */
export function installedElectron(root: string, env: NodeJS.ProcessEnv = process.env): string | undefined {
  const home = join(root, 'node_modules/electron')
  try {
    const name = readFileSync(join(home, 'path.txt'), 'utf8').trim()
    const binary = join(env.ELECTRON_OVERRIDE_DIST_PATH ?? join(home, 'dist'), name)
    return existsSync(binary) ? binary : undefined
  } catch {
    return undefined
  }
}

/** Whether there is anything to show a window on. */
export const hasDisplay = (
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
): boolean => platform !== 'linux' || !!env.DISPLAY || !!env.WAYLAND_DISPLAY

/**
 * Electron's binary is about 120 MB and comes from outside the package registry. One bounded try, which on a machine
 * that cannot reach it ends within seconds.
 */
export function fetchElectron(root: string, options: { stallMs: number }): Promise<string | undefined> {
  return new Promise((resolve) => {
    const script = join(root, 'node_modules/electron/install.js')
    if (!existsSync(script)) return resolve('the electron package is not installed')
    const child = spawn(process.execPath, [script], { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] })
    let said = ''
    child.stderr.on('data', (chunk) => (said += chunk))
    const timer = setTimeout(() => child.kill('SIGKILL'), options.stallMs)
    child.on('error', (error) => resolve(error.message))
    child.on('close', (code) => {
      clearTimeout(timer)
      resolve(code === 0 ? undefined : said.trim() || `no answer within ${options.stallMs / 1000} s`)
    })
  })
}

export async function findElectron(root: string, env: NodeJS.ProcessEnv = process.env): Promise<ElectronSearch> {
  if (!hasDisplay(process.platform, env)) return { reason: 'There is no display for a window.' }
  const installed = installedElectron(root, env)
  if (installed) return { binary: installed }
  if (env.EARSHOT_NO_ELECTRON_FETCH !== '1') {
    console.log('Fetching Electron once (about 120 MB) …')
    await fetchElectron(root, { stallMs: Number(env.EARSHOT_ELECTRON_FETCH_MS ?? 60_000) })
    const fetched = installedElectron(root, env)
    if (fetched) return { binary: fetched }
  }
  return { reason: 'Electron is not on this machine and could not be fetched.' }
}
