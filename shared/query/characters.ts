/**
 * What one character is to the tokenizer. The classes of the Basic Multilingual Plane are looked up in a table that is
 * filled as characters are met, so a text of known characters costs one array read each.
 */
export const SEPARATOR = 1
/** Letter or digit: runs of them are a word. */
export const WORD = 2
/** A character of a script that is written without spaces: each is a token of its own, phrases do the rest. */
export const SOLO = 3
/** Combining mark: belongs to the character before it. */
export const MARK = 4
/** Soft hyphen, joiners: invisible inside a word, not part of it. */
export const INVISIBLE = 5
export const PICTOGRAPH = 6
/** Half of a flag. */
export const REGIONAL = 7
/** `#` or `@`, also in their full-width form. */
export const SIGN = 8
/** The underscore: holds a hashtag or a handle together, but separates words (`#air_france`, `_so_`). */
export const CONNECTOR = 9

const letterOrDigit = /[\p{L}\p{N}]/u
const mark = /\p{M}/u
const pictograph = /\p{Extended_Pictographic}/u
const regional = /\p{Regional_Indicator}/u
// Scripts without spaces between words. Hangul has spaces, but particles are glued to the noun (삼성이, 삼성은).
const solo =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Bopomofo}\p{scx=Hangul}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}\p{scx=Yi}]/u

// Apostrophes that Unicode counts as letters: Ukrainian м’ята, Hawaiian, transcriptions. Others write them with any other sign.
const apostrophes = new Set([0x2b9, 0x2bb, 0x2bc, 0x2bd, 0x2be, 0x2bf, 0x2c8, 0xa78c])
const digit = /\p{Nd}/u

/**
 * What holds a hashtag together besides letters and the underscore, when a letter follows: Mastodon's middle dots
 * (HASHTAG_SEPARATORS of its tag.rb), and the Hebrew and Tibetan signs of twitter-text.
 */
export const joinsTag = (code: number): boolean => tagJoiners.has(code)
const tagJoiners = new Set([0xb7, 0x387, 0x30fb, 0xff65, 0x5be, 0x5f3, 0x5f4, 0xf0b, 0xf0c])

function classify(code: number): number {
  if (apostrophes.has(code)) return SEPARATOR
  if (code === 0x23 || code === 0x40 || code === 0xff03 || code === 0xff20) return SIGN
  if (code === 0x5f) return CONNECTOR
  if (code === 0xad || code === 0x200c || code === 0x200d || code === 0x2060 || code === 0xfeff) return INVISIBLE
  // Vowel and final letters of decomposed Hangul and the half-width voice marks complete the character before them.
  if ((code >= 0x1160 && code <= 0x11ff) || code === 0xff9e || code === 0xff9f) return MARK
  const character = String.fromCodePoint(code)
  if (mark.test(character)) return MARK
  if (letterOrDigit.test(character)) return solo.test(character) && !digit.test(character) ? SOLO : WORD
  if (regional.test(character)) return REGIONAL
  // ©, ®, ™, ‼ and the arrows count as pictographs in Unicode; to a reader they are punctuation.
  if (code >= 0x2300 && pictograph.test(character)) return PICTOGRAPH
  return SEPARATOR
}

const plane0 = new Uint8Array(0x10000)
const others = new Map<number, number>()

/** The class of a code point. */
export function characterClass(code: number): number {
  if (code < 0x10000) return plane0[code] || (plane0[code] = classify(code))
  let known = others.get(code)
  if (known === undefined) {
    known = classify(code)
    // Bounded by the number of code points that have a meaning, about 150,000; in practice a few thousand.
    others.set(code, known)
  }
  return known
}
