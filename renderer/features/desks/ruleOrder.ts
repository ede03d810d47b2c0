import type { Rule } from '#shared/model/rule.ts'

/** Rules by their group, groups in the order in which their first rule is tried. */
export function groupRules(rules: readonly Rule[]): { group: string; rules: Rule[] }[] {
  const groups = new Map<string, Rule[]>()
  for (const rule of rules.toSorted((a, b) => a.order - b.order)) {
    const group = groups.get(rule.group)
    if (group) group.push(rule)
    else groups.set(rule.group, [rule])
  }
  return [...groups].map(([group, members]) => ({ group, rules: members }))
}

/** The ids in their new order after one rule moved by `step` places; stops at the ends. */
export function moveRule(ids: readonly string[], id: string, step: number): string[] {
  const from = ids.indexOf(id)
  if (from < 0) return [...ids]
  const to = Math.min(ids.length - 1, Math.max(0, from + step))
  return ids.toSpliced(from, 1).toSpliced(to, 0, id)
}
