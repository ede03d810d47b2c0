// @vitest-environment happy-dom
import { MessageChannel } from 'node:worker_threads'
import { expect, it } from 'vitest'
import { HERE_IS_PORT, WANT_PORT, portTransport } from '#renderer/client/port-transport.ts'

/** A window that hears messages as a page does. */
function pageWindow() {
  const listeners = new Set<(event: MessageEvent) => void>()
  const asked: unknown[] = []
  const fake = {
    location: { origin: 'app://earshot' },
    postMessage: (message: unknown) => asked.push(message),
    addEventListener: (_type: string, listener: (event: MessageEvent) => void) => listeners.add(listener),
    removeEventListener: (_type: string, listener: (event: MessageEvent) => void) => listeners.delete(listener),
  }
  return {
    window: fake as unknown as Window,
    asked,
    say: (event: object) => listeners.forEach((listener) => listener(event as MessageEvent)),
    listeners,
  }
}

it('asks for a port, takes one from its own window only, and lets go', () => {
  const page = pageWindow()
  const opened: unknown[] = []
  const transport = portTransport(page.window)
  transport.start({ open: (client) => opened.push(client), lost() {} })
  expect(page.asked).toEqual([{ type: WANT_PORT }])
  const { port1, port2 } = new MessageChannel()
  page.say({ source: {}, data: { type: HERE_IS_PORT }, ports: [port1] })
  page.say({ source: page.window, data: { type: 'other' }, ports: [port1] })
  page.say({ source: page.window, data: { type: HERE_IS_PORT }, ports: [] })
  expect(opened).toHaveLength(0)
  page.say({ source: page.window, data: { type: HERE_IS_PORT }, ports: [port1] })
  expect(opened).toHaveLength(1)
  transport.stop()
  expect(page.listeners.size).toBe(0)
  port2.close()
})
