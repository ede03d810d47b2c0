import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findChromium } from './chromium.ts'
import { projectRoot } from './root.ts'

const says = (command: string): string => spawnSync('sh', ['-c', command], { encoding: 'utf8' }).stdout

/** What tests need beside Node, as Debian's packages, and whether it is there already. */
const needs = {
  /** A browser, and fonts that have letters and emoji. */
  browser: {
    packages: ['chromium', 'fonts-dejavu-core', 'fonts-noto-color-emoji'],
    isThere: () => findChromium() !== undefined,
  },
  /** A real Secret Service for the keychain: its library, a keyring, and a session bus for it. */
  keyring: {
    packages: ['libsecret-1-0', 'gnome-keyring', 'dbus'],
    isThere: () =>
      says('command -v dbus-run-session && command -v gnome-keyring-daemon').split('\n').length > 2 &&
      /libsecret-1\.so\.0/.test(says('ldconfig -p || /sbin/ldconfig -p')),
  },
}
export type Need = keyof typeof needs

const runs = (command: string, args: string[]): Promise<boolean> =>
  new Promise((resolve) => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const child = spawn(command, args, { cwd: projectRoot, stdio: ['ignore', 'ignore', 'inherit'], env })
    child.on('error', () => resolve(false))
    child.on('close', (code) => resolve(code === 0))
  })
const aptGet = (args: string[]): Promise<boolean> => runs('apt-get', ['-qq', ...args])

/**
 * What is optional for whoever uses Earshot is not for its tests. An older npm runs the install script of the sentence models'
 * runtime, which asks a feed for graphics cards, and leaves the package out without a word where that cannot be reached.
 */
export async function provideOptional(): Promise<string[]> {
  const { optionalDependencies } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
    optionalDependencies: Record<string, string>
  }
  const isMissing = (name: string): boolean => !existsSync(join(projectRoot, 'node_modules', name, 'package.json'))
  const wanted = Object.entries(optionalDependencies).map(([name, version]) => ({ name, spec: `${name}@${version}` }))
  const missing = wanted.filter(({ name }) => isMissing(name)).map(({ spec }) => spec)
  if (missing.length === 0) return []
  console.log(`Installing ${missing.join(', ')} with npm …`)
  await runs('npm', ['install', '--no-save', '--ignore-scripts', '--silent', ...missing])
  return wanted.filter(({ name }) => isMissing(name)).map(({ spec }) => `The tests need ${spec}: npm install ${spec}`)
}

/**
 * Installs what is missing, on Debian as root; elsewhere whoever runs the tests has to. Returns one line for each need that
 * is not met after all, with what to do about it.
 */
export async function provide(...wanted: Need[]): Promise<string[]> {
  const missing = (): Need[] => wanted.filter((need) => !needs[need].isThere())
  const packages = missing().flatMap((need) => needs[need].packages)
  const mayInstall = process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/etc/debian_version')
  if (packages.length > 0 && mayInstall) {
    console.log(`Installing ${packages.join(', ')} with apt-get …`)
    if (await aptGet(['update'])) await aptGet(['install', '-y', '--no-install-recommends', ...packages])
  }
  return missing().map(
    (need) => `The tests need a ${need}. On Debian: apt-get install ${needs[need].packages.join(' ')}`,
  )
}
