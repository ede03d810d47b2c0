import type { Log } from '#engine/platform/log.ts'
import { openFileOr } from '../open-models.ts'
import { createEncoder, type Encoder } from './encoder.ts'

/** What a text means, of length one; null: nothing is there that says it, and words alone have to do. */
export type MeaningOf = (text: string) => Float32Array | null

/**
 * `encode` of the encoder in a file, which is read when it is first asked. One that is missing or damaged says nothing, whatever it is
 * asked. `log` hears of that once; null: whoever opens it elsewhere tells of it.
 */
export function openEncoder(path: string, log: Pick<Log, 'log'> | null = null): MeaningOf {
  let encoder: Encoder | null | undefined
  return (text) => {
    if (encoder === undefined)
      encoder = openFileOr(path, createEncoder, ({ why, error }) =>
        log?.log('warn', 'The encoder cannot be read: words alone say what is alike', { path, why, error }),
      )
    return encoder?.encode(text) ?? null
  }
}
