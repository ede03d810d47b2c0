import { TokenKind, type Token } from '../tokens.ts'

/** Scripts and the language that each stands for when nothing more is known; several: the n-grams decide. */
const SCRIPTS: readonly (readonly [from: number, to: number, script: string])[] = [
  [0x0041, 0x024f, 'latin'],
  [0x0370, 0x03ff, 'el'],
  [0x0400, 0x052f, 'cyrillic'],
  [0x0530, 0x058f, 'hy'],
  [0x0590, 0x05ff, 'he'],
  [0x0600, 0x077f, 'arabic'],
  [0x0900, 0x097f, 'devanagari'],
  [0x0980, 0x09ff, 'bn'],
  [0x0a00, 0x0a7f, 'pa'],
  [0x0a80, 0x0aff, 'gu'],
  [0x0b00, 0x0b7f, 'or'],
  [0x0b80, 0x0bff, 'ta'],
  [0x0c00, 0x0c7f, 'te'],
  [0x0c80, 0x0cff, 'kn'],
  [0x0d00, 0x0d7f, 'ml'],
  [0x0d80, 0x0dff, 'si'],
  [0x0e00, 0x0e7f, 'th'],
  [0x0e80, 0x0eff, 'lo'],
  [0x1000, 0x109f, 'my'],
  [0x10a0, 0x10ff, 'ka'],
  [0x1100, 0x11ff, 'ko'],
  [0x1200, 0x137f, 'am'],
  [0x1780, 0x17ff, 'km'],
  [0x1e00, 0x1eff, 'latin'],
  [0x3040, 0x30ff, 'ja'],
  [0x3400, 0x9fff, 'zh'],
  [0xac00, 0xd7af, 'ko'],
  [0xfb50, 0xfeff, 'arabic'],
]
const names = [...new Set(SCRIPTS.map(([, , script]) => script))]
const LATIN = names.indexOf('latin')

/** Script number + 1 of each UTF-16 code unit, 0 for none. */
let table: Uint8Array | undefined
function scriptTable(): Uint8Array {
  if (table) return table
  table = new Uint8Array(0x10000)
  for (const [from, to, script] of SCRIPTS) table.fill(names.indexOf(script) + 1, from, to + 1)
  return table
}

export interface ScriptCount {
  /** `latin`, `cyrillic`, `arabic`, `devanagari`, or the one language of a script; null without letters. */
  script: string | null
  /** Letters of words and hashtags. */
  letters: number
}

const counts = new Int32Array(names.length)

/** The script that most letters of words and hashtags are of. Kana among Chinese signs means Japanese. */
export function countScripts(tokens: readonly Token[]): ScriptCount {
  const scripts = scriptTable()
  counts.fill(0)
  let letters = 0
  for (const token of tokens) {
    if (token.kind !== TokenKind.word && token.kind !== TokenKind.hashtag) continue
    const text = token.text
    for (let at = 0; at < text.length; at++) {
      const script = scripts[text.charCodeAt(at)]!
      if (script === 0) continue
      counts[script - 1]!++
      letters++
    }
  }
  if (letters === 0) return { script: null, letters }
  let best = LATIN
  for (let script = 0; script < counts.length; script++) if (counts[script]! > counts[best]!) best = script
  const name = names[best]!
  if (name === 'zh' && counts[names.indexOf('ja')]! > 0) return { script: 'ja', letters }
  // Product names in Latin letters are common in posts of every script: a third of the letters is enough for the other.
  if (best === LATIN) {
    for (let script = 0; script < counts.length; script++) {
      if (script !== LATIN && counts[script]! * 3 > letters) return { script: names[script]!, letters }
    }
  }
  return { script: name, letters }
}
