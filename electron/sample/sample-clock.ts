import { systemClock, type Clock } from '#engine/platform/clock.ts'

interface Timer {
  at: number
  order: number
  call: () => void
}

/**
 * A clock that begins in the past and is moved by hand until `release`, then goes on from there as fast as the system's.
 * The sample shift runs on it: what happened "this morning" is made by the same engine at the time it shows, and a shift that
 * was lived through days ago goes on at the minute at which it was left.
 */
export class SampleClock implements Clock {
  #now: number
  /** How far it is behind the system's clock; null: it is moved by hand. */
  #behind: number | null = null
  #order = 0
  #timers: Timer[] = []

  /** `start`: milliseconds since the epoch, not in the future. */
  constructor(start: number) {
    this.#now = start
  }

  now(): number {
    return this.#behind === null ? this.#now : systemClock.now() - this.#behind
  }

  monotonic(): number {
    return this.now()
  }

  after(ms: number, call: () => void): () => void {
    // Nothing to wait for is not a matter of time: whoever only wants to give others a turn gets it at once.
    if (this.#behind !== null || ms <= 0) return systemClock.after(ms, call)
    const timer: Timer = { at: this.#now + Math.max(0, ms), order: this.#order++, call }
    this.#timers.push(timer)
    let cancelReleased: (() => void) | undefined
    this.#onRelease.set(timer, (cancel) => (cancelReleased = cancel))
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer)
      this.#onRelease.delete(timer)
      cancelReleased?.()
    }
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const abort = (): void => {
        cancel()
        reject(signal?.reason)
      }
      const cancel = this.after(ms, () => {
        signal?.removeEventListener('abort', abort)
        resolve()
      })
      signal?.addEventListener('abort', abort, { once: true })
    })
  }

  readonly #onRelease = new Map<Timer, (cancel: () => void) => void>()

  /** Moves to `time` and calls every timer that falls due on the way, in order of its time. */
  moveTo(time: number): void {
    for (;;) {
      const due = this.#timers.filter((timer) => timer.at <= time).sort((a, b) => a.at - b.at || a.order - b.order)[0]
      if (!due) break
      this.#timers = this.#timers.filter((timer) => timer !== due)
      this.#onRelease.delete(due)
      this.#now = Math.max(this.#now, due.at)
      due.call()
    }
    this.#now = Math.max(this.#now, time)
  }

  /** From now on it goes by itself; timers that are still waiting keep what is left of their time. */
  release(): void {
    const waiting = this.#timers
    const now = this.#now
    this.#behind = systemClock.now() - now
    this.#timers = []
    for (const timer of waiting) {
      const cancel = systemClock.after(Math.max(0, timer.at - now), timer.call)
      this.#onRelease.get(timer)?.(cancel)
    }
    this.#onRelease.clear()
  }
}
