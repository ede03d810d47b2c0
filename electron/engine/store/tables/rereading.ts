import { plain, table, type RowOf } from '../table.ts'

/** How far what is stored was read again after a change of models (migration 0790); one row. */
export const rereadingTable = table('rereading', ['id'], {
  id: plain<number>(),
  edition: plain<string>(),
  from_seq: plain<number>(),
  next_seq: plain<number>(),
  index_to: plain<number>(),
  changed: plain<number>(),
  started_at: plain<number>(),
  ended_at: plain<number | null>(),
})

export type RereadingRow = RowOf<typeof rereadingTable>
