import { mentionSeq } from '#shared/util/ids.ts'
import { statement } from './connections.ts'
import type { Reads } from './reads.ts'

const known = new WeakMap<Reads, string>()

/** Of the station whose file it is: the first half of every mention's id. */
export function stationIdOf(reads: Reads): string {
  let id = known.get(reads)
  if (id === undefined) {
    id = statement<{ station_id: string }>(reads, 'SELECT station_id FROM station WHERE id = 1').get()!.station_id
    known.set(reads, id)
  }
  return id
}

/** The row of a mention in this file; null: it is not of this station. */
export const rowOf = (reads: Reads, mentionId: string): number | null =>
  mentionSeq(stationIdOf(reads), mentionId) ?? null
