import { said } from '#shared/words/said.ts'
import { problem, type QueryProblem } from './ast.ts'
import type { QueryToken } from './lex.ts'

/**
 * Operators that mean something in other tools only (Brandwatch, Meltwater, Talkwalker, Sprinklr, Lexis, Lucene, Google) and
 * would be required words here. The first of them, with what says the same here; null: there is none.
 */
export function foreignOperator(text: string, tokens: readonly QueryToken[]): QueryProblem | null {
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'term') continue
    const [before, after] = [tokens[index - 1], tokens[index + 1]]
    const place: Place = {
      written: text.slice(token.start, token.end),
      between:
        (isOperand(before) || isNotBehind(tokens, index, text)) &&
        after !== undefined &&
        after.kind !== 'operator' &&
        text[after.start] !== ')',
      before: before?.end === token.start ? before : undefined,
      rest: text.slice(token.end, token.end + 12),
    }
    const instead = meant(place)
    if (instead === null) continue
    const { written } = place
    return problem('foreign-operator', said('query.foreignOperator', { written, instead }), token)
  }
  return null
}

interface Place {
  written: string
  /** Something to join stands on both sides. */
  between: boolean
  /** What touches it on the left. */
  before: QueryToken | undefined
  rest: string
}

const isOperand = (token: QueryToken | undefined): boolean => token !== undefined && token.kind !== 'operator'

/** `a NOT w/5 b`: the NOT belongs to what follows it. */
function isNotBehind(tokens: readonly QueryToken[], index: number, text: string): boolean {
  const before = tokens[index - 1]
  return before !== undefined && text.slice(before.start, before.end) === 'NOT' && isOperand(tokens[index - 2])
}

const nearness =
  /^(O?NEAR|ONEAR|NOTNEAR|W|PRE|ADJ|N|WITHIN|NEXT|PROX|DIST|BEFORE|AFTER|AROUND|FOLLOWEDBY)[/:]?(\d+)\w*$/i
const inOrder = /^(?:ONEAR|PRE|ADJ|NEXT|BEFORE|FOLLOWEDBY)$/i
const nearnessAlone = /^(?:O?NEAR|ADJ|WITHIN|AROUND|NEXT|PRE|FOLLOWEDBY|SAME|SENTENCE|PARAGRAPH)(?:\/[a-zA-Z]*)?$/

/** What to write instead; null: it is a word. */
function meant({ written, between, before, rest }: Place): string | null {
  const near = nearness.exec(written)
  // `W5` and `N95` are names of things: without a slash only whole words are operators.
  if (near && between && (/[/:]/.test(written) || near[1]!.length > 2) && !/^o?near\/\d+$/.test(written))
    return `${inOrder.test(near[1]!) ? 'ONEAR' : 'NEAR'}/${near[2]}`
  const around = /^\s*\(\s*(\d{1,4})\s*\)/.exec(rest)
  if (/^(?:AROUND|NEAR)$/i.test(written) && around) return `NEAR/${around[1]}`
  if (/^(?:w|pre|near)\/[sp]$/i.test(written) && between) return 'NEAR/15'
  if (nearnessAlone.test(written) && between) return 'NEAR/5'
  if (/^\/(?:\d{1,4}|[sp])$/i.test(written) && between) return `NEAR/${/\d+/.exec(written)?.[0] ?? '20'}`
  if (/^~\d{0,4}$/.test(written) && (between || before !== undefined)) return `NEAR/${written.slice(1) || '5'}`
  return meantByLogic({ written, between, before, rest })
}

function meantByLogic({ written, between, before, rest }: Place): string | null {
  if (/^(?:ANDNOT|BUTNOT|AND-NOT|EXCEPT|MINUS)$/.test(written) && between) return 'NOT'
  if (/^(?:XOR|\|\|?)$/.test(written) && between) return 'OR'
  if (written === '&&' && between) return 'AND'
  if (/[^|]\|\|?[^|]/.test(written)) return written.replace(/\|\|?/g, ' OR ')
  if (/[^&]&&[^&]/.test(written)) return written.replace(/&&/g, ' AND ')
  if (/^!+[\p{L}\p{N}#@]/u.test(written)) return `-${written.replace(/^!+/, '')}`
  if (/^!+$/.test(written) && /^["“(]/.test(rest)) return '-'
  if (/.\^\d+(?:\.\d+)?$/.test(written)) return written.replace(/\^\d+(?:\.\d+)?$/, '')
  if (/^\^\d+(?:\.\d+)?$/.test(written) && before !== undefined) return '" "'
  if (/^\p{L}[^~]*~\d?(?:\.\d+)?$/u.test(written) && !/~[12]$/.test(written)) return `${written.replace(/~.*$/, '')}~1`
  if (/^\[/.test(written) && /^\s+TO\s/.test(rest)) return 'since:2026-11-01 until:2026-11-20'
  if (/^\/\p{L}.*\/$/u.test(written)) return `${/^\/([\p{L}\p{N}]+)/u.exec(written)?.[1] ?? ''}*`
  if (/^ATLEAST\/?\d+$/i.test(written)) return '" "'
  return null
}
