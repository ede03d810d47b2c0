import { UNSURE_FROM, type MentionCategory } from '#shared/model/category.ts'
import type { MeaningOf } from '../encoder/open.ts'
import { certaintyOf, type CategoryWeights } from './learn.ts'

/** One of the station's categories that has learned enough to tell. */
export interface LearnedCategory extends CategoryWeights {
  id: string
  name: string
}

/** Beyond this a text repeats itself, quotes or is a page: what it is for stands before. */
const READ_CHARACTERS = 4_000

/** What is read of a mention, or of an example: title and text. */
export const readingOf = ({ title, text }: { title: string | null; text: string }): string =>
  (title !== null && !text.startsWith(title) ? `${title}\n${text}` : text).slice(0, READ_CHARACTERS)

/** The categories that a text belongs to, and those of which a person may be asked, surest first. */
export function categoriesOfText(
  categories: readonly LearnedCategory[],
  text: { title: string | null; text: string },
  meaningOf: MeaningOf,
): MentionCategory[] {
  if (categories.length === 0) return []
  const vector = meaningOf(readingOf(text))
  return vector === null ? [] : categoriesOfVector(categories, vector)
}

export const categoriesOfVector = (categories: readonly LearnedCategory[], vector: Float32Array): MentionCategory[] =>
  categories
    .map((category) => ({
      id: category.id,
      name: category.name,
      certainty: Math.round(certaintyOf(category, vector) * 100) / 100,
      by: null,
    }))
    .filter(({ certainty }) => certainty >= UNSURE_FROM)
    .sort((a, b) => b.certainty - a.certainty)
