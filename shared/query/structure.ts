import { MAX_DEPTH, type QueryProblem } from './ast.ts'
import { lex, type QueryToken } from './lex.ts'

/**
 * Checks on the row of tokens, before the grammar: what people get wrong most is said in words that name the place.
 * Also bounds the nesting, so that the grammar's recursion cannot run out of stack.
 */
export function checkStructure(text: string): QueryProblem | null {
  const tokens = lex(text)
  if (tokens.length === 0) return problem('empty', 'The query is empty. Write a word to listen for.', 0, text.length)
  const open: QueryToken[] = []
  let before: QueryToken | null = null
  for (const token of tokens) {
    const written = text.slice(token.start, token.end)
    if (token.kind === 'error' && isQuote(written)) {
      return problem(
        'unclosed-quote',
        'This quotation mark is never closed. Add one at the end of the phrase.',
        token.start,
        token.end,
      )
    }
    if (written === '(') {
      open.push(token)
      if (open.length > MAX_DEPTH) {
        return problem(
          'too-deep',
          `More than ${MAX_DEPTH} parentheses inside each other. Take some away.`,
          token.start,
          token.end,
        )
      }
    }
    if (written === ')') {
      if (open.pop() === undefined) {
        return problem(
          'unbalanced',
          'This closing parenthesis has no opening one. Remove it or add “(” before.',
          token.start,
          token.end,
        )
      }
      if (before && before.end <= token.start && text.slice(before.start, before.end) === '(') {
        return problem(
          'empty-group',
          'Nothing is in these parentheses. Write a word between them or remove them.',
          before.start,
          token.end,
        )
      }
    }
    const gap = joinProblem(text, before, token, written)
    if (gap) return gap
    before = token
  }
  const last = open.at(-1)
  if (last) return problem('unbalanced', 'This parenthesis is never closed. Add “)”.', last.start, last.end)
  if (before && isOperator(text, before)) {
    const written = text.slice(before.start, before.end)
    return problem(
      'missing-operand',
      `After ${written} a word, a phrase or “(” is expected, but the query ends here.`,
      before.start,
      before.end,
    )
  }
  return null
}

function joinProblem(text: string, before: QueryToken | null, token: QueryToken, written: string): QueryProblem | null {
  const needsLeft = token.kind === 'operator' && /^(?:AND|OR|O?NEAR\/\d+)$/.test(written)
  const beforeText = before ? text.slice(before.start, before.end) : null
  if (needsLeft && (before === null || beforeText === '(' || isOperator(text, before))) {
    const place = before === null ? 'The query begins with' : `After ${beforeText} comes`
    return problem(
      'missing-operand',
      `${place} ${written}, but a word, a phrase or “(” is expected before it.`,
      token.start,
      token.end,
    )
  }
  if (before && written === ')' && isOperator(text, before)) {
    return problem(
      'missing-operand',
      `After ${beforeText} a word, a phrase or “(” is expected, not “)”.`,
      before.start,
      token.end,
    )
  }
  return null
}

const isQuote = (written: string): boolean => /^["“”„‟«»]/.test(written)

/** An operator that needs something after it: not the distance of a phrase (`~5`). */
const isOperator = (text: string, token: QueryToken): boolean =>
  token.kind === 'operator' && text[token.start] !== '~' && !/^[-−]$/.test(text.slice(token.start, token.end))

const problem = (code: string, message: string, start: number, end: number): QueryProblem => ({ severity: 'error', code, message, start, end }) // prettier-ignore
