import { expect, it } from 'vitest'
import { lineBlocks, NoLines } from '#shared/util/line-blocks.ts'

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
const read = async (bytes: Uint8Array, size: number) => {
  const blocks: string[] = []
  for await (const block of lineBlocks(pieces(bytes, size), TextDecoder)) blocks.push(block)
  return blocks
}
const text = 'Zeit;Zahl\r\n10:00;drei „ä“ 🙂\n10:01;4'

it.each([1, 2, 3, 7, 1_000])('gives whole lines of a file in pieces of %i bytes, whatever is cut', async (size) => {
  for (const bytes of [new TextEncoder().encode(text), Buffer.from(`\uFEFF${text}`, 'utf16le')]) {
    const blocks = await read(bytes, Math.max(size, 2))
    expect(blocks.join('').replace('\uFEFF', '')).toBe(text)
    for (const block of blocks.slice(0, -1)) expect(block.endsWith('\n')).toBe(true)
  }
})
it('gives nothing of an empty file, and refuses one whose line does not end', async () => {
  expect(await read(new Uint8Array(), 10)).toEqual([])
  await expect(read(new Uint8Array(1_100_000).fill(97), 65_536)).rejects.toBeInstanceOf(NoLines)
})
