import type { Readable } from 'node:stream'
import * as yauzl from 'yauzl'
import { Failure, userFailure } from '#engine/platform/failure.ts'

export interface ZipEntry {
  /** With forward slashes. */
  name: string
  /** Bytes, unpacked, as the archive says; an entry that is longer is refused while it is read. */
  size: number
  packed: number
  /** Under a password. */
  locked: boolean
  open(): Promise<Readable>
}

export interface Zip {
  entries: ZipEntry[]
  close(): void
}

/** Entries of an archive; a workbook has some dozens. */
const MOST_ENTRIES = 20_000
/** What all entries of an archive may unpack to. */
const MOST_BYTES = 8 * 1024 ** 3

/** Opens an archive on the disk or in memory. Throws a Failure that names the file when it is damaged or beyond all bounds. */
export async function openZip(input: string | Uint8Array, name: string): Promise<Zip> {
  const options = { autoClose: false }
  let archive: yauzl.ZipFile | null = null
  try {
    archive =
      typeof input === 'string'
        ? await yauzl.openPromise(input, options)
        : await yauzl.fromBufferPromise(Buffer.from(input.buffer, input.byteOffset, input.byteLength), options)
    const entries: ZipEntry[] = []
    let bytes = 0
    for await (const entry of archive.eachEntry()) {
      bytes += entry.uncompressedSize
      if (entries.length >= MOST_ENTRIES || bytes > MOST_BYTES) throw userFailure('file.zipTooLarge', { file: name })
      entries.push(entryOf(archive, entry))
    }
    const opened = archive
    return { entries, close: () => opened.close() }
  } catch (error) {
    archive?.close()
    if (error instanceof Failure) throw error
    throw userFailure('file.zipDamaged', { file: name }, error)
  }
}

const entryOf = (archive: yauzl.ZipFile, entry: yauzl.Entry): ZipEntry => ({
  name: entry.fileName.replaceAll('\\', '/'),
  size: entry.uncompressedSize,
  packed: entry.compressedSize,
  locked: entry.isEncrypted(),
  open: () => archive.openReadStreamPromise(entry),
})
