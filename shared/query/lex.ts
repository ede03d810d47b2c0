import { fieldNames } from './ast.ts'
import { inOurSigns } from './written.ts'

/** What each stretch of a query is, also of one that cannot be read: for highlighting and for the first checks. */
export interface QueryToken {
  start: number
  end: number
  kind: 'operator' | 'field' | 'value' | 'term' | 'phrase' | 'paren' | 'error'
}

export const QUOTES = '"“”„‟«»'
const space = /[ \t\r\n\v\f\u00a0\u2000-\u200b\u3000\ufeff]/
const piece = /[^ \t\r\n\v\f\u00a0\u2000-\u200b\u3000\ufeff()"“”„‟«»]+/y
const operator = /^(?:AND|OR|NOT|O?NEAR\/\d+f?)$/
const field = /^[a-zA-Z][a-zA-Z_]*:/
/** What is taken letter by letter in the manner of Brandwatch. */
const braces = /^\{[^{}"“”„‟«»()]+\}(?=[ ()"“”„‟«»]|$)/
const known: ReadonlySet<string> = new Set(fieldNames)

/** Never fails. Tokens are in order and do not overlap; spaces belong to none. */
export function lex(written: string): QueryToken[] {
  const text = inOurSigns(written)
  const tokens: QueryToken[] = []
  let at = 0
  /** Depth of parentheses inside `field:( … )`; 0 outside. */
  let values = 0
  let afterField = false
  const push = (start: number, end: number, kind: QueryToken['kind']): void => {
    if (end > start) tokens.push({ start, end, kind })
  }
  while (at < text.length) {
    const character = text[at] as string
    if (space.test(character)) {
      at++
      afterField = false
    } else if (character === '(' || character === ')') {
      push(at, at + 1, 'paren')
      if (character === '(') values = afterField || values > 0 ? values + 1 : 0
      else if (values > 0) values--
      afterField = false
      at++
    } else if (QUOTES.includes(character)) {
      let end = at + 1
      const closing = character === '"' ? '"' : QUOTES
      while (end < text.length && !closing.includes(text[end] as string)) end++
      const closed = end < text.length
      push(at, closed ? end + 1 : end, closed ? (afterField || values > 0 ? 'value' : 'phrase') : 'error')
      at = closed ? end + 1 : end
      afterField = false
      const slop = /^~\d+/.exec(text.slice(at, at + 8))
      if (closed && slop) {
        push(at, at + slop[0].length, 'operator')
        at += slop[0].length
      }
    } else if (character === '{' && braces.test(text.slice(at, at + 200))) {
      const end = text.indexOf('}', at) + 1
      push(at, end, 'phrase')
      afterField = false
      at = end
    } else {
      piece.lastIndex = at
      const found = piece.exec(text)?.[0] ?? character
      const end = at + found.length
      if (operator.test(found)) push(at, end, 'operator')
      else if (afterField || values > 0) push(at, end, 'value')
      else {
        let from = at
        while ((text[from] === '-' || text[from] === '−') && from + 1 < end + 1 && from - at < found.length) {
          push(from, from + 1, 'operator')
          from++
        }
        const name = field.exec(text.slice(from, end))
        if (name) {
          const colon = from + name[0].length
          const isKnown = known.has(name[0].slice(0, -1).toLowerCase())
          push(from, colon, isKnown ? 'field' : 'error')
          push(colon, end, 'value')
          afterField = colon === end
          at = end
          continue
        }
        push(from, end, 'term')
      }
      afterField = false
      at = end
    }
  }
  return tokens
}
