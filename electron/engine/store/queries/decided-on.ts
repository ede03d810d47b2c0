import { statement } from '../connections.ts'
import type { Reads } from '../reads.ts'

/**
 * Whether a person or a desk decided something about a mention, its case or where it belongs, or something that was written
 * about it has left the house or is about to.
 */
export const isDecidedOn = (db: Reads, seq: number, mentionId: string): boolean =>
  statement<{ found: number }>(
    db,
    `SELECT EXISTS (SELECT 1 FROM journal WHERE mention_id = @mentionId AND actor_kind IN ('officer', 'desk'))
       OR EXISTS (SELECT 1 FROM problem_member WHERE mention_seq = @seq AND by_officer = 1)
       OR EXISTS (SELECT 1 FROM parcels WHERE state NOT IN ('queued', 'cancelled')
         AND case_id IN (SELECT id FROM cases WHERE mention_id = @mentionId)) AS found`,
  ).get({ seq, mentionId })!.found === 1
