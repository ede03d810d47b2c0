import { existsSync } from 'node:fs'
import { spawn } from 'node:child_process'
import { findChromium } from './chromium.ts'

/** What the browser tests and the keychain tests need beside Node: a browser, fonts that have letters and emoji, a keyring. */
const packages = [
  'chromium', 'fonts-dejavu-core', 'fonts-noto-color-emoji', 'libsecret-1-0', 'gnome-keyring', 'dbus',
] // prettier-ignore

const aptGet = (args: string[]): Promise<boolean> =>
  new Promise((resolve) => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const child = spawn('apt-get', ['-qq', ...args], { stdio: ['ignore', 'ignore', 'inherit'], env })
    child.on('error', () => resolve(false))
    child.on('close', (code) => resolve(code === 0))
  })

/** On Debian as root: installs Chromium and returns its path. Elsewhere, or when that fails: undefined. */
export async function installChromium(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return undefined
  console.log('No Chromium was found; installing it with apt-get …')
  if (!(await aptGet(['update']))) return undefined
  if (!(await aptGet(['install', '-y', '--no-install-recommends', ...packages]))) return undefined
  return findChromium()
}
