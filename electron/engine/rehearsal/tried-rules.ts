import type { RehearsalReport } from '#shared/model/rehearsal.ts'
import type { Rule } from '#shared/model/rule.ts'
import type { CompiledRules } from '#engine/routing/compile.ts'

/** More than these are a new set of rules, of which nobody asks about each. */
const MOST = 12
const EARLIER_TOLD = 3

/** Where a rule stands says nothing about what it asks for: only that is compared. */
const asking = ({ when, then }: Rule): string => JSON.stringify([when, then])

/**
 * Counts for each rule that is new or changed how often it held, and who decided before it came to be asked: a rule that moves
 * nothing may be one that matches nothing, or one that stands too late.
 */
export function countTried(before: readonly Rule[], after: CompiledRules) {
  const known = new Map(before.map((rule) => [rule.id, asking(rule)]))
  const tried = after.rules
    .map(({ rule }, position) => ({ rule, position, held: 0, decided: 0, earlier: new Map<number, number>() }))
    .filter(({ rule }) => known.get(rule.id) !== asking(rule))
    .slice(0, MOST)
  const at = new Map(tried.map((one) => [one.position, one]))
  return {
    /** Positions of the rules that are counted. */
    positions: [...at.keys()],
    /** `holding`: those of them that held. `winner`: position of the rule that decided, -1: none. */
    look(holding: readonly number[], winner: number): void {
      for (const position of holding) {
        const one = at.get(position)!
        one.held++
        if (position === winner) one.decided++
        else if (winner >= 0) one.earlier.set(winner, (one.earlier.get(winner) ?? 0) + 1)
      }
    },
    report: (): RehearsalReport['tried'] =>
      tried.map(({ rule, held, decided, earlier }) => ({
        ruleId: rule.id,
        ruleName: rule.name,
        held,
        decided,
        earlier: [...earlier]
          .sort(([, a], [, b]) => b - a)
          .slice(0, EARLIER_TOLD)
          .map(([position, n]) => ({ ruleName: after.rules[position]!.rule.name, n })),
      })),
  }
}
