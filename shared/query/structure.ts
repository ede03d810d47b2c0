import { said } from '#shared/words/said.ts'
import type { Sayer } from '#shared/words/words.ts'
import { MAX_DEPTH, type QueryProblem } from './ast.ts'
import { lex, type QueryToken } from './lex.ts'

/**
 * Checks on the row of tokens, before the grammar: what people get wrong most is said in words that name the place.
 * Also bounds the nesting, so that the grammar's recursion cannot run out of stack.
 */
export function checkStructure(text: string, say: Sayer): QueryProblem | null {
  const tokens = lex(text)
  if (tokens.length === 0) return problem('empty', say(said('query.empty')), 0, text.length)
  const open: QueryToken[] = []
  let before: QueryToken | null = null
  for (const token of tokens) {
    const written = text.slice(token.start, token.end)
    if (token.kind === 'error' && isQuote(written)) {
      return problem('unclosed-quote', say(said('query.unclosedQuote')), token.start, token.end)
    }
    if (written === '(') {
      open.push(token)
      if (open.length > MAX_DEPTH) {
        return problem('too-deep', say(said('query.tooManyParentheses', { most: MAX_DEPTH })), token.start, token.end)
      }
    }
    if (written === ')') {
      if (open.pop() === undefined) {
        return problem('unbalanced', say(said('query.closingAlone')), token.start, token.end)
      }
      if (before && before.end <= token.start && text.slice(before.start, before.end) === '(') {
        return problem('empty-group', say(said('query.emptyGroup')), before.start, token.end)
      }
    }
    const gap = joinProblem(text, before, token, written, say)
    if (gap) return gap
    before = token
  }
  const last = open.at(-1)
  if (last) return problem('unbalanced', say(said('query.neverClosed')), last.start, last.end)
  if (before && isOperator(text, before)) {
    const written = text.slice(before.start, before.end)
    return problem('missing-operand', say(said('query.endsAfter', { operator: written })), before.start, before.end)
  }
  return null
}

function joinProblem(
  text: string,
  before: QueryToken | null,
  token: QueryToken,
  written: string,
  say: Sayer,
): QueryProblem | null {
  const needsLeft = token.kind === 'operator' && /^(?:AND|OR|O?NEAR\/\d+)$/.test(written)
  const beforeText = before ? text.slice(before.start, before.end) : null
  if (needsLeft && (before === null || beforeText === '(' || isOperator(text, before))) {
    const message =
      before === null || beforeText === null
        ? say(said('query.beginsWith', { operator: written }))
        : say(said('query.comesAfter', { before: beforeText, operator: written }))
    return problem('missing-operand', message, token.start, token.end)
  }
  if (before && written === ')' && isOperator(text, before)) {
    return problem(
      'missing-operand',
      say(said('query.closedAfter', { operator: beforeText ?? '' })),
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

const problem = (code: string, message: string, start: number, end: number): QueryProblem => ({
  severity: 'error',
  code,
  message,
  start,
  end,
})
