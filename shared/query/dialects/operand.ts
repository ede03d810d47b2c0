import { tokenize } from '../tokenize.ts'
import { fieldTree } from './fields.ts'
import { askedBy, type Asked } from './names.ts'
import { faceOrMood, regex, signsOnly, word } from './plain-words.ts'
import { joined, note, nothing, type Reader } from './reader.ts'
import type { Sign } from './signs.ts'
import type { Tree } from './tree.ts'
import { valueOf } from './values.ts'

type ReadGroup = (reader: Reader) => Tree

/** One operand with the signs before it and what is fixed to its end. */
export function readOperand(reader: Reader, readGroup: ReadGroup): Tree {
  let excluded = false
  let exact = false
  const first = reader.signs[reader.at]!
  for (let sign: Sign | undefined = first; sign !== undefined; sign = reader.signs[reader.at]) {
    if (sign.kind === 'join' && sign.text === 'not') excluded = !excluded
    else if (sign.kind === 'sign' && (sign.text === '-' || sign.text === '!')) excluded = !excluded
    else if (sign.kind === 'sign') {
      exact ||= sign.text === '++'
      if (reader.dialect === 'talkwalker' && sign.text === '+') note(reader, 'changed', 'dialect.exactForm', sign)
    } else if (!(sign.kind === 'join' && sign.text === 'and' && excluded)) break
    reader.at++
  }
  const sign = reader.signs[reader.at]
  if (sign === undefined || sign.kind === 'close' || sign.kind === 'join' || sign.kind === 'near') {
    note(reader, 'changed', 'dialect.nothingHere', sign ?? first)
    if (sign?.kind === 'near') reader.at++
    return nothing(sign ?? first)
  }
  const tree = tailed(reader, primary(reader, sign, readGroup))
  const item: Tree = exact && tree.type === 'text' ? { ...tree, type: 'raw' } : tree
  return excluded ? { type: 'not', item, start: first.start, end: item.end } : item
}

function primary(reader: Reader, sign: Sign, readGroup: ReadGroup): Tree {
  reader.at++
  switch (sign.kind) {
    case 'open':
      return group(reader, sign, readGroup)
    case 'phrase':
      return phrase(reader, sign)
    case 'braces':
      return { type: 'raw', text: sign.text, start: sign.start, end: sign.end }
    case 'regex':
      return regex(reader, sign)
    case 'face':
      return faceOrMood(reader, sign)
    case 'field':
      return field(reader, sign, readGroup)
    default:
      return counted(reader, sign, readGroup) ?? inField(reader, sign) ?? word(reader, sign)
  }
}

/** What stands fixed to the name of a field: `title:/fer.+/`. */
function inField(reader: Reader, sign: Sign): Tree | null {
  const pattern = /^\/(.+)\/$/.exec(sign.text)?.[1]
  return pattern !== undefined && reader.dialect === 'lucene' && !sign.spaced
    ? regex(reader, { text: pattern, start: sign.start, end: sign.end })
    : null
}

/** `ATLEAST3(word)`: how often a word stands in a text is not asked here. */
function counted(reader: Reader, sign: Sign, readGroup: ReadGroup): Tree | null {
  const next = reader.signs[reader.at]
  if (!/^(?:ATLEAST|MINOC|FREQ(?:UENCY)?)\/?\d+$/i.test(sign.text) || (next?.kind !== 'open' && next?.kind !== 'word'))
    return null
  note(reader, 'dropped', 'dialect.frequency', sign)
  return primary(reader, next, readGroup)
}

function group(reader: Reader, open: Sign, readGroup: ReadGroup): Tree {
  const inner = readGroup(reader)
  const close = reader.signs[reader.at]
  if (close?.kind === 'close') {
    reader.at++
    return { ...inner, start: open.start, end: close.end }
  }
  note(reader, 'changed', 'dialect.neverClosed', open)
  return { ...inner, start: open.start }
}

function phrase(reader: Reader, sign: Sign): Tree {
  if ('unclosed' in sign) note(reader, 'changed', 'dialect.quoteNeverClosed', sign)
  const text = sign.text.trim()
  const span = { start: sign.start, end: sign.end }
  if (tokenize(text).length === 0) return signsOnly(reader, text, span)
  return { type: 'text', text, quoted: true, slop: null, ...span }
}

/** `~5`, `~0.8`, `^2` behind a word, a phrase or a group. */
function tailed(reader: Reader, tree: Tree): Tree {
  let result = tree
  for (let sign = reader.signs[reader.at]; sign?.kind === 'tail'; sign = reader.signs[reader.at]) {
    reader.at++
    for (const tail of sign.text.match(/[~^][\d.]*/g) ?? [])
      result = { ...withTail(reader, result, tail, sign), end: sign.end }
  }
  return result
}

function withTail(reader: Reader, tree: Tree, tail: string, sign: Sign): Tree {
  const number = tail.length > 1 ? Number(tail.slice(1)) : null
  if (tail.startsWith('^')) {
    note(reader, 'dropped', 'dialect.boost', sign)
    return tree
  }
  if (tree.type === 'text' && (tree.quoted || /\s/.test(tree.text))) {
    // A phrase of one word has no window.
    if (tokenize(tree.text).length < 2) return tree
    const slop = Math.min(1_000, Math.floor(number ?? 5))
    return reader.dialect === 'lucene' && tokenize(tree.text).length === 2 ? moved(tree, slop) : { ...tree, slop }
  }
  if (tree.type === 'text') return fuzzy(reader, tree, number, sign)
  if (tree.type === 'and' && number !== null) {
    const [first, ...rest] = tree.items
    return rest.reduce(
      (left, right): Tree => ({
        type: 'near',
        left,
        right,
        distance: number,
        ordered: false,
        start: tree.start,
        end: tree.end,
      }),
      first!,
    )
  }
  note(reader, 'dropped', 'dialect.tail', sign)
  return tree
}

/**
 * Two words of Lucene in at most so many moves: each word between them is one, and to stand the other way round takes two.
 */
function moved(tree: Extract<Tree, { type: 'text' }>, slop: number): Tree {
  const [first, second] = tree.text.split(/\s+/)
  if (second === undefined) return { ...tree, slop }
  const one = (text: string): Tree => ({ ...tree, text, quoted: false, slop: null })
  const near = (left: string, right: string, distance: number): Tree => ({
    type: 'near',
    left: one(left),
    right: one(right),
    distance,
    ordered: true,
    start: tree.start,
    end: tree.end,
  })
  if (slop === 0) return { ...tree, slop: null }
  const forwards = near(first!, second, slop)
  return slop < 2 ? forwards : joined('or', [forwards, near(second, first!, slop - 2)])
}

function fuzzy(reader: Reader, tree: Extract<Tree, { type: 'text' }>, number: number | null, sign: Sign): Tree {
  const slips = number === null ? 2 : number < 1 ? (number === 0 ? 0 : 1) : number
  if (slips === 0) return tree
  if (slips > 2 || /[*?]/.test(tree.text) || tokenize(tree.text).length !== 1) {
    note(reader, 'dropped', 'dialect.tail', sign)
    return tree
  }
  if (number !== slips) note(reader, 'read', 'dialect.slips', sign, { n: String(slips) })
  return { ...tree, text: `${tree.text}~${slips}` }
}

const ofText: ReadonlySet<Asked> = new Set(['title', 'text', 'allTitle', 'allText', 'exact'])

function field(reader: Reader, sign: Sign, readGroup: ReadGroup): Tree {
  const asked = askedBy(sign.text)
  const next = reader.signs[reader.at]
  if (next === undefined || next.kind === 'close' || next.kind === 'join' || next.kind === 'near') {
    note(reader, 'dropped', 'dialect.noValue', sign)
    return nothing(sign)
  }
  if (sign.text.toLowerCase() === 'raw') return raw(reader, sign, next)
  if (asked !== null && ofText.has(asked)) return textField(reader, sign, asked, readGroup)
  if (next.kind === 'open') return eachValue(reader, sign, next, readGroup)
  reader.at++
  return oneValue(reader, sign, asked, next)
}

function raw(reader: Reader, sign: Sign, value: Sign): Tree {
  reader.at++
  return { type: 'raw', text: value.text, start: sign.start, end: value.end }
}

/** Of the title, or of the text: what follows is read as words. */
function textField(reader: Reader, sign: Sign, asked: Asked, readGroup: ReadGroup): Tree {
  const all = asked === 'allTitle' || asked === 'allText'
  const first = reader.signs[reader.at]!
  // `text:[* TO *]`: that there is one.
  if (first.kind === 'word' && /^[[{]/.test(first.text)) {
    reader.at++
    return oneValue(reader, sign, null, first, 'dialect.noEffect')
  }
  const inner = all ? theRest(reader) : tailed(reader, primary(reader, reader.signs[reader.at]!, readGroup))
  const span = { start: sign.start, end: inner.end }
  if (asked === 'title' || asked === 'allTitle')
    return inner.type === 'nothing' ? inner : { type: 'title', item: inner, ...span }
  if (asked === 'exact') return { ...letterByLetter(inner), ...span }
  if (!/^(?:keywords?|description|fulltext|exactcontent|fullcontent)$/i.test(sign.text))
    note(reader, 'changed', /ingress|opening|lead/i.test(sign.text) ? 'dialect.ingress' : 'dialect.textAlone', sign)
  return { ...inner, ...span }
}

/** The words of it, each exactly as it is written. */
function letterByLetter(tree: Tree): Tree {
  if (tree.type === 'text') return { type: 'raw', text: tree.text, start: tree.start, end: tree.end }
  if (tree.type === 'not') return { ...tree, item: letterByLetter(tree.item) }
  return tree.type === 'and' || tree.type === 'or' ? { ...tree, items: tree.items.map(letterByLetter) } : tree
}

function theRest(reader: Reader): Tree {
  const items: Tree[] = []
  for (
    let sign = reader.signs[reader.at];
    sign?.kind === 'word' || sign?.kind === 'phrase';
    sign = reader.signs[reader.at]
  )
    items.push(primary(reader, sign, () => nothing(sign!)))
  return items.length === 0 ? nothing(reader.signs[reader.at - 1]!) : joined('and', items)
}

/** `field:(a OR b NOT c)`: each of the values for itself, joined as they are. */
function eachValue(reader: Reader, sign: Sign, open: Sign, readGroup: ReadGroup): Tree {
  const asked = askedBy(sign.text)
  const from = reader.at
  reader.at++
  const compare = reader.signs[reader.at]
  if (compare?.kind === 'word' && /^[<>]/.test(compare.text) && reader.signs[reader.at + 1]?.kind === 'close') {
    reader.at += 2
    return valueTree(reader, sign, asked, compare.text, false, { start: sign.start, end: compare.end + 1 })
  }
  reader.at = from
  const before = reader.notes.length
  const inner = tailed(reader, primary(reader, open, readGroup))
  const notes = reader.notes.splice(before)
  reader.notes.push(...notes.filter(({ why }) => why.code === 'dialect.neverClosed'))
  const known = asked !== null && fieldless(asked)
  if (known || asked === null) {
    note(reader, 'dropped', asked === null ? 'dialect.unknownField' : reasonOf(asked), {
      start: sign.start,
      end: inner.end,
    })
    return nothing({ start: sign.start, end: inner.end })
  }
  const mapped = (tree: Tree): Tree => {
    if (tree.type === 'text') return valueTree(reader, sign, asked, tree.text, tree.quoted, tree)
    if (tree.type === 'not') return { ...tree, item: mapped(tree.item) }
    // Of one mention a field has one value: a blank between two of them means either.
    if (tree.type === 'and' && tree.items.every(({ type }) => type === 'text'))
      return { ...tree, type: 'or', items: tree.items.map(mapped) }
    return tree.type === 'and' || tree.type === 'or' ? { ...tree, items: tree.items.map(mapped) } : tree
  }
  return mapped(inner)
}

/** Fields that nothing here corresponds to, whatever their value: said once for all of a list. */
const reasons: Partial<
  Record<
    Asked,
    'dialect.measure' | 'dialect.person' | 'dialect.thread' | 'dialect.home' | 'dialect.place' | 'dialect.relative'
  >
> = {
  measure: 'dialect.measure',
  person: 'dialect.person',
  thread: 'dialect.thread',
  home: 'dialect.home',
  place: 'dialect.place',
  relative: 'dialect.relative',
}
const fieldless = (asked: Asked): boolean => reasons[asked] !== undefined
const reasonOf = (asked: Asked) => reasons[asked] ?? 'dialect.home'

/** Words that belong to one value: `[2026 TO 2027]`, `> 100`. */
function oneValue(reader: Reader, sign: Sign, asked: Asked | null, value: Sign, unknown?: 'dialect.noEffect'): Tree {
  let end = value.end
  let text = value.text
  if (/^[[{]/.test(text) && value.kind === 'word' && !/[\]}]$/.test(text)) {
    for (let next = reader.signs[reader.at]; next !== undefined; next = reader.signs[reader.at]) {
      if (next.kind === 'close' && next.text === ')') break
      reader.at++
      end = next.end
      if (/[\]}]$/.test(next.text)) break
    }
    text = reader.text.slice(value.start, end)
  } else if (value.kind === 'word' && /^[<>]=?$/.test(text) && reader.signs[reader.at]?.kind === 'word') {
    text += reader.signs[reader.at]!.text
    end = reader.signs[reader.at]!.end
    reader.at++
  }
  const span = { start: sign.start, end }
  if (unknown !== undefined) {
    note(reader, 'dropped', unknown, span)
    return nothing(span)
  }
  const commas =
    value.kind === 'word' &&
    /^[^,[{]+(?:,[^,]+)+$/.test(text) &&
    asked !== null &&
    !/^(?:place|title|url|link|since|until|date)$/.test(asked)
  if (!commas) return valueTree(reader, sign, asked, text, value.kind === 'phrase', span)
  return joined(
    'or',
    text.split(',').map((one) => valueTree(reader, sign, asked, one, false, span)),
  )
}

function valueTree(
  reader: Reader,
  sign: Sign,
  asked: Asked | null,
  text: string,
  quoted: boolean,
  span: { start: number; end: number },
): Tree {
  const whole = { start: span.start, end: span.end }
  if (asked === null) {
    note(reader, 'dropped', 'dialect.unknownField', whole)
    return nothing(whole)
  }
  return fieldTree(asked, valueOf(text, quoted), {
    dialect: reader.dialect,
    name: sign.text,
    span: whole,
    note: (effect, why, values) => note(reader, effect, why, whole, values),
  })
}
