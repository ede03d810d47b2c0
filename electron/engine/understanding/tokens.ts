/**
 * Splits a post into the pieces that every model of this room reads: words, numbers, links, handles, hashtags, emoji,
 * emoticons and runs of punctuation, each with its place in the text. Scripts without spaces (Han, Kana) come out one
 * sign at a time, so that pairs of signs play the part of words.
 */
export const TokenKind = {
  word: 0,
  number: 1,
  url: 2,
  handle: 3,
  hashtag: 4,
  emoji: 5,
  emoticon: 6,
  punctuation: 7,
} as const
export type TokenKind = (typeof TokenKind)[keyof typeof TokenKind]

export interface Token {
  kind: TokenKind
  /** Offsets in UTF-16 code units; `end` is exclusive. */
  start: number
  end: number
  /** Lower case; of a hashtag without the sign, of an emoji without skin tone and variation selector. */
  text: string
}

const OTHER = 0
const SPACE = 1
const LETTER = 2
const DIGIT = 3
const PUNCTUATION = 4
const EMOJI = 5
const IDEOGRAPH = 6
const MARK = 7
const HIGH = 8

/** Class of each UTF-16 code unit; filled once, because testing a property class per sign costs ten times the rest. */
let classes: Uint8Array | undefined

function classTable(): Uint8Array {
  if (classes) return classes
  const table = new Uint8Array(0x10000)
  const letter = /\p{L}/u
  const mark = /\p{M}/u
  const digit = /\p{N}/u
  const emoji = /\p{Extended_Pictographic}/u
  const punctuation = /[\p{P}\p{S}]/u
  const space = /\s/
  const ideograph = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u
  for (let unit = 0; unit < 0x10000; unit++) {
    if (unit >= 0xd800 && unit <= 0xdbff) table[unit] = HIGH
    if (unit >= 0xac00 && unit <= 0xd7a3) table[unit] = LETTER
    else if (unit >= 0x4e00 && unit <= 0x9fff) table[unit] = IDEOGRAPH
    if (table[unit] || (unit >= 0xd800 && unit <= 0xf8ff)) continue
    const sign = String.fromCharCode(unit)
    if (space.test(sign)) table[unit] = SPACE
    else if (ideograph.test(sign)) table[unit] = IDEOGRAPH
    else if (letter.test(sign)) table[unit] = LETTER
    else if (mark.test(sign)) table[unit] = MARK
    else if (digit.test(sign)) table[unit] = DIGIT
    else if (unit > 0xff && emoji.test(sign)) table[unit] = EMOJI
    else if (punctuation.test(sign)) table[unit] = PUNCTUATION
  }
  table[0x200d] = MARK
  table[0x20e3] = MARK
  classes = table
  return table
}

/** Where a word may be parted and is not: mails and newspapers are full of them. */
const SOFT_HYPHEN = 0xad
const WORD_JOINER = 0x2060

const URL = /(?:https?:\/\/|www\.)[^\s<>"]+/iy
/** `http` alone is what several public corpora put in the place of a link. */
const BARE_URL = /https?(?![\p{L}\p{N}])/iuy
/** Names of at most ten parts: without an end, a line of `a.b-a.b-…` would be read to its end from each of its words. */
const DOMAIN = /(?:[a-z0-9-]{1,63}\.){1,10}(?:com|org|net|ly|co|me|tv|io|gl|be|it|fr|de|es|uk|eu|gov|edu)\/[^\s<>"]*/iy
const EMOTICON =
  // oxlint-disable-next-line no-useless-escape -- with the v flag an opening bracket in a class must be escaped
  /(?:[:;=8xX][-'’^oc]?[)(\]\[DdPpOo3/\\|*SsCc@><{}]+|[)(\]\[D][-'’]?[:;=]|<3+|<\/3|\^[_.-]*\^|-_+-|[tT]_+[tT]|>[._]<|[oO]_[oO]|\\o\/|:'\()(?![\p{L}\p{N}])/uy

function isEmojiPoint(point: number): boolean {
  return (point >= 0x1f000 && point <= 0x1faff) || (point >= 0x1f1e6 && point <= 0x1f1ff)
}

/**
 * The tokens of `text` in order. Cost grows with its length; never throws, whatever the text holds.
 * Long: one pass with one position; each kind of token is a branch of a few lines.
 */
export function tokenize(text: string): Token[] {
  const table = classTable()
  const tokens: Token[] = []
  const length = text.length
  let at = 0
  const matchAt = (pattern: RegExp): number => {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    return match ? match[0].length : 0
  }
  while (at < length) {
    const unit = text.charCodeAt(at)
    const kind = table[unit]!
    if (kind === SPACE || kind === OTHER) {
      at++
      continue
    }
    const start = at
    if (kind === LETTER || kind === MARK || kind === DIGIT) {
      const first = unit | 32
      if (first === 104 || first === 119) {
        // h…, w…: perhaps a link
        const size = matchAt(URL) || (first === 104 ? matchAt(BARE_URL) : 0)
        if (size) {
          at += size
          tokens.push({ kind: TokenKind.url, start, end: at, text: 'http' })
          continue
        }
      }
      if ((first === 120 || unit === 56 || unit === 68) && at + 1 < length) {
        const size = matchAt(EMOTICON)
        if (size) {
          at += size
          tokens.push({ kind: TokenKind.emoticon, start, end: at, text: text.slice(start, at) })
          continue
        }
      }
      let letters = kind !== DIGIT
      let ascii = unit < 128
      let soft = false
      at++
      for (; at < length; at++) {
        const next = text.charCodeAt(at)
        const nextKind = table[next]!
        if (nextKind === LETTER || nextKind === MARK) {
          letters = true
          if (next >= 128) ascii = false
          continue
        }
        if (nextKind === DIGIT) continue
        if (
          (next === SOFT_HYPHEN || next === WORD_JOINER) &&
          at + 1 < length &&
          table[text.charCodeAt(at + 1)] === LETTER
        ) {
          soft = true
          continue
        }
        if ((next === 39 || next === 0x2019) && at + 1 < length && table[text.charCodeAt(at + 1)] === LETTER) continue // don't
        if (next === 95 && letters) continue
        if (
          !letters &&
          (next === 46 || next === 44 || next === 58) &&
          at + 1 < length &&
          table[text.charCodeAt(at + 1)] === DIGIT
        )
          continue
        break
      }
      if (ascii && letters && at + 1 < length && text.charCodeAt(at) === 46) {
        const end = at
        at = start
        const size = matchAt(DOMAIN)
        if (size) {
          at = start + size
          tokens.push({ kind: TokenKind.url, start, end: at, text: 'http' })
          continue
        }
        at = end
      }
      const written = text.slice(start, at).toLowerCase()
      const word = soft ? written.replace(/[\u00ad\u2060]/g, '') : written
      tokens.push({
        kind: letters ? TokenKind.word : TokenKind.number,
        start,
        end: at,
        text: word.includes('’') ? word.replaceAll('’', "'") : word,
      })
      continue
    }
    if (kind === IDEOGRAPH) {
      at++
      tokens.push({ kind: TokenKind.word, start, end: at, text: text[start]! })
      continue
    }
    if (kind === HIGH || kind === EMOJI) {
      const point = text.codePointAt(at)!
      at += point > 0xffff ? 2 : 1
      if (kind === HIGH && !isEmojiPoint(point)) {
        if (point > 0xffff)
          tokens.push({ kind: TokenKind.word, start, end: at, text: text.slice(start, at).toLowerCase() })
        continue
      }
      let flag = point >= 0x1f1e6 && point <= 0x1f1ff
      while (at < length) {
        const next = text.codePointAt(at)!
        if (next === 0xfe0f || next === 0x200d || (next >= 0x1f3fb && next <= 0x1f3ff)) at += next > 0xffff ? 2 : 1
        else if (flag && next >= 0x1f1e6 && next <= 0x1f1ff) {
          at += 2
          flag = false
        } else if (text.charCodeAt(at - 1) === 0x200d && (isEmojiPoint(next) || table[text.charCodeAt(at)] === EMOJI))
          at += next > 0xffff ? 2 : 1
        else break
      }
      tokens.push({ kind: TokenKind.emoji, start, end: at, text: String.fromCodePoint(point) })
      continue
    }
    if ((unit === 64 || unit === 35 || unit === 0xff03) && at + 1 < length) {
      const wanted = unit === 64
      let end = at + 1
      for (; end < length; end++) {
        const nextKind = table[text.charCodeAt(end)]!
        const next = text.charCodeAt(end)
        if (nextKind === LETTER || nextKind === DIGIT || nextKind === MARK || nextKind === IDEOGRAPH || next === 95)
          continue
        if (
          wanted &&
          (next === 46 || next === 45 || next === 64) &&
          end + 1 < length &&
          table[text.charCodeAt(end + 1)] === LETTER
        )
          continue
        break
      }
      if (end > at + 1) {
        tokens.push({
          kind: wanted ? TokenKind.handle : TokenKind.hashtag,
          start,
          end,
          text: text.slice(start + 1, end).toLowerCase(),
        })
        at = end
        continue
      }
    }
    const size = matchAt(EMOTICON)
    if (size) {
      at += size
      tokens.push({ kind: TokenKind.emoticon, start, end: at, text: text.slice(start, at) })
      continue
    }
    at++
    while (at < length && text.charCodeAt(at) === unit) at++
    tokens.push({ kind: TokenKind.punctuation, start, end: at, text: text.slice(start, Math.min(at, start + 3)) })
  }
  return tokens
}
