import { casesFromJournal } from '#engine/store/queries/case-rebuild.ts'
import { putCase } from '#engine/store/queries/cases.ts'
import type { Store } from '#engine/store/store.ts'

/** Makes every row again from the journal, in one transaction; returns how many there are. */
export function rebuildCases(store: Store): number {
  return store.transaction(() => {
    const told = casesFromJournal(store.db)
    store.db.prepare('DELETE FROM cases').run()
    for (const known of told.values()) putCase(store.db, known)
    return told.size
  })
}
