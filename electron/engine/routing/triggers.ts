import type { RuleFact } from '#shared/model/rule.ts'
import type { Node } from './condition.ts'
import type { FactValue } from './facts.ts'

/**
 * A rule can only hold when at least one of its triggers is there: a word of the text, a fact with a value, or a number
 * on the right side of a threshold.
 */
export type Trigger =
  | { kind: 'word'; word: string }
  | { kind: 'fact'; fact: RuleFact; value: FactValue }
  | { kind: 'min'; fact: RuleFact; threshold: number }
  | { kind: 'max'; fact: RuleFact; threshold: number }
  | { kind: 'problem' }

/** Roughly how many of a thousand mentions have it. Only the order matters: the rarest child of an `all` is indexed. */
const commonness: Partial<Record<RuleFact, number>> = {
  listen: 100,
  source: 100,
  tag: 20,
  problem: 5,
  aspect: 80,
  intent: 100,
  country: 60,
  network: 250,
  kind: 300,
  lang: 400,
  sentiment: 350,
  weekday: 140,
  hour: 40,
  followers: 100,
  influence: 100,
  private: 500,
  duplicate: 500,
}

function cost(trigger: Trigger): number {
  switch (trigger.kind) {
    case 'word':
      return 10
    case 'problem':
      return 30
    case 'fact':
      return commonness[trigger.fact] ?? 200
    default:
      return (commonness[trigger.fact] ?? 300) + 1
  }
}

const total = (triggers: readonly Trigger[]): number => triggers.reduce((sum, trigger) => sum + cost(trigger), 0)

/** Triggers of a condition; null: it can hold without any, so that the rule is tried on every mention. */
export function triggersOf(node: Node): Trigger[] | null {
  switch (node.kind) {
    case 'all': {
      let best: Trigger[] | null = null
      for (const child of node.nodes) {
        const triggers = triggersOf(child)
        if (triggers !== null && (best === null || total(triggers) < total(best))) best = triggers
      }
      return best
    }
    case 'any': {
      const all: Trigger[] = []
      for (const child of node.nodes) {
        const triggers = triggersOf(child)
        if (triggers === null) return null
        all.push(...triggers)
      }
      return all
    }
    case 'not':
      return null
    case 'query':
      return node.query.triggers?.map((word) => ({ kind: 'word', word })) ?? null
    case 'is':
      // The load differs from rule to rule, so that it cannot be looked up once for all of them.
      if (node.fact === 'deskLoad') return null
      return [...node.values].map((value) => ({ kind: 'fact', fact: node.fact, value }))
    case 'range':
      if (node.fact === 'deskLoad') return null
      if (node.min !== -Infinity) return [{ kind: 'min', fact: node.fact, threshold: node.min }]
      if (node.max !== Infinity) return [{ kind: 'max', fact: node.fact, threshold: node.max }]
      return null
    case 'sure':
      // None is surer than the strongest, which is what the index knows; below it there may be any.
      return node.min === -Infinity ? null : [{ kind: 'min', fact: 'intentCertainty', threshold: node.min }]
    case 'problem':
      return [{ kind: 'problem' }]
  }
}
