import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { openLog } from '#engine/platform/log-file.ts'
import { createRedactor } from '#engine/platform/redact.ts'
import type { JsonObject } from '#shared/util/json.ts'
import { temporaryFolder } from '#tests/support/engine.ts'

const folders: { path: string; remove(): void }[] = []
afterEach(() => folders.splice(0).forEach((folder) => folder.remove()))

function open(options: { maxBytes?: number; keep?: number } = {}) {
  const folder = temporaryFolder('log')
  folders.push(folder)
  const redactor = createRedactor()
  const log = openLog({ folder: join(folder.path, 'logs'), ...options }, redactor)
  const file = (name = 'earshot.log'): string => readFileSync(join(folder.path, 'logs', name), 'utf8')
  const lines = (): JsonObject[] => file().trim().split('\n').map((line) => JSON.parse(line) as JsonObject) // prettier-ignore
  return { log, redactor, file, lines, folder: join(folder.path, 'logs') }
}

describe('the log', () => {
  it('is one JSON object a line, with room, fields and the whole chain of an error', () => {
    const { log, lines } = open()
    log.child('collect').child('feed').log('warn', 'Late', { source: 'src_1', waited: 3 }, new Error('outer', { cause: Object.assign(new Error('inner'), { code: 'ECONNRESET' }) })) // prettier-ignore
    log.log('debug', 'not kept at this level')
    expect(lines()).toHaveLength(1)
    expect(lines()[0]).toMatchObject({
      level: 40,
      msg: 'Late',
      room: 'collect.feed',
      source: 'src_1',
      error: { message: 'outer', cause: { message: 'inner', code: 'ECONNRESET' } },
    })
  })

  it('belongs to its owner alone', () => {
    const { folder } = open()
    const others = process.platform === 'win32' ? 0 : statSync(join(folder, 'earshot.log')).mode & 0o077
    expect(others).toBe(0)
  })

  it('turns over at its size and keeps the newest few', () => {
    const { log, folder, file } = open({ maxBytes: 2000, keep: 2 })
    for (let n = 0; n < 200; n++) log.log('info', `line ${n}`, { padding: 'x'.repeat(50) })
    expect(statSync(join(folder, 'earshot.log')).size).toBeLessThanOrEqual(2000)
    expect(existsSync(join(folder, 'earshot.2.log'))).toBe(true)
    expect(existsSync(join(folder, 'earshot.3.log'))).toBe(false)
    expect(file()).toContain('line 199')
    expect(file('earshot.1.log')).not.toContain('line 199')
  })

  it('tells no more of an error than where and why', () => {
    const { log, file } = open()
    log.log(
      'error',
      'failed',
      {},
      Object.assign(new Error('no'), { request: { body: 'a private message' }, input: 'rows' }),
    )
    expect(file()).not.toContain('private message')
    expect(file()).not.toContain('rows')
    log.log('error', 'failed', {}, 'a thrown text')
    expect(file()).toContain('a thrown text')
  })
})

describe('secrets in the log', () => {
  const secret = 'tok-5up3r/secret+value'

  it.each([
    [
      'a field that is named so',
      (log: Log) =>
        log.log('info', 'x', { password: secret, nested: { deep: [{ apiKey: secret }] }, Authorization: secret }),
    ],
    ['a message', (log: Log) => log.log('info', `sent with ${secret}`)],
    ['any field', (log: Log) => log.log('info', 'x', { note: `it was ${secret}!`, list: [secret] })],
    [
      'an error and its causes',
      (log: Log) => log.log('error', 'x', {}, new Error(`401 for ${secret}`, { cause: new Error(secret) })),
    ],
    [
      'a URL',
      (log: Log) => log.log('info', 'x', { url: `https://h.example/a?access_token=${encodeURIComponent(secret)}&b=1` }),
    ],
    ['quoted JSON', (log: Log) => log.log('info', 'x', { body: JSON.stringify({ a: secret }) })],
  ])('do not appear in %s', (_where, write) => {
    const { log, redactor, file } = open()
    redactor.learn(secret)
    write(log)
    expect(file()).not.toContain(secret)
    expect(file()).not.toContain(encodeURIComponent(secret))
    expect(file()).toContain('[hidden]')
  })

  it.each([
    'Authorization: Bearer abcdefgh12345678',
    'GET https://user:pa55word@feeds.example/x',
    'https://api.example/v1?key=AIzaSyA-abcdef&q=1',
    'https://hook.example/in?sig=abcdef0123456789',
  ])('are known by their shape even when nobody named them: %s', (text) => {
    const { log, file } = open()
    log.log('info', text, { text })
    for (const hiddenPart of ['abcdefgh12345678', 'pa55word', 'AIzaSyA-abcdef', 'abcdef0123456789']) {
      expect(file()).not.toContain(hiddenPart)
    }
  })

  it('do not appear wherever they stand in whatever is logged', () => {
    const { log, redactor, file } = open({ maxBytes: 50_000_000 })
    redactor.learn(secret)
    const around = fc.string({ maxLength: 20 })
    fc.assert(
      fc.property(around, around, fc.jsonValue({ maxDepth: 3 }), (before, after, value) => {
        const text = `${before}${secret}${after}`
        log.log('info', text, { value: value as never, text, [`k${before}`]: [text] }, new Error(text))
      }),
      { numRuns: 200 },
    )
    expect(file()).not.toContain(secret)
  })

  it('do not hide ordinary words', () => {
    const redactor = createRedactor()
    redactor.learn('abc')
    expect(redactor.text('abc https://x.example/a?q=coffee&page=2')).toBe('abc https://x.example/a?q=coffee&page=2')
    expect(redactor.fields({ author: 'Ana', tokens: 3, keyword: 'x' })).toMatchObject({ author: 'Ana', keyword: 'x' })
  })
})

type Log = ReturnType<typeof openLog>
