import { systemClock } from '#engine/platform/clock.ts'
import { answer, startOf } from '#engine/platform/thread-work.ts'
import { openEncoder } from '#engine/understanding/encoder/open.ts'
import { openReads } from '#engine/store/open-reads.ts'
import type { DecisionsCalls, DecisionsStart } from './decisions-protocol.ts'
import { answerers } from './decisions-work.ts'

/** Entry of the thread that learns from decisions and counts them, on a read-only connection of its own. */
const { file, encoder } = startOf<DecisionsStart>()

/** Weights are handed over, not copied: with many desks they are megabytes. */
const buffersOf = (value: unknown): ArrayBuffer[] =>
  typeof value === 'object' && value !== null
    ? Object.values(value).flatMap((part) => (part instanceof Uint8Array ? [part.buffer as ArrayBuffer] : []))
    : []

answer<DecisionsCalls>(answerers(openReads(file, null), systemClock, openEncoder(encoder)), buffersOf)
