import { err, ok, type Result } from '#shared/util/result.ts'
import { said, type Code } from '#shared/words/said.ts'
import {
  problem,
  MAX_DEPTH,
  MAX_DISTANCE,
  MAX_LENGTH,
  partsOf,
  type Node,
  type Query,
  type QueryProblem,
  type Span,
} from './ast.ts'
import { checkField } from './fields.ts'
import { parse, SyntaxError, type ParsedNode } from './grammar.generated.js'
import { checkStructure } from './structure.ts'
import { hasGap } from './gaps.ts'
import { tokenize } from './tokenize.ts'
import { listed } from './wording.ts'
import { DASHES, inOurSigns } from './written.ts'

/** Fails with the first thing that is wrong: where (UTF-16 offsets) and, in plain words, what was expected. */
export function parseQuery(text: string): Result<Query, QueryProblem> {
  if (text.length > MAX_LENGTH) {
    return err(
      problem('too-long', said('query.tooLong', { length: text.length, most: MAX_LENGTH }), {
        start: MAX_LENGTH,
        end: text.length,
      }),
    )
  }
  const structure = checkStructure(text)
  if (structure) return err(structure)
  let parsed: ParsedNode
  try {
    parsed = parse(inOurSigns(text))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return err(syntaxProblem(text, error))
  }
  const depth = tooDeep(parsed)
  if (depth) return err(depth)
  const checked = check(parsed)
  if (!checked.ok) return checked
  return ok({ text, root: checked.value, operands: operandsOf(checked.value) })
}

/** Without recursion, so that it can judge what recursion would not survive. */
function tooDeep(root: ParsedNode): QueryProblem | null {
  let level: ParsedNode[] = [root]
  for (let depth = 0; level.length > 0; depth++) {
    // Every parenthesis can bring an OR, an AND and a NOT.
    if (depth > MAX_DEPTH * 4) {
      const [first] = level as [ParsedNode]
      return problem('too-deep', said('query.tooDeep'), first)
    }
    level = level.flatMap((node) => (node.type === 'anyField' ? [] : (partsOf(node as Node) as ParsedNode[])))
  }
  return null
}

function check(node: ParsedNode): Result<Node, QueryProblem> {
  switch (node.type) {
    case 'anyField':
      return checkField(node)
    case 'and':
    case 'or': {
      const items: Node[] = []
      for (const item of node.items) {
        const checked = check(item)
        if (!checked.ok) return checked
        items.push(checked.value)
      }
      return ok({ ...node, items })
    }
    case 'not': {
      const item = check(node.item)
      return item.ok ? ok({ ...node, item: item.value }) : item
    }
    case 'title': {
      const item = check(node.item)
      if (!item.ok) return item
      const unfit = notOfTitle(item.value)
      if (unfit) return err(problem('bad-title', said('query.badTitle'), unfit))
      return ok({ ...node, item: item.value })
    }
    case 'near': {
      const left = check(node.left)
      if (!left.ok) return left
      const right = check(node.right)
      if (!right.ok) return right
      if (node.distance > MAX_DISTANCE) return err(tooFar(node))
      for (const side of [left.value, right.value]) {
        const unfit = notASpan(side)
        if (unfit) return err(problem('bad-near', said('query.badNear'), unfit))
      }
      return ok({ ...node, left: left.value, right: right.value })
    }
    case 'phrase':
      if (node.slop !== null && node.slop > MAX_DISTANCE) return err(tooFar(node))
      return searchable(node)
    case 'word':
    case 'raw':
      return searchable(node)
    default:
      return ok(node)
  }
}

/** What a title cannot be asked for: facts of the mention. */
function notOfTitle(node: Node): Node | null {
  if (node.type === 'field' || node.type === 'number' || node.type === 'time' || node.type === 'title') return node
  for (const part of partsOf(node)) {
    const unfit = notOfTitle(part)
    if (unfit) return unfit
  }
  return null
}

/** The part of one side of NEAR that has no place in a text. */
function notASpan(node: Node): Node | null {
  switch (node.type) {
    case 'word':
      return null
    case 'phrase':
      return node.slop === null && !hasGap(node.text) ? null : node
    case 'or':
      for (const item of node.items) {
        const unfit = notASpan(item)
        if (unfit) return unfit
      }
      return null
    case 'near':
      return notASpan(node.left) ?? notASpan(node.right)
    default:
      return node
  }
}

function searchable(node: Extract<Node, { text: string }>): Result<Node, QueryProblem> {
  if (node.type === 'raw') {
    return node.text.trim() === '' ? err(problem('nothing-to-search', said('query.nothingQuoted'), node)) : ok(node)
  }
  const name = node.type === 'word' ? /^([a-zA-Z]+):$/.exec(node.text) : null
  if (name) {
    return err(problem('missing-value', said('query.missingValue', { field: node.text }), node))
  }
  if (node.type === 'word' && /^[*?]+$/.test(node.text)) {
    return err(problem('nothing-to-search', said('query.loneWildcard', { written: node.text }), node))
  }
  if (tokenize(node.text).length > 0) return ok(node)
  if (/^(?:https?:\/\/|www\.)/i.test(node.text)) {
    return err(problem('unknown-field', said('query.addressAsWords'), node))
  }
  const shown = node.text.trim()
  const what =
    shown === ''
      ? said('query.nothingQuoted')
      : shown.length === 1 && DASHES.includes(shown)
        ? said('query.loneMinus')
        : said('query.noLetters', { written: shown })
  return err(problem('nothing-to-search', what, node))
}

/** What the grammar expects, by the names that it gives. */
const expected: Readonly<Record<string, Code>> = {
  'a word': 'query.expected_word',
  'a closing parenthesis': 'query.expected_closing',
  'a value': 'query.expected_value',
  'a number': 'query.expected_number',
  'a quotation mark': 'query.expected_quote',
  'a closing quotation mark': 'query.expected_closingQuote',
  'end of input': 'query.expected_end',
}

function syntaxProblem(text: string, error: SyntaxError): QueryProblem {
  const at = error.location.start.offset
  const all = [...new Set((error.expected ?? []).map((item) => item.description ?? `“${item.text ?? ''}”`))]
  const wanted = all.filter((item) => item !== 'a space' && !item.startsWith('['))
  const found = at >= text.length ? null : String.fromCodePoint(text.codePointAt(at) as number)
  const start = Math.min(at, Math.max(0, text.length - 1))
  const names = wanted.map((name) => (expected[name] ? said(expected[name]) : name))
  const one = names.length === 0 ? said('query.somethingElse') : listed(names, 'query.or')
  const message =
    found === null ? said('query.unexpectedEnd', { wanted: one }) : said('query.unexpected', { wanted: one, found })
  return problem('unexpected', message, { start, end: Math.min(text.length, start + 1) })
}

const tooFar = (span: Span): QueryProblem => problem('bad-distance', said('query.tooFar', { most: MAX_DISTANCE }), span)

function operandsOf(node: Node): number {
  if (node.type === 'field') return node.values.length
  const parts = partsOf(node)
  return parts.length === 0 ? 1 : parts.reduce((sum, part) => sum + operandsOf(part), 0)
}
