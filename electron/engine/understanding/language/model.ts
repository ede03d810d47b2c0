import { readWeights } from '../binary.ts'
import { TokenKind, type Token } from '../tokens.ts'
import { countScripts } from './scripts.ts'
import { romanisedHindi } from './romanised-hindi.ts'

/** What is known of a text's language. */
export interface LanguageGuess {
  /** BCP 47, or `und`: too short or too mixed to tell. */
  lang: string
  /** 0 … 1; for one script = one language 0.95. */
  confidence: number
}

export interface LanguageModel {
  readonly model: string
  readonly languages: readonly string[]
  guess(tokens: readonly Token[]): LanguageGuess
  /** The best of the languages named, whatever the certainty: for closed-set evaluation. */
  guessAmong(tokens: readonly Token[], languages: readonly string[]): string
}

/** Hash of up to 4 bytes with the marks of a word's begin and end; the table's keys are made by the same function. */
export function gramHash(bytes: Uint8Array, from: number, to: number, begin: boolean, end: boolean): number {
  let hash = begin ? 0x811c9dc5 : 0x2f0b4c47
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193)
  if (end) hash = Math.imul(hash ^ 0x1ff, 0x01000193)
  hash ^= hash >>> 15
  hash = Math.imul(hash, 0x85ebca6b)
  return (hash ^ (hash >>> 13)) >>> 0
}

const MAX_WORDS = 60
/** Tagalog or Malay need a little more evidence than English: they are rarer, and slang looks like them. */
const RARE = 0.94
const frequent = new Set('ar de en es fa fr hi it nl pl pt ru tr uk'.split(' '))
const bytes = new Uint8Array(256)

/**
 * Languages by pieces of 4 bytes, with the frequencies of ELD (Efficient Language Detector, Apache-2.0) in a compact table, and
 * by script where the script says it. Throws when `file` is damaged.
 * Long: its functions read the table's arrays directly, for every piece of every word.
 */
export function createLanguageModel(file: Uint8Array): LanguageModel {
  const weights = readWeights(file, 'language.bin')
  const languages = weights.header['languages'] as string[]
  const model = weights.header['model'] as string
  const base = weights.header['base'] as number
  const keys = weights.array('keys', 'Uint32Array')
  const starts = weights.array('starts', 'Uint32Array')
  const langs = weights.array('langs', 'Uint8Array')
  const scores = weights.array('scores', 'Uint8Array')
  const mask = keys.length - 1
  const totals = new Float64Array(languages.length)
  const seen = new Int32Array(512)

  /** Adds up `totals`; returns the number of different known pieces. */
  const score = (tokens: readonly Token[]): number => {
    totals.fill(0)
    let count = 0
    let words = 0
    const look = (hash: number): void => {
      for (let at = 0; at < count; at++) if (seen[at] === (hash | 0)) return
      if (count < seen.length) seen[count++] = hash
      for (let slot = hash & mask; starts[slot] !== 0; slot = (slot + 1) & mask) {
        if (keys[slot] !== hash) continue
        const from = starts[slot]! - 1
        for (let at = from + 1, last = from + langs[from]!; at <= last; at++) totals[langs[at]!]! += scores[at]! + base
        return
      }
    }
    for (const token of tokens) {
      if (token.kind !== TokenKind.word || words >= MAX_WORDS) continue
      words++
      eachPiece(token.text, look)
    }
    return count
  }

  return {
    model,
    languages,
    guess(tokens) {
      const { script, letters } = countScripts(tokens)
      if (script === null) return { lang: 'und', confidence: 0 }
      if (script !== 'latin' && script !== 'cyrillic' && script !== 'arabic' && script !== 'devanagari')
        return { lang: script, confidence: 0.95 }
      const pieces = score(tokens)
      const wanted = scriptLanguages[script]
      let best = -1
      let most = 0
      let second = 0
      for (let lang = 0; lang < totals.length; lang++) {
        const value = totals[lang]! * (frequent.has(languages[lang]!) ? 1 : RARE)
        if (value === 0 || (wanted ? !wanted.has(languages[lang]!) : otherScript.has(languages[lang]!))) continue
        if (best < 0 || value > most) {
          second = most
          most = value
          best = lang
        } else if (value > second) second = value
      }
      if (script === 'latin') {
        const hindi = romanisedHindi(tokens)
        if (hindi > 0) return { lang: 'hi-Latn', confidence: hindi }
      }
      if (best < 0) return { lang: 'und', confidence: 0 }
      const margin = (most - second) / most
      const confidence = 1 - Math.exp(-margin * Math.sqrt(pieces) * 4)
      // Below these, half of the guesses on cut-off tweets were wrong.
      if (letters < 6 || pieces < 3 || confidence < 0.45) return { lang: 'und', confidence }
      return { lang: languages[best]!, confidence }
    },
    guessAmong(tokens, wanted) {
      score(tokens)
      let best = wanted[0]!
      let most = -1
      for (const lang of wanted) {
        const value = totals[languages.indexOf(lang)] ?? 0
        if (value > most) {
          most = value
          best = lang
        }
      }
      return best
    },
  }
}

const scriptLanguages: Readonly<Record<string, ReadonlySet<string>>> = {
  cyrillic: new Set(['ru', 'uk', 'bg', 'be', 'sr', 'mk', 'kk', 'mn']),
  arabic: new Set(['ar', 'fa', 'ur', 'ku']),
  devanagari: new Set(['hi', 'mr', 'ne']),
}
const otherScript = new Set(
  'am ar be bg bn el fa gu he hi hy ja ka kn ko lo ml mr or pa ru ta te th uk ur zh'.split(' '),
)

/** Calls `look` with the hash of each piece: 4 bytes every 3 bytes, and the last 4 with the end. Apostrophes part words. */
export function eachPiece(word: string, look: (hash: number) => void): void {
  let size = 0
  const flush = (): void => {
    if (size === 0) return
    const length = Math.min(size, 70)
    let from = 0
    for (; from + 4 < length; from += 3) look(gramHash(bytes, from, from + 4, from === 0, false))
    // As ELD cuts: a word of three bytes is taken whole, a longer one gives its last four.
    look(gramHash(bytes, length > 4 ? length - 4 : 0, length, from === 0, true))
    size = 0
  }
  for (let at = 0; at < word.length; at++) {
    const unit = word.charCodeAt(at)
    if (unit === 39 || unit === 95) {
      flush()
      continue
    }
    if (size > 240) continue
    if (unit < 0x80) bytes[size++] = unit
    else if (unit < 0x800) {
      bytes[size++] = 0xc0 | (unit >> 6)
      bytes[size++] = 0x80 | (unit & 63)
    } else {
      bytes[size++] = 0xe0 | (unit >> 12)
      bytes[size++] = 0x80 | ((unit >> 6) & 63)
      bytes[size++] = 0x80 | (unit & 63)
    }
  }
  flush()
}
