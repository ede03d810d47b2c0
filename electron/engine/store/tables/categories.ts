import type { Category } from '#shared/model/category.ts'
import { beside, fixed, initially, jsonText, plain, table, tableOf } from '../table.ts'

/** `called`: the name as the query language folds it, for look-ups. */
export const categoryTable = tableOf<Category, { called: string }>()('category', ['id'], {
  id: plain(),
  name: plain(),
  called: beside(),
  about: plain(),
  texts: jsonText(),
  createdAt: fixed(plain()),
  updatedAt: plain(),
})

/** An officer's word on whether a mention belongs to a category. */
export const categoryMarkTable = table('category_mark', ['entry'], {
  entry: plain<number>(),
  category_id: plain<string>(),
  mention_id: plain<string>(),
  mention_seq: plain<number | null>(),
  belongs: plain<number>(),
  counts: initially<number>(1),
})

/** Certainty in percent that a mention belongs; without `by_name` it is learned. */
export const mentionCategoryTable = table('mention_category', ['mention_seq', 'category_id'], {
  mention_seq: plain<number>(),
  category_id: plain<string>(),
  percent: plain<number>(),
  by_name: plain<string | null>(),
})
