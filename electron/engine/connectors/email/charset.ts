import { isAscii, isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'

/** Names that say nothing, or that programs write out of habit: the bytes decide. */
const SAYS_NOTHING =
  /^(?:|(?:us-)?ascii|ansi_x3\.4-1968|utf-?8|unknown(?:-8bit)?|x-unknown|8bit|7bit|default|none|binary|iso-8859-1|latin-?1|windows-1252|cp1252)$/i
const UTF7 = /^(?:x-)?(?:unicode-\d-\d-)?utf-?7$/i
/** Of a shorter text a bad byte at the end may be a letter of another encoding. */
const LONG = 1_000
/** Escape sequences of ISO-2022-JP: nobody else writes them. */
const JAPANESE = /\u001b\$[@B]|\u001b\([JI]/

const decoded = (bytes: Buffer, label: string): string | null => {
  try {
    return new TextDecoder(label).decode(bytes)
  } catch {
    return iconv.encodingExists(label) ? iconv.decode(bytes, label) : null
  }
}

/** Each line by itself: quoted history keeps the bytes of whoever wrote it first. */
function byLine(bytes: Buffer): string {
  const western = new TextDecoder('windows-1252')
  let text = ''
  for (let from = 0; from < bytes.length;) {
    const end = bytes.indexOf(0x0a, from)
    const line = bytes.subarray(from, end < 0 ? bytes.length : end + 1)
    text += isUtf8(line) ? line.toString('utf8') : western.decode(line)
    from += line.length
  }
  return text
}

/**
 * The text of a part by what its bytes are, with what it claims as a hint. Valid UTF-8 beyond ASCII is UTF-8 whatever is claimed, for no
 * other encoding looks like it by chance; what claims nothing and is no UTF-8 is Windows-1252, line by line.
 */
export function textOf(bytes: Buffer, claimed: string): string {
  const label = claimed.trim()
  if (UTF7.test(label)) return iconv.decode(bytes, 'utf-7')
  if (isAscii(bytes)) {
    const text = bytes.toString('latin1')
    return JAPANESE.test(text) ? (decoded(bytes, 'iso-2022-jp') ?? text) : (decoded(bytes, label) ?? text)
  }
  if (isUtf8(bytes)) return bytes.toString('utf8')
  // Cut off inside a character.
  for (const less of [1, 2, 3]) {
    const whole = bytes.subarray(0, -less)
    if (whole.length > LONG && isUtf8(whole) && !isAscii(whole)) return whole.toString('utf8')
  }
  if (!SAYS_NOTHING.test(label)) {
    const text = decoded(bytes, label)
    if (text !== null && !text.includes('\uFFFD')) return text
    // Cut off inside a character, or a few bad bytes: still what it claims, unless most of it is none.
    if (text !== null && text.split('\uFFFD').length * 20 < text.length) return text
  }
  return byLine(bytes)
}

const ENCODED_WORD = /=\?([^?\s]{1,60})\?([QB])\?([^?\r\n]*)\?=/gi
const asQ = (bytes: Buffer): string =>
  [...bytes].map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')

function bytesOfWord(kind: string, content: string): Buffer {
  if (kind.toUpperCase() === 'B') return Buffer.from(content, 'base64')
  const raw = content
    .replaceAll('_', ' ')
    .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(raw, 'latin1')
}

/**
 * The lines of a head in UTF-8 (RFC 6532), with encoded words (RFC 2047) that any parser reads: raw bytes within them are escaped, and
 * words in UTF-7 or in a charset that says nothing are written anew. Old programs wrote Windows-1252 without saying so.
 */
export function readableHead(head: Buffer): Buffer {
  const text = head.toString('latin1')
  const mended = text.replace(ENCODED_WORD, (word, charset: string, kind: string, content: string) => {
    const label = charset.split('*')[0] as string
    // eslint-disable-next-line no-control-regex
    const isRaw = /[^\u0000-\u007f]/.test(content)
    const isOdd = UTF7.test(label) || /^(?:unknown|x-unknown|8bit|default)/i.test(label)
    if (!isRaw && !isOdd) return word
    return `=?utf-8?Q?${asQ(Buffer.from(textOf(bytesOfWord(kind, content), label)))}?=`
  })
  const bytes = Buffer.from(mended, 'latin1')
  return isUtf8(bytes) ? bytes : Buffer.from(byLine(bytes))
}

/** A field of such a head as people read it. */
export const withoutEncodedWords = (field: string): string =>
  field
    .replace(/(\?=)\s+(?==\?)/g, '$1')
    .replace(ENCODED_WORD, (_, charset: string, kind: string, content: string) =>
      textOf(bytesOfWord(kind, content), charset.split('*')[0] as string),
    )
