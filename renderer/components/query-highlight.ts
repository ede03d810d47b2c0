import type { QueryExplanation, QueryProblem } from '#shared/contract/listens.ts'

export type Token = QueryExplanation['tokens'][number]

/** A stretch of the query that is drawn in one way. */
export interface Stretch {
  text: string
  kind: Token['kind'] | 'plain'
  /** The worst problem that lies here. */
  problem: QueryProblem['severity'] | null
}

/**
 * Moves the tokens of `before` to where they stand in `after`, so that the colours stay in place while a new
 * explanation is on its way: one edit lies between the two texts (common head, common tail). Tokens that the edit
 * touches stretch with it when it lies inside of them and go when it cuts across their edges.
 */
export function carryTokens<T extends { start: number; end: number }>(
  before: string,
  tokens: readonly T[],
  after: string,
): T[] {
  if (before === after) return [...tokens]
  let head = 0
  const most = Math.min(before.length, after.length)
  while (head < most && before[head] === after[head]) head++
  let tail = 0
  while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++
  const editEnd = before.length - tail
  const shift = after.length - before.length
  const moved: T[] = []
  for (const token of tokens) {
    if (token.end <= head) moved.push(token)
    else if (token.start >= editEnd) moved.push({ ...token, start: token.start + shift, end: token.end + shift })
    else if (token.start < head && token.end >= editEnd) moved.push({ ...token, end: token.end + shift })
  }
  return moved
}

const worst = { error: 2, warning: 1, hint: 0 } as const

/**
 * Cuts a query into stretches for the layer behind the text field: together they are exactly the query. Tokens and
 * problems may overlap or lie outside; an empty problem range (something is missing here) marks the character at it,
 * or the one before it at the end of the text.
 */
export function stretches(query: string, tokens: readonly Token[], problems: readonly QueryProblem[]): Stretch[] {
  if (query === '') return []
  const clamp = (offset: number) => Math.min(query.length, Math.max(0, offset))
  const faults = problems.map((problem) => {
    let start = clamp(problem.start)
    let end = clamp(problem.end)
    if (end <= start) {
      start = Math.min(start, query.length - 1)
      end = start + 1
    }
    return { start, end, severity: problem.severity }
  })
  const coloured = tokens
    .map((token) => ({ ...token, start: clamp(token.start), end: clamp(token.end) }))
    .filter((token) => token.end > token.start)
  const cuts = new Set([0, query.length])
  for (const range of [...faults, ...coloured]) cuts.add(range.start).add(range.end)
  const offsets = [...cuts].toSorted((a, b) => a - b)

  // Swept from left to right: a query of 16,384 characters holds thousands of tokens and is painted at every key.
  const byStart = coloured.toSorted((a, b) => a.start - b.start || b.end - a.end)
  let next = 0
  let open: typeof byStart = []
  const parts: Stretch[] = []
  for (let index = 0; index + 1 < offsets.length; index++) {
    const start = offsets[index]!
    const end = offsets[index + 1]!
    while (next < byStart.length && byStart[next]!.start <= start) open.push(byStart[next++]!)
    open = open.filter((token) => token.end >= end)
    let problem: Stretch['problem'] = null
    for (const fault of faults) {
      if (fault.start > start || fault.end < end) continue
      if (problem === null || worst[fault.severity] > worst[problem]) problem = fault.severity
    }
    const kind = open.at(-1)?.kind ?? 'plain'
    const last = parts.at(-1)
    if (last && last.kind === kind && last.problem === problem) last.text += query.slice(start, end)
    else parts.push({ text: query.slice(start, end), kind, problem })
  }
  return parts
}

/** Line and column, both from 1, of a UTF-16 offset. */
export function position(query: string, offset: number): { line: number; column: number } {
  const before = query.slice(0, Math.max(0, offset))
  const line = before.split('\n').length
  return { line, column: before.length - before.lastIndexOf('\n') }
}
