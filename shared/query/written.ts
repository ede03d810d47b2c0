/**
 * A query as it comes out of other keyboards, word processors and tools, with the signs that the grammar knows in the place of
 * those that mean the same: every offset stays. What stands between quotation marks is left alone.
 */
const QUOTES = '“”„‟«»「」『』﹁﹂《》〈〉‹›❝❞〝〞〟＂'
const SINGLE = "‘’‚‛'`´＇"
/** Pairs: a sign of another width or script, and ours. */
const BRACKETS = new Map(
  '（( ）) ﹙( ﹚) ［( ］) 【( 】) 〔( 〕) 〖( 〗) 〘( 〙) ⟨( ⟩) ❨( ❩) ⦅( ⦆) ｟( ｠) ﴿( ﴾) ｛{ ｝} ：: ＊* ＃# ＠@ ～~'
    .split(' ')
    .map((pair) => [pair[0]!, pair[1]!]),
)
/** Signs that readers take for a minus, and what word processors make of one. */
export const DASHES = '-\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u2796\ufe58\ufe63\uff0d'
/** What shows as nothing or as a gap, beyond the spaces that everybody knows. */
const blank =
  /[\s\u0085\u00a0\u115f\u1160\u1680\u180e\u2000-\u200b\u2028\u2029\u202f\u205f\u2060\u2800\u3000\u3164\ufeff\uffa0]/
const bidi = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/
const operator = /^(?:AND|OR|NOT|O?NEAR\/\d+f?)$/

const isBreak = (character: string | undefined): boolean =>
  character === undefined || blank.test(character) || bidi.test(character) || '()（）'.includes(character)

/** The query with our own signs; as long as `text`. */
export function inOurSigns(written: string): string {
  const text = outOfItsShell(written)
  // Most queries hold nothing of this kind.
  if (!/[^\x20-\x26\x28-\x5f\x61-\x7e]/.test(text)) return text
  const out = text.split('')
  const { closers, quotes } = ahead(out)
  let at = 0
  while (at < out.length) {
    const character = out[at] as string
    if (character === '"') at = (closing(out, at, '"') ?? out.length) + 1
    else if (QUOTES.includes(character)) {
      const end = closing(out, at, QUOTES + '"')
      out[at] = '“'
      if (end !== undefined) out[end] = '”'
      at = (end ?? out.length) + 1
    } else if (SINGLE.includes(character) && beginsTerm(out, at)) {
      const end = closers[at + 1] as number
      // An apostrophe at the beginning of a word has no partner at the end of one.
      if (end > at + 1 && end < out.length && end < (quotes[at] as number)) {
        out[at] = '“'
        out[end] = '”'
        at = end
      }
      at++
    } else at = one(out, at)
  }
  return inOurLetters(out.join(''))
}

const ENTITIES: Record<string, string> = { quot: '"', amp: '&', lt: '<', gt: '>', '#39': "'", apos: "'" }

/**
 * Taken from where it was kept: a page (`&quot;`), a string of a program (`\"`), a cell of a table (`"a ""b c"""`). Blanks
 * fill what falls away, so that every offset stays.
 */
function outOfItsShell(text: string): string {
  if (!/&(?:quot|amp|lt|gt|#39|apos);|\\"|""/.test(text)) return text
  const marks = text.replace(/&(quot|amp|lt|gt|#39|apos);/g, (entity, name: string) =>
    (ENTITIES[name] ?? '').padStart(entity.length),
  )
  if (marks.includes('\\"') && !marks.replaceAll('\\"', '').includes('"')) return marks.replaceAll('\\"', ' "')
  const cell = /^\s*"((?:[^"]|"")*)"\s*$/.exec(marks)
  if (cell && /(?:^|[^"])""(?:[^"]|$)/.test(cell[1]!) && /[^"]/.test(cell[1]!)) {
    const [open, close] = [marks.indexOf('"'), marks.lastIndexOf('"')]
    return `${marks.slice(0, open)} ${marks.slice(open + 1, close).replaceAll('""', ' "')} ${marks.slice(close + 1)}`
  }
  return /(?:^|[\s(])""[^"\s]/.test(marks) && /^(?:[^"]|"")*$/.test(marks) ? marks.replaceAll('""', ' "') : marks
}

/** Replaces what stands outside of quotes; says where to go on. */
function one(out: string[], at: number): number {
  const character = out[at] as string
  const ours = BRACKETS.get(character)
  if (ours !== undefined) out[at] = ours
  else if (bidi.test(character)) {
    if (out[at - 1] === '-' && beginsTerm(out, at - 1)) {
      // A mark of direction between a minus and its word: the minus goes to the word.
      out[at - 1] = ' '
      out[at] = '-'
    } else if (beginsTerm(out, at) || isBreak(out[at + 1]) || (QUOTES + '"').includes(out[at + 1] as string))
      out[at] = ' '
  } else if (blank.test(character)) out[at] = ' '
  else if (DASHES.includes(character) && beginsTerm(out, at) && leadsOn(out[at + 1])) out[at] = '-'
  return at + 1
}

/** Whether a minus before it belongs to it. */
const leadsOn = (character: string | undefined): boolean =>
  character !== undefined && !blank.test(character) && !')）'.includes(character)

/** Whether nothing but an opening, a comma, a colon or a minus stands directly before. */
function beginsTerm(out: string[], at: number): boolean {
  const before = out[at - 1]
  if (isBreak(before) || before === ',' || before === ':' || before === '”' || before === '"') return true
  return before === '-' && beginsTermBefore(out, at - 1)
}

/** A row of minus signs is one only when it begins a term. */
function beginsTermBefore(out: string[], from: number): boolean {
  let at = from
  while (at > 0 && out[at - 1] === '-' && from - at < 8) at--
  return isBreak(out[at - 1])
}

function closing(out: string[], from: number, signs: string): number | undefined {
  for (let at = from + 1; at < out.length; at++) if (signs.includes(out[at] as string)) return at
  return undefined
}

/** For each place the next single quotation mark that ends a term, and the next double one. */
function ahead(out: string[]): { closers: Uint32Array; quotes: Uint32Array } {
  const none = out.length
  const closers = new Uint32Array(none + 2).fill(none)
  const quotes = new Uint32Array(none + 2).fill(none)
  for (let at = none - 1; at >= 0; at--) {
    const character = out[at] as string
    const ends = SINGLE.includes(character) && (isBreak(out[at + 1]) || '~,'.includes(out[at + 1] as string))
    closers[at] = ends ? at : (closers[at + 1] as number)
    quotes[at] = (QUOTES + '"').includes(character) ? at : (quotes[at + 1] as number)
  }
  return { closers, quotes }
}

/** Operators and names of fields in full-width letters. */
function inOurLetters(text: string): string {
  if (!/[\uff01-\uff5e]/.test(text)) return text
  return text.replace(/(?<![^\s()])[\uff01-\uff5e]+(?![^\s()])/g, (piece) => {
    const plain = piece.normalize('NFKC')
    return operator.test(plain) ? plain : piece
  })
}
