import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { readLexicon } from '#laboratory/encoder/lexicon.ts'
import { measureLikeBefore } from '#laboratory/encoder/like-before.ts'
import { phraseBatches } from '#laboratory/encoder/phrase-batches.ts'
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
  const read = createReader(createVocabulary(lexicon, [], { pieces: 16, leastTexts: 2, leastEntries: 2 }))
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

describe('what the lexicon teaches', () => {
  it('are the words of its phrases, without the meaning that they stand for', async () => {
    const folder = newFolder('lexicon')
    folders.push(folder)
    mkdirSync(folder.path, { recursive: true })
    const said = (id: string, lang: string): string =>
      `${lang}: ${[1, 2, 3].map((n) => `${lang}${id}${n} is gone`).join(', ')}`
    const line = (id: string): string =>
      ['en', 'de', 'es', 'fr', 'it', 'nl', 'pt'].map((lang) => said(id, lang)).join(' | ')
    writeFileSync(
      join(folder.path, 'a.txt'),
      ['one', 'two'].map((id) => `symptom ${id} money | ${line(id)}`).join('\n'),
    )
    const lexicon = readLexicon(folder.path)
    const vocabulary = createVocabulary(lexicon, [], { pieces: 16, leastTexts: 2, leastEntries: 1 })
    const batches = phraseBatches(lexicon, createReader(vocabulary), { batches: 3, meanings: 2, phrases: 4, seed: 1 })
    expect(batches).toHaveLength(3)
    for (const { documents, groups, langs: own } of batches) {
      expect(documents).toHaveLength(10)
      expect([...groups].filter((group) => group === 0)).toHaveLength(5)
      expect(new Set(own).size).toBe(10)
      documents.forEach(({ parts }, at) => {
        const isEntry = at % 5 === 0
        expect([...parts].some((part) => part < lexicon.length)).toBe(isEntry)
      })
    }
  })
})

describe('like this before', () => {
  const text = (group: string, lang: CorpusText['lang'], said: string): CorpusText => ({
    industry: 'trade',
    split: 'check',
    symptom: 's',
    kind: 'post',
    mood: 'negative',
    group,
    part: 'p',
    lang,
    intents: [group === 'a' ? 'complaint' : 'praise'],
    marks: [],
    text: said,
  })
  const texts = [
    text('a', 'en', 'the lift stands still'),
    text('a', 'de', 'der Aufzug fährt nicht'),
    text('b', 'en', 'lovely garden today'),
    text('b', 'de', 'schöner Garten heute'),
  ]
  const vectors = texts.map(({ group }) => Float32Array.from(group === 'a' ? [1, 0] : [0, 1]))

  it('is counted by words alone and with the meaning of each', () => {
    expect(measureLikeBefore(texts, null)).toEqual({ precision: 0, recall: 0, rightDesk: 0 })
    expect(measureLikeBefore(texts, (at) => vectors[at]!)).toEqual({ precision: 1, recall: 1, rightDesk: 1 })
  })
})
