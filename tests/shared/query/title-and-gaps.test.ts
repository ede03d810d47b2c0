import { describe, expect, it } from 'vitest'
import { documentOf } from '#shared/query/document.ts'
import { explainText } from '#shared/query/explain.ts'
import { marksOf } from '#shared/query/marks.ts'
import { matchQuery } from '#shared/query/match.ts'
import { parseQuery } from '#shared/query/parse.ts'

const bare = { kind: 'post' as const, author: null, publishedAt: 0, lang: null, country: null, private: false }
const about = (text: string, title: string | null = null, url: string | null = null) =>
  documentOf(
    { ...bare, text, title, url, inReplyTo: null, engagement: null, links: [], media: [] },
    { sourceId: 's', network: 'n' },
  )
const read = (text: string) => {
  const parsed = parseQuery(text)
  if (!parsed.ok) throw new Error(`${text}: ${parsed.error.code}`)
  return parsed.value
}
const holds = (query: string, ...document: Parameters<typeof about>) => matchQuery(read(query), about(...document))

describe('title: asks the title alone', () => {
  it.each<[query: string, title: string | null, text: string, right: boolean]>([
    ['title:ferry', 'Ferry late', 'x', true],
    ['title:ferry', 'Late again', 'the ferry', false],
    ['title:ferry', null, 'the ferry', false],
    ['-title:ferry', null, 'the ferry', true],
    ['title:"ferry late"', 'The ferry late', 'x', true],
    ['title:"ferry late"', 'The ferry', 'late', false],
    ['title:(ferry late)', 'Late: the ferry', 'x', true],
    ['title:(ferry late)', 'The ferry', 'late', false],
    ['title:(ferry NOT late)', 'The ferry', 'it was late', true],
    ['title:(ferry NOT late)', 'The late ferry', 'x', false],
    ['title:(boat OR fer*) delay', 'Ferries', 'a delay', true],
    ['title:(ferry NEAR/1 late)', 'ferry so late', '', true],
    ['title:(ferry NEAR/1 late)', 'ferry', 'so late', false],
    ['title:{Ferry}', 'Ferry', 'x', true],
    ['title:{Ferry}', 'ferry', 'Ferry', false],
    ['title:#ferry', 'On the #ferry', '', true],
    ['title:ferri~1', 'On the ferry', '', true],
  ])('%s · %s · %s: %s', (query, title, text, right) => expect(holds(query, text, title)).toBe(right))

  it('says so in words and takes no facts', () => {
    expect(explainText('title:(ferry OR boat)').words).toBe('Mentions with “ferry” or “boat” in the title.')
    for (const query of ['title:(ferry lang:de)', 'title:(has:link)', 'title:(a since:2026-01-01)'])
      expect(explainText(query).problems[0]).toMatchObject({ severity: 'error', code: 'bad-title' })
  })
})

it.each<[query: string, text: string, right: boolean]>([
  ['to:ferryco', '@ferryco where are you', true],
  ['to:@ferryco', '  @FerryCo: hello', true],
  ['to:ferryco', '@ana @ferryco where are you', true],
  ['to:ferryco', '.@ferryco where are you', true],
  ['to:ferryco@sea.example', '@ferryco where are you', true],
  ['to:ferryco', '@ferryco@sea.example hello', true],
  ['to:ferryco', 'thanks to @ferryco', false],
  ['to:ferryco', '@ferrycompany hello', false],
  ['to:ferryco', 'ferryco hello', false],
  ['to:ferry*', '@ferrycompany hello', true],
  ['to:(ferryco OR boatco)', '@boatco hello', true],
])('%s · %s: %s', (query, text, right) => expect(holds(query, text)).toBe(right))

it('marks whom a text is addressed to', () =>
  expect(marksOf(read('to:ferryco'), about('@ana @ferryco hello'))).toEqual([[5, 13]]))

it.each<[query: string, url: string | null, right: boolean]>([
  ['url:sea.example', 'https://www.sea.example/a', true],
  ['url:sea.example', 'https://shop.sea.example/', true],
  ['url:sea.example/timetable', 'https://sea.example/timetable/june', true],
  ['url:sea.example/timetable', 'https://sea.example/timetables', false],
  ['url:sea.example/timetable', 'https://sea.example/', false],
  ['url:*timetable*', 'https://sea.example/x/timetable?d=1', true],
  ['url:*timetable*', 'https://sea.example/', false],
  ['url:sea.example', null, false],
])('%s · %s: %s', (query, url, right) => expect(holds(query, 'x', null, url)).toBe(right))

it.each<[query: string, text: string, right: boolean]>([
  ['"ferry * strike"', 'ferry crews strike', true],
  ['"ferry * strike"', 'the ferry and its crews strike', true],
  ['"ferry * strike"', 'ferry strike', false],
  ['"ferry * strike"', 'strike of the ferry crews', false],
  ['"ferry * strike"', 'ferry one two three four five strike', true],
  ['"ferry * strike"', 'ferry one two three four five six strike', false],
  ['"ferry * * strike"', 'ferry crews strike', false],
  ['"ferry * * strike"', 'ferry crews might strike', true],
  ['"the ferry * on strike * today"', 'the ferry is on strike again today', true],
  ['"* ferry *"', 'a ferry', true],
  ['"fer* * strike"', 'ferries will strike', true],
])('%s · %s: %s', (query, text, right) => expect(holds(query, text)).toBe(right))

it.each<[query: string, text: string, right: boolean]>([
  ['timetable~1', 'a timetabel', true],
  ['timetable~1', 'a timtable', true],
  ['timetable~1', 'a timetaable', true],
  ['timetable~1', 'a timetoble', true],
  ['timetable~1', 'a timetable', true],
  ['timetable~1', 'a timtabel', false],
  ['timetable~2', 'a timtabel', true],
  ['timetable~1', 'a table', false],
  ['Fähre~1', 'die Faehre', true],
  ['fähre~1', 'die Fähra', true],
])('%s · %s: %s', (query, text, right) => expect(holds(query, text)).toBe(right))

it('puts gaps and slips into words', () => {
  expect(explainText('"ferry * strike"')).toMatchObject({
    words: 'Mentions with “ferry”, 1 to 5 other words, “strike”.',
    problems: [],
  })
  expect(explainText('timetable~1')).toMatchObject({
    words: 'Mentions with words like “timetable” with at most one wrong letter.',
    problems: [],
  })
  expect(explainText('"ferry * strike" NEAR/3 crew').problems[0]!.code).toBe('bad-near')
})
