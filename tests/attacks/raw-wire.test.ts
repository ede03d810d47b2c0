import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStation, type Station } from '#hosts/station.ts'
import { newAccessKeys } from '#hosts/station/access.ts'
import { cookieOf, emptyPage } from '#tests/contract/harness.ts'
import { temporaryFolder } from '#tests/support/engine.ts'

/** Bytes that no browser sends, from somebody who holds a wall's cookie or none. */
const folder = temporaryFolder('wire')
let station: Station
let officer = ''
let wall = ''
const received: string[] = []
const sockets = new Set<Socket>()

beforeAll(async () => {
  station = await openStation({
    keys: newAccessKeys(),
    pageFolder: emptyPage(folder.path),
    port: 0,
    connect: (role, send) => ({
      async receive(message) {
        received.push(`${role}:${String(message).slice(0, 20)}`)
        await send(role)
      },
      close() {},
    }),
  })
  officer = await cookieOf(station.url)
  wall = await cookieOf(station.wallUrl)
})
afterAll(async () => {
  for (const socket of sockets) socket.destroy()
  await station.close()
  folder.remove()
})

function open(bytes: string | Buffer = ''): Socket {
  const socket = connect(station.port, '127.0.0.1', () => socket.write(bytes))
  socket.on('error', () => {})
  socket.on('close', () => sockets.delete(socket))
  sockets.add(socket)
  return socket
}
/** Also after an error: a station that refuses what is still being sent resets the connection. */
const closed = (socket: Socket): Promise<void> => new Promise((resolve) => socket.once('close', () => resolve()))
/** All that is answered until the station hangs up. */
async function told(bytes: string | Buffer): Promise<string> {
  const socket = open(bytes)
  let answer = ''
  socket.on('data', (chunk) => (answer += chunk.toString('latin1')))
  await closed(socket)
  return answer
}
const host = (): string => `127.0.0.1:${station.port}`
const page = (): Promise<number> =>
  fetch(`http://${host()}/`, { headers: { cookie: officer } }).then(({ status }) => status)
const asked = (line: string, ...headers: string[]): string =>
  `${[line, `Host: ${host()}`, `Cookie: ${officer}`, 'Connection: close', ...headers].join('\r\n')}\r\n\r\n`

describe('a request that is none', () => {
  it.each<[what: string, make: () => string, status: RegExp]>([
    [
      'two hosts',
      () =>
        `GET / HTTP/1.1\r\nHost: ${host()}\r\nHost: evil.example\r\nCookie: ${officer}\r\nConnection: close\r\n\r\n`,
      /^HTTP\/1\.1 4/,
    ],
    ['no host', () => `GET / HTTP/1.1\r\nCookie: ${officer}\r\nConnection: close\r\n\r\n`, /^HTTP\/1\.1 4/],
    [
      'a host of another with ours before the @',
      () => `GET / HTTP/1.1\r\nHost: ${host()}@evil.example\r\nCookie: ${officer}\r\nConnection: close\r\n\r\n`,
      /^HTTP\/1\.1 4/,
    ],
    [
      'an address in full of another',
      () => asked('GET http://evil.example/ HTTP/1.1').replace(`Host: ${host()}`, 'Host: evil.example'),
      /^HTTP\/1\.1 4/,
    ],
    [
      'a length and chunks',
      () =>
        asked('POST / HTTP/1.1', 'Content-Length: 4', 'Transfer-Encoding: chunked') +
        '0\r\n\r\nGET /admin HTTP/1.1\r\n\r\n',
      /^HTTP\/1\.1 4/,
    ],
    [
      'two lengths',
      () => asked('POST / HTTP/1.1', 'Content-Length: 4', 'Content-Length: 40') + 'abcd',
      /^HTTP\/1\.1 4/,
    ],
    ['a length below zero', () => asked('POST / HTTP/1.1', 'Content-Length: -1'), /^HTTP\/1\.1 4/],
    ['a folded header', () => asked('GET / HTTP/1.1', 'X-A: b\r\n evil: c'), /^HTTP\/1\.1 4/],
    ['a header without a name', () => asked('GET / HTTP/1.1', ': b'), /^HTTP\/1\.1 4/],
    ['a blank before the colon', () => asked('GET / HTTP/1.1', 'X-A : b'), /^HTTP\/1\.1 4/],
    [
      'a header of a hundred thousand signs',
      () => asked('GET / HTTP/1.1', `X-A: ${'b'.repeat(100_000)}`),
      /^(HTTP\/1\.1 431|$)/,
    ],
    ['a path of a hundred thousand signs', () => asked(`GET /${'a'.repeat(100_000)} HTTP/1.1`), /^(HTTP\/1\.1 4|$)/],
    [
      'a cookie of a thousand cookies',
      () => asked('GET / HTTP/1.1', `Cookie: ${'a=b; '.repeat(2_000)}`),
      /^HTTP\/1\.1 [24]/,
    ],
    ['a way to somewhere else', () => asked('CONNECT evil.example:443 HTTP/1.1'), /^(HTTP\/1\.1 4|$)/],
    ['a method of its own', () => asked('BREW / HTTP/1.1'), /^HTTP\/1\.1 4/],
    [
      'another protocol',
      () => asked('GET / HTTP/1.1', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAAQAAP__'),
      /^HTTP\/1\.1 [24]|^$/,
    ],
    ['HTTP/2 at once', () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', /^(HTTP\/1\.1 4|$)/],
    ['an expectation', () => asked('GET / HTTP/1.1', 'Expect: 200-maybe'), /^HTTP\/1\.1 [24]/],
  ])('(%s) is answered once at the most, with a refusal or as the plain request in it', async (_what, make, status) => {
    const answer = await told(make())
    expect(answer).toMatch(status)
    expect(answer.match(/HTTP\/1\.1 /g)?.length ?? 0).toBeLessThanOrEqual(1)
    expect(await page()).toBe(200)
  })
})

it('hundreds that begin a request and do not end it keep nobody from coming in, nor the station from stopping', async () => {
  const before = [
    'GET / HTTP/1.1\r\nHost: x',
    'POST /desk/x HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\na',
    'G',
    '',
  ]
  for (let n = 0; n < 400; n++) open(before[n % before.length])
  expect(await page()).toBe(200)
  const other = await openStation({
    keys: newAccessKeys(),
    pageFolder: emptyPage(folder.path),
    port: 0,
    connect: () => ({ receive: async () => {}, close() {} }),
  })
  const hanging = Array.from({ length: 50 }, () => connect(other.port, '127.0.0.1'))
  await Promise.all(hanging.map((socket) => once(socket, 'connect')))
  const ends = hanging.map((socket) => {
    socket.on('error', () => {})
    return closed(socket)
  })
  await other.close()
  await Promise.all(ends)
})

describe('a socket of a wall that speaks out of turn', () => {
  const upgrade = (...headers: string[]): string =>
    `${['GET /wall/rpc HTTP/1.1', `Host: ${host()}`, `Origin: http://${host()}`, `Cookie: ${wall}`, 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', ...headers].join('\r\n')}\r\n\r\n`
  /** One frame as a browser masks it; `first`: its first byte, end and opcode. */
  function frame(first: number, payload: Buffer, { masked = true, length = payload.length } = {}): Buffer {
    const mask = masked ? 0x80 : 0
    const head =
      length < 126
        ? Buffer.from([first, mask | length])
        : length < 65_536
          ? Buffer.from([first, mask | 126, length >> 8, length & 255])
          : Buffer.concat([
              Buffer.from([first, mask | 127]),
              Buffer.from(BigInt.asUintN(64, BigInt(length)).toString(16).padStart(16, '0'), 'hex'),
            ])
    return Buffer.concat([head, masked ? Buffer.alloc(4) : Buffer.alloc(0), payload])
  }
  const text = (words: string): Buffer => Buffer.from(words)
  const part = (): Buffer => frame(0x00, Buffer.alloc(30_000, 97))

  it.each<[what: string, make: () => Buffer]>([
    ['a frame without a mask', () => frame(0x81, text('hello'), { masked: false })],
    ['a kind of frame that there is not', () => frame(0x83, text('hello'))],
    ['bits that nobody agreed on', () => frame(0xf1, text('hello'))],
    ['a packed frame', () => frame(0xc1, text('hello'))],
    ['a going on without a beginning', () => frame(0x80, text('hello'))],
    ['two beginnings', () => Buffer.concat([frame(0x01, text('a')), frame(0x01, text('b'))])],
    ['a ping of a thousand bytes', () => frame(0x89, Buffer.alloc(1000))],
    ['a ping in parts', () => frame(0x09, text('a'))],
    ['a text that is none', () => frame(0x81, Buffer.from([0xff, 0xfe, 0xc0]))],
    ['an end with a reason that there is not', () => frame(0x88, Buffer.from([0x00, 0x01]))],
    ['a frame of nine quintillion bytes', () => frame(0x81, text('a'), { length: Number.MAX_SAFE_INTEGER })],
    [
      'a message in parts that has no end',
      () => Buffer.concat([frame(0x01, text('a')), part(), part(), part(), part()]),
    ],
  ])('(%s) is hung up on, and reaches nobody', async (_what, make) => {
    const before = received.length
    const socket = open(upgrade())
    const [answer] = (await once(socket, 'data')) as [Buffer]
    expect(answer.toString()).toContain('101')
    socket.resume()
    socket.write(make())
    await closed(socket)
    expect(received.length).toBe(before)
    expect(await page()).toBe(200)
  })

  it('a thousand beginnings of a message, each on its own, reach nobody and keep nobody from coming in', async () => {
    const opened = Array.from({ length: 40 }, () => open(upgrade()))
    await Promise.all(opened.map((socket) => once(socket, 'data')))
    for (const socket of opened)
      for (let n = 0; n < 25; n++) socket.write(n === 0 ? frame(0x01, text('a')) : frame(0x00, text('b')))
    expect(await page()).toBe(200)
    for (const socket of opened) socket.end()
    await Promise.all(opened.map(closed))
    expect(received.filter((one) => one.startsWith('wall:a'))).toEqual([])
  })

  it.each([
    ['another version', ['Sec-WebSocket-Version: 12']],
    ['a key that is none', ['Sec-WebSocket-Key: x']],
    ['an end and a beginning in one', ['Content-Length: 5']],
  ])('with %s does not open twice', async (_what, headers) => {
    const socket = open(upgrade(...headers))
    socket.setTimeout(2000, () => socket.destroy())
    let answer = ''
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString('latin1')
      socket.end()
    })
    await closed(socket)
    expect(answer.match(/HTTP\/1\.1 /g)?.length ?? 0).toBeLessThanOrEqual(1)
    expect(await page()).toBe(200)
  })
})
