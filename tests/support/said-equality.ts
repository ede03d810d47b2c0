import { expect } from 'vitest'
import type { Said } from '#shared/model/said.ts'
import { inEnglish } from '#shared/words/words.ts'

const isSaid = (value: unknown): value is Said =>
  typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string' && !('kind' in value)

/**
 * What Earshot says equals the English sentence of its code: so a test can name the sentence that an officer reads, and
 * holds code, values and catalogue at once.
 */
expect.addEqualityTesters([
  (a: unknown, b: unknown) => {
    if (isSaid(a) && typeof b === 'string') return inEnglish(a) === b
    if (typeof a === 'string' && isSaid(b)) return inEnglish(b) === a
    return undefined
  },
])
