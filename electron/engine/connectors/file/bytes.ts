import type { Said } from '#shared/model/said.ts'
import { said } from '#shared/words/said.ts'
import { Failure, userFailure } from '#engine/platform/failure.ts'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'

export interface ByteSource {
  /** The first bytes as they lie there; null: there are none. */
  head: Uint8Array | null
  /** Decompressed. */
  chunks: AsyncIterable<Uint8Array>
  /** Bytes read so far, as they lie on the disk. */
  read(): number
  /** null when the size is not known before the end. */
  total: number | null
  /** Lets go of the file when none of its bytes are read after all. */
  close(): Promise<void>
}

/** A path, or the bytes of a file. */
export type FileInput = string | Uint8Array | AsyncIterable<Uint8Array>

const PIECE_BYTES = 256 * 1024

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** Opens a path or takes bytes; gzip is recognised by its first two bytes, whatever the file is called. */
export async function openBytes(input: FileInput, signal?: AbortSignal): Promise<ByteSource> {
  let read = 0
  let total: number | null = null
  let source: AsyncIterable<Uint8Array>
  if (typeof input === 'string') {
    const found = await stat(input).catch((error: NodeJS.ErrnoException) => {
      throw new Failure('user', unreadable(input, error.code), { cause: error })
    })
    if (!found.isFile()) throw userFailure('file.notAFile', { file: input })
    total = found.size
    source = createReadStream(input, { highWaterMark: PIECE_BYTES, signal })
  } else {
    if (input instanceof Uint8Array) total = input.byteLength
    source = input instanceof Uint8Array ? oneChunk(input) : input
  }
  const iterator = source[Symbol.asyncIterator]()
  const head = await nextFilled(iterator, input)
  async function* counted(): AsyncGenerator<Uint8Array> {
    try {
      let chunk = head
      while (chunk !== null) {
        // A file that came over the wire may be one chunk: how far it is could not be told, and nothing could end it.
        for (let at = 0; at < chunk.byteLength; at += PIECE_BYTES) {
          const piece = chunk.subarray(at, at + PIECE_BYTES)
          read += piece.byteLength
          yield piece
          signal?.throwIfAborted()
        }
        chunk = await nextFilled(iterator, input)
      }
    } finally {
      await iterator.return?.()
    }
  }
  const zipped = head !== null && head[0] === 0x1f && head[1] === 0x8b
  const close = async (): Promise<void> => void (await iterator.return?.())
  return { head, chunks: zipped ? gunzip(counted()) : counted(), read: () => read, total, close }
}

async function nextFilled(iterator: AsyncIterator<Uint8Array>, input: unknown): Promise<Uint8Array | null> {
  try {
    for (;;) {
      const next = await iterator.next()
      if (next.done) return null
      if (next.value.byteLength > 0) return next.value
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (typeof input === 'string' && code !== undefined && code !== 'ABORT_ERR') {
      throw new Failure('user', unreadable(input, code), { cause: error })
    }
    throw error
  }
}

function unreadable(path: string, code: string | undefined): Said {
  if (code === 'ENOENT') return said('file.missingCheckPath', { file: path })
  if (code === 'EACCES' || code === 'EPERM') return said('file.notAllowed', { file: path })
  return said('file.unreadable', { file: path, why: code ?? said('file.unknownError') })
}

async function* gunzip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = Readable.from(chunks)
  const unzip = createGunzip({ chunkSize: 256 * 1024 })
  source.on('error', (error) => unzip.destroy(error))
  try {
    for await (const chunk of source.pipe(unzip)) yield chunk as Uint8Array
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'Z_BUF_ERROR') throw new TruncatedFile('user', 'file.compressedEndsEarly')
    if (code?.startsWith('Z_')) throw new TruncatedFile('user', 'file.compressedDamaged')
    throw error
  } finally {
    source.destroy()
  }
}

/** The rest cannot be read; what came before it stands. */
export class TruncatedFile extends Failure {
  override name = 'TruncatedFile'
}
