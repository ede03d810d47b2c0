import type { Clock } from '#engine/platform/clock.ts'

/** A clock that stands still until the test moves it. `sleep(0)` only lets others have their turn. */
export class ManualClock implements Clock {
  #now: number
  readonly #start: number
  #set = 0
  #timers: { at: number; call: () => void }[] = []

  constructor(now: number | string = '2026-11-20T10:00:00Z') {
    this.#now = typeof now === 'number' ? now : Date.parse(now)
    this.#start = this.#now
  }

  now(): number {
    return this.#now + this.#set
  }

  /** Sets it forward or back, as a person or a time server does: nothing becomes due by it, and `monotonic` knows nothing of it. */
  set(ms: number): void {
    this.#set += ms
  }

  monotonic(): number {
    return this.#now - this.#start
  }

  after(ms: number, call: () => void): () => void {
    const timer = { at: this.#now + ms, call }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((one) => one !== timer)
    }
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.reject(signal.reason)
    if (ms <= 0) return new Promise((resolve) => setImmediate(resolve))
    return new Promise((resolve, reject) => {
      const cancel = this.after(ms, resolve)
      signal?.addEventListener('abort', () => {
        cancel()
        reject(signal.reason)
      }, { once: true }) // prettier-ignore
    })
  }

  /** Moves time on and calls what becomes due, in order, each at its own time. */
  advance(ms: number): void {
    const end = this.#now + ms
    for (;;) {
      const next = this.#timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0]
      if (!next) break
      this.#timers = this.#timers.filter((timer) => timer !== next)
      this.#now = Math.max(this.#now, next.at)
      next.call()
    }
    this.#now = end
  }

  /** Moves time on step by step, so that what waits for promises has its turn after each step. */
  async run(ms: number, step = 1_000): Promise<void> {
    for (let left = ms; left > 0; left -= step) {
      this.advance(Math.min(step, left))
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
}
