import fc from 'fast-check'
import { expect, it } from 'vitest'
import { oneSlipApart } from '#engine/store/queries/search-vocabulary.ts'

const letters = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 8 })

/** Every word that one slip makes of another: the plain definition. */
function slips(word: string): Set<string> {
  const made = new Set<string>()
  for (let i = 0; i <= word.length; i++) {
    for (const letter of 'abc') {
      made.add(word.slice(0, i) + letter + word.slice(i))
      if (i < word.length) made.add(word.slice(0, i) + letter + word.slice(i + 1))
    }
    made.add(word.slice(0, i) + word.slice(i + 1))
    if (i + 1 < word.length) made.add(word.slice(0, i) + word[i + 1] + word[i] + word.slice(i + 2))
  }
  made.delete(word)
  return made
}

it('knows words that are one slip of typing apart', () => {
  fc.assert(
    fc.property(letters, letters, (a, b) => {
      const [x, y] = [a.join(''), b.join('')]
      expect(oneSlipApart(x, y)).toBe(slips(x).has(y))
    }),
    { numRuns: 3_000 },
  )
})
