import { isAscii, isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'
import { guessEncoding, hasJapaneseEscapes } from './guess-encoding.ts'

export interface TextDecoding {
  decode(chunk: Uint8Array): string
  /** What was held back; and the name of the encoding in the end. */
  end(): string
  readonly encoding: string
}

/** The encoding that a byte order mark announces, and the mark's length. UTF-32 first: its mark begins with UTF-16's. */
export function byteOrderMark(bytes: Uint8Array): { encoding: string; length: number } | null {
  const [a, b, c, d] = bytes
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return { encoding: 'utf-32le', length: 4 }
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return { encoding: 'utf-32be', length: 4 }
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', length: 3 }
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', length: 2 }
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', length: 2 }
  return null
}

/** UTF-16 without a mark: text of the West has a zero in every second byte. */
function looksLikeUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const length = Math.min(bytes.length & ~1, 2_000)
  if (length < 8) return null
  let even = 0
  let odd = 0
  for (let i = 0; i < length; i += 2) {
    if (bytes[i] === 0) even++
    if (bytes[i + 1] === 0) odd++
  }
  const pairs = length / 2
  if (odd > pairs * 0.6 && even < pairs * 0.1) return 'utf-16le'
  if (even > pairs * 0.6 && odd < pairs * 0.1) return 'utf-16be'
  return null
}

/** Bytes that are looked at before an encoding that is not UTF-8 is guessed, unless the text ends sooner. */
const EVIDENCE = 64 * 1024

interface Decoder {
  write(bytes: Buffer): string
  end(): string | undefined
}

/** A decoder for any encoding that the platform or iconv-lite knows; null for an unknown name. */
function decoderFor(encoding: string): Decoder | null {
  if (iconv.encodingExists(encoding)) return iconv.getDecoder(encoding, { stripBOM: false })
  try {
    const decoder = new TextDecoder(encoding, { ignoreBOM: true })
    return { write: (bytes) => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() }
  } catch {
    return null
  }
}

export const isEncoding = (name: string): boolean => decoderFor(name) !== null

/**
 * Text from bytes of an unknown encoding, chunk by chunk: a byte order mark decides, then what the officer says
 * (`given`), then UTF-16 by its zeros, then UTF-8 as long as it is valid. The first bytes beyond ASCII settle it: if they
 * are no UTF-8, the text is held back until there is enough to guess from. A text that was UTF-8 before stays UTF-8, and a
 * bad byte in it becomes U+FFFD.
 */
export function unknownText(given?: string): TextDecoding {
  let encoding = 'utf-8'
  let settled = false
  let begun = false
  let held: Uint8Array = new Uint8Array(0)
  let decoder: Decoder | null = null

  function begin(bytes: Uint8Array): Uint8Array {
    begun = true
    const mark = byteOrderMark(bytes)
    const found = mark?.encoding ?? given ?? looksLikeUtf16(bytes) ?? (hasJapaneseEscapes(bytes) ? 'iso-2022-jp' : null)
    if (!found) return bytes
    settle(found)
    return bytes.subarray(mark?.length ?? 0)
  }
  function settle(found: string): void {
    encoding = found
    settled = true
    decoder = decoderFor(found)
  }
  const write = (bytes: Uint8Array): string =>
    decoder!.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))

  return {
    get encoding() {
      return encoding
    },
    decode(chunk) {
      let bytes: Uint8Array = held.length === 0 ? chunk : Buffer.concat([held, chunk])
      held = new Uint8Array(0)
      if (!begun) {
        if (bytes.length < 4) {
          held = bytes
          return ''
        }
        bytes = begin(bytes)
      }
      if (settled) return write(bytes)
      if (isAscii(bytes)) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
      const whole = bytes.length - unfinishedTail(bytes)
      if (mostlyUtf8(bytes.subarray(0, whole))) settle('utf-8')
      else if (bytes.length < EVIDENCE) {
        held = bytes
        return ''
      } else settle(guessEncoding(bytes))
      return write(bytes)
    },
    end() {
      if (held.length > 0) {
        const bytes = begun ? held : begin(held)
        held = new Uint8Array(0)
        if (!settled) settle(mostlyUtf8(bytes) ? 'utf-8' : guessEncoding(bytes))
        return write(bytes) + (decoder?.end() ?? '')
      }
      return decoder?.end() ?? ''
    },
  }
}

/** Bytes at the end that begin a UTF-8 sequence which the next chunk completes: 0 to 3. */
function unfinishedTail(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!
    if ((byte & 0xc0) === 0x80) continue
    const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
    return needs > back ? back : 0
  }
  return 0
}

/** Valid, or at least nine valid multi-byte sequences for each bad byte: one slip does not make a file Windows-1252. */
export function mostlyUtf8(bytes: Uint8Array): boolean {
  if (isUtf8(bytes)) return true
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  let bad = 0
  let good = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 0xfffd) bad++
    else if (code > 0x7f) good++
  }
  return good >= bad * 9
}
