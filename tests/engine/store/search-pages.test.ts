import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Connection } from '#engine/store/connections.ts'
import type { NewMention } from '#engine/store/mention-writer.ts'
import { cursorOf, placeOf, type Narrow, type PageStart } from '#engine/store/queries/filter.ts'
import { countMatches, newestMatches, type SearchRequest } from '#engine/store/queries/search-newest.ts'
import { documentOf } from '#shared/query/document.ts'
import { parseQuery } from '#shared/query/parse.ts'
import { searchText } from '#shared/query/search-text.ts'
import { newSearchFiles } from './search-files.ts'

/** Over several stretches of the walk, see search-heard.ts. */
const ROWS = 45_000
const BATCH = 5_000
const files = newSearchFiles()
const rows: { seq: number; publishedAt: number; text: string; listens: number[]; label: number; likes: number }[] = []
let db: Connection

/** Deterministic; the same numbers in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

beforeAll(() => {
  const next = numbers(7)
  for (let from = 0; from < ROWS; from += BATCH) {
    const batch: NewMention[] = []
    for (let i = from; i < from + BATCH; i++) {
      // Half of them arrive long after they were published, as from an imported file; ties in time are common.
      const publishedAt = (i % 2 === 0 ? i : next(ROWS)) * 10 - (next(40) % 20)
      const text = `${next(12) > 0 ? '' : next(20) === 0 ? 'Refund ' : 'refund '}${next(3) === 0 ? 'late ' : ''}train t${next(900)}`
      const listens = [...(next(3) === 0 ? [1] : []), ...(next(400) === 0 ? [2] : []), ...(i < 3_000 ? [3] : [])]
      const row = { seq: i + 1, publishedAt, text, listens, label: next(3), likes: next(1_000) }
      rows.push(row)
      batch.push({
        draft: {
          externalId: `${i}`, kind: 'post', text, title: null, url: null, author: null, publishedAt, lang: 'en', country: null,
          threadId: null, inReplyTo: null, engagement: { likes: row.likes, reposts: null, replies: null }, links: [], media: [], private: false, raw: null,
        },
        sourceId: i % 5 === 0 ? 'src_a' : 'src_b', network: 'feed', key: files.writer.keyOf('src', `${i}`), seenAt: i, lang: 'en', label: row.label, score: 0,
        confidence: 1, model: 'test', driving: null, intent: null, aspects: null, listens, simhash: null, duplicateOf: null,
      }) // prettier-ignore
    }
    const texts = batch.map(({ draft, sourceId, network }) =>
      searchText(documentOf(draft, { sourceId, sourceName: null, network, lang: 'en', sentiment: 'neutral' })),
    )
    files.add(batch, texts)
  }
  db = files.open()
})

afterAll(() => {
  db.close()
  files.remove()
})

const query = (text: string): SearchRequest['query'] => {
  const parsed = parseQuery(text)
  if (!parsed.ok) throw new Error(parsed.error.code)
  return parsed.value
}
const narrow = (listens: number[], rest: Partial<Narrow> = {}): Narrow => ({
  listens,
  sources: null,
  sentiments: null,
  ...rest,
})
type Row = (typeof rows)[number]
const has = (row: Row): boolean => /refund/i.test(row.text)
const newestFirst = (found: Row[]): number[] =>
  [...found].sort((a, b) => b.publishedAt - a.publishedAt || b.seq - a.seq).map(({ seq }) => seq)

/** All pages; the place of the next one goes through the text of its cursor, as in the page of a browser. */
function pages(request: SearchRequest, limit: number): { seqs: number[]; pages: number; unfinished: number } {
  const seqs: number[] = []
  let before: PageStart | null = null
  for (let count = 1, unfinished = 0; ; count++) {
    const { found, complete, next } = newestMatches(db, { ...request, before }, limit)
    expect(found.length).toBeLessThanOrEqual(limit)
    if (!complete) unfinished++
    seqs.push(...found.map(({ seq }) => seq))
    if (next === null) return { seqs, pages: count, unfinished }
    before = placeOf(cursorOf(next))!
  }
}

describe('a search inside listens', () => {
  const cases: [what: string, text: string, asked: Narrow, fits: (row: Row) => boolean][] = [
    ['a word in a listen that often has it', 'late', narrow([1]), (r) => r.text.includes('late') && r.listens.includes(1)],
    ['in one that rarely has it', 'refund', narrow([2]), (r) => has(r) && r.listens.includes(2)],
    ['in one that heard only old rows', 'refund', narrow([3]), (r) => has(r) && r.listens.includes(3)],
    ['in one of two', 'refund', narrow([2, 3]), (r) => has(r) && (r.listens.includes(2) || r.listens.includes(3))],
    ['with a label', 'refund', narrow([1], { sentiments: new Set([0]) }), (r) => has(r) && r.listens.includes(1) && r.label === 0],
    ['without a word', '-late', narrow([2]), (r) => !r.text.includes('late') && r.listens.includes(2)],
    ['a fact alone', 'engagement:>900', narrow([1]), (r) => r.likes > 900 && r.listens.includes(1)],
    ['that none of it has', 'refund', narrow([99]), () => false],
  ] // prettier-ignore
  it.each(cases)('%s', (_what, text, asked, fits) => {
    const request = { query: query(text), narrow: asked }
    const expected = newestFirst(rows.filter(fits))
    expect(pages(request, 50).seqs).toEqual(expected)
    expect(countMatches(db, request, 1_000_000).count).toBe(expected.length)
    const period = { from: 100_000, to: 200_000 }
    const within = rows.filter((row) => fits(row) && row.publishedAt >= period.from && row.publishedAt < period.to)
    expect(pages({ ...request, ...period }, 500).seqs).toEqual(newestFirst(within))
  })

  it('narrows by terms of the index as well', () => {
    const request = { query: query('refund'), terms: ['=source:src_a'], where: "m.source_id = 'src_a'" }
    const expected = newestFirst(rows.filter((row) => has(row) && row.seq % 5 === 1))
    expect(pages(request, 500).seqs).toEqual(expected)
  })
})

describe('a search that has to stop before the end', () => {
  // How a word is written is not in the index: each candidate's text is read. A twentieth of them fits.
  const fits = (row: Row): boolean => row.text.includes('Refund')
  it.each([
    [
      'by words',
      'raw:"Refund"',
      [
        [150, 7],
        [40, 50],
        [333, 1_000],
      ],
    ],
    [
      'without a word to look up',
      'raw:"Refund" OR raw:"|"',
      [
        [1_500, 7],
        [5_000, 50],
        [9_999, 1_000],
      ],
    ],
  ] as const)('%s goes on with the next page, and gives each match once', (_what, text, sizes) => {
    const expected = rows.filter(fits).map(({ seq }) => seq)
    for (const [mostChecked, limit] of sizes) {
      const found = pages({ query: query(text), mostChecked }, limit)
      expect(found.unfinished).toBeGreaterThan(0)
      expect(new Set(found.seqs).size).toBe(found.seqs.length)
      expect([...found.seqs].sort((a, b) => a - b)).toEqual(expected)
    }
  })

  it('is in strict order when it did not have to stop', () => {
    const found = pages({ query: query('raw:"Refund"') }, 40)
    expect(found.unfinished).toBe(0)
    expect(found.seqs).toEqual(newestFirst(rows.filter(fits)))
  })
})
