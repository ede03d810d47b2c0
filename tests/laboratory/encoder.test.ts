import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { readLexicon } from '#laboratory/encoder/lexicon.ts'
import { measureRetrieval } from '#laboratory/encoder/retrieval.ts'
import { createReader, createVocabulary } from '#laboratory/encoder/vocabulary.ts'
import type { CorpusText } from '#laboratory/corpus.ts'
import { newFolder } from '#tests/support/folder.ts'

const folders: { remove(): void }[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove()
})

const lines = [
  'part card payment | en: card | de: Karte, karte* | es: zz1 | fr: yy1 | it: xx1 | nl: ww1 | pt: vv1',
  'part gate travel | en: gate | de: Sperre | es: zz2 | fr: yy2 | it: xx2 | nl: ww2 | pt: vv2',
  'symptom is-refused payment | en: is refused, refus*, turned .. away | de: wird abgelehnt, abgelehnt*, lehnt .. ab | es: zz3 | fr: yy3 | it: xx3 | nl: ww3 | pt: vv3',
]

async function meanings(): Promise<(text: string) => string[]> {
  const folder = newFolder('lexicon')
  folders.push(folder)
  mkdirSync(folder.path, { recursive: true })
  writeFileSync(join(folder.path, 'a.txt'), lines.join('\n'))
  const lexicon = readLexicon(folder.path)
  const read = createReader(createVocabulary(lexicon, [], { pieces: 16, leastTexts: 2 }))
  return (text) =>
    [...read(text).parts]
      .filter((part) => part < lexicon.length)
      .map((part) => lexicon[part]!.id)
      .sort()
}

describe('the lexicon', () => {
  it.each([
    ['My card was refused', ['card', 'is-refused']],
    ['DIE KARTE WURDE ABGELEHNT', ['card', 'is-refused']],
    ['der Automat lehnt meine Bankkarte ab', ['is-refused', 'card']],
    ['die Kartensperre klemmt', ['card', 'gate']],
    ['they turned me and my card away', ['card', 'is-refused']],
    ['turned right, went a very long way down and away', []],
    ['nothing of it', []],
  ])('finds in %j %j', async (text, ids) => {
    expect((await meanings())(text)).toEqual([...ids].sort())
  })

  it('names the line that is none', () => {
    const folder = newFolder('lexicon')
    folders.push(folder)
    writeFileSync(join(folder.path, 'a.txt'), 'part card payment | en: card\nthing card')
    expect(() => readLexicon(folder.path)).toThrow()
  })
})

describe('retrieval', () => {
  const other = { industry: 'trade', split: 'check', symptom: null, kind: 'post', mood: 'negative' } as const
  const text = (group: string, lang: CorpusText['lang'], part: string | null = 'p'): CorpusText => ({
    ...other,
    group,
    part,
    lang,
    intents: ['complaint'],
    marks: [],
    text: '',
  })

  it('counts what lies nearest of another language, of five, and of any', () => {
    const texts = [text('a', 'en'), text('a', 'de'), text('b', 'en', null), text('b', 'de', null)]
    const vectors = [
      [1, 0],
      [0.8, 0.6],
      [0.95, 0.31],
      [0.1, 0.99],
    ].map((vector) => Float32Array.from(vector))
    expect(measureRetrieval(texts, (at) => vectors[at]!)).toEqual({ queries: 2, first: 0.5, five: 1, anyLanguage: 0 })
  })
})
