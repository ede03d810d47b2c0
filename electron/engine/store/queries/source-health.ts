import type { Reads, Writes } from '../reads.ts'
import type { RowOf } from '../table.ts'
import { sourceHealthTable } from '../tables/source-health.ts'

export type HealthFacts = Omit<RowOf<typeof sourceHealthTable>, 'sourceId'>

export const noFacts = (): HealthFacts => ({ ...sourceHealthTable.initial })

export function readHealth(db: Reads, sourceId: string): HealthFacts {
  const row = sourceHealthTable.get(db, sourceId)
  if (row === undefined) return noFacts()
  const { sourceId: _id, ...facts } = row
  return facts
}

export const writeHealth = (db: Writes, sourceId: string, facts: HealthFacts): void =>
  sourceHealthTable.put(db, { sourceId, ...facts })
