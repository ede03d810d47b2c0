import { userFailure } from '#engine/platform/failure.ts'
import { openBytes, TruncatedFile } from './bytes.ts'
import type { ByteSource, FileInput } from './bytes.ts'
import { openContained, type SheetInfo } from './sheet/container.ts'
import type { Parser } from './table.ts'

/** What is read of a file: itself, or the one table of the several that it holds. */
export interface Contents extends Pick<ByteSource, 'chunks' | 'read' | 'total'> {
  /** null: text, whose format is still to be found out. */
  parser: Parser | null
  sheets: SheetInfo[]
  /** The name of the one that is read; null: the file holds one table only. */
  sheet: string | null
  close(): void
}

/** An archive that comes as bytes is kept in memory: its directory stands at its end. */
const MOST_ARCHIVE = 1024 ** 3

/** `sheet`: which table of a workbook or an archive; default: the largest that is not hidden. Throws a Failure that names the file. */
export async function openContents(
  input: FileInput,
  name: string,
  { signal, sheet }: { signal?: AbortSignal | undefined; sheet?: string | undefined },
): Promise<Contents> {
  const bytes = await openBytes(input, signal)
  if (beginsWith(bytes.head, [0x21, 0x42, 0x44, 0x4e])) throw userFailure('file.outlookStore', { file: name })
  if (beginsWith(bytes.head, [0xd0, 0xcf, 0x11, 0xe0])) throw await compound(bytes, name)
  if (!beginsWith(bytes.head, [0x50, 0x4b, 0x03, 0x04]))
    return { ...bytes, parser: null, sheets: [], sheet: null, close: () => {} }
  const isAtHand = typeof input === 'string' || input instanceof Uint8Array
  if (isAtHand) await bytes.close()
  const archive = isAtHand ? input : await gathered(bytes.chunks, name)
  const inside = await openContained(archive, name, sheet)
  let read = 0
  async function* chunks(): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of inside.stream) {
        read += (chunk as Uint8Array).byteLength
        yield chunk as Uint8Array
        signal?.throwIfAborted()
      }
    } catch (error) {
      if (signal?.aborted) throw error
      throw new TruncatedFile('user', 'file.compressedDamaged', { cause: error })
    } finally {
      inside.stream.destroy()
      inside.close()
    }
  }
  const { parser, sheets, chosen, size } = inside
  return {
    chunks: chunks(),
    read: () => read,
    total: size,
    parser,
    sheets,
    sheet: chosen,
    close() {
      inside.stream.destroy()
      inside.close()
    },
  }
}

const beginsWith = (bytes: Uint8Array | null, magic: number[]): boolean =>
  bytes !== null && magic.every((byte, i) => bytes[i] === byte)

/** The whole of an archive. Throws a Failure that names the file when it is too much to keep. */
export async function gathered(source: AsyncIterable<Uint8Array>, name: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of source) {
    chunks.push(chunk)
    bytes += chunk.byteLength
    if (bytes > MOST_ARCHIVE) throw userFailure('file.zipTooLarge', { file: name })
  }
  return Buffer.concat(chunks)
}

/** Bytes of a compound file that are searched for what it holds. */
const MOST_SEARCHED = 32 * 1024 ** 2

/** A compound file is an old workbook, or a new one behind a password. */
async function compound(bytes: ByteSource, name: string): Promise<Error> {
  const marks = (text: string): Buffer => Buffer.from(text, 'utf16le')
  let found = Buffer.alloc(0)
  for await (const chunk of bytes.chunks) {
    found = Buffer.concat([found, chunk])
    if (found.length > MOST_SEARCHED) break
  }
  if (found.includes(marks('__substg1.0_'))) return userFailure('file.outlookMail', { file: name })
  if (found.includes(marks('EncryptedPackage'))) return userFailure('file.locked', { file: name })
  return userFailure('file.oldWorkbook', { file: name })
}
