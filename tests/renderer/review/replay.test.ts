// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ref } from 'vue'
import { useReplay } from '#renderer/features/review/useReplay.ts'
import { idle } from '../support/fake-station.ts'
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
    expect([replay.data.value?.at, replay.settled.value]).toEqual([100, false])
    vi.advanceTimersByTime(100)
    await settle()
    answers.get(200)!()
    await settle()
    expect([replay.data.value?.at, replay.settled.value]).toEqual([200, true])
    wrapper.unmount()
  })
})

describe('a shift that plays', () => {
  const playing = async () => {
    const starts: number[] = []
    const { result: replay, wrapper } = await runInApp(() => useReplay('shift', ref({ start: 0, end: 1_000 }), 100), {
      handlers: {
        review: {
          at: ({ at }: { at: number }) => ({ at, latest: [], journal: [] }),
          play: ({ from }: { from: number }, { signal }: { signal?: AbortSignal }) => {
            starts.push(from)
            return idle(signal)
          },
        },
      },
    })
    replay.toggle()
    await settle()
    replay.seek(200)
    await settle()
    return { replay, wrapper, starts }
  }
  it('goes on from where the scrubber comes to rest', async () => {
    const { replay, wrapper, starts } = await playing()
    replay.seek(300)
    await settle()
    vi.advanceTimersByTime(100)
    await settle()
    expect([starts, replay.playing.value]).toEqual([[100, 300], true])
    wrapper.unmount()
  })
  it('is paused by a key that comes while the scrubber moves', async () => {
    const { replay, wrapper, starts } = await playing()
    replay.toggle()
    vi.advanceTimersByTime(100)
    await settle()
    expect([starts, replay.playing.value, replay.data.value?.at]).toEqual([[100], false, 200])
    wrapper.unmount()
  })
})
