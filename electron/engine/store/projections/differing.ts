import { canonicalJson } from '#shared/util/canonical-json.ts'
import { connectionOf, openScratch, statement, type Connection } from '#engine/store/connections.ts'
import { rowBySeq } from '#engine/store/queries/mentions.ts'
import { entriesAfter } from '#engine/store/queries/journal.ts'
import { labelState, type LabelState } from '#engine/store/queries/labels.ts'
import type { Reads } from '#engine/store/reads.ts'
import { rowOf } from '#engine/store/station-id.ts'
import { projections } from './all.ts'
import { baselineSeq } from './baseline.ts'
import { columnsOf, projectedTables, type ProjectedTable } from './tables.ts'

const CHUNK = 1_000

/** Tables like those of `db`, empty but for what they need to know of the station, filled by nothing but the journal. */
function builtAgain(db: Reads): Connection {
  const scratch = openScratch(db)
  for (let seq = Math.max(0, baselineSeq(db) - 1); ;) {
    const entries = entriesAfter(db, seq, CHUNK)
    for (const entry of entries) projections[entry.kind]?.(scratch, entry)
    if (entries.length < CHUNK) return scratch
    seq = entries.at(-1)!.seq
  }
}

const rowsOf = (
  db: Reads,
  { table, key, where = 'true', columns = columnsOf(connectionOf(db), table) }: ProjectedTable,
) => {
  const names = key.split(', ')
  const rows = statement<Record<string, unknown>>(db, `SELECT ${columns} FROM ${table} WHERE ${where}`).all()
  return new Map(rows.map((row) => [names.map((name) => row[name]).join(' '), canonicalJson(row)]))
}

/** Mentions whose label is not the last one that was told; one that was taken back may have been read again by other models since. */
function differingLabels(db: Reads): string[] {
  const told = statement<{ id: string; after: string }>(
    db,
    `SELECT mention_id AS id, data -> '$.after' AS after, max(seq) FROM journal
     WHERE kind = 'mention.relabelled' GROUP BY mention_id`,
  ).all()
  return told.flatMap(({ id, after }) => {
    const row = rowBySeq(db, rowOf(db, id) ?? 0)
    const { model } = JSON.parse(after) as LabelState
    if (row && model !== 'officer' && labelState(db, row).model !== model) return []
    return row && canonicalJson(labelState(db, row)) !== canonicalJson(JSON.parse(after)) ? [`mention ${id}`] : []
  })
}

/**
 * Rows that are not what the journal tells, or are missing, or should not be there, as `table key`. Empty: all is well.
 * Builds all of these tables again beside the file; cases are compared by `differingCases`.
 */
export function differingRows(db: Reads): string[] {
  const scratch = builtAgain(db)
  try {
    const rows = projectedTables.flatMap((table) => {
      const told = rowsOf(scratch, table)
      const stored = rowsOf(db, table)
      const ids = new Set([...stored.keys(), ...told.keys()])
      return [...ids].filter((id) => stored.get(id) !== told.get(id)).map((id) => `${table.table} ${id}`)
    })
    return [...rows, ...differingLabels(db)]
  } finally {
    scratch.close()
  }
}
