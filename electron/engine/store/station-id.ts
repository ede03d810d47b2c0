import { statement } from './connections.ts'
import type { Reads } from './reads.ts'

const known = new WeakMap<Reads, string>()

/** Of the station whose file it is: the first half of every mention's id. */
export function stationIdOf(reads: Reads): string {
  let id = known.get(reads)
  if (id === undefined) {
    id = statement<{ station_id: string }>(reads, 'SELECT station_id FROM station').get()!.station_id
    known.set(reads, id)
  }
  return id
}
