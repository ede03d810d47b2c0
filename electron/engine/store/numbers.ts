import type { Reads, Writes } from './reads.ts'
import { statement } from './connections.ts'

/**
 * Small numbers for ids that stand in every entry of the narrow tables. Call inside a transaction and forget the object
 * when that transaction fails: it may know a number that was rolled back.
 */
export class Numbers {
  readonly #db: Writes
  readonly #sources = new Map<string, number>()
  readonly #models = new Map<string, number>()

  constructor(db: Writes) {
    this.#db = db
  }

  source(sourceId: string, network: string): number {
    const known = this.#sources.get(sourceId)
    if (known !== undefined) return known
    statement(
      this.#db,
      'INSERT INTO source_no (source_id, network) VALUES (?, ?) ON CONFLICT (source_id) DO NOTHING',
    ).run(sourceId, network)
    const row = statement<{ no: number }>(this.#db, 'SELECT no FROM source_no WHERE source_id = ?').get(sourceId)!
    this.#sources.set(sourceId, row.no)
    return row.no
  }

  model(model: string): number {
    const known = this.#models.get(model)
    if (known !== undefined) return known
    statement(this.#db, 'INSERT INTO model_no (model) VALUES (?) ON CONFLICT (model) DO NOTHING').run(model)
    const row = statement<{ no: number }>(this.#db, 'SELECT no FROM model_no WHERE model = ?').get(model)!
    this.#models.set(model, row.no)
    return row.no
  }
}

/** The number of a source; null: nothing of it was ever stored. */
export const sourceNumber = (db: Reads, sourceId: string): number | null =>
  statement<{ no: number }>(db, 'SELECT no FROM source_no WHERE source_id = ?').get(sourceId)?.no ?? null
