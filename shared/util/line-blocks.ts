/** No line is longer: what has longer ones is no file of lines. In UTF-16 code units. */
const LONGEST_LINE = 1024 * 1024

export class NoLines extends Error {
  constructor() {
    super('This is no file of lines.')
    this.name = 'NoLines'
  }
}

/** The platform's TextDecoder. */
type Decoding = new (encoding: string) => { decode(piece?: Uint8Array, how?: { stream: boolean }): string }

/**
 * Whole lines of a file that comes in pieces, block by block; the last line may have no end. UTF-8, or UTF-16 by its mark. Rejects with NoLines where a line does not end.
 */
export async function* lineBlocks(pieces: AsyncIterable<Uint8Array>, Decoder: Decoding): AsyncGenerator<string> {
  let decoder: InstanceType<Decoding> | null = null
  let rest = ''
  for await (const piece of pieces) {
    decoder ??= new Decoder(encodingOf(piece))
    const text = rest + decoder.decode(piece, { stream: true })
    const end = text.lastIndexOf('\n') + 1
    rest = text.slice(end)
    if (end > 0) yield text.slice(0, end)
    if (rest.length > LONGEST_LINE) throw new NoLines()
  }
  rest += decoder?.decode() ?? ''
  if (rest !== '') yield rest
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
}
