import type { SourceGap } from '#shared/model/source.ts'
import { flag, initially, json, plain, table } from '../table.ts'

/** The part of a source's health that must survive a restart; the rest is derived from it and the time. */
export const sourceHealthTable = table('source_health', ['sourceId'], {
  sourceId: plain<string>(),
  lastSuccessAt: initially<number | null>(null),
  lastNewAt: initially<number | null>(null),
  lastAttemptAt: initially<number | null>(null),
  nextAttemptAt: initially<number | null>(null),
  quota: initially<{ used: number; limit: number; resetsAt: number | null } | null>(null, json()),
  /** Oldest first, the latest 50. */
  gaps: initially<SourceGap[]>([], json()),
  dropped: initially<Record<string, number>>({}, json()),
  consecutiveFailures: initially<number>(0),
  /** The last failure is one that only a person can mend: configuration or secret. */
  needsPerson: initially<boolean>(false, flag()),
  finished: initially<boolean>(false, flag()),
  error: initially<string | null>(null),
  detail: initially<string | null>(null),
})
