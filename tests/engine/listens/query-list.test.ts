import { describe, expect, it } from 'vitest'
import { listedQueries } from '#engine/listens/listed-queries.ts'
import { readQueryList } from '#engine/listens/query-list.ts'

const read = (text: string): [string | null, string][] => readQueryList(text).map(({ name, query }) => [name, query])

describe('a list of queries', () => {
  const two: [string | null, string][] = [
    ['Ferry', 'ferry AND (late OR "on strike")'],
    ['Boat, all', 'boat NOT job'],
  ]
  it.each<[what: string, text: string]>([
    ['CSV with a head', 'name,query\nFerry,"ferry AND (late OR ""on strike"")"\n"Boat, all",boat NOT job\n'],
    [
      'CSV of a German spreadsheet',
      '\ufeffBezeichnung;Sprache;Abfrage\r\nFerry;en;"ferry AND (late OR ""on strike"")"\r\nBoat, all;de;boat NOT job\r\n',
    ],
    [
      'tab-separated',
      'Query Name\tCreated\tBoolean Query\nFerry\t2026-01-01\tferry AND (late OR "on strike")\nBoat, all\t2026-01-01\tboat NOT job',
    ],
    [
      'a JSON list',
      '[{"name":"Ferry","booleanQuery":"ferry AND (late OR \\"on strike\\")"},{"name":"Boat, all","booleanQuery":"boat NOT job"}]',
    ],
    [
      'the answer of an API',
      '{"resultsTotal":2,"results":[{"id":7,"name":"Ferry","includedTerms":["ferry AND (late OR \\"on strike\\")"],"lang":"en"},{"id":8,"name":"Boat, all","includedTerms":["boat NOT job"]}]}',
    ],
    [
      'nested topics',
      '{"project":{"title":"P","topics":[{"title":"Ferry","queries":[{"query":"ferry AND (late OR \\"on strike\\")","title":"Ferry"}]},{"title":"Boat, all","query":"boat NOT job"}]}}',
    ],
    [
      'one object a line',
      '{"title":"Ferry","query":"ferry AND (late OR \\"on strike\\")"}\n{"title":"Boat, all","query":"boat NOT job"}\n',
    ],
    ['names with queries', '{"Ferry":"ferry AND (late OR \\"on strike\\")","Boat, all":"boat NOT job"}'],
    ['lines with a tab', 'Ferry\tferry AND (late OR "on strike")\nBoat, all\tboat NOT job'],
    ['lines with a colon', 'Ferry: ferry AND (late OR "on strike")\n\nBoat, all: boat NOT job'],
    ['a numbered list', '1. Ferry: ferry AND (late OR "on strike")\n2) Boat, all: boat NOT job'],
  ])('is read from %s', (_what, text) => expect(read(text)).toEqual(two))

  it.each<[text: string, queries: string[]]>([
    ['ferry AND boat\n\n  "on strike" OR walkout\n', ['ferry AND boat', '"on strike" OR walkout']],
    ['query\nferry\nboat', ['ferry', 'boat']],
    ['title: ferry\nfrom: sealine', ['title: ferry', 'from: sealine']],
    ['["ferry","boat AND late"]', ['ferry', 'boat AND late']],
    ['- ferry\n• boat', ['ferry', 'boat']],
    ['-job ferry', ['-job ferry']],
    ['#ferry', ['#ferry']],
    ['# a remark\nferry', ['ferry']],
    ['{"name":"two","includedTerms":["ferry late","boat"]}', ['(ferry late) OR (boat)']],
    ['(ferry: "a"', ['(ferry: "a"']],
    ['', []],
    ['{broken', ['{broken']],
    ['{}', ['{}']],
  ])('%s', (text, queries) => expect(read(text).map(([, query]) => query)).toEqual(queries))

  it('is bounded', () => expect(read('ferry\n'.repeat(2_000))).toHaveLength(500))
})

describe('what each query of a list becomes', () => {
  it('is said: as it stands, translated, not quite the same, or why it cannot be taken', () => {
    const text = 'A: ferry AND boat\nB: from:sealine\nC: ferry AND city:kiel\nD: conversation_id:7\nE: ferry AND *'
    expect(listedQueries(text, null, 'en', []).map(({ name, query, state }) => [name, query, state])).toEqual([
      ['A', 'ferry AND boat', 'same'],
      ['B', 'author:sealine', 'translated'],
      ['C', 'ferry', 'changed'],
      ['D', null, 'refused'],
      ['E', 'ferry', 'changed'],
    ])
  })

  it('has a name that nothing else has', () => {
    const names = (text: string, taken: string[] = []) => listedQueries(text, null, 'en', taken).map(({ name }) => name)
    expect(names('Ferry: a1\nferry: b1\nFerry: c1', ['FERRY'])).toEqual(['Ferry 2', 'ferry 3', 'Ferry 4'])
    expect(names('"late ferry" AND (boat)\n"late ferry" AND (boat)')).toEqual([
      'late ferry AND boat',
      'late ferry AND boat 2',
    ])
    expect(names(`${'👩‍👩‍👧'.repeat(40)}: boat`)[0]).not.toMatch(/[\ud800-\udbff]$/)
  })
})
