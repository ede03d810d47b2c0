import type { SeriesTaken } from '#shared/model/counted-series.ts'
import type { Client } from '#renderer/client/client.ts'

/** Characters of a file in one call, about ten thousand lines. */
const BLOCK = 512 * 1024
const SHOWN = 20

/** Whole lines of a file, block by block. Throws 'lines' where it has none. */
async function* blocksOf(file: Blob): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for (let from = 0; from < file.size; from += BLOCK) {
    const bytes = await file.slice(from, from + BLOCK).arrayBuffer()
    const text = rest + decoder.decode(bytes, { stream: from + BLOCK < file.size })
    const end = text.lastIndexOf('\n') + 1
    rest = text.slice(end)
    if (end > 0) yield text.slice(0, end)
    if (rest.length > 4 * BLOCK) throw new Error('lines')
  }
  if (rest !== '') yield rest
}

/** Sends a file of a time and a number a line; `told` after each block. What was sent before `signal` ends it stays. */
export async function takeFile(
  client: Client,
  id: string,
  file: Blob,
  { told, signal }: { told(so: SeriesTaken): void; signal: AbortSignal },
): Promise<SeriesTaken> {
  let sum: SeriesTaken = { lines: 0, stored: 0, changed: 0, same: 0, tooOld: 0, faults: [], left: 0 }
  let reading: Awaited<ReturnType<Client['series']['take']>>['reading'] | null = null
  let firstLine = 1
  for await (const text of blocksOf(file)) {
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
