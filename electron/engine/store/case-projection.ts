import type { JournalEntry } from '#shared/model/journal.ts'
import type { StoredCase } from '#engine/store/queries/cases.ts'
import { caseTable } from './tables/cases.ts'

/** What a case is before anything has happened to it. */
export const untouched = caseTable.initial

/** The changed fields of a case, as a journal entry holds them. */
export type CaseFields = Partial<Omit<StoredCase, 'id' | 'version' | 'updatedAt'>>

type Told = Pick<JournalEntry, 'kind' | 'caseId' | 'at' | 'data'>

/**
 * The case after one more entry; the only place where a case comes about, live and when it is built again from the
 * journal. The version counts its entries. Entries without a change of fields (a note) count as well, so that two
 * officers who write at the same time notice each other. undefined: the entry is not about a case.
 */
export function project(known: StoredCase | undefined, entry: Omit<Told, 'kind'>): StoredCase | undefined {
  if (entry.caseId === null) return known
  const after = entry.data.after as CaseFields | undefined
  if (after === undefined) return known
  if (known === undefined) {
    // Entries of before name the mention's row as well, which means nothing outside its file; what they do not name is as
    // in a new case.
    const { mentionSeq: _row, ...told } = after as StoredCase & { mentionSeq?: number }
    return { ...untouched, ...told, id: entry.caseId, version: 1, updatedAt: entry.at }
  }
  return { ...known, ...after, version: known.version + 1, updatedAt: entry.at }
}

/** Brings the cases up to what one more entry tells. */
export function projectInto(cases: Map<string, StoredCase>, entry: Told): void {
  if (entry.caseId === null) return
  if (entry.kind === 'case.withdrawn') {
    cases.delete(entry.caseId)
    return
  }
  const next = project(cases.get(entry.caseId), entry)
  if (next) cases.set(entry.caseId, next)
}

/** The fields of `after` as they are in `known`. */
export function fieldsBefore(known: StoredCase, after: CaseFields): CaseFields {
  const before: Record<string, unknown> = {}
  for (const field of Object.keys(after)) before[field] = known[field as keyof StoredCase]
  return before as CaseFields
}

/** Leaves out what does not change. Fields are JSON values. */
export function onlyChanged(known: StoredCase, after: CaseFields): CaseFields {
  const changed: Record<string, unknown> = {}
  for (const [field, value] of Object.entries(after)) {
    if (!sameJson(known[field as keyof StoredCase], value)) changed[field] = value
  }
  return changed as CaseFields
}

const sameJson = (a: unknown, b: unknown): boolean =>
  a === b || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b))
