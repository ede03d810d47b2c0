import { describe, expect, it } from 'vitest'
import { SampleClock } from '#sample/sample-clock.ts'

describe('the clock of the sample shift', () => {
  it('stands still until it is moved, and calls what falls due in order of its time', () => {
    const clock = new SampleClock(1_000)
    const called: [string, number][] = []
    clock.after(300, () => called.push(['third', clock.now()]))
    clock.after(100, () => called.push(['first', clock.now()]))
    clock.after(100, () => called.push(['second', clock.now()]))
    clock.moveTo(1_250)
    expect(called).toEqual([['first', 1_100], ['second', 1_100]]) // prettier-ignore
    expect(clock.now()).toBe(1_250)
    clock.moveTo(2_000)
    expect(called.at(-1)).toEqual(['third', 1_300])
  })

  it('calls timers that timers start, as long as they fall due', () => {
    const clock = new SampleClock(0)
    const times: number[] = []
    const again = (): void => {
      times.push(clock.now())
      clock.after(10, again)
    }
    clock.after(10, again)
    clock.moveTo(45)
    expect(times).toEqual([10, 20, 30, 40])
  })

  it('forgets what was cancelled, before and after its release', async () => {
    const clock = new SampleClock(Date.now() - 1_000)
    const called: string[] = []
    const cancelEarly = clock.after(5, () => called.push('cancelled early'))
    const cancelLate = clock.after(5, () => called.push('cancelled late'))
    const done = new Promise<void>((resolve) => {
      clock.after(10, () => {
        called.push('kept')
        resolve()
      })
    })
    cancelEarly()
    clock.release()
    cancelLate()
    await done
    expect(called).toEqual(['kept'])
  })

  it('rejects a sleep that is aborted with the reason that was given', async () => {
    const clock = new SampleClock(0)
    const abort = new AbortController()
    const sleeping = clock.sleep(1_000, abort.signal)
    const reason = new Error('enough')
    abort.abort(reason)
    await expect(sleeping).rejects.toBe(reason)
    await expect(clock.sleep(1, AbortSignal.abort(reason))).rejects.toBe(reason)
  })

  it('goes on from where it was left once it is released, as fast as the system clock', () => {
    const leftAt = Date.now() - 3 * 86_400_000
    const clock = new SampleClock(leftAt)
    const before = Date.now()
    clock.release()
    const now = clock.now()
    expect(now).toBeGreaterThanOrEqual(leftAt)
    expect(now - leftAt).toBeLessThanOrEqual(Date.now() - before)
    expect(clock.monotonic()).toBeGreaterThanOrEqual(now)
  })
})
