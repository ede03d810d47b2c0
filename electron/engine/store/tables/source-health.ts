import type { Said } from '#shared/model/said.ts'
import type { SourceGap } from '#shared/model/source.ts'
import { asWritten } from '#shared/words/said.ts'
import { flag, initially, json, plain, saying, table } from '../table.ts'

/** An older Earshot kept the reason as an English sentence. */
const gapsFrom = (kept: unknown): SourceGap[] =>
  (JSON.parse(kept as string) as (Omit<SourceGap, 'reason'> & { reason: string | Said })[]).map((gap) => ({
    ...gap,
    reason: typeof gap.reason === 'string' ? asWritten(gap.reason) : gap.reason,
  }))

/** The part of a source's health that must survive a restart; the rest is derived from it and the time. */
export const sourceHealthTable = table('source_health', ['sourceId'], {
  sourceId: plain<string>(),
  lastSuccessAt: initially<number | null>(null),
  lastNewAt: initially<number | null>(null),
  lastAttemptAt: initially<number | null>(null),
  nextAttemptAt: initially<number | null>(null),
  quota: initially<{ used: number; limit: number; resetsAt: number | null } | null>(null, json()),
  /** Oldest first, the latest 50. */
  gaps: initially<SourceGap[]>([], { ...json(), read: gapsFrom }),
  dropped: initially<Record<string, number>>({}, json()),
  consecutiveFailures: initially<number>(0),
  /** The last failure is one that only a person can mend: configuration or secret. */
  needsPerson: initially<boolean>(false, flag()),
  finished: initially<boolean>(false, flag()),
  error: initially<Said | null>(null, saying()),
  detail: initially<Said | null>(null, saying()),
})
