import { readOperand } from './operand.ts'
import { piecesOf } from './pieces.ts'
import { joined, note, nothing, type Reader } from './reader.ts'
import { signsOf, type Sign } from './signs.ts'
import type { Dialect, Note, Tree } from './tree.ts'

/** Deeper than this nobody nests; what lies below is left out and said. */
const MOST_DEPTH = 60

/** Brandwatch's remarks, `<<<since May>>>`, and Solr's settings before a query, `{!edismax qf=text}`. */
const aside = /<<<(?:[^>]|>(?!>>))*>>>|^\s*\{![^{}]*\}/g

/** Reads a query of another tool, whatever is wrong with it. */
export function readForeign(text: string, dialect: Dialect): { tree: Tree; notes: Note[] } {
  const asides = [...text.matchAll(aside)].map(({ index, 0: { length } }) => ({ start: index, end: index + length }))
  const pieces = piecesOf(text.replace(aside, (found) => ' '.repeat(found.length)))
  const reader: Reader = { text, signs: signsOf(pieces, dialect), dialect, notes: [], at: 0, depth: 0 }
  for (const span of asides) note(reader, 'dropped', 'dialect.home', span)
  const parts: Tree[] = []
  while (reader.at < reader.signs.length) {
    parts.push(readGroup(reader))
    const stray = reader.signs[reader.at]
    if (stray?.kind === 'close') {
      note(reader, 'changed', 'dialect.strayParenthesis', stray)
      reader.at++
    }
  }
  const tree = parts.length === 0 ? nothing({ start: 0, end: text.length }) : joined('and', parts)
  return { tree, notes: reader.notes.toSorted((a, b) => a.start - b.start || a.end - b.end) }
}

const here = (reader: Reader): Sign | undefined => reader.signs[reader.at]
const isJoin = (sign: Sign | undefined, text: 'and' | 'or' | 'not'): boolean =>
  sign?.kind === 'join' && sign.text === text
const ends = (sign: Sign | undefined): boolean => sign === undefined || sign.kind === 'close'

/** Up to the parenthesis that closes it, or the end. */
export function readGroup(reader: Reader): Tree {
  if (reader.depth > MOST_DEPTH) return skipped(reader)
  reader.depth++
  const tree =
    reader.dialect === 'google' ? looseAnd(reader) : reader.dialect === 'lucene' ? luceneGroup(reader) : looseOr(reader)
  reader.depth--
  return tree
}

function skipped(reader: Reader): Tree {
  const start = here(reader)!.start
  let depth = 0
  while (!(ends(here(reader)) && depth === 0) && here(reader) !== undefined) {
    if (here(reader)!.kind === 'open') depth++
    if (here(reader)!.kind === 'close') depth--
    reader.at++
  }
  const span = { start, end: reader.signs[reader.at - 1]!.end }
  note(reader, 'dropped', 'dialect.tooDeep', span)
  return nothing(span)
}

/** Most tools: OR binds least. */
function looseOr(reader: Reader): Tree {
  const items = [tightAnd(reader)]
  while (isJoin(here(reader), 'or')) {
    const sign = here(reader)!
    reader.at++
    if (ends(here(reader)) || isJoin(here(reader), 'or') || items.every(({ type }) => type === 'nothing'))
      missing(reader, sign)
    items.push(tightAnd(reader))
  }
  return joined('or', items)
}

function tightAnd(reader: Reader): Tree {
  const items: Tree[] = []
  for (let sign = here(reader); !ends(sign) && !isJoin(sign, 'or'); sign = here(reader)) {
    if (isJoin(sign, 'and')) {
      reader.at++
      if (items.length === 0 || ends(here(reader)) || isJoin(here(reader), 'or')) missing(reader, sign!)
    } else items.push(readNear(reader))
  }
  return items.length === 0 ? nothing(spanHere(reader)) : joined('and', items)
}

const missing = (reader: Reader, sign: Sign): void => note(reader, 'changed', 'dialect.nothingHere', sign)

/** Google: OR joins its neighbours only, a blank binds least. */
function looseAnd(reader: Reader): Tree {
  const items: Tree[] = []
  for (let sign = here(reader); !ends(sign); sign = here(reader)) {
    if (isJoin(sign, 'and') || isJoin(sign, 'or')) {
      reader.at++
      continue
    }
    const alternatives = [readNear(reader)]
    while (isJoin(here(reader), 'or')) {
      reader.at++
      if (!ends(here(reader))) alternatives.push(readNear(reader))
    }
    items.push(joined('or', alternatives))
  }
  return items.length === 0 ? nothing(spanHere(reader)) : joined('and', items)
}

/** A clause of Lucene: must be there, must not, or counts for the ranking and is enough where nothing must be there. */
interface Clause {
  tree: Tree
  occurs: 'must' | 'not' | 'may'
}

/** Lucene: a blank means OR, unless something must be there; where AND and OR stand, AND binds first, as people read it. */
function luceneGroup(reader: Reader): Tree {
  const clauses: Clause[] = []
  let blanks: Tree | null = null
  let join: 'and' | 'or' | null = null
  for (let sign = here(reader); !ends(sign); sign = here(reader)) {
    if (sign!.kind === 'join' && sign!.text !== 'not') {
      join = sign!.text as 'and' | 'or'
      reader.at++
      continue
    }
    const required = sign!.kind === 'sign' && sign!.text === '+'
    const tree = readNear(reader)
    const last = clauses.at(-1)
    if (tree.type === 'not') clauses.push({ tree: tree.item, occurs: 'not' })
    else if (join === 'and' && last?.occurs === 'may') last.tree = joined('and', [last.tree, tree])
    else clauses.push({ tree, occurs: required || (join === 'and' && last?.occurs === 'must') ? 'must' : 'may' })
    if (join === null && last?.occurs === 'may' && clauses.at(-1)!.occurs === 'may') blanks ??= tree
    join = null
  }
  if (clauses.length === 0) return nothing(spanHere(reader))
  if (blanks !== null && !clauses.some(({ occurs }) => occurs === 'must'))
    note(reader, 'read', 'dialect.blankIsOr', blanks)
  return bool(reader, clauses)
}

function bool(reader: Reader, clauses: readonly Clause[]): Tree {
  const of = (occurs: Clause['occurs']): Tree[] =>
    clauses.filter((each) => each.occurs === occurs).map(({ tree }) => tree)
  const [must, may, not] = [of('must'), of('may'), of('not')]
  if (must.length > 0) for (const tree of may) note(reader, 'dropped', 'dialect.onlyRanks', tree)
  const wanted = must.length > 0 ? must : may.length > 0 ? [joined('or', may)] : []
  const excluded = not.map((item): Tree => ({ type: 'not', item, start: item.start, end: item.end }))
  return joined('and', [...wanted, ...excluded])
}

const spanHere = (reader: Reader) => {
  const sign = reader.signs[Math.min(reader.at, reader.signs.length - 1)]
  return sign ? { start: sign.start, end: sign.start } : { start: 0, end: 0 }
}

function readNear(reader: Reader): Tree {
  let left = readOperand(reader, readGroup)
  for (let sign = here(reader); ; sign = here(reader)) {
    const excluded = isJoin(sign, 'not') && reader.signs[reader.at + 1]?.kind === 'near'
    const near = excluded ? reader.signs[reader.at + 1] : sign
    if (near?.kind !== 'near') return left
    reader.at += excluded ? 2 : 1
    const distance = near.distance ?? ownDistance(reader, near)
    const right = ends(here(reader)) ? nothing(near) : readOperand(reader, readGroup)
    if (near.far) note(reader, 'changed', 'dialect.sentence', near, { n: String(distance) })
    const [first, second] = near.how === 'backwards' ? [right, left] : [left, right]
    const span = { start: left.start, end: right.end }
    const both: Tree = { type: 'near', left: first, right: second, distance, ordered: near.how !== 'any', ...span }
    if (excluded) note(reader, 'changed', 'dialect.notNear', near)
    left = excluded ? joined('and', [left, { type: 'not', item: both, ...span }]) : both
  }
}

/** `AROUND(4)`, or what the tool takes where no number stands: Meltwater 4, others about 10. */
function ownDistance(reader: Reader, near: Sign): number {
  const [open, number, close] = reader.signs.slice(reader.at, reader.at + 3)
  if (open?.kind === 'open' && number?.kind === 'word' && /^\d{1,4}$/.test(number.text) && close?.kind === 'close') {
    reader.at += 3
    return Number(number.text)
  }
  const distance = reader.dialect === 'meltwater' ? 4 : 10
  note(reader, 'read', 'dialect.ownDistance', near, { n: String(distance) })
  return distance
}
