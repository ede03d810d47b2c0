import { said } from '#shared/words/said.ts'
import { MAX_DEPTH, problem, type QueryProblem } from './ast.ts'
import { foreignOperator } from './foreign.ts'
import { lex, type QueryToken } from './lex.ts'
import { inOurSigns } from './written.ts'

/**
 * Checks on the row of tokens, before the grammar: what people get wrong most is said in words that name the place.
 * Also bounds the nesting, so that the grammar's recursion cannot run out of stack.
 */
export function checkStructure(written: string): QueryProblem | null {
  const text = inOurSigns(written)
  const tokens = lex(text)
  if (tokens.length === 0) return problem('empty', said('query.empty'), { start: 0, end: text.length })
  const open: QueryToken[] = []
  let before: QueryToken | null = null
  for (const token of tokens) {
    const written = text.slice(token.start, token.end)
    if (token.kind === 'error' && isQuote(written)) {
      return problem('unclosed-quote', said('query.unclosedQuote'), token)
    }
    if (written === '(') {
      open.push(token)
      if (open.length > MAX_DEPTH) {
        return problem('too-deep', said('query.tooManyParentheses', { most: MAX_DEPTH }), token)
      }
    }
    if (written === ')') {
      if (open.pop() === undefined) {
        return problem('unbalanced', said('query.closingAlone'), token)
      }
      if (before && before.end <= token.start && text.slice(before.start, before.end) === '(') {
        return problem('empty-group', said('query.emptyGroup'), { start: before.start, end: token.end })
      }
    }
    const gap = joinProblem(text, before, token, written)
    if (gap) return gap
    before = token
  }
  const last = open.at(-1)
  if (last) return problem('unbalanced', said('query.neverClosed'), last)
  if (before && isOperator(text, before)) {
    const written = text.slice(before.start, before.end)
    return problem('missing-operand', said('query.endsAfter', { operator: written }), before)
  }
  return foreignOperator(text, tokens)
}

function joinProblem(text: string, before: QueryToken | null, token: QueryToken, written: string): QueryProblem | null {
  const needsLeft = token.kind === 'operator' && /^(?:AND|OR|O?NEAR\/\d+f?)$/.test(written)
  const beforeText = before ? text.slice(before.start, before.end) : null
  if (needsLeft && (before === null || beforeText === '(' || isOperator(text, before))) {
    const message =
      before === null || beforeText === null
        ? said('query.beginsWith', { operator: written })
        : said('query.comesAfter', { before: beforeText, operator: written })
    return problem('missing-operand', message, token)
  }
  if (before && written === ')' && isOperator(text, before)) {
    return problem('missing-operand', said('query.closedAfter', { operator: beforeText ?? '' }), {
      start: before.start,
      end: token.end,
    })
  }
  return null
}

const isQuote = (written: string): boolean => /^["“”„‟«»]/.test(written)

/** An operator that needs something after it: not the distance of a phrase (`~5`). */
const isOperator = (text: string, token: QueryToken): boolean =>
  token.kind === 'operator' && text[token.start] !== '~' && !/^-$/.test(text.slice(token.start, token.end))
