import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { projectRoot, temporaryFolder } from '#tests/support/engine.ts'
import { provide } from '#tests/support/install.ts'

const unlock = 'printf throwaway | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null'

/** Runs commands, `get a/b` or `set a/b secret`, each in a process of its own, in one session of the desktop bus or without one. */
function inSession(home: string, commands: string[], session: boolean): Promise<unknown[]> {
  const file = join(projectRoot, 'tests/support/keychain-probe.ts')
  const calls = commands.map((command) => `"${process.execPath}" "${file}" ${command}`).join('; ')
  const [command = '', ...args] = session
    ? ['dbus-run-session', '--', 'sh', '-c', `${unlock}; ${calls}`]
    : ['sh', '-c', calls]
  const child = spawn(command, args, {
    cwd: projectRoot,
    env: {
      ...process.env,
      HOME: home,
      XDG_DATA_HOME: join(home, '.local/share'),
      XDG_RUNTIME_DIR: home,
      DBUS_SESSION_BUS_ADDRESS: `unix:path=${home}/no-bus`,
    },
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 60_000,
  })
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  return new Promise((resolve, reject) => {
    child.on('close', () => {
      try {
        resolve(
          output
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line) as unknown),
        )
      } catch (cause) {
        reject(new Error(`Not the answers of the probe: ${output}`, { cause }))
      }
    })
  })
}

// The keychains of other systems belong to whoever is logged in: no test writes to them.
describe.runIf(process.platform === 'linux')('the Secret Service of Linux', () => {
  beforeAll(async () => {
    const missing = await provide('keyring')
    if (missing.length > 0) throw new Error(missing.join('\n'))
  }, 300_000)

  it('keeps a secret over a new session, and forgets it when told', async () => {
    const folder = temporaryFolder('keyring')
    const set = await inSession(
      folder.path,
      ['get src_1/token', 'set src_1/token "pass wörd ✓"', 'get src_1/token'],
      true,
    )
    expect(set).toEqual([null, null, 'pass wörd ✓'])
    const later = await inSession(folder.path, ['get src_1/token', 'delete src_1/token', 'get src_1/token'], true)
    expect(later).toEqual(['pass wörd ✓', null, null])
    folder.remove()
  })

  it('is explained when no session bus runs', async () => {
    const folder = temporaryFolder('keyring')
    const [answer] = await inSession(folder.path, ['get src_1/token'], false)
    expect(answer).toMatchObject({ name: 'SecretsUnavailable' })
    expect((answer as Error).message).toContain('gnome-keyring')
    folder.remove()
  })
})
