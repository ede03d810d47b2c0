import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { explainText } from '#shared/query/explain.ts'
import { queryText } from './arbitraries.ts'

const mended = (query: string): string | null => {
  const mend = explainText(query).problems.find((problem) => problem.mend)?.mend
  return mend ? query.slice(0, mend.start) + mend.text + query.slice(mend.end) : null
}

describe('a problem that knows its mend', () => {
  it.each<[query: string, after: string]>([
    ['ferry W/5 strike', 'ferry NEAR/5 strike'],
    ['ferry PRE/3 strike', 'ferry ONEAR/3 strike'],
    ['ferry && boat', 'ferry AND boat'],
    ['ferry || boat', 'ferry OR boat'],
    ['!ferry boat', '-ferry boat'],
    ['ferry ANDNOT boat', 'ferry NOT boat'],
    ['ferry^2 boat', 'ferry boat'],
    ['"ferry boat"^2 late', '"ferry boat" late'],
    ['ferri~ boat', 'ferri~1 boat'],
    ['ferry or boat', 'ferry OR boat'],
    ['ferry UND boat', 'ferry AND boat'],
    ['ferry NICHT boat', 'ferry NOT boat'],
    ['кофе ИЛИ чай', 'кофе OR чай'],
    ['[ferry OR boat] late', '(ferry OR boat) late'],
    ['(ferry OR boat', '(ferry OR boat)'],
    ['ferry "late again', 'ferry "late again"'],
    ['ferry OR boat)', 'ferry OR boat'],
    ['ferry () boat', 'ferry boat'],
    ['AND ferry', 'ferry'],
    ['ferry AND', 'ferry'],
    ['ferry AND OR boat', 'ferry AND boat'],
    ['(ferry OR) boat', '(ferry) boat'],
    ['from:lena', 'author:lena'],
    ['language:de ferry', 'lang:de ferry'],
    ['foo:bar ferry', '"foo:bar" ferry'],
    ['https://sea.example/a ferry', 'link:sea.example/a ferry'],
    ['author: lena', 'author:lena'],
    ['raw:iOS ferry', 'raw:"iOS" ferry'],
    ['C++ ferry', 'raw:"C++" ferry'],
    ['ferry late?', 'ferry late'],
    ['ferry late OR boat', '(ferry late) OR boat'],
    ['ferry - boat', 'ferry -boat'],
    ['site:sea.example/news ferry', 'url:sea.example/news ferry'],
    ['ferry OR boat OR ferry', 'ferry OR boat'],
  ])('%s → %s', (query, after) => expect(mended(query)).toBe(after))

  it.each(['', '*', 'lang:xx12345', 'NOT ferry', 'followers:many', 'a NEAR/5000 b'])('%s has none', (query) =>
    expect(mended(query)).toBeNull(),
  )

  it('leaves a query that can be read at least as well as before', () => {
    const broken = fc
      .tuple(queryText, fc.nat(), fc.constantFrom('', '(', ')', '"', ' AND ', ' or ', ' W/5 ', '&&', 'from:', '['))
      .map(([text, at, scrap]) => text.slice(0, at % (text.length + 1)) + scrap + text.slice(at % (text.length + 1)))
    fc.assert(
      fc.property(broken, (text) => {
        const before = explainText(text)
        const after = mended(text)
        if (after === null) return
        expect(after).not.toBe(text)
        if (before.valid) expect(explainText(after).valid).toBe(true)
      }),
      { numRuns: 1_500 },
    )
  })
})
