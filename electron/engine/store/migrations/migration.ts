import type { Database } from 'better-sqlite3'

/** One step of the schema, run in one transaction. Never edited after it has shipped. */
export interface Migration {
  /** 10, 20, 30 …: the file's name begins with it, padded to four digits. */
  version: number
  name: string
  up(db: Database): void
}

/** A step that is nothing but SQL, which stands in the template behind it. */
export const sqlStep =
  (version: number, name: string) =>
  ([sql]: TemplateStringsArray): Migration => ({ version, name, up: (db) => void db.exec(sql ?? '') })
