import { expect } from 'vitest'
import type { Said } from '#shared/model/said.ts'
import { inEnglish } from '#shared/words/words.ts'

/** For what is said with these words in it, in English. Also for a sentence that is a text already. */
export const saying = (words: RegExp | string): unknown =>
  expect.toSatisfy(
    (value: Said | string | null) => {
      const text = typeof value === 'string' ? value : value === null || value === undefined ? '' : inEnglish(value)
      return typeof words === 'string' ? text.includes(words) : words.test(text)
    },
    `says ${String(words)}`,
  )
