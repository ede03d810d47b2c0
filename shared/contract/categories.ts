import { z } from 'zod'
import { Category, CategoryDraft, CategoryStatus, MentionCategory } from '#shared/model/category.ts'
import { read, write } from './base.ts'

export const categories = {
  /** Oldest first. */
  list: read.input(z.object({})).output(z.array(CategoryStatus)),
  /**
   * Makes one, or changes it. Examples are kept once each; one that is too long or says nothing is refused with its line. What was heard lately
   * is read again in the background. `undo` null: nothing is another.
   */
  save: write.input(CategoryDraft).output(z.object({ category: Category, undo: z.number().int().nullable() })),
  /** What officers said of mentions comes back with it when that is undone. */
  remove: write.input(z.object({ id: z.string() })).output(z.object({ undo: z.number().int() })),
  /** An officer says whether a mention belongs. The word stays, and teaches; `undo` unteaches. */
  mark: write
    .input(z.object({ mentionId: z.string(), categoryId: z.string(), belongs: z.boolean() }))
    .output(z.object({ undo: z.number().int() })),
  /** Surest first; `like`: the example that it is most like, cut to 160 characters; null: a person said so, or it is like none. */
  ofMention: read
    .input(z.object({ mentionId: z.string() }))
    .output(z.array(MentionCategory.extend({ like: z.string().nullable() }))),
}
