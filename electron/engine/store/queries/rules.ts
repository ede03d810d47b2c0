import { Rule } from '#shared/model/rule.ts'
import type { Reads, Writes } from '#engine/store/reads.ts'
import { statement } from '#engine/store/connections.ts'

/** All rules in the order in which they are tried. */
export function readRules(db: Reads): Rule[] {
  const rows = statement<{ body: string }>(db, 'SELECT body FROM rules ORDER BY position').all()
  return rows.map((row) => Rule.parse(JSON.parse(row.body)))
}

/**
 * Inserts or replaces. Positions are unique: a rule that stands in this place is moved or removed by the same entry, and so
 * it may give way until it is written itself.
 */
export function writeRule(db: Writes, rule: Rule, at: number): void {
  statement(db, 'INSERT OR REPLACE INTO rules (id, position, body, updated_at) VALUES (?, ?, ?, ?)').run(
    rule.id,
    rule.order,
    JSON.stringify(rule),
    at,
  )
}

export function removeRule(db: Writes, id: string): void {
  statement(db, 'DELETE FROM rules WHERE id = ?').run(id)
}
