import type { Said } from '#shared/model/said.ts'
import { said } from '#shared/words/said.ts'
import type { Desk } from '#shared/model/desk.ts'
import type { Condition, Rule } from '#shared/model/rule.ts'
import { lint } from '#shared/query/lint.ts'
import { parseQuery } from '#shared/query/parse.ts'
import { canonicalJson } from '#shared/util/canonical-json.ts'
import { compileRules } from './compile.ts'

/** Something about the rules that a person should look at; the contract's RuleProblem. */
export interface RuleProblem {
  ruleId: string | null
  deskId: string | null
  severity: 'error' | 'warning' | 'hint'
  code:
    | 'bad-query'
    | 'unknown-desk'
    | 'archived-desk'
    | 'shadowed'
    | 'dead'
    | 'conflict'
    | 'duplicate'
    | 'unreached-desk'
    | 'unmet-skills'
    | 'unreached-people'
  message: Said
  otherId: string | null
}

/** `all` inside `all` (and `any` inside `any`) is the same as one; a single member is itself. */
function flat(condition: Condition): Condition {
  if ('all' in condition) {
    const parts = condition.all.flatMap((child): Condition[] => {
      const one = flat(child)
      return 'all' in one ? one.all : [one]
    })
    return parts.length === 1 ? (parts[0] as Condition) : { all: parts }
  }
  if ('any' in condition) {
    const parts = condition.any.flatMap((child): Condition[] => {
      const one = flat(child)
      return 'any' in one ? one.any : [one]
    })
    return parts.length === 1 ? (parts[0] as Condition) : { any: parts }
  }
  if ('not' in condition) {
    const inner = flat(condition.not)
    return 'not' in inner ? inner.not : { not: inner }
  }
  return condition
}

/**
 * Whether everything that makes `narrow` hold surely makes `wide` hold too. Sound and not complete: it follows the shape
 * of conditions, it does not prove theorems. false: not sure.
 */
export const implies = (narrow: Condition, wide: Condition): boolean => impliesFlat(flat(narrow), flat(wide))

const keys = new WeakMap<Condition, string>()
function keyOf(condition: Condition): string {
  let key = keys.get(condition)
  if (key === undefined) keys.set(condition, (key = canonicalJson(condition)))
  return key
}

/** Parts of a flat condition are flat. */
function impliesFlat(a: Condition, b: Condition): boolean {
  if (keyOf(a) === keyOf(b)) return true
  if ('all' in b) return b.all.every((part) => impliesFlat(a, part))
  if ('any' in a) return a.any.every((part) => impliesFlat(part, b))
  if ('any' in b && b.any.some((part) => impliesFlat(a, part))) return true
  if ('all' in a) return a.all.some((part) => impliesFlat(part, b))
  if ('not' in a && 'not' in b) return impliesFlat(b.not, a.not)
  if ('is' in a && 'is' in b) return a.fact === b.fact && a.is.every((value) => b.is.includes(value))
  if (isRange(a) && isRange(b)) {
    return (
      a.fact === b.fact &&
      (a.atLeast ?? -Infinity) >= (b.atLeast ?? -Infinity) &&
      (a.atMost ?? Infinity) <= (b.atMost ?? Infinity)
    )
  }
  if ('problem' in a && 'problem' in b) {
    const [p, q] = [a.problem, b.problem]
    return (
      p.withinMinutes === q.withinMinutes &&
      (p.mentions ?? 0) >= (q.mentions ?? 0) &&
      (p.authors ?? 0) >= (q.authors ?? 0)
    )
  }
  return false
}

type Range = Extract<Condition, { atLeast?: number }>
const isRange = (condition: Condition): condition is Range =>
  'fact' in condition && ('atLeast' in condition || 'atMost' in condition)

/** Facts with one value: two conditions on them that share no value cannot hold together. */
const single = new Set([
  'network',
  'source',
  'kind',
  'lang',
  'country',
  'sentiment',
  'private',
  'duplicate',
  'hour',
  'weekday',
  'problem',
])

/** Whether a condition surely never holds. */
export function isDead(condition: Condition): boolean {
  const at = flat(condition)
  if ('any' in at) return at.any.every(isDead)
  if ('not' in at) return 'all' in at.not && at.not.all.length === 0
  if (isRange(at)) return (at.atLeast ?? -Infinity) > (at.atMost ?? Infinity)
  if (!('all' in at)) return false
  if (at.all.some(isDead)) return true
  return at.all.some((one, i) => at.all.slice(i + 1).some((other) => excludes(one, other)))
}

function excludes(a: Condition, b: Condition): boolean {
  if ('not' in a && implies(b, a.not)) return true
  if ('not' in b && implies(a, b.not)) return true
  if ('is' in a && 'is' in b && a.fact === b.fact && single.has(a.fact))
    return !a.is.some((value) => b.is.includes(value))
  if (isRange(a) && isRange(b) && a.fact === b.fact) {
    return (
      Math.max(a.atLeast ?? -Infinity, b.atLeast ?? -Infinity) > Math.min(a.atMost ?? Infinity, b.atMost ?? Infinity)
    )
  }
  return false
}

const queriesIn = (condition: Condition): string[] => {
  if ('all' in condition) return condition.all.flatMap(queriesIn)
  if ('any' in condition) return condition.any.flatMap(queriesIn)
  if ('not' in condition) return queriesIn(condition.not)
  return 'query' in condition ? [condition.query] : []
}

/** What a rule's queries say of categories that are not there: removed since, or called otherwise. */
function missingCategories(rule: Rule, categories?: readonly { id: string; name: string }[]): Said[] {
  return queriesIn(rule.when).flatMap((text) => {
    const parsed = parseQuery(text)
    if (!parsed.ok) return []
    return lint(parsed.value, { categories }).flatMap(({ code, what }) => (code === 'unknown-category' ? what : []))
  })
}

/** Checks rules in the order in which they are tried. Cost grows with the square of their number: 1,000 take about a tenth of a second. */
export function lintRules(
  rules: readonly Rule[],
  desks: readonly Desk[],
  categories?: readonly { id: string; name: string }[],
): RuleProblem[] {
  const problems: RuleProblem[] = []
  const tell = (
    rule: Rule | null,
    code: RuleProblem['code'],
    severity: RuleProblem['severity'],
    message: Said,
    more: Partial<RuleProblem> = {},
  ): void => {
    problems.push({ ruleId: rule?.id ?? null, deskId: null, severity, code, message, otherId: null, ...more })
  }
  const byId = new Map(desks.map((desk) => [desk.id, desk]))
  const tried = rules.filter((rule) => rule.enabled).sort((a, b) => a.order - b.order)
  for (const fault of compileRules(tried, desks).faults) {
    const rule = tried.find((one) => one.id === fault.ruleId) ?? null
    tell(rule, 'bad-query', 'error', said('lint.queryUnreadable', { rule: rule?.name ?? '', message: fault.what }))
  }
  for (const rule of tried)
    for (const what of missingCategories(rule, categories))
      tell(rule, 'bad-query', 'warning', said('lint.queryAsks', { rule: rule.name, message: what }))
  for (const rule of tried) {
    const { deskId } = rule.then
    if (deskId === null) continue
    const desk = byId.get(deskId)
    if (!desk) tell(rule, 'unknown-desk', 'error', said('lint.deskMissing', { rule: rule.name }), { deskId })
    else if (desk.archived)
      tell(rule, 'archived-desk', 'warning', said('lint.deskArchived', { rule: rule.name, desk: desk.name }), {
        deskId,
      })
  }
  const alive = tried.filter((rule) => {
    if (!isDead(rule.when)) return true
    tell(rule, 'dead', 'warning', said('lint.neverHolds', { rule: rule.name }))
    return false
  })
  const conditions = alive.map((rule) => flat(rule.when))
  alive.forEach((rule, i) => {
    for (let k = 0; k < i; k++) {
      const earlier = alive[k] as Rule
      if (!impliesFlat(conditions[i] as Condition, conditions[k] as Condition)) continue
      const same = impliesFlat(conditions[k] as Condition, conditions[i] as Condition)
      const action = canonicalJson(rule.then) === canonicalJson(earlier.then)
      if (same && action)
        tell(rule, 'duplicate', 'hint', said('lint.same', { rule: rule.name, other: earlier.name }), {
          otherId: earlier.id,
        })
      else if (same)
        tell(rule, 'conflict', 'warning', said('lint.contradicts', { rule: rule.name, other: earlier.name }), {
          otherId: earlier.id,
        })
      else
        tell(rule, 'shadowed', 'warning', said('lint.neverDecides', { rule: rule.name, other: earlier.name }), {
          otherId: earlier.id,
        })
      return
    }
  })
  const reached = new Set(alive.map((rule) => rule.then.deskId))
  for (const desk of desks) {
    if (!desk.archived && !reached.has(desk.id))
      tell(null, 'unreached-desk', 'hint', said('lint.deskWithoutRule', { desk: desk.name }), { deskId: desk.id })
  }
  return problems
}
