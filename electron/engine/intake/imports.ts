import type { ImportRecord } from '#shared/model/import.ts'
import type { Actor } from '#shared/model/journal.ts'
import { earshot } from '#shared/model/journal.ts'
import type { Clock } from '#engine/platform/clock.ts'
import { userFailure } from '#engine/platform/failure.ts'
import type { Log } from '#engine/platform/log.ts'
import {
  broughtBy,
  changeImport,
  importById,
  isContinued,
  newestImports,
  wantedBack,
  type ImportRow,
} from '#engine/store/queries/imports.ts'
import { appendEntry } from '#engine/store/queries/journal.ts'
import type { Store } from '#engine/store/store.ts'
import type { Intake } from './intake.ts'
import type { Withdrawing } from './take-back.ts'

/** What was imported, and taking it back. */
export interface Imports {
  /** Newest first. */
  list(limit: number): ImportRecord[]
  /** Takes everything back that an import brought; resolves when it is gone. Throws a Failure. */
  undo(id: string, by: Actor): Promise<ImportRecord>
  /** Goes on with what was broken off by a crash or an end of the station. */
  resume(): void
}

export interface ImportsDeps {
  store: Store
  clock: Clock
  log: Log
  intake: Pick<Intake, 'takeBack'>
  /** The import of this id, if it is being read at this moment; it may have no row yet. */
  running(id: string): { file: string } | undefined
  /** Cases of an import go in the transaction of their mentions. */
  withdrawing(importId: string, by: Actor): Withdrawing
  /** Nothing of this name is left that an import brought: its sources go when they hold nothing. */
  onEmptied(sourceName: string, by: Actor): Promise<void>
  /** Rows went: whatever remembers some of them must forget. */
  onGone(): void
}

export function createImports(deps: ImportsDeps): Imports {
  const { store, clock, log, intake } = deps
  /** Under way. */
  const running = new Map<string, Promise<ImportRecord>>()

  const storedBy = (row: ImportRow): number => (row.ended_at === null ? broughtBy(store, row.no) : row.stored)
  const recordOf = (row: ImportRow): ImportRecord => ({
    id: row.id,
    file: row.file,
    sourceName: row.source_name,
    by: row.by_name,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    stored: storedBy(row),
    state:
      row.undone_at !== null ? 'undone' : row.undo_at !== null ? 'going' : deps.running(row.id) ? 'running' : 'kept',
    removed: row.removed,
    kept: row.kept,
  })

  async function takeBack(row: ImportRow, by: Actor): Promise<ImportRecord> {
    try {
      if (!(await intake.takeBack(row, deps.withdrawing(row.id, by)))) return recordOf(importById(store, row.id)!)
      if (!isContinued(store, row.source_name)) await deps.onEmptied(row.source_name, by)
      store.transaction(() => changeImport(store, row.no, { undone_at: clock.now() }))
    } finally {
      running.delete(row.id)
      deps.onGone()
    }
    return recordOf(importById(store, row.id)!)
  }

  function begin(row: ImportRow, by: Actor): Promise<ImportRecord> {
    const under = running.get(row.id) ?? takeBack(row, by)
    running.set(row.id, under)
    return under
  }

  return {
    list: (limit) => newestImports(store, limit).map(recordOf),
    async undo(id, by) {
      const reading = deps.running(id)
      if (reading) throw userFailure('imports.stillRunning', { file: reading.file })
      const row = importById(store, id)
      if (!row) throw userFailure('imports.gone')
      if (row.undone_at !== null) throw userFailure('imports.undoneAlready', { file: row.file })
      if (row.undo_at === null) {
        store.transaction(() => {
          const data = { importId: id, file: row.file, sourceName: row.source_name, stored: storedBy(row) }
          appendEntry(store, { at: clock.now(), kind: 'import.undone', actor: by, data })
          changeImport(store, row.no, { undo_at: clock.now() })
        })
      }
      return begin(importById(store, id)!, by)
    },
    resume() {
      for (const row of wantedBack(store)) {
        begin(row, earshot).catch((error: unknown) => {
          log.log('error', 'An import could not be taken back to its end', { import: row.id }, error)
        })
      }
    },
  }
}
