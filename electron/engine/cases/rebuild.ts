import type { JournalEntry } from '#shared/model/journal.ts'
import { canonicalJson } from '#shared/util/canonical-json.ts'
import { entriesAfter } from '#engine/journal/journal.ts'
import { allCases, putCase, type StoredCase } from '#engine/store/queries/cases.ts'
import type { ReadableDb } from '#engine/store/handles.ts'
import type { Store } from '#engine/store/store.ts'
import { project } from '#engine/journal/case-projection.ts'

const CHUNK = 1_000

/** All cases as the journal tells them, by id. */
export function casesFromJournal(db: ReadableDb): Map<string, StoredCase> {
  const cases = new Map<string, StoredCase>()
  for (let seq = 0; ;) {
    const entries: JournalEntry[] = entriesAfter(db, seq, CHUNK)
    for (const entry of entries) {
      seq = entry.seq
      if (entry.caseId === null) continue
      const next = project(cases.get(entry.caseId), entry)
      if (next) cases.set(entry.caseId, next)
    }
    if (entries.length < CHUNK) return cases
  }
}

/** Ids of cases whose row is not what the journal tells, or is missing, or should not be there. Empty: all is well. */
export function differingCases(db: ReadableDb): string[] {
  const told = casesFromJournal(db)
  const differing: string[] = []
  for (const row of allCases(db)) {
    const expected = told.get(row.id)
    if (!expected || canonicalJson(expected) !== canonicalJson(row)) differing.push(row.id)
    told.delete(row.id)
  }
  return [...differing, ...told.keys()]
}

/** Makes every row again from the journal, in one transaction; returns how many there are. */
export function rebuildCases(store: Store): number {
  return store.transaction(() => {
    const told = casesFromJournal(store.db)
    store.db.prepare('DELETE FROM cases').run()
    for (const known of told.values()) putCase(store.db, known)
    return told.size
  })
}
