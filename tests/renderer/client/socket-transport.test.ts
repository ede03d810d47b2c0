// @vitest-environment happy-dom
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { socketTransport } from '#renderer/client/socket-transport.ts'

let server: Server
let status = 401
const asked: string[] = []
let page = ''

beforeEach(async () => {
  status = 401
  asked.length = 0
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    response.writeHead(status).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  page = `http://127.0.0.1:${(server.address() as AddressInfo).port}/wall/`
  vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval'] })
})
afterEach(() => {
  vi.useRealTimers()
  server.closeAllConnections()
  server.close()
})

it('goes on looking whether it is let in again, and says so when it is', async () => {
  const lost: string[] = []
  // The page's own fetch of this environment knows no server of the test.
  const ask = vi.fn<typeof fetch>(async () => new Response(null, { status }))
  const transport = socketTransport(page, ask)
  transport.start({ open() {}, lost: (reason) => lost.push(reason) })
  await vi.waitFor(async () => {
    await vi.advanceTimersByTimeAsync(500)
    expect(lost).toContain('refused')
  })
  const before = ask.mock.calls.length
  await vi.advanceTimersByTimeAsync(61_000)
  expect(ask.mock.calls.length).toBeGreaterThanOrEqual(before + 3)
  // Another program answered in between; now it is the station again, and the socket is tried.
  status = 200
  const tries = lost.filter((reason) => reason === 'gone').length
  await vi.waitFor(async () => {
    await vi.advanceTimersByTimeAsync(16_000)
    expect(lost.filter((reason) => reason === 'gone').length).toBeGreaterThan(tries)
  })
  transport.stop()
})
