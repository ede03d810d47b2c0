import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { conceptsCalled, useConceptLines } from '#shared/query/concept-book.ts'
import { readConceptLines } from '#shared/query/concept-lines.ts'
import { documentOf } from '#shared/query/document.ts'
import { explainText } from '#shared/query/explain.ts'
import { matchQuery } from '#shared/query/match.ts'
import { parseQuery } from '#shared/query/parse.ts'
import { draftOf } from '#engine/connectors/draft.ts'
import { useTestConcepts } from './concept-lines.ts'

beforeAll(useTestConcepts)
afterAll(() => useConceptLines(() => []))

function matches(query: string, text: string, lang: string, aspects: string[] = []): boolean {
  const parsed = parseQuery(query)
  if (!parsed.ok) throw new Error(parsed.error.code)
  const draft = draftOf({ externalId: '1', kind: 'post', text, publishedAt: 0, raw: null })
  return matchQuery(parsed.value, documentOf(draft, { sourceId: 's', network: 'n', lang, aspects }))
}

describe('concept:', () => {
  it.each([
    ['concept:card-payment', 'Card payment fails at the till', 'en', true],
    ['concept:"card payment"', 'I tried paying with my new card', 'en', true],
    ['concept:"card payment"', 'Kartenzahlungen gehen nicht', 'de', true],
    ['concept:kartenzahlung', 'no puedo pagar con la tarjeta', 'es', true],
    ['concept:"pagamento com cartao"', 'Kann nicht mit der Karte hier zahlen', 'de', true],
    ['concept:card-payment', 'The door of the till', 'en', false],
    ['concept:is-declined', "It won't ever go through", 'en', true],
    ['concept:is-declined', 'Das Terminal lehnt sie immer ab', 'de', true],
    ['concept:is-declined', 'mon paiement est refusé', 'fr', true],
    ['concept:burns', 'Brand im Keller', 'de', true],
    ['concept:burns', 'What a brand!', 'en', false],
    ['concept:(card-payment OR door)', 'La puerta no abre', 'es', true],
    ['-concept:door', 'La puerta no abre', 'es', false],
    ['concept:is-declined concept:card', 'cartão recusado', 'pt', true],
    ['concept:is-declined', 'declined', 'und', true],
  ])('%s asked of "%s" (%s): %s', (query, text, lang, is) => expect(matches(query, text, lang)).toBe(is))

  it('finds an own name of the dictionary of aspects where the lexicon has none', () => {
    expect(matches('concept:"Falcon X"', 'it hums', 'en', ['Falcon X'])).toBe(true)
    expect(matches('concept:"Falcon X"', 'it hums', 'en')).toBe(false)
  })

  it('does not take a general word for a concept', () => expect(conceptsCalled('wait')).toEqual([]))

  it('says what is asked for in the language of the page, and hints where nothing is called so', () => {
    expect(explainText('concept:is-declined', { locale: 'de' }).words).toContain('wird abgelehnt')
    const { valid, problems } = explainText('concept:card-paiment')
    expect(valid).toBe(true)
    expect(problems.map(({ code, message }) => [code, message])).toEqual([
      ['unknown-concept', expect.stringContaining('“card payment”') as string],
    ])
    expect(explainText('concept:card-paiment', { locale: 'de' }).problems[0]?.message).toContain('Kartenzahlung')
    expect(explainText('concept:door').problems).toEqual([])
    expect(explainText('concept:"Falcon X"', { ownNames: ['falcon x'] }).problems).toEqual([])
    expect(explainText('aspect:card-payment', { locale: 'de' }).words).toContain('Kartenzahlung')
    expect(explainText('aspect:delivery', { locale: 'de' }).words).toContain('Lieferung')
  })
})

describe('lines of the lexicon', () => {
  const rest = ' | de: a | es: a | fr: a | it: a | nl: a | pt: a'
  it.each([
    ['thing x home | en: a' + rest, 'kind, id and topic'],
    ['part X home | en: a' + rest, 'kind, id and topic'],
    ['part x home more | en: a' + rest, 'kind, id and topic'],
    ['part x home | en: a', 'in this order'],
    ['part x home | fr: a' + rest, 'en: is missing'],
    ['part x home | en: a,, b' + rest, 'is empty'],
  ])('refuses %s', (line, why) =>
    expect(() => readConceptLines(`# said\n\n${line}`, 'f.txt')).toThrow(new RegExp(`f.txt, line 3.*${why}`)),
  )
})
