import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Draft } from '#shared/model/mention.ts'
import { documentOf, type QueryDocument } from '#shared/query/document.ts'
import { globMatches, globOf } from '#shared/query/glob.ts'
import { marksOf } from '#shared/query/marks.ts'
import { matchQuery } from '#shared/query/match.ts'
import { parseQuery } from '#shared/query/parse.ts'
import type { Query } from '#shared/query/ast.ts'
import { document, queryText } from './arbitraries.ts'

const query = (text: string): Query => {
  const parsed = parseQuery(text)
  if (!parsed.ok) throw new Error(`${text}: ${parsed.error.code}`)
  return parsed.value
}
const base: Draft = {
  externalId: '1', kind: 'reply', text: '', title: null, url: 'https://mastodon.social/@lena/1',
  author: { id: '1', handle: '@lena@ruhr.social', name: 'Lena Müller', url: null, followers: 5_000 },
  publishedAt: Date.parse('2026-11-20T12:00:00Z'), lang: 'de-AT', country: 'DE', threadId: null, inReplyTo: null,
  engagement: { likes: 3, reposts: 2, replies: null }, links: ['https://www.shop.example.org/Sale/a?x=1'], media: ['image'], private: false, raw: null,
} // prettier-ignore
const about = (text: string, changes: Partial<Draft> = {}): QueryDocument =>
  documentOf(
    { ...base, text, ...changes },
    { sourceId: 'src_1', sourceName: 'My Feed', network: 'mastodon', sentiment: 'negative', intents: ['complaint', 'question'], aspects: ['delivery', 'Falcon X'] }, // prettier-ignore
  )

const post = 'Café “Nord”: I lost my bag at #Gate_7, @AirCare! Wi-Fi 東京駅 👍🏽 don’t. See https://t.co/x1'

describe('one query against one text', () => {
  it.each([
    'cafe', 'CAFÉ', 'nord', 'bag lost', 'bag NOT found', 'found OR bag', '"lost my bag"', '"LOST  my bag"', '"lost bag"~1', '"bag lost"~1', 'bag NEAR/1 lost',
    'lost ONEAR/1 bag', '(x OR bag) NEAR/1 (lost OR y)', 'lost ONEAR/0 my ONEAR/0 bag', 'gate', '#gate_7', '#gate*', '7', 'aircare', '@aircare', 'wi-fi', 'wifi OR "wi fi"', '"wi-f*"',
    '東京', '東京駅', '京', '👍', 'don\'t', '"don t"', 'caf?', 'c*e', '*afe', 'b?g', 'raw:"Café"', 'raw:"bag at"', 'raw:"”: I"', 'raw:"don’t"', 'raw:"…" OR bag',
    'author:lena', 'author:@lena@ruhr.social', 'author:"lena muller"', 'author:le*', 'author:*social', 'author:(x OR lena)', 'network:Mastodon', 'source:src_1',
    'source:"my feed"', 'source:my*', 'lang:de', 'lang:de-AT', 'lang:en,de', 'country:de', 'site:mastodon.social', 'site:*.social', 'link:example.org', 'link:shop.example.org',
    'link:example.org/sale', 'link:https://shop.example.org/Sale/a', 'link:t.co', 'link:*sale*', 'kind:reply', 'has:link', 'has:image', 'has:media', 'has:hashtag',
    'has:mention', 'has:emoji', 'has:country', 'is:reply', '-is:question', '-is:private', 'followers:>4999', 'followers:5000', 'followers:5k', 'followers:<=5k', 'engagement:5',
    'engagement:1..9', 'sentiment:negative', 'since:2026-11-20', 'until:2026-11-20', 'since:2026-11-20T12:00', '-since:2026-11-21',
    'intent:complaint', 'intent:question', 'intent:complaint intent:question', 'intent:(lead OR complaints)', '-intent:praise', 'aspect:delivery', 'aspect:Lieferung', 'aspect:"falcon x"', 'aspect:falcon*', '-aspect:price',
  ])('%s holds', (text) => expect(matchQuery(query(text), about(post))).toBe(true)) // prettier-ignore

  it.each([
    'caf', 'bag found', 'bag NOT lost', '"my lost bag"', '"lost bag"', '"lost bag"~0', 'bag ONEAR/1 lost', 'lost ONEAR/0 bag', '#gate', '#7', '#aircare', '@gate', '#bag', 'gate7', 'x1', 'https',
    '京東', '👎', 'b??g', '?lost', 'raw:"café"', 'raw:"Caf"', 'raw:"ag"', 'raw:"bag  at"', 'author:ruhr.social', 'author:len', 'author:"le*"', 'network:bluesky', 'source:feed', 'lang:en',
    'lang:d', 'country:at', 'site:social.mastodon', 'site:odon.social', 'link:ample.org', 'link:example.org/sal', 'link:mastodon.social', 'kind:post', 'has:video', 'has:audio', 'is:question', 'is:private',
    'is:quote', 'followers:>5000', 'engagement:6', 'sentiment:positive', 'since:2026-11-21', 'until:2026-11-19', 'until:2026-11-20T11:59',
    'intent:thanks', 'intent:praise', 'aspect:falcon', 'aspect:preis', 'aspect:deliver', 'delivery', 'aspect:price*',
  ].filter((text) => parseQuery(text).ok))('%s does not', (text) => expect(matchQuery(query(text), about(post))).toBe(false)) // prettier-ignore

  it('asks title and text, and no phrase reaches across', () => {
    const document = about('bag found', { title: 'Lost' })
    expect(matchQuery(query('lost bag'), document)).toBe(true)
    expect(matchQuery(query('"lost bag"'), document)).toBe(false)
    expect(matchQuery(query('raw:"Lost"'), document)).toBe(true)
  })

  it('takes what is not known for not there', () => {
    const document = about('bag', {
      author: null,
      engagement: null,
      country: null,
      lang: null,
      links: [],
      media: [],
      url: null,
    })
    for (const text of [
      'followers:<10',
      'engagement:0',
      'author:lena',
      'country:de',
      'lang:und',
      'has:link',
      'site:mastodon.social',
    ]) {
      expect(matchQuery(query(text), document), text).toBe(false)
      expect(matchQuery(query(`NOT ${text}`), document), text).toBe(true)
    }
  })

  it.each(['is it late?', 'late? "yes"', '¿tarde', '遅い？', 'متأخر؟'])('%s is a question', (text) => {
    expect(matchQuery(query('is:question'), about(text))).toBe(true)
  })
  it('a question mark inside an address asks nothing', () => {
    expect(matchQuery(query('is:question'), about('see https://a.de/?b=1 now'))).toBe(false)
  })

  it('obeys the laws of logic', () => {
    fc.assert(
      fc.property(queryText, queryText, document, (a, b, { draft, context }) => {
        const [p, q] = [parseQuery(a), parseQuery(b)]
        if (!p.ok || !q.ok) return
        const holds = (text: string): boolean => matchQuery(query(text), documentOf(draft, context))
        const [x, y] = [holds(a), holds(b)]
        expect(holds(`(${a}) AND (${b})`)).toBe(x && y)
        expect(holds(`(${a}) OR (${b})`)).toBe(x || y)
        expect(holds(`NOT (${a})`)).toBe(!x)
      }),
      { numRuns: 500 },
    )
  })
})

describe('marks', () => {
  const marked = (text: string, on = post): string[] =>
    marksOf(query(text), about(on)).map(([start, end]) => on.slice(start, end))
  it.each<[string, string[]]>([
    ['cafe bag', ['Café', 'bag']],
    ['bag OR found', ['bag']],
    ['bag NOT found', ['bag']],
    ['"lost my bag"', ['lost my bag']],
    ['lost NEAR/3 bag my', ['lost my bag']],
    ['#gate_7 @aircare', ['#Gate_7', '@AirCare']],
    ['gate', ['Gate']],
    ['東京', ['東京']],
    ['👍', ['👍🏽']],
    ['*a*', ['Café', 'bag at', 'Gate', 'AirCare'].flatMap((words) => words.split(' '))],
    ['raw:"Café"', ['Café']],
    ['bag found', []],
    ['author:lena', []],
    ['(bag found) OR lost', ['lost']],
  ])('%s', (text, expected) => expect(marked(text)).toEqual(expected))

  it('are in order, apart, inside the text, and only there when it matches', () => {
    fc.assert(
      fc.property(queryText, document, (text, { draft, context }) => {
        const parsed = parseQuery(text)
        if (!parsed.ok) return
        const each = documentOf(draft, context)
        const marks = marksOf(parsed.value, each)
        if (!matchQuery(parsed.value, each)) expect(marks).toEqual([])
        let end = -1
        for (const mark of marks) {
          expect(mark[0]).toBeGreaterThan(end)
          expect(mark[1]).toBeGreaterThan(mark[0])
          expect(mark[1]).toBeLessThanOrEqual(draft.text.length)
          end = mark[1]
        }
      }),
      { numRuns: 1_000 },
    )
  })
})

it('patterns mean what a regular expression of them means, without its worst case', () => {
  const letters = fc.constantFrom('a', 'b', '👍', '*', '?')
  fc.assert(
    fc.property(
      fc.array(letters, { maxLength: 8 }),
      fc.array(fc.constantFrom('a', 'b', '👍'), { maxLength: 10 }),
      (pattern, characters) => {
        const expression = new RegExp(
          `^${pattern.map((c) => (c === '*' ? '.*' : c === '?' ? '.' : c)).join('')}$`,
          'su',
        )
        expect(globMatches(globOf(pattern.join('')), characters.join(''))).toBe(expression.test(characters.join('')))
      },
    ),
    { numRuns: 3_000 },
  )
  expect(globMatches(globOf('*a'.repeat(30) + 'b'), 'a'.repeat(5_000))).toBe(false)
})
