import { askedBy } from './names.ts'
import type { Piece } from './pieces.ts'
import type { Dialect } from './tree.ts'

/** A piece with its operators, signs and names of fields told apart. */
export type Sign =
  | (Omit<Piece, 'kind'> & { kind: Piece['kind'] })
  /** `text`: `and`, `or` or `not`. */
  | (Omit<Piece, 'kind'> & { kind: 'join'; text: 'and' | 'or' | 'not' })
  | (Omit<Piece, 'kind'> & { kind: 'near'; distance: number | null; how: 'any' | 'ordered' | 'backwards'; far?: true })
  /** `-`, `+`, `!`, `++` before an operand. */
  | (Omit<Piece, 'kind'> & { kind: 'sign' })
  /** Its name; the value follows. */
  | (Omit<Piece, 'kind'> & { kind: 'field' })
  /** `~5`, `^2` behind an operand. */
  | (Omit<Piece, 'kind'> & { kind: 'tail' })

/** Longest row of words that one sentence and one paragraph are taken for. */
const SENTENCE = 15
const PARAGRAPH = 50

const nearness =
  /^(o?near|w|pre|adj|n|within|next|prox|dist|before|after|around|followedby|sentence|paragraph|same)[/:]?(\d{1,4})([a-z]?)$/i
const nearnessAlone = /^(O?NEAR|ADJ|WITHIN|AROUND|NEXT|PRE|FOLLOWEDBY|SENTENCE|PARAGRAPH|SAME)(?:\/([spSP]))?$/
const ordered = /^(?:onear|pre|adj|next|before|followedby)$/i

/** In these tools operators are read in small letters too; in Kibana and in news archives where none is written large. */
const anyCase = (dialect: Dialect): boolean => dialect === 'meltwater'
const isUpper = ({ kind, text }: Piece): boolean => kind === 'word' && /^(?:AND|OR|NOT)$/.test(text)

/** Tells apart what the words of a query are; a field's own value is left as it is. */
export function signsOf(pieces: readonly Piece[], dialect: Dialect): Sign[] {
  const signs: Sign[] = []
  const lower = anyCase(dialect) || ((dialect === 'lucene' || dialect === 'other') && !pieces.some(isUpper))
  for (const [index, piece] of pieces.entries()) {
    if (piece.kind !== 'word') signs.push(piece)
    else if (signs.at(-1)?.kind === 'field' && !piece.spaced) signs.push(piece)
    else word(piece, pieces[index + 1], signs, { dialect, lower })
  }
  return signs
}

interface Manner {
  dialect: Dialect
  /** Whether small letters are operators too. */
  lower: boolean
}

function word(piece: Piece, next: Piece | undefined, signs: Sign[], manner: Manner): void {
  const { text } = piece
  const between = signs.length > 0 && next !== undefined && next.kind !== 'close' && signs.at(-1)!.kind !== 'open'
  const join = joinOf(text, between, manner)
  if (join !== null) return void signs.push({ ...piece, kind: 'join', text: join })
  // `"a b"~5`, fixed to its end, is of what it ends; only one that stands alone is between two.
  const fixed = !piece.spaced && text.startsWith('~')
  const near = fixed ? null : nearOf(text, between, next, manner)
  if (near !== null) return void signs.push({ ...piece, kind: 'near', ...near })
  operand(piece, next, signs)
}

function joinOf(text: string, between: boolean, { dialect, lower }: Manner): 'and' | 'or' | 'not' | null {
  const upper = lower ? text.toUpperCase() : text
  if (upper === 'AND' || text === '&&') return 'and'
  if (upper === 'OR' || text === '|' || text === '||') return 'or'
  if (upper === 'NOT') return 'not'
  if (/^(?:ANDNOT|AND-NOT|BUTNOT|EXCEPT|MINUS)$/.test(text) && between) return 'not'
  if (text === 'XOR' && between) return 'or'
  if ((text === '&' && between && dialect === 'lucene') || (text === '+' && between)) return 'and'
  return null
}

type Near = Pick<Extract<Sign, { kind: 'near' }>, 'distance' | 'how' | 'far'>

function nearOf(text: string, between: boolean, next: Piece | undefined, { lower }: Manner): Near | null {
  if (!between && !/^O?NEAR\/\d+f?$/.test(text)) return null
  const found = nearness.exec(text)
  // `W5` and `N95` are names of things: without a slash only whole words are operators.
  if (found && (/[/:]/.test(text) || found[1]!.length > 2)) {
    const how = /^after$/i.test(found[1]!)
      ? 'backwards'
      : ordered.test(found[1]!) || found[3] === 'f'
        ? 'ordered'
        : 'any'
    return { distance: Number(found[2]), how }
  }
  const alone = nearnessAlone.exec(lower && /^o?near$/i.test(text) ? text.toUpperCase() : text)
  if (alone && next?.kind === 'open' && alone[1] === 'AROUND') return { distance: null, how: 'any' }
  if (alone) {
    const how = ordered.test(alone[1]!) ? 'ordered' : 'any'
    const reach = /^s/i.test(alone[2] ?? alone[1]!)
      ? SENTENCE
      : /^p/i.test(alone[2] ?? '') || alone[1] === 'PARAGRAPH'
        ? PARAGRAPH
        : null
    return reach === null ? { distance: null, how } : { distance: reach, how, far: true }
  }
  const within = /^(?:w|near|pre|onear)\/([sp])$/i.exec(text) ?? /^\/([sp])$/i.exec(text)
  if (within)
    return {
      distance: /s/i.test(within[1]!) ? SENTENCE : PARAGRAPH,
      how: /^(?:pre|onear)/i.test(text) ? 'ordered' : 'any',
      far: true,
    }
  const bare = /^[/~](\d{1,4})$/.exec(text)
  return bare ? { distance: Number(bare[1]), how: 'any' } : null
}

const lastEnds = (signs: readonly Sign[]): boolean => {
  const last = signs.at(-1)
  return (
    last !== undefined &&
    (last.kind === 'phrase' || last.kind === 'close' || last.kind === 'regex' || last.kind === 'braces')
  )
}

/** Signs in front, the name of a field, the word itself, what is fixed to its end. */
function operand(piece: Piece, next: Piece | undefined, signs: Sign[]): void {
  let { text, start, spaced } = piece
  const touching =
    next !== undefined && !next.spaced && (next.kind === 'open' || next.kind === 'phrase' || next.kind === 'braces')
  const push = (kind: 'sign' | 'field' | 'word' | 'tail', part: string): void => {
    signs.push({ kind, text: part, start, end: start + part.length, spaced })
    start += part.length
    text = text.slice(part.length)
    spaced = false
  }
  if (!piece.spaced && lastEnds(signs)) {
    const tail = /^(?:[~^][\d.]*)+/.exec(text)?.[0]
    if (tail !== undefined) push('tail', tail)
  }
  const lead = /^(?:\+\+|[-+!])+/.exec(text)?.[0] ?? ''
  if (lead !== '' && (text.length > lead.length || touching))
    for (const sign of lead.match(/\+\+|[-+!]/g) ?? []) push('sign', sign)
  const name = (/^(@?[A-Za-z][\w.-]*):(?!\/\/)/.exec(text) ?? /^(hd|hlp?|lp|td|la|sc|rst)=/i.exec(text))?.[1]
  if (name !== undefined && isField(name, text.slice(name.length + 1), next, touching)) {
    push('field', name)
    start++
    text = text.slice(1)
    const tail = /^[^[{<>]*?[^~^]((?:~\d*|\^\d+(?:\.\d+)?)+)$/.exec(text)?.[1] ?? ''
    const value = text.slice(0, text.length - tail.length)
    if (value !== '') push('word', value)
    if (tail !== '') push('tail', tail)
    return
  }
  if (/^(?:HEADLINE|HLEAD|TITLE|BODY|TEXT|LEAD)$/.test(text) && touching && next?.kind === 'open')
    return push('field', text)
  const cut = /\|\|?|&&/.exec(text)
  if (cut && cut.index > 0 && cut.index + cut[0].length < text.length) {
    push('word', text.slice(0, cut.index))
    signs.push({ kind: 'join', text: cut[0] === '&&' ? 'and' : 'or', start, end: start + cut[0].length, spaced: false })
    operand({ ...piece, text: text.slice(cut[0].length), start: start + cut[0].length, spaced: true }, next, signs)
    return
  }
  const ends = /^(.*?[^~^])((?:~\d*(?:\.\d+)?|\^\d+(?:\.\d+)?)+)$/.exec(text)
  if (ends) {
    push('word', ends[1]!)
    push('tail', ends[2]!)
  } else if (text !== '') push('word', text)
}

/** `12:30` and `re:` are words; a name that some tool knows, or any that leads to a value, is a field. */
function isField(name: string, rest: string, next: Piece | undefined, touching: boolean): boolean {
  if (rest === '') return touching || (askedBy(name) !== null && next !== undefined && next.kind !== 'close')
  return askedBy(name) !== null || /^[a-z_][\w.]+$/i.test(name)
}
