import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Connection } from '#engine/store/connections.ts'
import type { NewMention } from '#engine/store/mention-writer.ts'
import { sentimentNumber } from '#engine/store/queries/mentions.ts'
import { candidateSql, countMatches, newestMatches } from '#engine/store/queries/search-newest.ts'
import { writeRelevance } from '#engine/store/queries/relevance.ts'
import { compileSearch } from '#engine/store/queries/search-sql.ts'
import { documentOf, type QueryDocument } from '#shared/query/document.ts'
import { matchQuery } from '#shared/query/match.ts'
import { parseQuery } from '#shared/query/parse.ts'
import { searchText } from '#shared/query/search-text.ts'
import { document, queryText, sources } from '#tests/shared/query/arbitraries.ts'
import { newSearchFiles } from './search-files.ts'

const files = newSearchFiles()
const live: QueryDocument[] = []
let db: Connection

/** As the column holds them. */
const packed = (labels: readonly string[]): string | null => {
  const [first, ...also] = labels.map((label) => ({ label, confidence: 0.9, words: [] }))
  return first ? JSON.stringify({ ...first, ...(also.length > 0 && { also }) }) : null
}

beforeAll(() => {
  const batch: NewMention[] = fc.sample(document, { numRuns: 300, seed: 20 }).map(({ draft, context }, i) => {
    live.push(documentOf(draft, context))
    const { sourceId, network, lang, sentiment, intents = [], aspects } = context
    return {
      draft: { ...draft, externalId: `${i}` }, sourceId, network, key: files.writer.keyOf(sourceId, `${i}`), seenAt: draft.publishedAt, lang,
      label: sentimentNumber[sentiment!], score: 0, confidence: 1, model: 'test', driving: null, intent: packed(intents), aspects: JSON.stringify(aspects), listens: [], simhash: null, duplicateOf: null,
    } // prettier-ignore
  })
  const first = files.add(batch, live.map(searchText))
  live.forEach(({ facts }, i) => {
    if (facts.relevant !== null) writeRelevance(files.db, first + i, { percent: facts.relevant ? 90 : 10, by_name: null }) // prettier-ignore
  })
  db = files.open()
})

afterAll(() => {
  db.close()
  files.remove()
})

const bySearch = (text: string): number[] => {
  const parsed = parseQuery(text)
  if (!parsed.ok) throw new Error(parsed.error.code)
  const { found, complete } = newestMatches(db, { query: parsed.value, sources }, 1_000_000)
  expect(complete).toBe(true)
  return found.map(({ seq }) => seq).sort((a, b) => a - b)
}

describe('history and live', () => {
  it('give the same answer to every query', () => {
    let answers = 0
    let exact = 0
    let read = 0
    let all = 0
    fc.assert(
      fc.property(queryText, (text) => {
        all++
        const parsed = parseQuery(text)
        if (!parsed.ok) return
        read++
        const query = parsed.value
        if (compileSearch(query).exact) exact++
        const expected = live.flatMap((each, i) => (matchQuery(query, each) ? [i + 1] : []))
        expect(bySearch(text)).toEqual(expected)
        const newest = expected
          .map((seq) => ({ seq, publishedAt: live[seq - 1]!.facts.publishedAt }))
          .sort((a, b) => b.publishedAt - a.publishedAt || b.seq - a.seq)
        const page = newestMatches(db, { query, sources }, 7)
        expect(page).toMatchObject({ found: newest.slice(0, 7), complete: true })
        const rest = newestMatches(db, { query, sources, before: page.found.at(-1) ?? null }, 7)
        expect(rest.found).toEqual(newest.slice(7, 14))
        expect(countMatches(db, { query, sources }, 1_000_000).count).toBe(expected.length)
        answers += expected.length
      }),
      { numRuns: 250 },
    )
    // The property says nothing when the generators stop making readable queries that match something.
    expect(read / all).toBeGreaterThan(0.9)
    expect(answers).toBeGreaterThan(3_000)
    expect(exact / read).toBeGreaterThan(0.2)
  })
})
describe('how SQLite goes about it', () => {
  const steps = (sql: string, ...params: unknown[]): string[] =>
    db
      .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
      .all(...params)
      .map(({ detail }) => detail)

  it('walks the index backwards and looks each row up by its number, without sorting', () => {
    const found = steps(candidateSql('index', 'm.followers >= 5'), '"bag"', 0, 100)
    expect(found).toEqual([
      expect.stringMatching(/^SCAN f VIRTUAL TABLE INDEX \d+:M1><$/),
      expect.stringMatching(/^SEARCH m USING INTEGER PRIMARY KEY/),
    ])
  })

  it('walks the order of publishing when there is no word to look up', () => {
    const found = steps(candidateSql('time', 'm.sentiment = 0 AND m.published_at >= 5'))
    expect(found).toEqual([
      expect.stringMatching(/^SEARCH h USING PRIMARY KEY \(listen=\? AND published_at>\?\)/),
      expect.stringMatching(/^SEARCH m USING INTEGER PRIMARY KEY/),
    ])
  })
})
