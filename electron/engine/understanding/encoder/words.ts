import { finish, HASH_START, step } from '../hash.ts'
import { TokenKind, type Token } from '../tokens.ts'

/** Words read of one text: a long mail says what it is about early, and a text of 20,000 signs must not cost a second. */
export const MOST_WORDS = 256
/** Signs read of one word. */
export const LONGEST_WORD = 32

/** Signs without their accents, by UTF-16 unit; 0 leaves a sign out. Two for ß, æ and œ. */
const plain = new Uint16Array(0x10000)
const second = new Uint16Array(0x10000)
for (let unit = 0; unit < plain.length; unit++) plain[unit] = unit
for (let unit = 0xc0; unit < 0x250; unit++)
  plain[unit] = String.fromCharCode(unit).toLowerCase().normalize('NFD').charCodeAt(0)
for (let unit = 0x300; unit < 0x370; unit++) plain[unit] = 0
for (const [sign, one, two] of ['ßss', 'æae', 'œoe', 'øo', 'łl', 'đd']) {
  plain[sign!.charCodeAt(0)] = one!.charCodeAt(0)
  if (two) second[sign!.charCodeAt(0)] = two.charCodeAt(0)
}

const APOSTROPHE = 39
/** What French and Italian write together with the next word: `l'app` is about the app, `don't` is one word. */
const elided = new Set(
  'l d j m n s t c qu jusqu lorsqu puisqu quoiqu quelqu presqu dell all nell sull dall un quell quest bell sant dov com cos anch gliel ch v ce tutt senz mezz'
    .split(' ')
    .map((word) => hashOf(word)),
)

/**
 * The words of one text without case and accents, as hashes. Reused from text to text: nothing is allocated a word.
 */
export interface Words {
  count: number
  /** Finished hash of each whole word. */
  readonly whole: Uint32Array
  /** Where the units of each word begin in `units`; one more than words. */
  readonly from: Uint32Array
  /** Plain UTF-16 units of all words. */
  readonly units: Uint16Array
  /** Hash of each beginning of a word, the one that ends with the unit at the same place included. */
  readonly beginnings: Uint32Array
}

export function createWords(): Words {
  const units = MOST_WORDS * LONGEST_WORD
  return {
    count: 0,
    whole: new Uint32Array(MOST_WORDS),
    from: new Uint32Array(MOST_WORDS + 1),
    units: new Uint16Array(units),
    beginnings: new Uint32Array(units),
  }
}

/** Words, numbers and hashtags of `tokens` into `into`; handles, links and emoji say nothing of what a text is about. */
export function readWords(tokens: readonly Token[], into: Words): void {
  const { whole, from, units, beginnings } = into
  let count = 0
  let end = 0
  for (let at = 0; at < tokens.length && count < MOST_WORDS; at++) {
    const { kind, text } = tokens[at]!
    if (kind !== TokenKind.word && kind !== TokenKind.number && kind !== TokenKind.hashtag) continue
    const start = end
    const most = start + LONGEST_WORD
    let hash = HASH_START
    for (let sign = 0; sign < text.length && end < most; sign++) {
      const unit = text.charCodeAt(sign)
      if (unit === APOSTROPHE) {
        if (end - start < 7 && elided.has(finish(hash))) {
          end = start
          hash = HASH_START
        }
        continue
      }
      const one = plain[unit]!
      if (one === 0) continue
      hash = step(hash, one)
      units[end] = one
      beginnings[end++] = finish(hash)
      const two = second[unit]!
      if (two === 0 || end >= most) continue
      hash = step(hash, two)
      units[end] = two
      beginnings[end++] = finish(hash)
    }
    if (end === start) continue
    from[count] = start
    whole[count++] = beginnings[end - 1]!
  }
  from[count] = end
  into.count = count
}

/** Hash of a word that is plain and lower case already. */
export function hashOf(word: string): number {
  let hash = HASH_START
  for (let sign = 0; sign < word.length; sign++) hash = step(hash, word.charCodeAt(sign))
  return finish(hash)
}
