import { systemClock } from '#engine/platform/clock.ts'
import { answer, startOf } from '#engine/platform/thread-work.ts'
import type { EncoderCalls, EncoderStart } from './encoder-thread.ts'
import { createTextEncoder } from './text-vectors.ts'

/** Entry of the thread that turns texts into vectors. */
const { shipped, folder } = startOf<EncoderStart>()
const encoder = createTextEncoder(shipped, folder, systemClock)

answer<EncoderCalls>({
  state: () => encoder.state(),
  encode: (texts) => encoder.encode(texts),
})
