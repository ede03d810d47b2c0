import type { Annotation } from '#shared/model/annotation.ts'
import type { Reads, Writes } from '#engine/store/reads.ts'
import type { RowOf } from '#engine/store/table.ts'
import { annotationTable } from '#engine/store/tables/annotations.ts'

const fromRow = ({ id, at, listenId, content }: RowOf<typeof annotationTable>): Annotation => ({
  id,
  at,
  listenId,
  ...content,
})

export const annotationById = (db: Reads, id: string): Annotation | undefined => {
  const row = annotationTable.get(db, id)
  return row && fromRow(row)
}

/**
 * Those of which any part lies in [from, to), oldest first: of the whole station and of these listens; of all when none is
 * given.
 */
export const annotationsBetween = (
  db: Reads,
  listenIds: readonly string[],
  from: number,
  to: number,
  limit: number,
): Annotation[] =>
  annotationTable
    .all(
      db,
      `WHERE ends >= ? AND at < ? AND (listen_id IS NULL OR ? = 0 OR listen_id IN (SELECT value FROM json_each(?)))
       ORDER BY at DESC, id LIMIT ?`,
      from,
      to,
      listenIds.length,
      JSON.stringify(listenIds),
      limit,
    )
    .map(fromRow)
    .reverse()

export const writeAnnotation = (db: Writes, { id, at, listenId, ...content }: Annotation): void =>
  annotationTable.put(db, { id, at, ends: content.to ?? at, listenId, content })

export const removeAnnotation = (db: Writes, id: string): boolean => annotationTable.remove(db, id)
