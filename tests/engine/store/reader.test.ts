import { afterEach, describe, expect, it } from 'vitest'
import { connectionOf } from '#engine/store/connections.ts'
import { ManualClock } from '#tests/support/manual-clock.ts'
import { createReader } from '#engine/store/reader.ts'
import type { questions } from '#engine/store/questions.ts'
import { draft, everything, openTestStation, type TestStation } from './station.ts'

let station: TestStation
afterEach(() => station.close())

const page = (query = '') => ({ filter: { ...everything, query }, before: null, limit: 10 })

describe('the reading thread', () => {
  it('answers by name, in order', async () => {
    station = openTestStation()
    await station.push([draft(), draft()])
    const [first, second] = await Promise.all([
      station.store.reader.ask('mentions.page', page()),
      station.store.reader.ask('charts.voice', { listenIds: [], from: 0, to: 1, brands: [] }),
    ])
    expect(first.items).toHaveLength(2)
    expect(second).toEqual([])
  })

  it('hands on what a question throws, with its kind', async () => {
    station = openTestStation()
    await expect(station.store.reader.ask('mentions.page', page('((('))).rejects.toMatchObject({ kind: 'user' })
    expect((await station.store.reader.ask('mentions.page', page())).items).toEqual([])
  })

  it('lets go of a question that nobody waits for any more', async () => {
    station = openTestStation()
    const stop = new AbortController()
    const asked = Array.from({ length: 20 }, () =>
      station.store.reader.ask('mentions.page', page(), { signal: stop.signal }).catch((error: Error) => error.name),
    )
    stop.abort()
    expect(new Set(await Promise.all(asked))).toEqual(new Set(['AbortError']))
    expect((await station.store.reader.ask('mentions.page', page())).items).toEqual([])
  })

  it('stops a question that takes too long and goes on with the next', async () => {
    station = openTestStation()
    await station.push([draft()])
    await expect(station.store.reader.ask('mentions.page', page(), { timeoutMs: 0 })).rejects.toThrow(
      /took longer than 0 s and was stopped/,
    )
    expect((await station.store.reader.ask('mentions.page', page())).items).toHaveLength(1)
  })

  it('refuses more questions than can wait', async () => {
    station = openTestStation()
    const asked = Array.from({ length: 600 }, () =>
      station.store.reader.ask('mentions.page', page()).then(
        () => 'answered',
        (error: { kind?: string }) => error.kind,
      ),
    )
    const results = await Promise.all(asked)
    expect(results.filter((result) => result === 'operational')).toHaveLength(99)
    expect(results.filter((result) => result === 'answered')).toHaveLength(501)
  })

  it('cannot write', () => {
    station = openTestStation()
    expect(() => connectionOf(station.store.readable).exec('DELETE FROM mention')).toThrow(/readonly/)
  })
})

/** Begins only when it is let, answers with its own number, and hangs when asked `stuck`. */
const slowWorker = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort, threadId, workerData } from 'node:worker_threads'
    const gate = new Int32Array(workerData.gate)
    Atomics.wait(gate, 0, 0)
    parentPort.on('message', ({ id, call }) => {
      if (call === 'stuck') Atomics.wait(gate, 1, 0)
      parentPort.postMessage({ id, value: threadId })
    })
    parentPort.postMessage('ready')
  `)}`,
)

describe('a thread that is slow to begin', () => {
  it('is not ended for a question that was called off meanwhile, but for one that hangs', async () => {
    const clock = new ManualClock()
    const gate = new Int32Array(new SharedArrayBuffer(8))
    const warnings: unknown[] = []
    const log = { log: (...line: unknown[]) => void warnings.push(line[2]), child: () => log }
    const start = { file: '', searchFile: '', stationId: '', gate: gate.buffer }
    const reader = createReader({ worker: slowWorker, start, clock, log })
    const ask = (name: string, signal?: AbortSignal) =>
      reader.ask(name as keyof typeof questions, null as never, signal && { signal }) as Promise<unknown>
    const callOff = async (name: string): Promise<void> => {
      const stop = new AbortController()
      const asked = ask(name, stop.signal)
      stop.abort()
      await expect(asked).rejects.toMatchObject({ name: 'AbortError' })
      clock.advance(1000)
    }
    await callOff('quick')
    expect(warnings).toEqual([])
    Atomics.store(gate, 0, 1)
    Atomics.notify(gate, 0)
    const first = await ask('quick')
    expect(warnings).toEqual([])
    await callOff('stuck')
    expect(warnings).toEqual([{ question: 'stuck' }])
    expect(await ask('quick')).not.toBe(first)
    await reader.close()
  })
})
