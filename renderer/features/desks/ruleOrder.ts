import type { Rule } from '#shared/model/rule.ts'

/** Rules in the order in which they are tried; those of one group that follow each other stand under one heading. */
export function groupRules(rules: readonly Rule[]): { group: string; rules: Rule[] }[] {
  const runs: { group: string; rules: Rule[] }[] = []
  for (const rule of rules.toSorted((a, b) => a.order - b.order)) {
    const last = runs.at(-1)
    if (last?.group === rule.group) last.rules.push(rule)
    else runs.push({ group: rule.group, rules: [rule] })
  }
  return runs
}

/** The ids in their new order after one rule moved by `step` places; stops at the ends. */
export function moveRule(ids: readonly string[], id: string, step: number): string[] {
  const from = ids.indexOf(id)
  if (from < 0) return [...ids]
  const to = Math.min(ids.length - 1, Math.max(0, from + step))
  return ids.toSpliced(from, 1).toSpliced(to, 0, id)
}
