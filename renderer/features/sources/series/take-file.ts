import type { SeriesTaken } from '#shared/model/counted-series.ts'
import { lineBlocks } from '#shared/util/line-blocks.ts'
import type { Client } from '#renderer/client/client.ts'

/** Bytes of a file in one call, some two thousand lines: the station does something else in between. */
const BLOCK = 64 * 1024
const SHOWN = 20

async function* piecesOf(file: Blob): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < file.size; from += BLOCK)
    yield new Uint8Array(await file.slice(from, from + BLOCK).arrayBuffer())
}

/** Sends a file of a time and a number a line; `told` after each block. What was sent before `signal` ends it stays. Rejects with NoLines. */
export async function takeFile(
  client: Client,
  id: string,
  file: Blob,
  { told, signal }: { told(so: SeriesTaken): void; signal: AbortSignal },
): Promise<SeriesTaken> {
  let sum: SeriesTaken = { lines: 0, stored: 0, changed: 0, same: 0, tooOld: 0, faults: [], left: 0 }
  let reading: Awaited<ReturnType<Client['series']['take']>>['reading'] | null = null
  let firstLine = 1
  for await (const text of lineBlocks(piecesOf(file), TextDecoder)) {
    if (signal.aborted) break
    const found: Awaited<ReturnType<Client['series']['take']>> = await client.series.take({
      id,
      text,
      reading,
      firstLine,
    })
    reading = found.reading
    firstLine += text.split('\n').length - 1
    const { taken } = found
    sum = {
      lines: sum.lines + taken.lines,
      stored: sum.stored + taken.stored,
      changed: sum.changed + taken.changed,
      same: sum.same + taken.same,
      tooOld: sum.tooOld + taken.tooOld,
      left: sum.left + taken.left,
      faults: [...sum.faults, ...taken.faults].slice(0, SHOWN),
    }
    told(sum)
  }
  return sum
}
