import { Readable } from 'node:stream'
import type { ZipEntry } from './zip.ts'

/** Bytes of a part that are kept from one look to the next; a longer part is unpacked again. */
const MOST_KEPT = 64 * 1024 ** 2

/** A part of an archive that is looked through before it is read. */
export interface KeptEntry extends ZipEntry {
  /** Opens it for the last time: what was kept is let go of as it is read. */
  openLast(): Promise<Readable>
}

/** Unpacked once: the first look that goes to its end keeps what it brings, and those that follow take that. */
export function kept(entry: ZipEntry): KeptEntry {
  let chunks: Uint8Array[] | null = null
  async function* keeping(source: Readable): AsyncGenerator<Uint8Array> {
    const found: Uint8Array[] = []
    for await (const chunk of source) {
      found.push(chunk as Uint8Array)
      yield chunk as Uint8Array
    }
    chunks = found
  }
  function* lettingGo(found: Uint8Array[]): Generator<Uint8Array> {
    for (let at = 0; at < found.length; at++) {
      const chunk = found[at]!
      found[at] = new Uint8Array(0)
      yield chunk
    }
  }
  return {
    ...entry,
    async open() {
      if (chunks !== null) return Readable.from(chunks)
      const source = await entry.open()
      return entry.size > MOST_KEPT ? source : Readable.from(keeping(source))
    },
    async openLast() {
      if (chunks === null) return entry.open()
      const found = chunks
      chunks = null
      return Readable.from(lettingGo(found))
    },
  }
}
