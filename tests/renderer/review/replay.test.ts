// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ref } from 'vue'
import { useReplay } from '#renderer/features/review/useReplay.ts'
import { runInApp, settle } from '../support/mount.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

describe('a moment of a shift', () => {
  it('is not settled by the answer to an earlier one', async () => {
    const answers = new Map<number, () => void>()
    const { result: replay, wrapper } = await runInApp(() => useReplay('shift', ref({ start: 0, end: 1_000 }), 100), {
      handlers: {
        review: {
          at: ({ at }: { at: number }) =>
            new Promise((resolve) => answers.set(at, () => resolve({ at, latest: [], journal: [] }))),
        },
      },
    })
    expect([...answers.keys()]).toEqual([100])
    replay.seek(200)
    answers.get(100)!()
    await settle()
    expect([replay.moment.value?.at, replay.settled.value]).toEqual([100, false])
    vi.advanceTimersByTime(100)
    await settle()
    answers.get(200)!()
    await settle()
    expect([replay.moment.value?.at, replay.settled.value]).toEqual([200, true])
    wrapper.unmount()
  })
})
