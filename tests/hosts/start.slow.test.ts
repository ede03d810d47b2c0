import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildPage, isStale } from '#hosts/build-page.ts'
import { cookieOf } from '#tests/contract/harness.ts'
import { startProcess } from '#tests/support/earshot.ts'
import { projectRoot, temporaryFolder } from '#tests/support/engine.ts'

const folder = temporaryFolder('start')
const start = (args: string[], env: NodeJS.ProcessEnv = {}) =>
  startProcess('electron/hosts/start.ts', args, { DISPLAY: '', WAYLAND_DISPLAY: '', ...env })

beforeAll(async () => {
  if (isStale(projectRoot)) await buildPage(projectRoot)
})
afterAll(() => folder.remove())

describe('npm start', () => {
  it('serves the app, keeps its keys to its owner, and stops in order at Ctrl-C', async () => {
    const data = join(folder.path, 'a')
    const app = start(['--headless', '--data', data, '--port', '0'])
    const [, url = ''] = await app.says(/officer: (http\S+)/)
    const cookie = await cookieOf(url)
    const page = await fetch(new URL('/', url), { headers: { cookie } })
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('<div id="app">')
    if (process.platform !== 'win32') {
      expect(statSync(data).mode & 0o077).toBe(0)
      expect(statSync(join(data, 'station-keys.json')).mode & 0o077).toBe(0)
      expect(statSync(join(data, 'logs/earshot.log')).mode & 0o077).toBe(0)
    }
    app.kill('SIGINT')
    expect(await app.ended).toBe(0)
    expect(app.output()).toContain('Stopping')
    // A clean end leaves no write-ahead log behind.
    expect(existsSync(join(data, 'earshot.db-wal')) && statSync(join(data, 'earshot.db-wal')).size > 0).toBe(false)
    const log = readFileSync(join(data, 'logs/earshot.log'), 'utf8')
    expect(log).not.toContain(new URL(url).searchParams.get('token'))
  })

  it('says in one line that there is no window, and serves a browser instead', async () => {
    const app = start(['--data', join(folder.path, 'b'), '--port', '0'])
    await app.says(/There is no display for a window\. Earshot opens in a browser instead/)
    await app.says(/officer: http/)
    app.kill('SIGTERM')
    expect(await app.ended).toBe(0)
  })

  it('says in one line that Electron cannot be had', async () => {
    const app = start(['--data', join(folder.path, 'c'), '--port', '0'], {
      DISPLAY: ':99',
      EARSHOT_NO_ELECTRON_FETCH: '1',
      ELECTRON_OVERRIDE_DIST_PATH: folder.path,
      PATH: '',
    })
    await app.says(/Electron is not on this machine and could not be fetched\./)
    await app.says(/officer: http/)
    app.kill('SIGTERM')
    expect(await app.ended).toBe(0)
  })

  it('takes the next free port and says so', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address() as AddressInfo
    const app = start(['--headless', '--data', join(folder.path, 'd'), '--port', String(port)])
    const [, used = ''] = await app.says(new RegExp(`Port ${port} is taken; this station uses (\\d+)`))
    expect(Number(used)).toBeGreaterThan(port)
    app.kill('SIGTERM')
    await app.ended
    taken.close()
  })

  it('lets nobody else on its data, and says who is there', async () => {
    const data = join(folder.path, 'e')
    const first = start(['--headless', '--data', data, '--port', '0'])
    await first.says(/officer: http/)
    const second = start(['--headless', '--data', data, '--port', '0'])
    expect(await second.ended).toBe(2)
    expect(second.output()).toContain('in use by another running Earshot')
    expect(second.output()).not.toMatch(/\n\s+at /)
    first.kill('SIGTERM')
    expect(await first.ended).toBe(0)
  })

  it.each([
    [['--port', 'x'], /--port takes a number/],
    [['--nonsense'], /--nonsense/],
  ])('refuses %j and shows its options', async (args, said) => {
    const app = start(args)
    expect(await app.ended).toBe(2)
    expect(app.output()).toMatch(said)
    expect(app.output()).toContain('--headless')
  })

  it('says what is wrong with a data folder that is a file', async () => {
    mkdirSync(folder.path, { recursive: true })
    const file = join(folder.path, 'file')
    writeFileSync(file, '')
    const app = start(['--headless', '--data', file, '--port', '0'])
    expect(await app.ended).toBeGreaterThan(0)
    expect(app.output()).toContain(file)
    expect(app.output()).not.toMatch(/\n\s+at /)
  })
})
