import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openLexicon } from '#engine/understanding/concepts/lexicon.ts'
import { writeLexicon } from '#engine/understanding/concepts/lexicon-file.ts'
import { tokenize } from '#engine/understanding/tokens.ts'
import { readConceptLines } from '#shared/query/concept-lines.ts'
import { testConcepts } from '#tests/shared/query/concept-lines.ts'

const entries = readConceptLines(testConcepts, 'test.txt')
const file = writeLexicon(entries, { counts: new Uint32Array(entries.length).fill(3), texts: 9 })
const lexicon = openLexicon(file)

const found = (text: string, lang: string, own = lexicon): string[] =>
  own
    .find(tokenize(text), lang)
    .map(({ concept, start, end }) => `${own.concepts[concept]!.id} ${text.slice(start, end)}`)

describe('concepts in a text', () => {
  it.each([
    ['en', 'My CARD PAYMENT was declined, declined again!', ['card-payment CARD PAYMENT', 'is-declined declined']],
    ['en', 'I was paying there with my brand new card', ['card card']],
    ['en', 'paying with my brand new card', ['card-payment paying with my brand new card']],
    ['en', "it won't let me go through", ["is-declined won't let me go through"]],
    ['en', 'It won’t go through', ['is-declined won’t go through']],
    ['en', 'What a brand!', []],
    ['de', 'Brand!', ['burns Brand']],
    ['de', 'Lehnt jede Karte ab.', ['is-declined Lehnt jede Karte ab', 'card Karte']],
    ['de', 'Lehnt. Karte ab', ['card Karte']],
    ['de', 'die Kundenkarte und die Garagentüren, nicht die Natur', ['card Kundenkarte', 'door Garagentüren']],
    ['es', 'las tarjetas fueron RECHAZADAS', ['card tarjetas', 'is-declined RECHAZADAS']],
    ['fr', "l'carte n'est pas acceptée", ["card l'carte"]],
    ['fr', "la carte n'est pas accepté", ['card carte', "is-declined n'est pas accepté"]],
    ['pt', 'cartao recusado', ['card cartao', 'is-declined recusado']],
    ['nl', 'kaart geweigerd, ik wacht', ['card kaart', 'is-declined geweigerd', 'wait wacht']],
    ['en', '', []],
    ['xx', 'kartenzahlung', ['card-payment kartenzahlung']],
  ])('%s: %s', (lang, text, expected) => expect(found(text, lang)).toEqual(expected))

  it('takes the names of the station for parts, before all others', () => {
    const own = openLexicon(file, [{ name: 'Door Card', words: ['doorcard', 'door card'] }])
    expect(found('Meine Door Card geht nicht, die Karte', 'de', own)).toEqual(['Door Card Door Card', 'card Karte'])
    expect(own.concepts.at(-1)).toMatchObject({ kind: 'part', id: 'Door Card' })
  })

  it('finds the station’s names without a lexicon', () => {
    const own = openLexicon(null, [{ name: 'Falcon X', words: [] }])
    expect(found('my falcon x hums', 'en', own)).toEqual(['Falcon X falcon x'])
    expect(found('card', 'en', openLexicon(null))).toEqual([])
  })

  it('names concepts in the language asked for, else in English', () => {
    const at = lexicon.concepts.findIndex(({ id }) => id === 'is-declined')
    expect(lexicon.labelOf(at, 'de-AT')).toBe('wird abgelehnt')
    expect(lexicon.labelOf(at, 'pl')).toBe('is declined')
  })

  it('knows how often each was heard, of the station’s own nothing', () => {
    const own = openLexicon(file, [{ name: 'Falcon X', words: [] }])
    expect([own.texts, own.heard(0), own.heard(own.concepts.length - 1)]).toEqual([9, 3, 0])
    expect(openLexicon(null).texts).toBe(0)
  })

  it('refuses a file that is none', () => {
    expect(() => openLexicon(new Uint8Array([1, 2, 3]))).toThrow(/concepts\.bin/)
    expect(() => openLexicon(file.subarray(0, file.length - 40))).toThrow(/concepts\.bin/)
  })

  it('reads any text, and tells places within it', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 300 }),
        fc.constantFrom('en', 'de', 'und'),
        (noise, lang) => {
          const text = `${noise} card ${noise}`
          for (const { start, end } of lexicon.find(tokenize(text), lang)) {
            expect(start).toBeGreaterThanOrEqual(0)
            expect(end).toBeGreaterThan(start)
            expect(end).toBeLessThanOrEqual(text.length)
          }
        },
      ),
    )
    expect(found('karte '.repeat(4000), 'de')).toEqual(['card karte'])
  })
})
