import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { buildLexicon } from '#engine/understanding/sentiment/lexicon.ts'
import { createMoodSums, measureMood, moodEntries, spelling } from '#engine/understanding/sentiment/mood-words.ts'
import { markNegation } from '#engine/understanding/sentiment/negation.ts'
import { tokenize } from '#engine/understanding/tokens.ts'
import { readMoodWords } from '#laboratory/train-valence-lists.ts'
import { root } from '#tests/support/folder.ts'

const lexicon = buildLexicon(
  moodEntries([
    { lang: 'es', word: 'asqueros*', weight: -3 },
    { lang: 'es', word: 'lindo', weight: 3 },
    { lang: 'ar', word: 'جميله', weight: 3 },
    { lang: 'hi-Latn', word: 'accha', weight: 2 },
  ]),
)

function sums(text: string, lang: string) {
  const into = createMoodSums()
  const found: [number, string][] = []
  const tokens = tokenize(text)
  const words = tokens.map(({ text: word }) => word)
  const negation = new Int16Array(400)
  markNegation(tokens, words, lang, negation)
  const note = (weight: number, at: number): void => void found.push([weight, tokens[at]!.text])
  const known = measureMood(lexicon, tokens, words, lang, into, note, negation)
  return { known, found, ...into }
}

describe('words that carry a mood', () => {
  it('are found whole, by how they begin, and without accents', () => {
    expect(sums('Qué lindo, y qué asquerosidad', 'es')).toMatchObject({
      known: true,
      positive: 3,
      negative: 3,
      last: -3,
    })
    expect(sums('líndo', 'es').positiveWords).toBe(1)
    expect(sums('lindos', 'es').positiveWords).toBe(0)
  })
  it('turn round behind a negation, up to the next punctuation', () => {
    expect(sums('no es lindo', 'es').found).toEqual([[expect.closeTo(-2.1), 'lindo']])
    expect(sums('no, lindo', 'es').found).toEqual([[3, 'lindo']])
  })
  it.each(['والجميلة', 'جميلة', 'جَمِيلة'])('are found in Arabic with what is written together with them: %s', (word) =>
    expect(sums(word, 'ar').positive).toBe(3),
  )
  it.each(['acha', 'achha', 'achchha', 'accha'])('are found in Hindi as everybody spells it: %s', (word) =>
    expect(sums(word, 'hi-Latn').positive).toBe(2),
  )
  it('say nothing about a language that the list does not have', () => {
    expect(sums('lindo', 'fi')).toMatchObject({ known: false, positive: 0, negative: 0, found: [] })
  })
  it('are spelled alike once and again', () => {
    for (const [word, lang] of [
      ['pyaari', 'hi-Latn'],
      ['أحلى', 'ar'],
      ['très', 'fr'],
    ] as const)
      // prettier-ignore
      expect(spelling(spelling(word, lang), lang)).toBe(spelling(word, lang))
  })
  it('are read from the file that is shipped, and a wrong line is named', () => {
    const file = join(root, 'resources/models/mood-words.txt')
    const words = readMoodWords(readFileSync(file, 'utf8'), file)
    expect(new Set(words.map(({ lang }) => lang))).toEqual(
      new Set(['ar', 'de', 'en', 'es', 'fr', 'hi-Latn', 'it', 'nl', 'pt']),
    )
    expect(words.length).toBeGreaterThan(5000)
    expect(() => readMoodWords('[es]\n+3 lindo\nlindo +3', 'list.txt')).toThrow(/list\.txt, line 3/)
    expect(() => readMoodWords('+3 lindo', 'list.txt')).toThrow(/line 1/)
  })
})
