import { spawn } from 'node:child_process'
import { globSync, statSync } from 'node:fs'
import { join } from 'node:path'

const newest = (root: string, patterns: string[]): number =>
  globSync(patterns, { cwd: root }).reduce((latest, file) => Math.max(latest, statSync(join(root, file)).mtimeMs), 0)

/** Whether what was built is older than any file that it is built from, or is not there at all. */
export function isStale(root: string): boolean {
  const built = ['out/renderer/index.html', 'out/main/index.js', 'out/preload/index.cjs'].map((file) => {
    try {
      return statSync(join(root, file)).mtimeMs
    } catch {
      return 0
    }
  })
  const sources = ['renderer/**/*', 'shared/**/*', 'electron/**/*.ts', 'electron.vite.config.ts', 'package-lock.json']
  return newest(root, sources) > Math.min(...built)
}

/** Builds shell, preload and page into `out/` (about 2 s). Rejects with the builder's own words when it fails. */
export function buildPage(root: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const cli = join(root, 'node_modules/electron-vite/bin/electron-vite.js')
    const child = spawn(process.execPath, [cli, 'build', '--logLevel', 'warn'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    child.stdout.on('data', (chunk) => (said += chunk))
    child.stderr.on('data', (chunk) => (said += chunk))
    child.on('error', reject)
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`The page could not be built:\n${said.trim()}`)),
    )
  })
}
