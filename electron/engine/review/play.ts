import { endOfShift, type Shift } from '#shared/model/shift.ts'
import { streamOf } from '#engine/platform/streams.ts'
import type { Clock } from '#engine/platform/clock.ts'
import type { Frame } from './frames.ts'
import type { Looking } from './thread.ts'

const FRAME_MS = 250

export interface PlayInput {
  from: number
  /** 1 … 60 × real time. */
  speed: number
}

/** A shift as it went, frame by frame. A slow reader gets fewer, longer frames and stays in time. */
export function play(
  deps: { clock: Clock; looking: Looking },
  shift: Shift,
  { from, speed }: PlayInput,
  signal?: AbortSignal,
): AsyncIteratorObject<Frame, undefined, void> {
  const { clock, looking } = deps
  const stopped = new AbortController()
  const stop = (): void => stopped.abort()
  signal?.addEventListener('abort', stop, { once: true })
  if (signal?.aborted) stop()
  const end = endOfShift(shift, clock.now())
  const startedAt = clock.monotonic()
  let at = Math.min(end, Math.max(shift.startedAt, from))
  const first = at
  let last: number | null = null
  let done = false

  async function next(): Promise<IteratorResult<Frame, undefined>> {
    if (done || stopped.signal.aborted) return { done: true, value: undefined }
    try {
      await clock.sleep(FRAME_MS, stopped.signal)
      const played = (clock.monotonic() - startedAt) * speed
      const to = Math.min(end, Math.max(at, Math.round(first + played)))
      const asked = { from: at, seq: last, to }
      const { seq, ...frame } = await looking.ask('frame', asked, { signal: stopped.signal })
      last = seq
      at = to
      done = to >= end
      return { done: false, value: { ...frame, done } }
    } catch (error) {
      if (stopped.signal.aborted) return { done: true, value: undefined }
      throw error
    }
  }

  return streamOf(next, () => {
    stop()
    signal?.removeEventListener('abort', stop)
  })
}
