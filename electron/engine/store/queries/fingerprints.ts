import type { Reads } from '../reads.ts'
import { statement } from '../connections.ts'

export interface Fingerprint {
  seq: number
  high: number
  low: number
  duplicateOf: number | null
}

/** Fingerprints of rows [fromSeq, toSeq] that have one, in order of arrival. */
export const fingerprints = (db: Reads, fromSeq: number, toSeq: number): Fingerprint[] =>
  statement<Fingerprint>(
    db,
    `SELECT seq, simhash_high AS high, simhash_low AS low, duplicate_of AS duplicateOf FROM mention
     WHERE seq BETWEEN ? AND ? AND simhash_high IS NOT NULL ORDER BY seq`,
  ).all(fromSeq, toSeq)
