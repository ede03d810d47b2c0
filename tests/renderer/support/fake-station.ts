import { createORPCClient } from '@orpc/client'
import type { Client, Hello, LostReason, Transport } from '#renderer/client/client.ts'
import { contractHash, contractVersion } from '#shared/contract/version.ts'

type Handler = (input: never, options: { signal?: AbortSignal }) => unknown
/** `{ mentions: { page: (input) => … } }`; what is missing throws. */
export type Handlers = { [room: string]: { [procedure: string]: Handler } }

export const hello = (more: Partial<Hello> = {}): Hello => ({
  contractVersion,
  contractHash,
  engineVersion: '0.0.0-test',
  stationId: 'st',
  role: 'officer',
  settings: {
    brand: 'Kaffora',
    competitors: [],
    brands: [],
    officerName: 'Test',
    unsureBelow: 0.55,
    moodBy: 'earshot',
    actAtCertainty: null,
    maskOnWall: true,
    publicUrl: '',
    mappings: [],
    deskLinkDays: 14,
    alertSensitivity: 'normal',
    alertCoolHours: 12,
    listenSensitivities: {},
    plannedSilences: [],
    crisisPlans: [],
    language: 'en',
    ready: true,
  },
  startedAt: 0,
  now: Date.now(),
  timeZone: 'Europe/Berlin',
  me: { id: 'officer', name: 'Test' },
  page: 'page_1',
  ...more,
})

/** An engine without a wire: the client's own call path, answered by plain functions. `drop` and `connect` play the line. */
export function fakeStation(handlers: Handlers = {}) {
  let events: { open(client: Client): void; lost(reason: LostReason): void } | undefined
  const calls: { path: string; input: unknown }[] = []
  let line = new AbortController()
  const all: Handlers = {
    ...handlers,
    station: {
      hello: () => hello(),
      status: (_input, { signal }) => idle(signal),
      layouts: () => [],
      ...handlers['station'],
    },
    listens: { list: () => [], ...handlers['listens'] },
    desks: { list: () => [], ...handlers['desks'] },
    sources: { list: () => [], ...handlers['sources'] },
  }
  const client: Client = createORPCClient({
    async call(path, input, options) {
      const signal = AbortSignal.any([line.signal, ...(options.signal ? [options.signal] : [])])
      signal.throwIfAborted()
      calls.push({ path: path.join('.'), input })
      const handler = all[path[0]!]?.[path[1]!]
      if (!handler) throw new Error(`The fake station has no ${path.join('.')}`)
      return await handler(input as never, { signal })
    },
  })
  const transport: Transport = {
    start(given) {
      events = given
    },
    retry() {},
    stop() {
      line.abort()
    },
  }
  return {
    client,
    transport,
    calls,
    called: (path: string) => calls.filter((call) => call.path === path).map((call) => call.input),
    connect() {
      line = new AbortController()
      events?.open(client)
    },
    drop(reason: LostReason = 'gone') {
      line.abort()
      events?.lost(reason)
    },
  }
}

/** A stream that says nothing until it is given up. */
export async function* idle(signal?: AbortSignal): AsyncGenerator<never> {
  await new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
  })
}

/** A stream that the test feeds. */
export function feed<T>() {
  const waiting: T[] = []
  let wake: (() => void) | undefined
  let ended = false
  return {
    push(value: T) {
      waiting.push(value)
      wake?.()
    },
    end() {
      ended = true
      wake?.()
    },
    async *stream(signal?: AbortSignal): AsyncGenerator<T> {
      signal?.addEventListener('abort', () => wake?.(), { once: true })
      for (;;) {
        while (waiting.length) yield waiting.shift()!
        if (signal?.aborted) throw signal.reason
        if (ended) return
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
  }
}
