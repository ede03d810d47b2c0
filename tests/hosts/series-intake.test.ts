import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStation, type Station } from '#hosts/station.ts'
import { newAccessKeys } from '#hosts/station/access.ts'
import { emptyPage } from '#tests/contract/harness.ts'
import { command } from '#tests/support/earshot.ts'
import { openTestEngine, temporaryFolder } from '#tests/support/engine.ts'

describe('programs that count', () => {
  const folder = temporaryFolder('series-page')
  let running: Awaited<ReturnType<typeof openTestEngine>>
  let station: Station
  let id: string
  let key: string

  beforeEach(async () => {
    running = await openTestEngine()
    station = await openStation({
      connect: (role, send) => running.engine.serve(role, send),
      series: running.engine.board.counted.door,
      keys: newAccessKeys(),
      pageFolder: emptyPage(folder.path),
      port: 0,
    })
    const { series } = running.engine.client('officer')
    const made = await series.save({
      id: null,
      name: 'Orders',
      unit: 'orders',
      kind: 'sum',
      everyMinutes: 1,
      bad: 'down',
      sensitivity: null,
      listenId: null,
      enabled: true,
    })
    id = made.series.id
    key = (await series.newKey({ id })).key
  })
  afterEach(async () => {
    await station.close()
    await running.close()
  })
  afterAll(() => folder.remove())

  const send = async (body: string, headers: Record<string, string> = {}, path = `/series/${id}`, method = 'POST') => {
    const answer = await fetch(`http://127.0.0.1:${station.port}${path}`, {
      method,
      ...(method === 'POST' && { body }),
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
    })
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown>, headers: answer.headers }
  }
  const standing = async () => (await running.engine.client('officer').series.list()).series[0]!

  it('send a number with the key of its series, as JSON or as lines', async () => {
    expect(await send('{"value": 12}')).toMatchObject({ status: 200, body: { numbers: 1, stored: 1 } })
    const at = new Date(Date.now() - 120_000).toISOString()
    expect(await send(`time,n\n${at},3\nsoon,4\n`, { 'content-type': 'text/csv' })).toMatchObject({
      status: 200,
      body: { numbers: 2, stored: 1, left: 1, faults: [{ line: 3, why: 'No time that can be read.' }] },
    })
    expect(await standing()).toMatchObject({ last: { value: 12 }, hasKey: true })
  })

  it('are refused without it, with another, and for another series, and read nothing', async () => {
    expect((await send('1', { authorization: '' })).status).toBe(401)
    expect((await send('1', { authorization: `Bearer ${'x'.repeat(32)}` })).status).toBe(404)
    expect((await send('1', {}, '/series/ser_other')).status).toBe(404)
    expect((await send('', {}, `/series/${id}`, 'GET')).status).toBe(405)
    expect((await send('1', {}, `/series/${id}/more`)).status).toBe(404)
    expect((await send('{"value": "many"}')).status).toBe(400)
    expect((await send('x'.repeat(2 * 2 ** 20 + 1))).status).toBe(413)
    expect((await send('1', { 'content-type': 'multipart/form-data' })).status).toBe(400)
    expect((await standing()).since).toBeNull()
  })

  it('are asked for patience when they send too much, and guessers too', async () => {
    const answers = await Promise.all(Array.from({ length: 260 }, () => send('{"add": 1}')))
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused).toHaveLength(20)
    expect(refused[0]!.headers.get('retry-after')).toBe('60')
    expect((await standing()).last!.value).toBeLessThanOrEqual(240)
    // Who guesses a key uses up nothing of what the program may send.
    const other = (await running.engine.client('officer').series.newKey({ id })).key
    const wrong = { authorization: `Bearer ${'x'.repeat(32)}` }
    await Promise.all(Array.from({ length: 260 }, () => send('1', wrong)))
    expect((await send('1', { authorization: `Bearer ${other}` })).status).toBe(200)
    const guesses = await Promise.all(Array.from({ length: 80 }, () => send('1', { authorization: '' })))
    expect(guesses.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(20)
  })
})

describe('a series on the command line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-series-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('is added, filled from a file twice over, listed, given a key and removed', async () => {
    const data = ['--data', join(folder, 'station')]
    expect((await command(['series', 'list', ...data])).stdout).toContain('Nothing is counted yet.')
    expect((await command(['series', 'add', 'Calls', '--unit', 'calls', ...data])).code).toBe(0)
    const file = join(folder, 'calls.csv')
    const from = Date.now() - 86_400_000
    const lines = Array.from({ length: 60 }, (_, at) => `${new Date(from + at * 60_000).toISOString()};${at}`)
    writeFileSync(file, `Zeit;Anzahl\n${lines.join('\n')}\nno;line`)
    const first = await command(['series', 'import', 'calls', file, ...data])
    expect(first.stdout).toContain('61 numbers: 60 new, 0 changed, 0 as before, 0 too long ago, 1 left out')
    expect(first.stdout).toContain('line 62: No time that can be read.')
    expect((await command(['series', 'import', 'Calls', file, ...data])).stdout).toContain(
      '0 new, 0 changed, 60 as before',
    )
    expect((await command(['series', 'list', ...data])).stdout).toMatch(/Calls · learning · since \S+Z · 59 calls/)
    expect((await command(['series', 'key', 'Calls', ...data])).stdout).toMatch(/POST \/series\/ser_\w+ with/)
    expect((await command(['series', 'import', 'Mails', file, ...data])).code).toBe(2)
    expect((await command(['series', 'import', 'Calls', join(folder, 'none.csv'), ...data])).code).toBeGreaterThan(0)
    expect((await command(['series', 'remove', 'Calls', ...data])).code).toBe(0)
    expect((await command(['series', 'list', ...data])).stdout).toContain('Nothing is counted yet.')
  })
})
