import { afterAll, beforeAll, expect, it } from 'vitest'
import { newestMatches } from '#engine/store/queries/search-newest.ts'
import { draftOf } from '#engine/connectors/draft.ts'
import { useConceptLines } from '#shared/query/concept-book.ts'
import { documentOf } from '#shared/query/document.ts'
import { parseQuery } from '#shared/query/parse.ts'
import { searchText } from '#shared/query/search-text.ts'
import { useTestConcepts } from '#tests/shared/query/concept-lines.ts'
import { newSearchFiles } from './search-files.ts'

const texts = [
  ['en', 'My card payment keeps getting declined'],
  ['de', 'Kartenzahlung wird seit heute abgelehnt'],
  ['fr', 'Paiement par carte refusé, encore'],
  ['en', 'The door is stuck'],
  ['de', 'Die Tür lehnt am Zaun, ab morgen nicht mehr'],
  ['en', 'This brand is great'],
  ['und', 'rechazada'],
] as const

beforeAll(useTestConcepts)
const files = newSearchFiles()
afterAll(() => {
  files.remove()
  useConceptLines(() => [])
})

it('a search of what is stored finds a concept over languages', () => {
  const drafts = texts.map(([lang, text], at) => ({
    lang,
    draft: draftOf({ externalId: `${at}`, kind: 'post', text, publishedAt: at, raw: null }),
  }))
  const first = files.add(
    drafts.map(({ lang, draft }, at) => ({
      draft,
      sourceId: 'src',
      network: 'net',
      key: files.writer.keyOf('src', `${at}`),
      seenAt: at,
      lang,
      label: 1,
      score: 0,
      confidence: 1,
      model: 'test',
      driving: null,
      intent: null,
      aspects: null,
      listens: [],
      simhash: null,
      duplicateOf: null,
    })),
    drafts.map(({ lang, draft }) => searchText(documentOf(draft, { sourceId: 'src', network: 'net', lang }))),
  )
  const stored = files.open()
  const found = (text: string): number[] => {
    const parsed = parseQuery(text)
    if (!parsed.ok) throw new Error(parsed.error.code)
    const sources = [{ id: 'src', no: 1, name: 'src' }] as never
    return newestMatches(stored, { query: parsed.value, sources }, 100)
      .found.map(({ seq }) => seq - first)
      .sort((a, b) => a - b)
  }
  expect(found('concept:card-payment')).toEqual([0, 1, 2])
  expect(found('concept:"wird abgelehnt"')).toEqual([0, 1, 2, 4, 6])
  expect(found('concept:door -concept:is-declined')).toEqual([3])
  expect(found('concept:burns')).toEqual([])
  stored.close()
})
