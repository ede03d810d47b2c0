import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMatcher } from '#engine/matching/matcher.ts'
import { documentOf } from '#shared/query/document.ts'
import { matchQuery } from '#shared/query/match.ts'
import { parseQuery } from '#shared/query/parse.ts'
import { document, queryText } from '#tests/shared/query/arbitraries.ts'

describe('all listens at once', () => {
  it('finds exactly the listens that match one by one', () => {
    let hits = 0
    fc.assert(
      fc.property(
        fc.array(queryText, { minLength: 1, maxLength: 12 }),
        fc.array(document, { minLength: 1, maxLength: 12 }),
        (texts, drafts) => {
          const queries = texts.map((text) => parseQuery(text))
          const matcher = createMatcher(texts.map((query, i) => ({ id: `${i}`, query })))
          for (const { draft, context } of drafts) {
            const alone = queries.flatMap((query, i) =>
              query.ok && matchQuery(query.value, documentOf(draft, context)) ? [`${i}`] : [],
            )
            const together = matcher.match(documentOf(draft, context)).map((hit) => hit.listenId)
            hits += alone.length
            expect(together).toEqual(alone)
          }
        },
      ),
      { numRuns: 400 },
    )
    // The generators must make texts and queries that meet, or the property says nothing.
    expect(hits).toBeGreaterThan(1_000)
  })

  it('keeps finding them after the anchors were chosen anew from what was counted', () => {
    const queries = ['bag lost', 'delay* OR 東京', '"lost bag"~2 -café', 'NOT bag', '#sale lang:de']
    const matcher = createMatcher(queries.map((query) => ({ id: query, query })))
    const parsed = queries.map((query) => parseQuery(query)).flatMap((query) => (query.ok ? [query.value] : []))
    const drafts = fc.sample(document, { numRuns: 5_000, seed: 7 })
    let hits = 0
    for (const { draft, context } of drafts) {
      const alone = parsed.filter((query) => matchQuery(query, documentOf(draft, context))).map((query) => query.text)
      expect(matcher.match(documentOf(draft, context)).map((hit) => hit.listenId)).toEqual(alone)
      hits += alone.length
    }
    expect(hits).toBeGreaterThan(1_000)
  })

  it('finds one of 1,500 names, and each of 1,500 listens with one', () => {
    const names = Array.from({ length: 1_500 }, (_, i) => `b${i}`)
    const long = names.join(' OR ')
    const matcher = createMatcher([
      { id: 'any', query: long },
      { id: 'none', query: `bag NOT (${long})` },
      { id: 'all', query: `(${long}) AND bag` },
      ...names.map((name) => ({ id: name, query: `${name} bag` })),
    ])
    const [sample] = fc.sample(document, { numRuns: 1, seed: 1 })
    const hear = (text: string): string[] =>
      matcher.match(documentOf({ ...sample!.draft, text, title: null }, sample!.context)).map((hit) => hit.listenId)
    expect(hear('my bag by B1499')).toEqual(['any', 'all', 'b1499'])
    expect(hear('my bag by b1500')).toEqual(['none'])
    expect(hear('b7')).toEqual(['any'])
  })

  it('names listens that cannot be read and those that wait for no word', () => {
    const matcher = createMatcher([
      { id: 'broken', query: 'bag AND' },
      { id: 'everything', query: 'NOT spam' },
      { id: 'word', query: 'bag' },
    ])
    expect(matcher.problems).toMatchObject([{ id: 'broken', problem: { code: 'missing-operand' } }])
    expect(matcher.residual).toEqual(['everything'])
  })

  it('answers for a mention of 100,000 words', () => {
    const matcher = createMatcher([
      { id: 'a', query: '"last word"' },
      { id: 'b', query: 'bag NEAR/3 lost' },
      { id: 'c', query: '*zz* OR nothing' },
    ])
    const text = 'bag word '.repeat(50_000) + 'last word'
    const [sample] = fc.sample(document, { numRuns: 1, seed: 1 })
    const hits = matcher.match(documentOf({ ...sample!.draft, text }, sample!.context))
    expect(hits.map((hit) => hit.listenId)).toEqual(['a'])
  })
})
