import type { FromEngine, ToEngine } from '#hosts/page/shell-messages.ts'

/** The part of Electron's UtilityProcess that is used here, so that the rest is tested without Electron. */
export interface EngineChild<Port> {
  postMessage(message: ToEngine, transfer?: Port[]): void
  on(event: 'message', listener: (message: FromEngine) => void): void
  on(event: 'exit', listener: (code: number) => void): void
  kill(): boolean
}

export interface EngineProcessOptions<Port> {
  fork(): EngineChild<Port>
  start: Extract<ToEngine, { type: 'start' }>
  onMessage(message: FromEngine): void
  /** The engine ended by itself; it is started again after `waitMs`, or not at all when that is null. */
  onExit(code: number, waitMs: number | null): void
  after(ms: number, call: () => void): void
  now(): number
}

export interface EngineProcess<Port> {
  /** Gives one end of a channel to the engine. Returns false when there is no engine right now: the page asks again. */
  connect(role: 'officer' | 'wall', port: Port): boolean
  tell(message: Extract<ToEngine, { type: 'suspend' | 'resume' }>): void
  /** Resolves when the engine has drained and ended; after `graceMs` it is ended hard. The store survives that too. */
  stop(graceMs: number): Promise<void>
}

/** A failed engine is started anew after 0.5 s, 1 s, 2 s …; five failures within a minute are not an accident. */
const firstWaitMs = 500
const mostFailures = 5
const withinMs = 60_000

export function superviseEngine<Port>(options: EngineProcessOptions<Port>): EngineProcess<Port> {
  let child: EngineChild<Port> | undefined
  let stopping = false
  let ended: (() => void) | undefined
  const failures: number[] = []

  const spawn = (): void => {
    if (stopping) return
    const spawned = options.fork()
    child = spawned
    spawned.on('message', options.onMessage)
    spawned.on('exit', (code) => {
      if (child !== spawned) return
      child = undefined
      if (stopping) return ended?.()
      const now = options.now()
      failures.push(now)
      while (failures[0] !== undefined && failures[0] < now - withinMs) failures.shift()
      const waitMs = failures.length > mostFailures ? null : firstWaitMs * 2 ** (failures.length - 1)
      options.onExit(code, waitMs)
      if (waitMs !== null) options.after(waitMs, spawn)
    })
    spawned.postMessage(options.start)
  }
  spawn()

  return {
    connect(role, port) {
      if (!child || stopping) return false
      child.postMessage({ type: 'connect', role }, [port])
      return true
    },
    tell(message) {
      child?.postMessage(message)
    },
    stop(graceMs) {
      stopping = true
      const running = child
      if (!running) return Promise.resolve()
      return new Promise((resolve) => {
        ended = resolve
        options.after(graceMs, () => {
          if (child === running) running.kill()
        })
        running.postMessage({ type: 'stop' })
      })
    },
  }
}
