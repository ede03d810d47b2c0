import type { Database } from 'better-sqlite3'

/** One step of the schema, run in one transaction. Never edited after it has shipped. */
export interface Migration {
  /** 10, 20, 30 …: the file's name begins with it, padded to four digits. */
  version: number
  name: string
  up(db: Database): void
}
