import { BELONGS_FROM, type Category, type MentionCategory } from '#shared/model/category.ts'
import { facetValue } from '#shared/query/facets.ts'
import { allRows, firstValue, statement } from '../connections.ts'
import type { Reads, Writes } from '../reads.ts'
import { rowOf } from '../station-id.ts'
import { categoryMarkTable, categoryTable, mentionCategoryTable } from '../tables/categories.ts'

/** Oldest first. */
export const readCategories = (db: Reads): Category[] => categoryTable.all(db, 'ORDER BY created_at, id')
export const readCategory = (db: Reads, id: string): Category | undefined => categoryTable.get(db, id)
export const writeCategory = (db: Writes, category: Category): void =>
  categoryTable.put(db, { ...category, called: facetValue(category.name) })
export const deleteCategory = (db: Writes, id: string): void => void categoryTable.remove(db, id)

export interface Shown {
  /** 0 … 100. */
  percent: number
  by_name: string | null
}

/** null takes it away. */
export function writeShown(db: Writes, mentionSeq: number, categoryId: string, shown: Shown | null): void {
  if (shown === null) mentionCategoryTable.remove(db, mentionSeq, categoryId)
  else mentionCategoryTable.put(db, { mention_seq: mentionSeq, category_id: categoryId, ...shown })
}

export function insertCategoryMark(
  db: Writes,
  entry: number,
  categoryId: string,
  mentionId: string,
  belongs: 0 | 1,
): void {
  // A later word on the same mention replaces the earlier ones.
  statement(db, 'UPDATE category_mark SET counts = 0 WHERE mention_id = ? AND category_id = ? AND counts = 1').run(
    mentionId,
    categoryId,
  )
  const mention = { mention_id: mentionId, mention_seq: rowOf(db, mentionId) }
  categoryMarkTable.insert(db, { ...categoryMarkTable.initial, ...mention, entry, category_id: categoryId, belongs })
}

/** The word of one entry does not count any more; `again`: the one that counts instead. */
export function withdrawCategoryMark(db: Writes, entry: number, again: number | null): void {
  const set = statement(db, 'UPDATE category_mark SET counts = ? WHERE entry = ?')
  set.run(-1, entry)
  if (again !== null) set.run(1, again)
}

export interface CategoryMark {
  entry: number
  belongs: number
}

/** The word on a mention that counts. */
export const categoryMark = (db: Reads, mentionId: string, categoryId: string): CategoryMark | undefined =>
  statement<CategoryMark>(
    db,
    'SELECT entry, belongs FROM category_mark WHERE mention_id = ? AND category_id = ? AND counts = 1',
  ).get(mentionId, categoryId)

/** The word before that of `entry` which it replaced, and nobody took back. */
export const markBefore = (db: Reads, mentionId: string, categoryId: string, entry: number): CategoryMark | undefined =>
  statement<CategoryMark>(
    db,
    `SELECT entry, belongs FROM category_mark WHERE mention_id = ? AND category_id = ? AND entry < ? AND counts = 0
     ORDER BY entry DESC LIMIT 1`,
  ).get(mentionId, categoryId, entry)

export interface MarkedText {
  mention_seq: number
  text: string
  title: string | null
  belongs: number
}

/** What officers said of mentions, newest first. */
export const markedTexts = (db: Reads, categoryId: string, limit: number): MarkedText[] =>
  allRows<MarkedText>(
    db,
    `SELECT k.mention_seq, m.text, m.title, k.belongs FROM category_mark k JOIN mention m ON m.seq = k.mention_seq
     WHERE k.category_id = ? AND k.counts = 1 ORDER BY k.entry DESC LIMIT ?`,
    categoryId,
    limit,
  )

export const countMarks = (db: Reads, categoryId: string, belongs: 0 | 1): number =>
  firstValue<number>(
    db,
    'SELECT count(*) FROM category_mark WHERE category_id = ? AND counts = 1 AND belongs = ?',
    categoryId,
    belongs,
  ) ?? 0

/** Up to `limit` mentions that belong. */
export const countBelonging = (db: Reads, categoryId: string, limit: number): number =>
  firstValue<number>(
    db,
    `SELECT count(*) FROM (SELECT 1 FROM mention_category WHERE category_id = ? AND percent >= ${BELONGS_FROM * 100} LIMIT ?)`,
    categoryId,
    limit,
  ) ?? 0

/** Surest first; of categories that there are. */
export const categoriesOf = (db: Reads, mentionSeq: number): MentionCategory[] =>
  statement<{ id: string; name: string; percent: number; by_name: string | null }>(
    db,
    `SELECT c.id, c.name, k.percent, k.by_name FROM mention_category k JOIN category c ON c.id = k.category_id
     WHERE k.mention_seq = ? ORDER BY k.percent DESC, c.created_at, c.id`,
  )
    .all(mentionSeq)
    .map(({ id, name, percent, by_name: by }) => ({ id, name, certainty: percent / 100, by }))

/** What is kept of a mention, also of categories that are gone. */
export const shownOf = (db: Reads, mentionSeq: number): (Shown & { category_id: string })[] =>
  allRows(db, 'SELECT category_id, percent, by_name FROM mention_category WHERE mention_seq = ?', mentionSeq)

export interface HeardText {
  seq: number
  text: string
  title: string | null
}

/** The newest `limit` mentions up to row `upTo`, newest first. */
export const textsBefore = (db: Reads, upTo: number, limit: number): HeardText[] =>
  allRows<HeardText>(db, 'SELECT seq, text, title FROM mention WHERE seq <= ? ORDER BY seq DESC LIMIT ?', upTo, limit)

export const textAt = (db: Reads, seq: number): HeardText | undefined =>
  statement<HeardText>(db, 'SELECT seq, text, title FROM mention WHERE seq = ?').get(seq)
