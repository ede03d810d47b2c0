import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { bundled } from '#tests/support/bundled.ts'

/**
 * Whatever a machine says of itself: a station starts, or says in one sentence what to do and ends with a code; it ends when it is told to,
 * and writes nowhere else.
 */
const base = mkdtempSync(join(tmpdir(), 'earshot-surroundings-'))
afterAll(() => rmSync(base, { recursive: true, force: true }))
let number = 0
const program = await bundled('electron/hosts/cli.ts')

interface Outcome {
  code: number | null
  served: boolean
  said: string
  /** What is in its home, in its working folder, and where its data was to lie. */
  home: string[]
  here: string[]
  data: string
}

interface Surroundings {
  /** Of its own places, which are made for it. */
  env?: (place: string) => Record<string, string>
  /** Null: no `--data` is given. */
  data?: (place: string) => string | null
  /** What a shell does before. */
  limit?: string
}

/** `serve` in a home and a working folder of its own, with nothing in the environment but this; Ctrl-C once it serves. */
function start({ env, data, limit }: Surroundings): Promise<Outcome> {
  const place = join(base, String(++number))
  for (const name of ['', 'home', 'here']) mkdirSync(join(place, name))
  writeFileSync(join(place, 'file'), 'x')
  symlinkSync('loop', join(place, 'loop'))
  symlinkSync(join(place, 'nowhere'), join(place, 'dangling'))
  const dir = data ? data(place) : join(place, 'data')
  const command = [process.execPath, program, 'serve', '--port', '0']
  if (dir !== null) command.push('--data', dir)
  const child = spawn('/bin/sh', ['-c', `${limit ?? ':'}; exec "$@"`, 'sh', ...command], {
    cwd: join(place, 'here'),
    env: {
      PATH: process.env.PATH,
      HOME: join(place, 'home'),
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      ...env?.(place),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  let served = false
  const take = (chunk: Buffer): void => {
    said += chunk.toString()
    if (served || !said.includes('"url":"http')) return
    served = true
    child.kill('SIGINT')
  }
  child.stdout.on('data', take)
  child.stderr.on('data', take)
  return new Promise((resolve) =>
    child.on('close', (code) =>
      resolve({
        code,
        served,
        said: said.replace(/^Building the page.*\n/m, ''),
        home: readdirSync(join(place, 'home')),
        here: readdirSync(join(place, 'here')),
        data: dir ?? '',
      }),
    ),
  )
}

const long = (bytes: number) => (place: string) => {
  let path = place
  while (path.length < bytes - 101) path = join(path, 'a'.repeat(100))
  return join(path, 'a'.repeat(Math.max(1, bytes - path.length - 1)))
}

describe('a station starts, and ends with Ctrl-C,', () => {
  it.each<[string, Surroundings]>([
    [
      'in a folder with blanks, quotes, letters of others and a new line',
      { data: (place) => join(place, `it's "an" größe 名\n🦊 100%25?x#y $HOME`) },
    ],
    ['in a path longer than a socket may have', { data: long(200) }],
    ['in the longest path there may be', { data: long(440) }],
    [
      'with folders of XDG that are relative',
      {
        data: () => null,
        env: () => ({
          XDG_DATA_HOME: 'rel/x',
          XDG_CONFIG_HOME: 'rel',
          XDG_CACHE_HOME: 'rel',
          XDG_RUNTIME_DIR: 'rel',
          XDG_STATE_HOME: '../x',
        }),
      },
    ],
    ['in a home that is not there yet', { data: () => null, env: (place) => ({ HOME: join(place, 'new', 'home') }) }],
    [
      'with a language and a zone that nobody knows, behind proxies that are none, without a folder for what is temporary, in a terminal that can do nothing',
      {
        env: () => ({
          LC_ALL: 'klingon',
          LANG: 'xx_YY.foo',
          LANGUAGE: '::',
          TZ: 'Mars/Olympus',
          HTTP_PROXY: 'garbage',
          HTTPS_PROXY: ':::',
          ALL_PROXY: 'ftp://',
          http_proxy: 'socks5://x',
          NO_PROXY: ',',
          TMPDIR: '/nonexistent',
          TERM: 'dumb',
          COLUMNS: '-1',
        }),
      },
    ],
    [
      'without any language, in a zone written in full, with few open files allowed',
      { env: () => ({ LC_ALL: '', LANG: 'C', TZ: 'CET-1CEST,M3.5.0,M10.5.0/3' }), limit: 'ulimit -n 48' },
    ],
  ])('%s', async (_what, surroundings) => {
    const { code, served, said, here, home, data } = await start(surroundings)
    expect([served, code], said).toEqual([true, 0])
    expect(here).toEqual([])
    if (data !== '') {
      expect(home).toEqual([])
      expect(existsSync(join(data, 'earshot.db'))).toBe(true)
    }
  })
})

describe('a station says in one sentence what to do, ends with a code, and writes nothing,', () => {
  it.each<[string, RegExp, Surroundings]>([
    ['where there is no home', /no home folder/, { data: () => null, env: () => ({ HOME: '', XDG_DATA_HOME: 'rel' }) }],
    [
      'where the home is relative',
      /no home folder \(HOME is "rel\/home"\)/,
      { data: () => null, env: () => ({ HOME: 'rel/home' }) },
    ],
    [
      'where the home is a file',
      /is a file or lies in one/,
      { data: () => null, env: (place) => ({ HOME: join(place, 'file') }) },
    ],
    ['where nothing can be made in the home', /cannot be made/, { data: () => null, env: () => ({ HOME: '/proc' }) }],
    ['where the folder is a file', /is a file or lies in one/, { data: (place) => join(place, 'file') }],
    ['where the folder lies in a file', /is a file or lies in one/, { data: (place) => join(place, 'file', 'data') }],
    ['where the folder is a device', /is a file or lies in one/, { data: () => '/dev/null' }],
    ['where a file system takes no folders', /cannot be made/, { data: () => '/proc/earshot/data' }],
    ['where a link leads nowhere', /cannot be made/, { data: (place) => join(place, 'dangling') }],
    ['where a link leads to itself', /cannot be made/, { data: (place) => join(place, 'loop', 'data') }],
    ['where the path is too long for a store', /too long \(441 bytes of at most 440\)/, { data: long(441) }],
    ['where the path is too long for any file', /too long/, { data: long(5000) }],
    ['where a part of the path is too long', /A part of the path/, { data: (place) => join(place, 'n'.repeat(256)) }],
    ['where the disk takes no more', /disk of .* is full or does not take writes/, { limit: 'ulimit -f 100' }],
  ])('%s', async (_what, sentence, surroundings) => {
    const { code, served, said, here, home } = await start(surroundings)
    expect(said).toMatch(sentence)
    expect(said.trim().split('\n'), said).toHaveLength(1)
    expect(said).not.toMatch(/\bat .*:\d+:\d+|Error:/)
    expect([served, code]).toEqual([false, 2])
    expect([here, home]).toEqual([[], []])
  })
})
