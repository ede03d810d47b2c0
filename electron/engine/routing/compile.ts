import type { Said } from '#shared/model/said.ts'
import type { Desk } from '#shared/model/desk.ts'
import type { Condition, Rule, RuleFact } from '#shared/model/rule.ts'
import { compileCondition, type Node } from './condition.ts'
import { RuleIndex } from './rule-index.ts'
import { compileQuery, UnreadableQuery, type TextQuery } from './text-query.ts'
import { triggersOf } from './triggers.ts'

export interface CompiledRule {
  rule: Rule
  when: Node
  /** The desk that it sends to; undefined: none, or one that no longer exists. */
  desk: Desk | undefined
}

/** A rule that was left out, and why. */
export interface RuleFault {
  ruleId: string
  what: Said
}

/** A set of rules ready to decide. Immutable from outside; keeps scratch space, so one thread uses it at a time. */
export interface CompiledRules {
  /** Enabled rules in the order in which they are tried. */
  rules: readonly CompiledRule[]
  desks: ReadonlyMap<string, Desk>
  index: RuleIndex
  /** Minutes that `problem` conditions look back; the caller counts for each. Ascending. */
  problemWindows: readonly number[]
  faults: readonly RuleFault[]
  /** Facts that any rule asks about: what nobody asks for need not be looked up. */
  asks: ReadonlySet<RuleFact>
  /** One place for each distinct query, 0: not asked yet. */
  answers: Int8Array
}

/**
 * Parses every condition once. A rule whose query cannot be read is left out and named in `faults`; a rule that sends to
 * a desk that is gone or archived still decides, but to nobody: its mentions are held for a person.
 */
export function compileRules(rules: readonly Rule[], desks: readonly Desk[]): CompiledRules {
  const deskById = new Map(desks.map((desk) => [desk.id, desk]))
  const queries = new Map<string, { query: TextQuery; slot: number }>()
  const queryOf = (text: string): { query: TextQuery; slot: number } => {
    let known = queries.get(text)
    if (known === undefined) queries.set(text, (known = { query: compileQuery(text), slot: queries.size }))
    return known
  }
  const compiled: CompiledRule[] = []
  const faults: RuleFault[] = []
  const windows = new Set<number>()
  const asks = new Set<RuleFact>()
  for (const rule of rules.filter((rule) => rule.enabled).sort((a, b) => a.order - b.order)) {
    try {
      const when = compileCondition(rule.when, queryOf)
      collect(rule.when, windows, asks)
      const desk = rule.then.deskId === null ? undefined : deskById.get(rule.then.deskId)
      compiled.push({ rule, when, desk: desk?.archived ? undefined : desk })
    } catch (error) {
      if (!(error instanceof UnreadableQuery)) throw error
      faults.push({ ruleId: rule.id, what: error.what })
    }
  }
  return {
    rules: compiled,
    desks: deskById,
    index: new RuleIndex(compiled.map(({ when }) => triggersOf(when))),
    problemWindows: [...windows].sort((a, b) => a - b),
    faults,
    asks,
    answers: new Int8Array(queries.size),
  }
}

function collect(condition: Condition, windows: Set<number>, asks: Set<RuleFact>): void {
  if ('all' in condition) for (const child of condition.all) collect(child, windows, asks)
  else if ('any' in condition) for (const child of condition.any) collect(child, windows, asks)
  else if ('not' in condition) collect(condition.not, windows, asks)
  else if ('problem' in condition) windows.add(condition.problem.withinMinutes)
  else if ('fact' in condition) asks.add(condition.fact)
}
