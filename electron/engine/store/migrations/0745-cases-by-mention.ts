import type { Migration } from './migration.ts'

interface Part {
  name: string
  sql: string
}

/**
 * A case is kept under its mention's id, which holds on every station. `mention_seq` is the mention's row in this file, for
 * joins; NULL when the mention is not in it.
 */
export const casesByMention: Migration = {
  version: 745,
  name: 'cases by mention',
  up(db) {
    const parts = (type: string): Part[] =>
      db
        .prepare(
          `SELECT name, sql FROM sqlite_schema WHERE tbl_name = 'cases' AND type = ? AND sql IS NOT NULL ORDER BY rowid`,
        )
        .all(type) as Part[]
    const [table] = parts('table') as [Part]
    const others = [...parts('index'), ...parts('trigger')]
    const triggers = parts('trigger')
    const columns = db.prepare(`SELECT name FROM pragma_table_info('cases')`).pluck().all().join(', ')
    const sql = table.sql
      .replace('mention_seq INTEGER NOT NULL UNIQUE', 'mention_seq INTEGER UNIQUE')
      .replace('mention_id TEXT NOT NULL', 'mention_id TEXT NOT NULL UNIQUE')
    // Its rows stay as they are: nothing is to follow from their being put into another table.
    for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`)
    db.exec(`CREATE TABLE cases_new ${sql.slice(sql.indexOf('('))}`)
    db.exec(`INSERT INTO cases_new (${columns}) SELECT ${columns} FROM cases; DROP TABLE cases`)
    db.exec('ALTER TABLE cases_new RENAME TO cases')
    for (const part of others) db.exec(part.sql)
  },
}
