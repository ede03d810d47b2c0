import { asWritten } from '#shared/words/said.ts'
import { afterEach, describe, expect, it } from 'vitest'
import { createThread, type Thread, type ThreadDeps } from '#engine/platform/thread.ts'
import { ManualClock } from '#tests/support/manual-clock.ts'

interface Asked {
  echo: { input: unknown; output: unknown }
  told: { input: null; output: string[] }
  crash: { input: null; output: void }
  farewell: { input: null; output: void }
}

/** Says what it hears; `crash` ends it at its first life, `farewell` is answered after it was said. */
const worker = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort, workerData } from 'node:worker_threads'
    const told = []
    parentPort.on('message', ({ id, call, input }) => {
      if (id === 0) { told.push(input); parentPort.postMessage({ told: input }); return }
      if (call === 'crash' && Atomics.add(new Int32Array(workerData.lives), 0, 1) === 0) throw new Error('crashed')
      if (call === 'farewell') parentPort.postMessage({ told: 'farewell' })
      parentPort.postMessage({ id, value: call === 'told' ? told : input })
    })
    parentPort.postMessage('ready')
  `)}`,
)

let thread: Thread<Asked>
const open = (more: Partial<ThreadDeps> = {}) => {
  const clock = new ManualClock()
  const said: unknown[] = []
  const lines: unknown[][] = []
  const log = { log: (...line: unknown[]) => void lines.push(line), child: () => log }
  const start = { lives: new SharedArrayBuffer(4) }
  const onTold = (told: unknown): void => void said.push(told)
  thread = createThread<Asked>({ worker, start: () => start, clock, log, name: 'test', interrupted: asWritten('Interrupted.'), onTold, ...more }) // prettier-ignore
  return { clock, said, lines }
}
afterEach(() => thread.close())

describe('a thread beside the engine', () => {
  it('answers, hears what it is told in order, and says things unasked', async () => {
    const { said } = open({ early: true })
    thread.tell('echo', 'a')
    expect(await thread.ask('echo', { b: 1 })).toEqual({ b: 1 })
    thread.tell('echo', 'c')
    expect(await thread.ask('told', null)).toEqual(['a', 'c'])
    expect(said).toEqual(['a', 'c'])
  })

  it('fails only the question over which it ended, and answers the next', async () => {
    const { lines } = open()
    const crashed = thread.ask('crash', null)
    const next = thread.ask('echo', 1)
    await expect(crashed).rejects.toThrow('Interrupted.')
    expect(await next).toBe(1)
    expect(lines).toMatchObject([['error', 'The test thread failed', { question: 'crash' }, { message: 'crashed' }]])
  })

  it('begins anew a little later and is asked the same again, if it is to', async () => {
    const { clock, lines } = open({ early: true, restartMs: 5000, atOnce: Infinity })
    const both = Promise.all([thread.ask('crash', null), thread.ask('echo', 2)])
    let settled = false
    void both.then(() => (settled = true))
    await expect.poll(() => lines.length).toBeGreaterThan(0)
    expect(settled).toBe(false)
    clock.advance(5000)
    expect(await both).toEqual([null, 2])
  })

  it('is asked a last thing before it ends, and nothing after that', async () => {
    const { said } = open({ early: true })
    await thread.ask('echo', 1)
    await thread.close('farewell')
    expect(said).toEqual(['farewell'])
    await expect(thread.ask('echo', 1)).rejects.toThrow('closing')
  })

  it('begins when it is told something, if it is to, and not again once it is closed', async () => {
    const { said } = open({ byTelling: true })
    thread.tell('echo', 'a')
    thread.tell('echo', 'b')
    await expect.poll(() => said).toEqual(['a', 'b'])
    await thread.close('farewell')
    thread.tell('echo', 'late')
    expect(said).toEqual(['a', 'b', 'farewell'])
  })

  it('is asked the last thing also while it begins', async () => {
    const { said } = open({ byTelling: true })
    thread.tell('echo', 'a')
    await thread.close('farewell')
    expect(said).toEqual(['a', 'farewell'])
  })

  it('hears nothing of what it is told while it is down', async () => {
    const { clock, lines, said } = open({ byTelling: true, restartMs: 5000 })
    const crashed = thread.ask('crash', null)
    await expect.poll(() => lines.length).toBeGreaterThan(0)
    thread.tell('echo', 'lost')
    clock.advance(5000)
    await crashed
    expect(await thread.ask('told', null)).toEqual([])
    expect(said).toEqual([])
  })

  it('does not wait for a last answer of one that is not up', async () => {
    const { said } = open()
    await thread.close('farewell')
    expect(said).toEqual([])
  })
})
