import { MAX_DEPTH, type QueryProblem } from './ast.ts'
import { lex, type QueryToken } from './lex.ts'
import type { Messages } from './messages.ts'

/**
 * Checks on the row of tokens, before the grammar: what people get wrong most is said in words that name the place.
 * Also bounds the nesting, so that the grammar's recursion cannot run out of stack.
 */
export function checkStructure(text: string, say: Messages): QueryProblem | null {
  const tokens = lex(text)
  if (tokens.length === 0) return problem('empty', say.empty(), 0, text.length)
  const open: QueryToken[] = []
  let before: QueryToken | null = null
  for (const token of tokens) {
    const written = text.slice(token.start, token.end)
    if (token.kind === 'error' && isQuote(written)) {
      return problem('unclosed-quote', say.unclosedQuote(), token.start, token.end)
    }
    if (written === '(') {
      open.push(token)
      if (open.length > MAX_DEPTH) {
        return problem('too-deep', say.tooManyParentheses(MAX_DEPTH), token.start, token.end)
      }
    }
    if (written === ')') {
      if (open.pop() === undefined) {
        return problem('unbalanced', say.closingAlone(), token.start, token.end)
      }
      if (before && before.end <= token.start && text.slice(before.start, before.end) === '(') {
        return problem('empty-group', say.emptyGroup(), before.start, token.end)
      }
    }
    const gap = joinProblem(text, before, token, written, say)
    if (gap) return gap
    before = token
  }
  const last = open.at(-1)
  if (last) return problem('unbalanced', say.neverClosed(), last.start, last.end)
  if (before && isOperator(text, before)) {
    const written = text.slice(before.start, before.end)
    return problem('missing-operand', say.endsAfter(written), before.start, before.end)
  }
  return null
}

function joinProblem(
  text: string,
  before: QueryToken | null,
  token: QueryToken,
  written: string,
  say: Messages,
): QueryProblem | null {
  const needsLeft = token.kind === 'operator' && /^(?:AND|OR|O?NEAR\/\d+)$/.test(written)
  const beforeText = before ? text.slice(before.start, before.end) : null
  if (needsLeft && (before === null || beforeText === '(' || isOperator(text, before))) {
    const message =
      before === null || beforeText === null ? say.beginsWith(written) : say.comesAfter(beforeText, written)
    return problem('missing-operand', message, token.start, token.end)
  }
  if (before && written === ')' && isOperator(text, before)) {
    return problem('missing-operand', say.closedAfter(beforeText ?? ''), before.start, token.end)
  }
  return null
}

const isQuote = (written: string): boolean => /^["“”„‟«»]/.test(written)

/** An operator that needs something after it: not the distance of a phrase (`~5`). */
const isOperator = (text: string, token: QueryToken): boolean =>
  token.kind === 'operator' && text[token.start] !== '~' && !/^[-−]$/.test(text.slice(token.start, token.end))

const problem = (code: string, message: string, start: number, end: number): QueryProblem => ({
  severity: 'error',
  code,
  message,
  start,
  end,
})
