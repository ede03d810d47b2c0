import type { SeriesTaken } from '#shared/model/counted-series.ts'
import { takeLines } from '#shared/model/take-lines.ts'
import { lineBlocks } from '#shared/util/line-blocks.ts'
import type { Client } from '#renderer/client/client.ts'

/** Bytes of a file in one call, some two thousand lines: the station does something else in between. */
const BLOCK = 64 * 1024

async function* piecesOf(file: Blob): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < file.size; from += BLOCK)
    yield new Uint8Array(await file.slice(from, from + BLOCK).arrayBuffer())
}

/** Sends a file of a time and a number a line. Rejects with NoLines. */
export const takeFile = (
  client: Client,
  id: string,
  file: Blob,
  how: { told(so: SeriesTaken): void; signal: AbortSignal },
): Promise<SeriesTaken> =>
  takeLines(lineBlocks(piecesOf(file), TextDecoder), (block) => client.series.take({ id, ...block }), how)
