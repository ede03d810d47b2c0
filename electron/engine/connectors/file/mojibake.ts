import { isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'

/** Beginnings of UTF-8 sequences as Latin-1 and Windows-1252 show them: "Ã¼", "â€™", "ðŸ˜¢". */
const SUSPECT = /[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]/

/**
 * A text whose UTF-8 was read as Latin-1 or Windows-1252 (Meta's exports, twice-saved tables), as it was written; any
 * other text as it is. Only what is valid UTF-8 as a whole is put right.
 */
export function mended(text: string): string {
  if (!SUSPECT.test(text)) return text
  const bytes = bytesOf(text)
  return bytes !== null && isUtf8(bytes) ? bytes.toString('utf8') : text
}

function bytesOf(text: string): Buffer | null {
  // eslint-disable-next-line no-control-regex
  if (/^[\u0000-\u00ff]*$/.test(text)) return Buffer.from(text, 'latin1')
  const bytes: number[] = []
  for (const sign of text) {
    const code = sign.codePointAt(0)!
    if (code <= 0xff) {
      bytes.push(code)
      continue
    }
    const [byte, more] = iconv.encode(sign, 'windows-1252')
    if (byte === undefined || more !== undefined || byte === 0x3f) return null
    bytes.push(byte)
  }
  return Buffer.from(bytes)
}

/** Whether a file's texts were spoiled so: nearly all of those that go beyond ASCII can be put right. */
export function isSpoiled(texts: string[]): boolean {
  const beyond = texts.filter((text) => /[^\u0000-\u007f]/.test(text)) // eslint-disable-line no-control-regex
  return beyond.length > 0 && beyond.filter((text) => mended(text) !== text).length >= beyond.length * 0.9
}
