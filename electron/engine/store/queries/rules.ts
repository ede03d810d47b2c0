import { Rule } from '#shared/model/rule.ts'
import type { Reads, Writes } from '#engine/store/reads.ts'
import { statement } from '#engine/store/connections.ts'

/** All rules in the order in which they are tried. */
export function readRules(db: Reads): Rule[] {
  const rows = statement<{ body: string }>(db, 'SELECT body FROM rules ORDER BY position').all()
  return rows.map((row) => Rule.parse(JSON.parse(row.body)))
}

/** Replaces the whole list; positions are unique, so that it cannot be half reordered. */
export function writeRules(db: Writes, rules: readonly Rule[], at: number): void {
  statement(db, 'DELETE FROM rules').run()
  const insert = statement(db, 'INSERT INTO rules (id, position, body, updated_at) VALUES (?, ?, ?, ?)')
  for (const rule of rules) insert.run(rule.id, rule.order, JSON.stringify(rule), at)
}
