import { describe, expect, it } from 'vitest'
import { isNegator, markNegation, NEGATES } from '#engine/understanding/sentiment/negation.ts'
import { tokenize } from '#engine/understanding/tokens.ts'

/** The words that a negation reaches, each with what negates it; `!` before a word that negates itself. */
const scope = (text: string, lang = 'en'): string[] => {
  const tokens = tokenize(text)
  const marks = new Int16Array(400)
  markNegation(
    tokens,
    tokens.map(({ text: word }) => word),
    lang,
    marks,
  )
  return tokens.flatMap(({ text: word }, at) =>
    marks[at] === NEGATES ? [`!${word}`] : marks[at]! >= 0 ? [`${tokens[marks[at]!]!.text}>${word}`] : [],
  )
}

describe('what a negation reaches', () => {
  it.each([
    ['en', 'it is not good', ['!not', 'not>good']],
    ['en', 'not good, fine', ['!not', 'not>good']],
    ['en', "it isn't cheap but good", ["!isn't", "isn't>cheap"]],
    ['en', 'no one two three four five six', ['!no', 'no>one', 'no>two', 'no>three', 'no>four', 'no>five']],
    ['en', 'not only fast', ['!not']],
    ['en', 'not without charm', ['!not', '!without']],
    ['de', 'nicht ohne Reiz', ['!nicht', '!ohne']],
    ['fr', 'pas sans charme', ['!pas', '!sans']],
    ['nl', 'niet zonder charme', ['!niet', '!zonder']],
    ['en', 'without charm', ['!without', 'without>charm']],
    ['de', 'das gefällt mir nicht', ['nicht>das', 'nicht>gefällt', 'nicht>mir', '!nicht']],
    ['de', 'es gefällt mir nicht mehr.', ['nicht>es', 'nicht>gefällt', 'nicht>mir', '!nicht', 'nicht>mehr']],
    ['nl', 'dat bevalt me niet', ['niet>dat', 'niet>bevalt', 'niet>me', '!niet']],
    // Nothing stands behind it, but in English that means nothing.
    ['en', 'I hope not', ['!not']],
    ['fr', "je n'aime guère", ["!n'aime", '!guère']],
    ['', '', []],
  ])('%s: %s', (lang, text, found) => expect(scope(text, lang)).toEqual(found))

  it.each([
    ['pt', 'no sábado na loja'],
    ['nl', 'net op tijd'],
    ['it', 'ne ho due'],
  ])('is nothing where a word means something else in its language (%s): %s', (lang, text) =>
    expect(scope(text, lang)).toEqual([]),
  )

  it('begins with a word of any language where nobody says which', () => {
    for (const word of ['not', 'nicht', 'jamais', 'sin', "wouldn't"]) expect(isNegator(word)).toBe(true)
    expect(isNegator('nicht', 'en')).toBe(false)
    expect(isNegator('knot')).toBe(false)
  })
})
