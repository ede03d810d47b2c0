import { describe, expect, it } from 'vitest'
import { createSignal } from '#shared/util/signal.ts'

describe('a signal', () => {
  it('reaches everybody who listens, in order, until they stop', () => {
    const signal = createSignal<[string, number]>()
    const heard: string[] = []
    const stop = signal.on((word, n) => heard.push(`a ${word} ${n}`))
    signal.on((word, n) => heard.push(`b ${word} ${n}`))
    signal.tell('x', 1)
    stop()
    signal.tell('y', 2)
    expect(heard).toEqual(['a x 1', 'b x 1', 'b y 2'])
  })

  it('is stopped by whoever fails, unless somebody hears of that', () => {
    const failures: unknown[] = []
    for (const signal of [createSignal(), createSignal((error) => failures.push(error))]) {
      let heard = 0
      signal.on(() => {
        throw new Error('no')
      })
      signal.on(() => heard++)
      try {
        signal.tell()
      } catch {
        heard = -1
      }
      failures.push(heard)
    }
    expect(failures).toEqual([-1, expect.any(Error), 1])
  })
})
