import type { RequiredSkill, Rule, RuleDraft } from '#shared/model/rule.ts'

const holdsForAll = ({ when }: Rule): boolean => 'all' in when && when.all.length === 0

/**
 * A rule that holds for everything until it is filled in, and leaves what it catches to a person, so that nothing is lost by it.
 * It stands at the end, but before a rule for all the rest, behind which it would never be asked.
 */
export function emptyRule(rules: readonly Rule[]): RuleDraft {
  const rest = rules.toSorted((a, b) => a.order - b.order).find((rule) => rule.enabled && holdsForAll(rule))
  return {
    name: '',
    group: rules.at(-1)?.group ?? '',
    order: rest?.order ?? Math.max(0, ...rules.map((rule) => rule.order)) + 1,
    enabled: true,
    when: { all: [] },
    then: {
      deskId: null,
      priority: 'normal',
      skills: [],
      hold: true,
      approval: false,
      tags: [],
      mute: false,
      alert: false,
    },
  }
}

/** The rules as they would be with the draft in place: what a rehearsal tries. A new rule stands before those of its order. */
export function withDraft(rules: readonly Rule[], draft: RuleDraft): Rule[] {
  const id = draft.id ?? 'draft'
  const rule: Rule = { ...draft, id, name: draft.name.trim() || '…' }
  const known = rules.some((one) => one.id === id)
  if (known) return rules.map((one) => (one.id === id ? rule : one))
  // Numbered anew, as saving does it: two rules of one order would be tried in the order of the list.
  const at = rules.findIndex((one) => one.order >= rule.order)
  const next = at < 0 ? [...rules, rule] : rules.toSpliced(at, 0, rule)
  return new Set(next.map(({ order }) => order)).size === next.length
    ? next
    : next.map((one, i) => ({ ...one, order: (i + 1) * 10 }))
}

/** `payments 3, german` → `[{skill: 'payments', level: 3}, {skill: 'german', level: 1}]`; levels are 1 … 5. */
export function parseSkills(text: string): RequiredSkill[] {
  const skills = new Map<string, number>()
  for (const part of text.split(/[,;\n]/)) {
    const found = /^(.+?)(?:\s*[:≥ ]\s*([1-5]))?$/u.exec(part.trim())
    if (found?.[1]) skills.set(found[1], Math.max(skills.get(found[1]) ?? 0, Number(found[2] ?? 1)))
  }
  return [...skills].map(([skill, level]) => ({ skill, level }))
}

export const skillsText = (skills: readonly RequiredSkill[]): string =>
  skills.map(({ skill, level }) => `${skill} ${level}`).join(', ')
