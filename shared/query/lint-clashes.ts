import type { Said } from '#shared/model/said.ts'
import { said } from '#shared/words/said.ts'
import type { Node, NodeOf, QueryProblem, Span } from './ast.ts'
import { planNode } from './plan.ts'

export type Report = (severity: QueryProblem['severity'], code: string, what: Said, span: Span) => void

/** Fields of which a mention has one value. */
const single = ['network', 'source', 'lang', 'country', 'kind', 'sentiment', 'relevance'] as const
const isSingle = (field: string): field is (typeof single)[number] => single.some((one) => one === field)

/** Parts of one AND that cannot hold together. */
export function checkClashes(node: Node, text: string, report: Report): void {
  if (node.type !== 'and') return
  const items = flattened(node)
  checkExcluded(items, text, report)
  checkSingle(items, report)
  checkRanges(items, report)
}

/** `a (b c)` asks for three things at once. */
const flattened = (node: Node): Node[] => (node.type === 'and' ? node.items.flatMap(flattened) : [node])

const keyOf = (node: Node): string => JSON.stringify(planNode(node))

function checkExcluded(items: Node[], text: string, report: Report): void {
  const excluded = new Set<string>()
  for (const item of items) {
    if (item.type !== 'not') continue
    excluded.add(keyOf(item.item))
    for (const part of item.item.type === 'or' ? item.item.items : []) excluded.add(keyOf(part))
  }
  if (excluded.size === 0) return
  const written = (node: Node): string => text.slice(node.start, node.end)
  for (const item of items) {
    if (item.type === 'not') continue
    if (excluded.has(keyOf(item)))
      report('warning', 'dead-term', said('query.contradiction', { part: written(item) }), item)
    else if (item.type === 'or') {
      const dead = item.items.filter((part) => excluded.has(keyOf(part)))
      if (dead.length === item.items.length)
        report('warning', 'dead-term', said('query.contradiction', { part: written(item) }), item)
      else
        for (const part of dead)
          report('warning', 'dead-term', said('query.deadAlternative', { part: written(part) }), part)
    }
  }
}

function checkSingle(items: Node[], report: Report): void {
  const wanted = new Map<(typeof single)[number], NodeOf<'field'>[]>()
  for (const item of items) {
    if (item.type !== 'field' || !isSingle(item.field)) continue
    if (item.values.some((value) => !value.quoted && /[*?]/.test(value.text))) continue
    wanted.set(item.field, [...(wanted.get(item.field) ?? []), item])
  }
  for (const [field, nodes] of wanted) {
    for (const [i, node] of nodes.entries()) {
      const clash = nodes
        .slice(0, i)
        .some((earlier) => !earlier.values.some((a) => node.values.some((b) => agree(a.text, b.text))))
      if (clash) report('warning', 'dead-term', said('query.twoValues', { what: said(`query.one_${field}`) }), node)
    }
  }
}

/** `de` and `de-AT` can both hold. */
function agree(a: string, b: string): boolean {
  const [x, y] = [a.toLowerCase(), b.toLowerCase()]
  return x === y || x.startsWith(`${y}-`) || y.startsWith(`${x}-`)
}

function checkRanges(items: Node[], report: Report): void {
  let since = -Infinity
  let until = Infinity
  const ends = { followers: [-Infinity, Infinity], engagement: [-Infinity, Infinity] } as Record<
    string,
    [number, number]
  >
  const dead = new Set<string>()
  for (const item of items) {
    if (item.type === 'time') {
      if (item.field === 'since') since = Math.max(since, item.at)
      else until = Math.min(until, item.at)
      if (since >= until && !dead.has('time')) report('warning', 'dead-dates', said('query.deadDates'), item)
      if (since >= until) dead.add('time')
    } else if (item.type === 'number') {
      const range = ends[item.field]!
      if (item.from !== null) range[0] = Math.max(range[0], item.from)
      if (item.to !== null) range[1] = Math.min(range[1], item.to)
      if (range[0] > range[1] && !dead.has(item.field))
        report('warning', 'dead-term', said('query.deadNumbers', { field: item.field }), item)
      if (range[0] > range[1]) dead.add(item.field)
    }
  }
}
