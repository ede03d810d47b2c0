import { describe, expect, it } from 'vitest'
import type { EngineChild } from '#main/engine-process.ts'
import { superviseEngine } from '#main/engine-process.ts'
import type { FromEngine, ToEngine } from '#hosts/page/shell-messages.ts'

class Child implements EngineChild<string> {
  readonly got: [type: ToEngine['type'], ports: number][] = []
  killed = false
  private exitListener: (code: number) => void = () => {}
  private messageListener: (message: FromEngine) => void = () => {}
  postMessage(message: ToEngine, transfer: string[] = []): void {
    this.got.push([message.type, transfer.length])
  }
  on(event: 'message' | 'exit', listener: never): void {
    if (event === 'exit') this.exitListener = listener
    else this.messageListener = listener
  }
  kill(): boolean {
    this.killed = true
    this.exitListener(143)
    return true
  }
  say(message: FromEngine): void {
    this.messageListener(message)
  }
  exit(code: number): void {
    this.exitListener(code)
  }
}

function supervised() {
  const children: Child[] = []
  const timers: [ms: number, call: () => void][] = []
  const exits: [number, number | null][] = []
  const heard: FromEngine[] = []
  const clock = { now: 0 }
  const engine = superviseEngine<string>({
    fork() {
      const child = new Child()
      children.push(child)
      return child
    },
    start: { type: 'start', dataDir: '/data', root: '/app', sample: false, version: '1' },
    onMessage: (message) => heard.push(message),
    onExit: (code, waitMs) => exits.push([code, waitMs]),
    after: (ms, call) => timers.push([ms, call]),
    now: () => clock.now,
  })
  return { engine, children, timers, exits, heard, clock }
}

describe('the process of the engine', () => {
  it('is told where its data are before anything else, and hears of pages by their ports', () => {
    const { engine, children, heard } = supervised()
    expect(engine.connect('officer', 'port')).toBe(true)
    engine.tell({ type: 'suspend' })
    expect(children[0]?.got).toEqual([['start', 0], ['connect', 1], ['suspend', 0]]) // prettier-ignore
    children[0]?.say({ type: 'ready' })
    expect(heard).toEqual([{ type: 'ready' }])
  })

  it('is started again when it ends by itself, later each time, and given up when it does so all the time', () => {
    const { engine, children, timers, exits } = supervised()
    for (let n = 0; n < 5; n++) {
      children.at(-1)?.exit(1)
      expect(engine.connect('officer', 'port')).toBe(false)
      timers.at(-1)?.[1]()
    }
    expect(exits.map(([, waitMs]) => waitMs)).toEqual([500, 1000, 2000, 4000, 8000])
    children.at(-1)?.exit(1)
    expect(exits.at(-1)).toEqual([1, null])
    expect(children).toHaveLength(6)
  })

  it('forgets failures of long ago', () => {
    const { children, timers, exits, clock } = supervised()
    for (let n = 0; n < 20; n++) {
      clock.now += 120_000
      children.at(-1)?.exit(1)
      timers.at(-1)?.[1]()
    }
    expect(new Set(exits.map(([, waitMs]) => waitMs))).toEqual(new Set([500]))
  })

  it('is asked to drain when the app ends and is not started again', async () => {
    const { engine, children, timers } = supervised()
    const stopped = engine.stop(1000)
    expect(children[0]?.got.at(-1)).toEqual(['stop', 0])
    children[0]?.exit(0)
    await stopped
    timers.at(-1)?.[1]()
    expect(children).toHaveLength(1)
    expect(children[0]?.killed).toBe(false)
  })

  it('is ended hard when it does not drain in time', async () => {
    const { engine, children, timers } = supervised()
    const stopped = engine.stop(1000)
    expect(timers.at(-1)?.[0]).toBe(1000)
    timers.at(-1)?.[1]()
    await stopped
    expect(children[0]?.killed).toBe(true)
  })

  it('stops at once when it is not there', async () => {
    const { engine, children } = supervised()
    children[0]?.exit(1)
    await engine.stop(1000)
    expect(children).toHaveLength(1)
  })
})
