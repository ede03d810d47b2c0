import { ofScript } from './fold-scripts.ts'

/**
 * Folding: what makes `Café`, `cafe` and `ＣＡＦÉ` one word. Compatibility forms (NFKC), case, the accents of the scripts
 * where people leave them out (Latin, Greek, Cyrillic, Hebrew points, Arabic vowels), digits of every script, and letters
 * that readers of a script take for one (fold-scripts.ts). Marks that are letters to their readers (Devanagari vowels, Thai
 * tones, Japanese voice marks) stay. Stored indexes hold folded words: a change here is a change of SEARCH_FORMAT.
 */
const optionalMarks =
  /[\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0730-\u074a\u08d3-\u08e1\u08e3-\u08ff\u180b-\u180d\u180f\u1ab0-\u1aff\u1dc0-\u1dff\u200c\u200d\u2060\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\ufeff]/g

/** Letters that no normal form takes apart. */
const spelledOut: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ŧ: 't',
  ı: 'i',
  ς: 'σ',
}
const needsSpelling = /[ßæœøđðþłħŧıς]/g
/** Runs of what `ofScript` may have a word on: letters and digits beyond Latin and Greek. */
const beyondLatin = /[^\0-\u03ff\s]+/g
// Compatibility forms can bring spaces and signs with them (U+FDFA holds a whole sentence); a token must stay one.
const notInToken = /[\0-/:-^`{-\x7f]/g

function foldAny(word: string): string {
  const bare = word.toLowerCase().normalize('NFKD').replace(optionalMarks, '').toLowerCase()
  return bare
    .replace(needsSpelling, (letter) => spelledOut[letter] ?? letter)
    .replace(notInToken, '')
    .replace(beyondLatin, ofScript)
    .normalize('NFKC')
}

const CACHE_LIMIT = 50_000
let recent = new Map<string, string>()
let older = new Map<string, string>()

/** `foldAny` with a cache of two generations, bounded at twice 50,000 words. Longer words are not worth keeping. */
export function fold(word: string): string {
  if (word.length > 40) return foldAny(word)
  let folded = recent.get(word)
  if (folded !== undefined) return folded
  folded = older.get(word) ?? foldAny(word)
  if (recent.size >= CACHE_LIMIT) {
    older = recent
    recent = new Map()
  }
  recent.set(word, folded)
  return folded
}

/** Folds a whole value (a name, a handle): like a word, but signs and spaces inside are kept as one space each. */
export function foldValue(value: string): string {
  return value
    .toLowerCase()
    .normalize('NFKD')
    .replace(optionalMarks, '')
    .toLowerCase()
    .replace(needsSpelling, (letter) => spelledOut[letter] ?? letter)
    .replace(beyondLatin, ofScript)
    .normalize('NFKC')
    .replace(/[\s\0-\x1f"\x7f]+/g, ' ')
    .trim()
}
