import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cookieOf } from '#tests/contract/harness.ts'
import { bundled } from '#tests/support/bundled.ts'
import { command, earshot, startProcess } from '#tests/support/earshot.ts'
import { createEngine } from '#engine/engine.ts'
import { temporaryFolder, testDeps } from '#tests/support/engine.ts'
import { feedServer, rssOf } from '#tests/support/feed-server.ts'

/** The same command line without a thousand modules to read; the first test starts it from the source tree as well. */
const program = await bundled('electron/hosts/cli.ts')
const folder = temporaryFolder('cli')
const data = join(folder.path, 'station')
const file = join(folder.path, 'posts.csv')
const at = (...args: string[]): string[] => [...args, '--data', data]

const posts = [
  ['id', 'created', 'who', 'message'],
  ['1', '2026-03-01T09:00:00Z', '@lena', 'The Brewly app crashes when I pay. Terrible.'],
  ['2', '2026-03-01T09:05:00Z', '@tom', 'Great coffee at Brewly today, thank you!'],
  ['3', '2026-03-01T09:10:00Z', '@ana', 'Does Brewly open on Sundays?'],
  ['4', 'not a date', '@mia', 'This row has no date'],
  ['5', '2026-03-01T09:20:00Z', '\u001b[2J@evil', 'Brewly \u001b[31mred\u001b[0m\u0007 alarm'],
]
const csv = posts.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n')

beforeAll(() => {
  mkdirSync(folder.path, { recursive: true })
  writeFileSync(file, csv)
})
afterAll(() => folder.remove())

const json = (text: string): unknown => JSON.parse(text)
const noStack = /\n\s+at .+:\d+:\d+/

describe('the command line', () => {
  it('is a process that prints, refuses and says so with its exit code', async () => {
    const overview = await earshot(['--help'])
    expect([overview.code, overview.stderr]).toEqual([0, ''])
    expect(overview.stdout).toContain('earshot COMMAND --help')
    const refused = await earshot(['search', 'a', '--limit', 'many'], {}, program)
    expect([refused.code, refused.stdout]).toEqual([2, ''])
    expect(refused.stderr).toMatch(/--limit takes a whole number/)
    const done = await earshot(['stats', '--json', '--data', join(folder.path, 'empty')], {}, program)
    expect(json(done.stdout)).toMatchObject({ mentions: 0 })
    expect([done.code, done.stderr]).toEqual([0, ''])
  })

  it('imports a file, accounts for every row and finds its duplicates the second time', async () => {
    const first = await command(at('import', file, '--map', 'text=message', '--source', 'Posts', '--json'))
    expect(first.code, first.stderr).toBe(0)
    const report = json(first.stdout) as { dropped: Record<string, number>; seconds: number }
    expect(report).toMatchObject({ read: 5, stored: 4, duplicates: 0 })
    expect(Object.values(report.dropped).reduce((sum, n) => sum + n, 0)).toBe(1)
    expect(report.seconds).toBeGreaterThan(0)
    const again = await command(at('import', file, '--map', 'text=message', '--source', 'Posts'))
    expect(again.stdout).toContain('4 known already')
    expect(again.stderr).toContain(`${file}:5`)
  })

  it('imports compressed files', async () => {
    const packed = join(folder.path, 'more.csv.gz')
    writeFileSync(packed, gzipSync(csv))
    const { stdout, code } = await command(['import', packed, '--json', '--data', join(folder.path, 'gz')])
    expect(code).toBe(0)
    expect(json(stdout)).toMatchObject({ read: 5, stored: 4 })
  })

  it('says what is wrong with a file that cannot be read, and keeps nothing of it', async () => {
    const missing = await command(at('import', join(folder.path, 'none.csv')))
    expect(missing.code).toBeGreaterThan(0)
    expect(missing.stderr).toContain('none.csv')
    expect(missing.stderr).not.toMatch(noStack)
    const noise = join(folder.path, 'noise.csv')
    writeFileSync(noise, Buffer.from([0, 255, 254, 1, 2, 3, 0, 0]))
    const broken = await command(at('import', noise))
    expect(broken.stderr + broken.stdout).not.toMatch(noStack)
    expect(json((await command(at('stats', '--json'))).stdout)).toMatchObject({ mentions: 4 })
  })

  it('finds a mention a line, newest first, without the control characters of a post', async () => {
    const { stdout, code } = await command(at('search', 'brewly'))
    expect(code).toBe(0)
    const lines = stdout.trim().split('\n')
    expect(lines).toHaveLength(4)
    expect(lines[0]).toContain('alarm')
    expect(stdout).not.toContain('\u001b')
    const some = await command(at('search', 'brewly NOT sundays', '--limit', '2', '--json'))
    expect(some.stdout.trim().split('\n').map((line) => (json(line) as { externalId: string }).externalId)).toEqual(['5', '2']) // prettier-ignore
  })

  it('names the place of an error in a query', async () => {
    const { code, stderr } = await command(at('search', '(brewly'))
    expect(code).toBe(2)
    expect(stderr.length).toBeGreaterThan(10)
    expect(stderr).not.toMatch(noStack)
  })

  it('ends quietly when its reader goes away', async () => {
    const child = startProcess(program, at('search', 'brewly', '--json'))
    child.hangUp()
    expect(await child.ended).toBe(0)
    expect(child.output()).toBe('')
  })

  it('counts what is there', async () => {
    const { stdout } = await command(at('stats', '--json'))
    expect(json(stdout)).toMatchObject({ mentions: 4, bySource: { Posts: 4 }, bySentiment: {} })
    expect((await command(at('stats'))).stdout).toContain('4 mentions in')
  })

  it('exports the same table to stdout as to a file, line ends and the signs of other scripts as written', async () => {
    const station = join(folder.path, 'table')
    const posts = join(folder.path, 'table.csv')
    writeFileSync(
      posts,
      'id,date,text\n1,2026-03-01T09:00:00Z,"Two\nlines \u200eof \u2067\u05e9\u05dc\u05d5\u05dd\u2069"\n',
    )
    await command(['import', posts, '--data', station])
    const output = join(folder.path, 'table-out.csv')
    const { stdout } = await earshot(['export', '--format', 'csv', '--data', station], {}, program)
    await command(['export', '--format', 'csv', '--output', output, '--data', station])
    expect(stdout).toBe(readFileSync(output, 'utf8'))
    expect(stdout).toMatch(/^\uFEFFid,network,.*\r\n/)
    expect(stdout).toContain('\u200eof \u05e9')
    expect(stdout).not.toContain('u000d')
  })

  it('exports to stdout and to a file that is whole or not there', async () => {
    const { stdout } = await command(at('export', '--format', 'ndjson', '--query', 'coffee'))
    expect(json(stdout)).toMatchObject({ text: expect.stringContaining('Great coffee') as string })
    const output = join(folder.path, 'out.csv')
    const written = await command(at('export', '--format', 'csv', '--output', output, '--from', '2026-03-01T09:05Z'))
    expect(written.code, written.stderr).toBe(0)
    expect(readFileSync(output, 'utf8').trim().split('\n')).toHaveLength(4)
    const nowhere = await command(at('export', '--output', join(folder.path, 'no/such/folder/out.csv')))
    expect(nowhere.code).toBe(1)
    expect(nowhere.stderr).not.toMatch(noStack)
    expect(readdirSync(folder.path).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it('makes a backup, and restores it over a store that went wrong', async () => {
    const made = json((await command(at('backup', '--json'))).stdout) as { file: string; mentions: number }
    expect(made.mentions).toBe(4)
    await command(at('import', file, '--source', 'Again'))
    expect(json((await command(at('stats', '--json'))).stdout)).toMatchObject({ mentions: 8 })
    const restored = json((await command(at('restore', '--json'))).stdout) as { from: string; setAside: string }
    expect(restored.from).toBe(made.file)
    expect(existsSync(restored.setAside)).toBe(true)
    expect(json((await command(at('stats', '--json'))).stdout)).toMatchObject({ mentions: 4 })
    const wrong = await command(at('restore', file))
    expect(wrong.code).toBe(2)
    expect(wrong.stderr).toContain('not a sound backup')
    expect(json((await command(at('stats', '--json'))).stdout)).toMatchObject({ mentions: 4 })
  })

  it('verifies the store', async () => {
    const { code, stdout } = await command(at('verify', '--json'))
    expect(code, stdout).toBe(0)
    expect(json(stdout)).toMatchObject({ mentions: 4, problems: [] })
  })

  it('says that nothing listens when no source is switched on', async () => {
    const { code, stderr } = await command(['listen', '--for', '1s', '--data', join(folder.path, 'silent')])
    expect(code).toBe(2)
    expect(stderr).toContain('No source is switched on')
  })

  it('listens for a while, prints what it hears, and says which source is broken', async () => {
    const server = await feedServer()
    server.body = rssOf([{ id: '1', title: 'Brewly opens', text: 'A new bar at the pier.', at: Date.now() - 60_000 }])
    const listening = join(folder.path, 'listening')
    const engine = await createEngine(testDeps(listening))
    const add = (name: string, url: string) => engine.collect.save({ connector: 'feed', name, enabled: true, config: { url }, secrets: {} }) // prettier-ignore
    await add('Gazette', server.feed)
    await add('Nowhere', 'http://127.0.0.1:1/feed.xml')
    await engine.stop()
    const args = ['listen', '--for', '4s', '--json', '--data', listening]
    const { code, stdout, stderr } = await earshot(args, { EARSHOT_ALLOW_PRIVATE: server.host }, program)
    await server.close()
    expect(code, stderr).toBe(0)
    expect(json(stdout.trim().split('\n')[0] ?? '')).toMatchObject({ network: 'feed', title: 'Brewly opens' })
    expect(stderr).toContain('1 heard from 2 sources')
    expect(stderr).toContain('Nowhere:')
  })

  it('serves a station, keeps a second one off its data, and stops when asked', async () => {
    const serving = startProcess(program, at('serve', '--port', '0'))
    const [line] = await serving.says(/\{"url".*\}/)
    const { url, wallUrl } = json(line) as { url: string; wallUrl: string }
    expect(await cookieOf(url)).toMatch(/^earshot_officer_\d+=/)
    expect(await cookieOf(wallUrl)).toMatch(/^earshot_wall_\d+=/)
    const second = await command(at('stats'))
    expect(second.code).toBe(2)
    expect(second.stderr).toContain('in use by another running Earshot')
    serving.kill('SIGTERM')
    expect(await serving.ended).toBe(0)
    expect((await command(at('stats'))).code).toBe(0)
  })
})
