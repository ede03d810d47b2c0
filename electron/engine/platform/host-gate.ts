import type { Clock } from './clock.ts'

interface Gate {
  active: number
  nextStart: number
  waiting: Waiting[]
  cancelTimer: (() => void) | null
}
interface Waiting {
  start(): void
}

/** One queue a host: at most so many requests at once, and a minimum time between two starts. First come, first served. */
export class HostGates {
  private readonly gates = new Map<string, Gate>()
  private readonly clock: Clock
  private readonly atOnce: number
  private readonly spacingMs: number

  constructor(clock: Clock, atOnce: number, spacingMs: number) {
    this.clock = clock
    this.atOnce = atOnce
    this.spacingMs = spacingMs
  }

  /** Resolves when it is this request's turn; the returned function must be called when it is over. */
  enter(host: string, signal: AbortSignal): Promise<() => void> {
    let gate = this.gates.get(host)
    if (!gate) this.gates.set(host, (gate = { active: 0, nextStart: 0, waiting: [], cancelTimer: null }))
    const found = gate
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason as Error)
      const leave = (): void => {
        found.waiting = found.waiting.filter((other) => other !== entry)
        reject(signal.reason as Error)
      }
      const entry: Waiting = {
        start: () => {
          signal.removeEventListener('abort', leave)
          let left = false
          resolve(() => {
            if (left) return
            left = true
            found.active--
            this.pump(host, found)
          })
        },
      }
      signal.addEventListener('abort', leave, { once: true })
      found.waiting.push(entry)
      this.pump(host, found)
    })
  }

  private pump(host: string, gate: Gate): void {
    if (gate.cancelTimer) return
    while (gate.waiting.length > 0 && gate.active < this.atOnce) {
      const waitMs = gate.nextStart - this.clock.monotonic()
      if (waitMs > 0) {
        gate.cancelTimer = this.clock.after(waitMs, () => {
          gate.cancelTimer = null
          this.pump(host, gate)
        })
        return
      }
      gate.active++
      gate.nextStart = this.clock.monotonic() + this.spacingMs
      gate.waiting.shift()!.start()
    }
    // A station that follows many feeds meets many hosts: an idle gate whose spacing has passed need not be kept.
    if (gate.active === 0 && gate.waiting.length === 0 && gate.nextStart <= this.clock.monotonic())
      this.gates.delete(host)
  }
}
