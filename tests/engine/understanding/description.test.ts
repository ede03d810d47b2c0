import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { encoderFile } from '#engine/understanding/encoder/encoder.ts'
import { openEncoder } from '#engine/understanding/encoder/open.ts'
import { readDescription } from '#engine/understanding/relevance/description.ts'
import { root } from '#tests/support/folder.ts'

const meaningOf = openEncoder(join(root, 'resources', encoderFile))

/** Invented companies whose names mean something else too: what a text is about, and what is meant otherwise. */
const brands: { name: string; description: string; about: string[]; other: string[] }[] = [
  {
    name: 'Comet',
    description:
      'Comet sells kettles, toasters and washing machines in its shops and online. Not the comet in the sky, telescopes or astronomy.',
    about: [
      'my comet washing machine leaks',
      'comet shop in Leeds refused to take the kettle back',
      'Comet Toaster nach zwei Wochen kaputt',
    ],
    other: ['saw the comet with my new telescope last night', 'comet photo of the week for all astronomy fans'],
  },
  {
    name: 'Robin',
    description:
      'Robin is a bank: accounts, cards, transfers and its app. Not the bird, nests or gardens. Not people called Robin.',
    about: [
      'robin card declined again at the till',
      'the robin app logs me out after every transfer',
      'con robin no puedo entrar en la aplicación',
    ],
    other: ['a robin built its nest under our roof', 'little robin in the garden this morning'],
  },
  {
    name: 'Perle',
    description:
      'Perle ist eine Fluggesellschaft: Flüge, Gepäck, Buchung und Check-in. Nicht Schmuck, Ketten oder Ohrringe, kein Bier.',
    about: [
      'Perle hat meinen Flug gestrichen',
      'Gepäck weg bei Perle, niemand antwortet',
      'perle lost my luggage in Rome',
    ],
    other: ['Ohrringe mit Perle als Geschenk für Oma', 'Kette mit einer Perle aus der Südsee'],
  },
]

describe('a description of a listen', () => {
  it.each(brands)('tells $name from what is called the same', ({ name, description, about, other }) => {
    const read = readDescription(description, `${name} ${name.toLowerCase()}*`, meaningOf)
    for (const text of about) expect(read.likelihood(text), text).toBeGreaterThan(0.5)
    for (const text of other) expect(read.likelihood(text), text).toBeLessThan(0.5)
  })

  it.each(brands)('says nothing of $name where nothing is said', ({ name, description }) => {
    const read = readDescription(description, name, meaningOf)
    for (const text of [name, `${name}!`, `@${name} hm`, '', '👍']) expect(read.likelihood(text)).toBeNull()
  })

  it('reads by words alone where there is no encoder, and never as sure as a person', () => {
    const { description } = brands[0]!
    const read = readDescription(description, 'comet', null)
    expect(read.likelihood('comet kettle and comet toaster broken')).toBe(0.9)
    expect(read.likelihood('a telescope for astronomy')).toBeCloseTo(0.1, 5)
    expect(read.likelihood('hello')).toBeNull()
  })

  it.each([
    ['We sell pianos, not pumps but organs', 'organs', true],
    ['We sell not only pianos and organs', 'organs', true],
    ['Pianos. No pumps', 'pumps', false],
    ['Klaviere, aber keine Pumpen', 'Pumpen', false],
    ['Pianos, mais pas les pompes', 'pompes', false],
    ['Pianoforti, non pompe', 'pompe', false],
    ['Pianos, no bombas', 'bombas', false],
    ["Piano's, geen pompen", 'pompen', false],
    ['Pianos, não bombas', 'bombas', false],
    ['Pianos and pumps. No pumps', 'pumps', null],
  ])('%s: %s', (description, text, about) => {
    const found = readDescription(description, 'brand', null).likelihood(text)
    expect(found === null ? null : found > 0.5).toBe(about)
  })

  it('reads anything', () => {
    const read = readDescription('not '.repeat(900), 'x', meaningOf)
    expect(read.likelihood('not '.repeat(5_000))).toBeNull()
    expect(readDescription('', '', meaningOf).likelihood('anything at all')).toBeNull()
  })
})
