import type { JournalEntry } from '#shared/model/journal.ts'
import { canonicalJson } from '#shared/util/canonical-json.ts'
import { projectInto } from '#engine/store/case-projection.ts'
import { readOrSkip } from '#engine/store/broken-rows.ts'
import { connectionOf } from '#engine/store/connections.ts'
import type { Reads } from '#engine/store/reads.ts'
import { allCases, type StoredCase } from './cases.ts'

/** All cases as the journal tells them, by id. Walks the journal. */
export function casesFromJournal(db: Reads): Map<string, StoredCase> {
  const cases = new Map<string, StoredCase>()
  const entries = connectionOf(db).prepare(
    'SELECT seq, at, kind, case_id AS caseId, data FROM journal WHERE case_id IS NOT NULL ORDER BY seq',
  )
  for (const row of entries.iterate()) {
    const { seq, data, ...entry } = row as Omit<JournalEntry, 'data'> & { data: string }
    const told = readOrSkip(
      db,
      'journal',
      () => seq,
      () => JSON.parse(data) as Record<string, unknown>,
    )
    if (told) projectInto(cases, { ...entry, data: told })
  }
  return cases
}

/** Ids of cases whose row is not what the journal tells, or is missing, or should not be there. Empty: all is well. */
export function differingCases(db: Reads): string[] {
  const told = casesFromJournal(db)
  const differing: string[] = []
  for (const row of allCases(db)) {
    const expected = told.get(row.id)
    if (!expected || canonicalJson(expected) !== canonicalJson(row)) differing.push(row.id)
    told.delete(row.id)
  }
  return [...differing, ...told.keys()]
}
