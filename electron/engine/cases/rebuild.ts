import { casesFromJournal } from '#engine/store/queries/case-rebuild.ts'
import { deleteCases, putCase } from '#engine/store/queries/cases.ts'
import type { Store } from '#engine/store/store.ts'

/** Makes every row again from the journal, in one transaction; returns how many there are. */
export function rebuildCases(store: Store): number {
  return store.transaction(() => {
    const told = casesFromJournal(store)
    deleteCases(store)
    for (const known of told.values()) putCase(store, known)
    return told.size
  })
}
