import { tokenize } from '../tokenize.ts'
import type { Span } from '../ast.ts'
import { wordsOfRegex } from './patterns.ts'
import { joined, note, nothing, type Reader } from './reader.ts'
import type { Tree } from './tree.ts'

/** A stretch of the query, without the marks around it. */
type Written = Span & { text: string }

/** `+`, `€`: taken sign by sign; what says nothing is left out. */
export function signsOnly(reader: Reader, text: string, span: { start: number; end: number }): Tree {
  if (text === '' || /^[*?\s.,;:–-]+$/.test(text)) {
    note(reader, 'dropped', 'dialect.noWord', span)
    return nothing(span)
  }
  return { type: 'raw', text, ...span }
}

export function regex(reader: Reader, sign: Written): Tree {
  const words = wordsOfRegex(sign.text)
  if (words === null) {
    note(reader, 'dropped', 'dialect.regex', sign)
    return nothing(sign)
  }
  const span = { start: sign.start, end: sign.end }
  return joined(
    'or',
    words.map((text): Tree => ({ type: 'text', text, quoted: /[\s-]/.test(text), slop: null, ...span })),
  )
}

/** X and its kin read a mood from it; elsewhere it is signs. */
export function faceOrMood(reader: Reader, sign: Written): Tree {
  const mood = /[)D\]]$/.test(sign.text) ? 'positive' : /[([/]$/.test(sign.text) ? 'negative' : null
  if (mood === null || !['x', 'hootsuite', 'other'].includes(reader.dialect))
    return { type: 'raw', text: sign.text, start: sign.start, end: sign.end }
  note(reader, 'changed', 'dialect.face', sign)
  return { type: 'ours', text: `sentiment:${mood}`, start: sign.start, end: sign.end }
}

/** Marks of news archives, where `brak!` is what `brak*` is here. */
const lexis = /\b(?:w|pre)\/[\dsp]|\bATLEAST\d|\b(?:HEADLINE|HLEAD|BODY|LEAD)\(/i

export function word(reader: Reader, sign: Written): Tree {
  const span = { start: sign.start, end: sign.end }
  const { text } = sign
  if (text === '?' && ['x', 'hootsuite'].includes(reader.dialect)) return { type: 'ours', text: 'is:question', ...span }
  const cash = /^\$([A-Za-z]{1,6}(?:\.[A-Za-z])?)$/.exec(text)
  if (cash) {
    const spellings = [...new Set([cash[1]!.toUpperCase(), cash[1]!.toLowerCase(), cash[1]!])]
    return joined(
      'or',
      spellings.map((one): Tree => ({ type: 'raw', text: `$${one}`, ...span })),
    )
  }
  if (/^https?:\/\//i.test(text) || /^www\./i.test(text)) {
    note(reader, 'changed', 'dialect.address', sign)
    return {
      type: 'ours',
      text: `link:${text
        .replace(/^https?:\/\//i, '')
        .replace(/^www\./i, '')
        .replace(/\/$/, '')}`,
      ...span,
    }
  }
  // Google's range of numbers: `$50..$100`.
  if (/^[$€£]?\d[\d.,]*\.\.[$€£]?\d[\d,]*$/.test(text)) {
    note(reader, 'dropped', 'dialect.measure', sign)
    return nothing(span)
  }
  const plain = text.replace(/^[,;]+|[,;]+$/g, '')
  const bare =
    reader.dialect === 'other' && /^[\p{L}-]{3,}!$/u.test(plain) && lexis.test(reader.text)
      ? `${plain.slice(0, -1)}*`
      : plain
  if (tokenize(bare).length === 0) {
    // A dash or comma between words says nothing.
    if (/^[-–—,;:.&/]*$/.test(bare)) return nothing(span)
    return signsOnly(reader, bare, span)
  }
  return { type: 'text', text: bare, quoted: false, slop: null, ...span }
}
