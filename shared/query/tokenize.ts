import {
  characterClass,
  CONNECTOR,
  INVISIBLE,
  joinsTag,
  MARK,
  PICTOGRAPH,
  REGIONAL,
  SEPARATOR,
  SIGN,
  SOLO,
  WORD,
} from './characters.ts'
import { fold } from './fold.ts'
import { urlAt, urlEnd } from './urls.ts'

/**
 * One tokenizer for everything: live matching, the full-text index and the marks in a list. Full-text index and live
 * matching agree because the index is fed with these tokens (`searchText` in search-text.ts), separated by spaces, and
 * only has to split at spaces again.
 *
 * A token is a word (letters, digits), one character of a script without spaces, or an emoji. Words
 * are folded (fold.ts). URLs are cut out. `#` and `@` before a word make its `tag`, so that `#sale` asks for the hashtag
 * and `sale` finds both.
 */
export interface Token {
  /** Folded. At most 64 UTF-16 units, never empty, no ASCII besides a–z and 0–9. */
  norm: string
  /** UTF-16 offsets into the text, end exclusive. */
  start: number
  end: number
  /** `#word` or `@word`, folded, when this token begins a hashtag or a handle. */
  tag: string | null
  /** Where that hashtag or handle ends; it begins one before `start`. */
  tagEnd: number
}

/** Longer words are cut: nobody asks for them, and an index must not grow by somebody's key mashing. */
export const MAX_TOKEN = 64

const pictograph =
  /\p{Extended_Pictographic}(?:[\ufe0e\ufe0f]|\p{Emoji_Modifier})?(?:\u200d\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})?)*[\u{e0020}-\u{e007f}]*/uy
const looks = /[\ufe0e\ufe0f]|\p{Emoji_Modifier}/gu

const classAt = (text: string, at: number, code: number): number =>
  code >= 0xd800 && code <= 0xdbff ? characterClass(text.codePointAt(at) as number) : characterClass(code)

/** The tokens of a text in order. Never throws; lone surrogates and control characters separate words. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  const length = text.length
  // Lower-casing keeps offsets except for U+0130 (İ); then words are lowered one by one.
  const lowered = text.toLowerCase()
  const lower = lowered.length === length ? lowered : null
  let at = 0
  let before = SEPARATOR
  let signAt = -1
  while (at < length) {
    const code = text.charCodeAt(at)
    const kind = classAt(text, at, code)
    if (kind === WORD) {
      if ((code | 32) === 104 || (code | 32) === 119) {
        if (before !== WORD && before !== SIGN && urlAt(text, at)) {
          at = urlEnd(text, at)
          before = SEPARATOR
          continue
        }
      }
      const start = at
      let ascii = code < 128
      at++
      if (code >= 0xd800 && code <= 0xdbff) at++
      while (at < length) {
        const next = text.charCodeAt(at)
        const nextKind = classAt(text, at, next)
        if (nextKind !== WORD && nextKind !== MARK && nextKind !== INVISIBLE) break
        if (next >= 128) ascii = false
        at += next >= 0xd800 && next <= 0xdbff ? 2 : 1
      }
      word(tokens, text, lower, start, at, ascii, signAt === start - 1 ? signAt : -1)
      before = WORD
    } else if (kind === SOLO) {
      const start = at
      at += code >= 0xd800 && code <= 0xdbff ? 2 : 1
      at = pastMarks(text, at)
      const norm = fold(text.slice(start, at))
      if (norm !== '') {
        const token: Token = { norm: norm.slice(0, MAX_TOKEN), start, end: at, tag: null, tagEnd: 0 }
        if (signAt >= 0 && signAt === start - 1) tagged(token, text, signAt)
        tokens.push(token)
      }
      before = SOLO
    } else if (kind === PICTOGRAPH) {
      pictograph.lastIndex = at
      const found = pictograph.exec(text)?.[0] ?? String.fromCodePoint(text.codePointAt(at) as number)
      const norm = found.replace(looks, '')
      tokens.push({ norm: norm.slice(0, MAX_TOKEN), start: at, end: at + found.length, tag: null, tagEnd: 0 })
      at += found.length
      before = SEPARATOR
    } else if (kind === REGIONAL) {
      const second = text.codePointAt(at + 2)
      const end = second !== undefined && characterClass(second) === REGIONAL ? at + 4 : at + 2
      tokens.push({ norm: text.slice(at, end), start: at, end, tag: null, tagEnd: 0 })
      at = end
      before = SEPARATOR
    } else {
      signAt = kind === SIGN && before !== WORD ? at : -1
      before = kind === INVISIBLE || kind === MARK ? before : kind
      at += code >= 0xd800 && code <= 0xdbff && text.codePointAt(at)! > 0xffff ? 2 : 1
    }
  }
  return tokens
}

function word(
  tokens: Token[],
  text: string,
  lower: string | null,
  start: number,
  end: number,
  ascii: boolean,
  signAt: number,
): void {
  const norm = !ascii
    ? fold(text.slice(start, end))
    : lower === null
      ? text.slice(start, end).toLowerCase()
      : lower.slice(start, end)
  if (norm === '') return
  const token: Token = {
    norm: norm.length > MAX_TOKEN ? norm.slice(0, MAX_TOKEN) : norm,
    start,
    end,
    tag: null,
    tagEnd: 0,
  }
  if (signAt >= 0) tagged(token, text, signAt)
  tokens.push(token)
}

const holdsTag = (kind: number): boolean =>
  kind === WORD || kind === SOLO || kind === MARK || kind === INVISIBLE || kind === CONNECTOR

/** Whether a letter or digit stands here. */
function isOfTag(text: string, at: number): boolean {
  const kind = classAt(text, at, text.charCodeAt(at))
  return kind === WORD || kind === SOLO
}

/** A hashtag runs over everything that can be in a word, also where its characters are tokens of their own. */
function tagged(token: Token, text: string, signAt: number): void {
  let end = token.end
  while (end < text.length) {
    const code = text.charCodeAt(end)
    if (!holdsTag(classAt(text, end, code)) && !(joinsTag(code) && end + 1 < text.length && isOfTag(text, end + 1)))
      break
    end += code >= 0xd800 && code <= 0xdbff ? 2 : 1
  }
  const sign = text.charCodeAt(signAt) === 0x23 || text.charCodeAt(signAt) === 0xff03 ? '#' : '@'
  while (text.charCodeAt(end - 1) === 95) end--
  token.tag = sign + fold(text.slice(token.start, end)).slice(0, MAX_TOKEN)
  token.tagEnd = end
}

function pastMarks(text: string, from: number): number {
  let at = from
  while (at < text.length) {
    const kind = classAt(text, at, text.charCodeAt(at))
    if (kind !== MARK && kind !== INVISIBLE) break
    at += text.charCodeAt(at) >= 0xd800 && text.charCodeAt(at) <= 0xdbff ? 2 : 1
  }
  return at
}
