import { isAscii, isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'
import { byteOrderMark } from '../text/decode.ts'

/** Labels that mean a larger set in practice (WHATWG Encoding Standard, §4.2). */
const aliases: Record<string, string> = {
  'us-ascii': 'windows-1252',
  ascii: 'windows-1252',
  'iso-8859-1': 'windows-1252',
  latin1: 'windows-1252',
  'iso8859-1': 'windows-1252',
  'iso-8859-9': 'windows-1254',
  gb2312: 'gb18030',
  gbk: 'gb18030',
  gb_2312: 'gb18030',
  'euc-kr': 'cp949',
  'ks_c_5601-1987': 'cp949',
  'x-sjis': 'shift_jis',
  'shift-jis': 'shift_jis',
  utf8: 'utf-8',
  unicode: 'utf-16',
  'ucs-2': 'utf-16',
  'x-mac-roman': 'macintosh',
}

/**
 * The text of a feed. A byte order mark decides; then valid UTF-8 beyond ASCII is UTF-8, whatever is claimed (chance
 * cannot make it, and servers claim Latin-1 by default); then the charset of Content-Type (RFC 7303), then that of the
 * XML declaration, then Windows-1252. Left-over bytes of Windows-1252 in an ISO-8859-1 text ("smart quotes") become what
 * their author saw.
 */
export function decodeFeed(bytes: Uint8Array, contentType: string | undefined): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const mark = byteOrderMark(bytes)
  if (mark) return demoronise(iconv.decode(buffer.subarray(mark.length), mark.encoding))
  const wide = wideFamily(bytes)
  if (wide) return demoronise(iconv.decode(buffer, wide))
  const claimed = [charsetOf(contentType), declaredCharset(buffer)]
    .filter((name): name is string => name !== null)
    .map((name) => aliases[name] ?? name)
    .filter((name) => iconv.encodingExists(name) && !/^(utf-?16|utf-?32|ucs)/.test(name))
  if (isAscii(bytes)) {
    // ISO-2022 and UTF-7 shift with ASCII bytes.
    const shifting = claimed.find((name) => /^(iso-2022|hz-gb|utf-7)/.test(name))
    return demoronise(shifting === undefined ? buffer.toString('latin1') : iconv.decode(buffer, shifting))
  }
  if (isUtf8(bytes)) return demoronise(buffer.toString('utf8'))
  const attempts = [...claimed.filter((name) => name !== 'utf-8'), 'windows-1252'].map((name) =>
    iconv.decode(buffer, name),
  )
  // A text of UTF-8 with a few broken bytes is better read as UTF-8 than as something else altogether.
  const utf8 = buffer.toString('utf8')
  const broken = utf8.split('\uFFFD').length - 1
  if (claimed.includes('utf-8') || claimed.length === 0) {
    const good = utf8.length - buffer.toString('latin1').replace(/[^\x00-\x7f]/g, '').length - broken // eslint-disable-line no-control-regex
    if (good > broken * 4) return demoronise(utf8)
  }
  return demoronise(attempts.find((text) => !text.includes('\uFFFD')) ?? attempts[0]!)
}

/** `<?xml` in UTF-16 or UTF-32 without a mark (XML 1.0, appendix F). */
function wideFamily([a, b, c, d]: Uint8Array): string | null {
  if (a === 0 && b === 0 && c === 0 && d === 0x3c) return 'utf-32be'
  if (a === 0x3c && b === 0 && c === 0 && d === 0) return 'utf-32le'
  if (a === 0 && b === 0x3c && c === 0) return 'utf-16be'
  if (a === 0x3c && b === 0 && d === 0) return 'utf-16le'
  return null
}

function charsetOf(contentType: string | undefined): string | null {
  const found = /charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(contentType ?? '')
  return found ? found[1]!.toLowerCase() : null
}

function declaredCharset(buffer: Buffer): string | null {
  const head = buffer.subarray(0, 400).toString('latin1')
  const found = /<\?xml[^>]*?\bencoding\s*=\s*["']\s*([\w.:-]+)\s*["']/i.exec(head)
  return found ? found[1]!.toLowerCase() : null
}

// What Windows-1252 has at 0x80–0x9F, where ISO-8859-1 and Unicode have controls.
const smart = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'
const demoronise = (text: string): string =>
  text.replace(/[\u0080-\u009f]/g, (control) => smart[control.charCodeAt(0) - 0x80]!)
