import { plain, table, type RowOf } from '../table.ts'

/** One import of a file (migration 0780); `undone_from`: rows from there on are dealt with, NULL: none is. */
export const importTable = table('import', ['no'], {
  no: plain<number>(),
  id: plain<string>(),
  file: plain<string>(),
  source_name: plain<string>(),
  by_name: plain<string>(),
  started_at: plain<number>(),
  ended_at: plain<number | null>(),
  stored: plain<number>(),
  undo_at: plain<number | null>(),
  undone_at: plain<number | null>(),
  undone_from: plain<number | null>(),
  removed: plain<number>(),
  kept: plain<number>(),
})

export type ImportRow = RowOf<typeof importTable>
