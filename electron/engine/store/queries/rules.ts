import type { Rule } from '#shared/model/rule.ts'
import type { Reads, Writes } from '#engine/store/reads.ts'
import { ruleTable } from '#engine/store/tables/bodies.ts'

/** All rules in the order in which they are tried. */
export const readRules = (db: Reads): Rule[] => ruleTable.all(db, 'ORDER BY position').map(({ body }) => body)

/**
 * Inserts or replaces. Positions are unique: a rule that stands in this place is moved or removed by the same entry, and so
 * it may give way until it is written itself.
 */
export const writeRule = (db: Writes, rule: Rule, at: number): boolean =>
  ruleTable.insert(db, { id: rule.id, position: rule.order, body: rule, updatedAt: at }, 'REPLACE')

export const removeRule = (db: Writes, id: string): boolean => ruleTable.remove(db, id)
