import { inOurSigns } from '../written.ts'
import { askedBy } from './names.ts'

/** What a foreign query is made of, in order; spaces belong to none, but `spaced` says that one stood before. */
export interface Piece {
  kind: 'open' | 'close' | 'phrase' | 'braces' | 'regex' | 'face' | 'word'
  /** Without quotes, braces or slashes. */
  text: string
  start: number
  end: number
  spaced: boolean
  /** A phrase whose closing mark is missing. */
  unclosed?: true
}

const space = /[\s\u00a0\u2000-\u200b\u3000\ufeff]/
const quotes = '"“”„‟«»'
const word = /[^\s\u00a0\u2000-\u200b\u3000\ufeff()"“”„‟«»]+/y
const face = /[:;=8]['’]?-?[()D\]|[/PpOo](?=\s|$)/y
const braces = /\{[^{}()"“”„‟«»]+\}(?=[\s)]|$)/y
const regex = /\/(?:[^/\s\\]|\\.)+\/(?=[\s)^]|$)/y

// Long: one pass over the signs, each kind of piece a few lines.
/** Takes a query apart. Never fails; offsets are of the text as it was written. */
export function piecesOf(written: string): Piece[] {
  const text = inOurSigns(written)
  const pieces: Piece[] = []
  let at = 0
  let spaced = true
  const push = (kind: Piece['kind'], inner: string, end: number, more: Partial<Piece> = {}): void => {
    pieces.push({ kind, text: inner, start: at, end, spaced, ...more })
    at = end
    spaced = false
  }
  const sticky = (pattern: RegExp): string | null => {
    pattern.lastIndex = at
    return pattern.exec(text)?.[0] ?? null
  }
  while (at < text.length) {
    const sign = text[at] as string
    const begins = spaced || pieces.at(-1)?.kind === 'open'
    const smiling = begins ? sticky(face) : null
    const braced = begins ? sticky(braces) : null
    const slashed = begins ? sticky(regex) : null
    if (space.test(sign)) {
      at++
      spaced = true
    } else if (smiling !== null) push('face', smiling, at + smiling.length)
    else if (sign === '(' || (sign === '[' && begins && !isRange(text, at))) push('open', sign, at + 1)
    else if (sign === ')' || (sign === ']' && opensBefore(pieces))) push('close', sign, at + 1)
    else if (quotes.includes(sign)) {
      const end = closing(text, at)
      const inner = text.slice(at + 1, end ?? text.length).replace(/\\(["\\])/g, '$1')
      push('phrase', inner, end === null ? text.length : end + 1, end === null ? { unclosed: true } : {})
    } else if (braced !== null && !/\sTO\s/.test(braced)) push('braces', braced.slice(1, -1).trim(), at + braced.length)
    else if (slashed !== null && !/^\/[\dspSP]+\/?$/.test(slashed))
      push('regex', slashed.slice(1, -1), at + slashed.length)
    else {
      const found = sticky(word) ?? sign
      push('word', beforeBracket(found, pieces), at + beforeBracket(found, pieces).length)
    }
  }
  return withColon(pieces)
}

/** `message : ferry` and `title :ferry` as Kibana writes them: the sign belongs to the name before it. */
function withColon(pieces: readonly Piece[]): Piece[] {
  const out: Piece[] = []
  for (const piece of pieces) {
    const name = out.at(-1)
    const leads = piece.kind === 'word' && piece.spaced && /^:(?!\/)/.test(piece.text)
    if (!leads || name?.kind !== 'word' || !/^@?[A-Za-z][\w.-]*$/.test(name.text) || askedBy(name.text) === null) {
      out.push(piece)
      continue
    }
    out[out.length - 1] = { ...name, text: `${name.text}:`, end: piece.start + 1 }
    if (piece.text.length > 1) out.push({ ...piece, text: piece.text.slice(1), start: piece.start + 1 })
  }
  return out
}

/** Where the quotation ends: a straight mark by a straight one, others by any; `\"` does not. */
function closing(text: string, from: number): number | null {
  const marks = text[from] === '"' ? '"' : quotes
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\' && text[at + 1] === '"' && text.indexOf('"', at + 2) >= 0) at++
    else if (marks.includes(text[at] as string)) return at
  }
  return null
}

const isRange = (text: string, at: number): boolean =>
  /^\[\s*[^\s[\]{}]+\s+TO\s+[^\s[\]{}]+\s*[\]}]/.test(text.slice(at, at + 120))

/** Whether a square bracket is open that groups. */
function opensBefore(pieces: readonly Piece[]): boolean {
  let depth = 0
  for (const { kind, text } of pieces) {
    if (text === '[' && kind === 'open') depth++
    else if (text === ']' && kind === 'close') depth--
  }
  return depth > 0
}

/** `robot]` where a bracket is open: the word ends before it. */
function beforeBracket(found: string, pieces: readonly Piece[]): string {
  const end = found.indexOf(']')
  return end > 0 && !found.slice(0, end).includes('[') && opensBefore(pieces) ? found.slice(0, end) : found
}
