// @vitest-environment happy-dom
import { said } from '#shared/words/said.ts'
import { wireFailure } from '#tests/support/wire-failure.ts'
import { describe, expect, it, vi } from 'vitest'
import { createStation } from '#renderer/client/station.ts'
import { useQuery } from '#renderer/client/use-query.ts'
import { useStream } from '#renderer/client/use-stream.ts'
import { toProblem } from '#renderer/client/wire-error.ts'
import { fakeStation, feed, hello, idle } from '#tests/renderer/support/fake-station.ts'
import { runInApp, settle } from '#tests/renderer/support/mount.ts'

describe('a station', () => {
  it('goes online with its settings, offline when the line is lost, and back', async () => {
    const fake = fakeStation()
    const station = createStation(fake.transport)
    expect(station.state.value).toBe('connecting')
    fake.connect()
    await settle()
    expect([station.state.value, station.generation.value, station.settings.value?.brand]).toEqual([
      'online',
      1,
      'Kaffora',
    ])
    fake.drop()
    await settle()
    expect(station.state.value).toBe('offline')
    expect(station.lostAt.value).not.toBeNull()
    expect(station.settings.value?.brand).toBe('Kaffora')
    fake.connect()
    await settle()
    expect([station.state.value, station.generation.value, station.lostAt.value]).toEqual(['online', 2, null])
  })
  it('asks for a reload when page and engine speak differently', async () => {
    const fake = fakeStation({ station: { hello: () => hello({ contractVersion: 999 }) } })
    const station = createStation(fake.transport)
    fake.connect()
    await settle()
    expect(station.state.value).toBe('outdated')
    expect(station.generation.value).toBe(0)
  })
  it('does not pretend to try on when it is refused', async () => {
    const fake = fakeStation()
    const station = createStation(fake.transport)
    fake.connect()
    await settle()
    fake.drop('refused')
    expect(station.state.value).toBe('refused')
  })
  it('keeps the engine’s clock', async () => {
    const fake = fakeStation({
      station: { hello: () => hello({ now: Date.now() + 3_600_000 }), status: (_input, { signal }) => idle(signal) },
    })
    const station = createStation(fake.transport)
    fake.connect()
    await settle()
    expect(Math.round((station.now() - Date.now()) / 60_000)).toBe(60)
  })
})

describe('a question', () => {
  it('is asked anew after a reconnection and keeps its last answer meanwhile', async () => {
    let count = 0
    const { result, fake } = await runInApp(
      () => useQuery((client, signal) => client.listens.list(undefined, { signal })),
      { handlers: { listens: { list: () => [{ id: String(++count) }] } } },
    )
    const first = result.data.value
    expect(first).not.toBeNull()
    fake.drop()
    await settle()
    expect([result.data.value, result.problem.value]).toEqual([first, null])
    fake.connect()
    await settle()
    expect(result.data.value).not.toBe(first)
  })
  it('shows what the engine refused, with its place', async () => {
    const { result } = await runInApp(() => useQuery((client) => client.mentions.page({ filter: { query: '(' } })), {
      handlers: {
        mentions: {
          page: () => {
            throw wireFailure('user', said('query.wrong', { message: 'A ) is missing.', position: 1 }))
          },
        },
      },
    })
    expect(result.problem.value).toEqual({ kind: 'user', code: 'query.wrong', message: 'A ) is missing.', position: 1 })
    expect(result.loading.value).toBe(false)
  })
  it('gives up the older question when a newer one is asked', async () => {
    const signals: AbortSignal[] = []
    const { result } = await runInApp(
      () =>
        useQuery((_client, signal) => {
          signals.push(signal)
          return new Promise<never>(() => {})
        }),
      {},
    )
    void result.refresh()
    await settle()
    expect(signals.map((signal) => signal.aborted)).toEqual([true, false])
  })
})

describe('a stream', () => {
  it('is followed again after the line was lost, and let go with its component', async () => {
    const starts = vi.fn<(signal: AbortSignal) => void>()
    const { result, fake, wrapper } = await runInApp(() =>
      useStream(async (_client, signal, opened) => {
        starts(signal)
        opened()
        await idle(signal).next()
      }),
    )
    expect(result.open.value).toBe(true)
    fake.drop()
    await settle()
    expect(result.open.value).toBe(false)
    fake.connect()
    await settle()
    expect([starts.mock.calls.length, result.open.value]).toEqual([2, true])
    wrapper.unmount()
    expect(starts.mock.calls.at(-1)![0].aborted).toBe(true)
  })
  it('passes on what comes, in order', async () => {
    const source = feed<number>()
    const got: number[] = []
    await runInApp(() =>
      useStream(async (_client, signal, opened) => {
        opened()
        for await (const value of source.stream(signal)) got.push(value)
      }),
    )
    for (const value of [1, 2, 3]) source.push(value)
    await settle()
    expect(got).toEqual([1, 2, 3])
  })
})

it.each([
  [
    wireFailure('operational', said('store.tooManyWaiting'), { retryAfterMs: 3000 }),
    {
      kind: 'operational',
      code: 'store.tooManyWaiting',
      message: 'Too many questions are waiting. Try again in a moment.',
      retryAfterMs: 3000,
    },
  ],
  [
    wireFailure('bug', said('call.fault', { id: 'x1' })),
    { kind: 'bug', code: 'call.fault', message: 'Earshot made a mistake here. The log has the detail under x1.' },
  ],
  [new DOMException('The operation was aborted', 'AbortError'), { kind: 'lost', code: 'LOST', message: '' }],
  [new Error('Cannot send message, WebSocket is not open.'), { kind: 'lost', code: 'LOST', message: '' }],
  ['odd', { kind: 'bug', code: 'BUG', message: 'odd' }],
])('understands error %#', (error, problem) => {
  expect(toProblem(error)).toEqual(problem)
})
