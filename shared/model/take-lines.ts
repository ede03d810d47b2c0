import { noneTaken, takenBeside, type SeriesReading, type SeriesTaken } from './counted-series.ts'

/** Sends the lines of a file block by block; `told` after each. What was sent before `signal` ends it stays. How the first block was read is good for those behind it. */
export async function takeLines(
  blocks: AsyncIterable<string>,
  take: (block: {
    text: string
    reading: SeriesReading | null
    firstLine: number
  }) => Promise<{ taken: SeriesTaken; reading: SeriesReading }>,
  { told, signal }: { told(so: SeriesTaken): void; signal: { readonly aborted: boolean } },
): Promise<SeriesTaken> {
  let sum = noneTaken
  let reading: SeriesReading | null = null
  let firstLine = 1
  for await (const text of blocks) {
    if (signal.aborted) break
    const found = await take({ text, reading, firstLine })
    reading = found.reading
    firstLine += text.split('\n').length - 1
    sum = takenBeside(sum, found.taken)
    told(sum)
  }
  return sum
}
