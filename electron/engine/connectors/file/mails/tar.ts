import { TruncatedFile } from '../bytes.ts'

/**
 * The files of a tar, as it is read (POSIX.1-2001 pax, with GNU's long names). By hand: tar-stream brings native code for a
 * platform that this is not, and tar unpacks to the disk.
 */
export interface TarFile {
  name: string
  size: number
  /** To be read before the next file is asked for; what is not read is passed over. */
  chunks: AsyncGenerator<Uint8Array>
}

const BLOCK = 512
/** A name or the attributes of a file: longer ones are no names. */
const MOST_NAME = 256 * 1024

export const isTar = (head: Buffer): boolean => head.length > 262 && head.toString('latin1', 257, 262) === 'ustar'

const textIn = (block: Buffer, from: number, to: number): string =>
  block.toString('utf8', from, to).replace(/\0[^]*$/, '')

/** Octal, or big-endian where its first bit is set. */
function numberIn(block: Buffer, from: number, to: number): number {
  if ((block[from]! & 0x80) !== 0) return Number(BigInt(`0x${block.toString('hex', from + 4, to)}`))
  const digits = textIn(block, from, to).trim()
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : 0
}

/** `30 path=Takeout/Mail/…`: the attributes that pax puts before a file. */
function paxIn(bytes: Buffer): Record<string, string> {
  const found: Record<string, string> = {}
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(0x20, at)
    const length = Number(bytes.toString('latin1', at, Math.max(at, space)))
    if (space < 0 || !Number.isSafeInteger(length) || length <= space - at) break
    const [name, ...value] = bytes.toString('utf8', space + 1, at + length - 1).split('=')
    found[name as string] = value.join('=')
    at += length
  }
  return found
}

/** Bytes by the piece that is asked for. */
class Supply {
  private rest: Buffer = Buffer.alloc(0)
  private readonly source: AsyncIterator<Uint8Array>
  constructor(source: AsyncIterator<Uint8Array>) {
    this.source = source
  }
  /** At most so many; null: there are none. */
  async some(most: number): Promise<Buffer | null> {
    if (this.rest.length === 0) {
      const next = await this.source.next()
      if (next.done) return null
      this.rest = Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength)
    }
    const taken = this.rest.subarray(0, most)
    this.rest = this.rest.subarray(taken.length)
    return taken
  }
  /** Exactly so many; null: the file ends before them. */
  async exactly(n: number): Promise<Buffer | null> {
    const parts: Buffer[] = []
    for (let have = 0; have < n;) {
      const part = await this.some(n - have)
      if (part === null) return null
      parts.push(part)
      have += part.length
    }
    return Buffer.concat(parts)
  }
}

/** Throws TruncatedFile where it ends in the middle of a file. */
export async function* tarFiles(source: AsyncIterable<Uint8Array>): AsyncGenerator<TarFile> {
  const iterator = source[Symbol.asyncIterator]()
  const supply = new Supply(iterator)
  let longName: string | null = null
  let pax: Record<string, string> = {}
  try {
    for (;;) {
      const block = await supply.exactly(BLOCK)
      if (block === null || block.every((byte) => byte === 0)) return
      const type = String.fromCharCode(block[156] ?? 0)
      const prefix = isTar(block) ? textIn(block, 345, 500) : ''
      const size = pax['size'] === undefined ? numberIn(block, 124, 136) : Number(pax['size'])
      const padded = Math.ceil(size / BLOCK) * BLOCK
      if ('LKxg'.includes(type) && size <= MOST_NAME) {
        const bytes = (await supply.exactly(padded))?.subarray(0, size)
        if (!bytes) throw cutOff()
        if (type === 'L') longName = textIn(bytes, 0, size)
        if (type === 'x') pax = paxIn(bytes)
        continue
      }
      const own = textIn(block, 0, 100)
      const name = pax['path'] ?? longName ?? (prefix === '' ? own : `${prefix}/${own}`)
      ;[longName, pax] = [null, {}]
      let left = size
      async function* chunks(): AsyncGenerator<Uint8Array> {
        while (left > 0) {
          const part = await supply.some(left)
          if (part === null) throw cutOff()
          left -= part.length
          yield part
        }
      }
      if (type === '0' || type === '\0' || type === '7') yield { name, size, chunks: chunks() }
      // What nobody read of it, and what fills its last block.
      for (left += padded - size; left > 0;) {
        const part = await supply.some(left)
        if (part === null) throw cutOff()
        left -= part.length
      }
    }
  } finally {
    await iterator.return?.()
  }
}

const cutOff = (): TruncatedFile => new TruncatedFile('user', 'file.compressedEndsEarly')
