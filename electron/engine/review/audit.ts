import type { Clock } from '#engine/platform/clock.ts'
import { hashedEntries } from '#engine/store/queries/review.ts'
import type { Store } from '#engine/store/store.ts'
import { csvLine } from './csv.ts'

export interface AuditInput {
  from: number | null
  /** Exclusive. */
  to: number | null
  mentionId: string | null
  format: 'ndjson' | 'csv'
}

const ROWS = 500
const columns = ['seq', 'at', 'kind', 'actorKind', 'actorId', 'actorName', 'mention', 'case', 'data', 'hash'] as const

/**
 * Who did what, when and why, oldest first. The hash of each entry covers it and the hash before it, so that a reader with
 * the whole file can check it: SHA-256(hash before, 32 bytes ‖ canonical JSON of the row).
 */
export async function* audit(
  deps: { store: Store; clock: Clock },
  input: AuditInput,
): AsyncGenerator<string, undefined, void> {
  const { from, to, mentionId, format } = input
  if (format === 'csv') yield csvLine(columns)
  for (let afterSeq = 0; ;) {
    const entries = hashedEntries(deps.store, { from, to, mentionId, afterSeq, limit: ROWS })
    if (entries.length === 0) return
    let chunk = ''
    for (const { seq, at, kind, actor, mentionId: mention, caseId, data, hash } of entries) {
      afterSeq = seq
      const time = new Date(at).toISOString()
      if (format === 'csv') {
        chunk += csvLine([
          seq,
          time,
          kind,
          actor.kind,
          actor.id,
          actor.name,
          mention,
          caseId,
          JSON.stringify(data),
          hash,
        ])
      } else {
        chunk += `${JSON.stringify({ seq, at: time, kind, actor, mentionId: mention, caseId, data, hash })}\n`
      }
    }
    yield chunk
    await deps.clock.sleep(0)
  }
}
