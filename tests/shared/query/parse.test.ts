import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Node } from '#shared/query/ast.ts'
import { explainText } from '#shared/query/explain.ts'
import { lex } from '#shared/query/lex.ts'
import { languages } from '#shared/words/languages.ts'
import { parseQuery } from '#shared/query/parse.ts'
import { queryText } from './arbitraries.ts'

/** A tree as a short text, to compare without offsets. */
function shape(node: Node): string {
  switch (node.type) {
    case 'and':
    case 'or':
      return `${node.type}(${node.items.map(shape).join(' ')})`
    case 'title':
      return `title(${shape(node.item)})`
    case 'not':
      return `not(${shape(node.item)})`
    case 'near':
      return `${node.ordered ? 'onear' : 'near'}${node.distance}(${shape(node.left)} ${shape(node.right)})`
    case 'word':
      return node.text
    case 'phrase':
      return `"${node.text}"${node.slop === null ? '' : `~${node.slop}`}`
    case 'raw':
      return `raw"${node.text}"`
    case 'field':
      return `${node.field}=${node.values.map(({ text }) => text).join('|')}`
    case 'number':
      return `${node.field}[${node.from ?? ''}..${node.to ?? ''}]`
    case 'time':
      return `${node.field}@${new Date(node.at).toISOString().slice(0, 16)}`
  }
}
const read = (text: string): string => {
  const parsed = parseQuery(text)
  return parsed.ok ? shape(parsed.value.root) : `${parsed.error.code} ${parsed.error.start}-${parsed.error.end}`
}

describe('queries that can be read', () => {
  it.each([
    ['bag', 'bag'],
    ['bag lost', 'and(bag lost)'],
    ['bag AND lost OR found', 'or(and(bag lost) found)'],
    ['bag (lost OR found)', 'and(bag or(lost found))'],
    ['bag NOT lost -found', 'and(bag not(lost) not(found))'],
    ['-(a b)', 'not(and(a b))'],
    ['NOT NOT a', 'not(not(a))'],
    ['bag and lost', 'and(bag and lost)'],
    ['ANDROID ORANGE NOTE NEAR', 'and(ANDROID ORANGE NOTE NEAR)'],
    ['"lost bag"~5 “smart” „deutsch“ «français»', 'and("lost bag"~5 "smart" "deutsch" "français")'],
    ['a NEAR/3 b ONEAR/2 "c d"', 'onear2(near3(a b) "c d")'],
    ['(a OR b) NEAR/3 (c OR "d e") f', 'and(near3(or(a b) or(c "d e")) f)'],
    ['wi-fi l*ft b?g #sale @lena 12:30', 'and(wi-fi l*ft b?g #sale @lena 12:30)'],
    ['raw:"Exact Case" RAW:"C++"', 'and(raw"Exact Case" raw"C++")'],
    ['author:lena AUTHOR:"Lena M" author:(a OR "b c", d)', 'and(author=lena author=Lena M author=a|b c|d)'],
    [
      'title:bag -title:"lost bag" TITLE:(bag OR -lost)',
      'and(title(bag) not(title("lost bag")) title(or(bag not(lost))))',
    ],
    ['title:(bag NEAR/3 lost) to:@lena url:example.org/a', 'and(title(near3(bag lost)) to=@lena url=example.org/a)'],
    ['lang:de,en -lang:fr', 'and(lang=de|en not(lang=fr))'],
    ['intent:Complaints aspect:"Falcon X"', 'and(intent=complaint aspect=Falcon X)'],
    ['kind:Mail has:images is:retweet sentiment:NEGATIVE', 'and(kind=mail has=image is=repost sentiment=negative)'],
    ['site:https://www.example.org/ link:example.org/a', 'and(site=example.org link=example.org/a)'],
    [
      'followers:>10k followers:<=1.5m followers:7 engagement:10..20',
      'and(followers[10001..] followers[..1500000] followers[7..7] engagement[10..20])',
    ],
    ['since:2026-11-20 until:2026-11-20', 'and(since@2026-11-20T00:00 until@2026-11-21T00:00)'],
    ['since:2026-11-20T15:00+01:00 until:2024-02', 'and(since@2026-11-20T14:00 until@2024-03-01T00:00)'],
    ['  \t bag \u3000 lost\n', 'and(bag lost)'],
    ['東京 👍', 'and(東京 👍)'],
    ['−bag lost', 'and(not(bag) lost)'],
  ])('%s', (text, expected) => expect(read(text)).toBe(expected))

  it('takes 16,384 characters and more than 1,000 operands', () => {
    const many = parseQuery('ab OR '.repeat(2_729) + 'ab')
    expect(many).toMatchObject({ ok: true, value: { operands: 2_730 } })
    expect(parseQuery('a '.repeat(8_192))).toMatchObject({ ok: true, value: { operands: 8_192 } })
    expect(parseQuery(`author:(${'a,'.repeat(8_000)}b)`)).toMatchObject({ ok: true, value: { operands: 8_001 } })
    expect(read('('.repeat(100) + 'a' + ')'.repeat(100))).toBe('a')
  })

  it('keeps the place of every part', () => {
    const text = 'bag OR (lost NEAR/3 "my case") -author:"Lena M"'
    const parsed = parseQuery(text)
    const found: string[] = []
    const visit = (node: Node): void => {
      if (node.type !== 'and' && node.type !== 'or') found.push(text.slice(node.start, node.end))
      if ('items' in node) node.items.forEach(visit)
      if ('item' in node) visit(node.item)
      if ('left' in node) [node.left, node.right].forEach(visit)
    }
    if (parsed.ok) visit(parsed.value.root)
    expect(found).toEqual(['bag', 'lost NEAR/3 "my case"', 'lost', '"my case"', '-author:"Lena M"', 'author:"Lena M"'])
  })
})

describe('queries that cannot', () => {
  it.each([
    ['', 'empty 0-0'],
    ['   ', 'empty 0-3'],
    ['AND a', 'missing-operand 0-3'],
    ['a OR', 'missing-operand 2-4'],
    ['a AND OR b', 'missing-operand 6-8'],
    ['a NEAR/3', 'missing-operand 2-8'],
    ['NOT', 'missing-operand 0-3'],
    ['(a OR ) b', 'missing-operand 3-7'],
    ['a (b', 'unbalanced 2-3'],
    ['a) b', 'unbalanced 1-2'],
    ['()', 'empty-group 0-2'],
    ['a "b', 'unclosed-quote 2-4'],
    ['a - b', 'nothing-to-search 2-3'],
    ['a & b', 'nothing-to-search 2-3'],
    ['"" a', 'nothing-to-search 0-2'],
    ['raw:"" a', 'nothing-to-search 0-6'],
    ['* a', 'nothing-to-search 0-1'],
    ['raw:x', 'missing-value 0-5'],
    ['foo:bar', 'unknown-field 0-4'],
    ['https://example.org', 'unknown-field 0-6'],
    ['www.example.org', 'unknown-field 0-15'],
    ['author: lena', 'missing-value 0-7'],
    ['author:(a AND b)', 'missing-value 0-7'],
    ['lang:germanisch', 'unknown-value 5-15'],
    ['country:DEU', 'unknown-value 8-11'],
    ['has:cat', 'unknown-value 4-7'],
    ['site:localhost', 'unknown-value 5-14'],
    ['site:a.de/b', 'unknown-value 5-11'],
    ['author:*', 'unknown-value 7-8'],
    ['followers:1.000', 'bad-number 10-15'],
    ['followers:>', 'bad-number 10-11'],
    ['followers:9..1', 'bad-number 10-14'],
    ['followers:<0', 'bad-number 10-12'],
    ['since:2026-02-30', 'bad-date 6-16'],
    ['since:yesterday', 'bad-date 6-15'],
    ['a NEAR/1001 b', 'bad-distance 0-13'],
    ['a NEAR/3 lang:de', 'bad-near 9-16'],
    ['a NEAR/3 -b', 'bad-near 9-11'],
    ['a NEAR/3 "b c"~2', 'bad-near 9-16'],
    ['"a b"~1001', 'bad-distance 0-10'],
    ['a'.repeat(16_385), 'too-long 16384-16385'],
    ['('.repeat(8_000) + 'a' + ')'.repeat(8_000), 'too-deep 100-101'],
    ['NOT '.repeat(4_000) + 'a', 'too-deep 1600-16001'],
    ['-'.repeat(16_000) + 'a', 'too-deep 400-16001'],
    [`a${' NEAR/1 a'.repeat(1_500)}`, 'too-deep 0-9903'],
  ])('%s', (text, expected) => {
    const found = read(text)
    if (expected.startsWith('too-deep')) expect(found.split(' ')[0]).toBe('too-deep')
    else expect(found).toBe(expected)
  })

  it('say so in two languages, with a place inside the query, whatever is typed', () => {
    const pieces = fc.constantFrom(
      'a',
      ' ',
      '(',
      ')',
      '"',
      'AND',
      'OR',
      'NOT',
      '-',
      'NEAR/2',
      'author:',
      'lang:de',
      ':',
      '~5',
      '*',
      'raw:',
      '#',
      '…',
      '👍',
      ',',
      '\ud800',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(pieces, { maxLength: 12 }).map((list) => list.join('')),
          fc.string({ unit: 'binary' }),
        ),
        (text) => {
          for (const locale of languages) {
            const explained = explainText(text, { locale })
            expect(explained.words === '').toBe(!explained.valid)
            for (const problem of explained.problems) {
              expect(problem.message).toMatch(/\S.*[.“”")]$/s)
              expect(problem.start).toBeGreaterThanOrEqual(0)
              expect(problem.end).toBeLessThanOrEqual(text.length)
              expect(problem.end).toBeGreaterThanOrEqual(problem.start)
            }
          }
        },
      ),
      { numRuns: 2_000 },
    )
  })
})

it('the tokens of an editor are in order and leave only spaces between them', () => {
  fc.assert(
    fc.property(fc.oneof(queryText, fc.string()), (text) => {
      let end = 0
      for (const token of lex(text)) {
        expect(text.slice(end, token.start)).toMatch(/^[\s\u200b]*$/)
        expect(token.end).toBeGreaterThan(token.start)
        end = token.end
      }
      expect(text.slice(end)).toMatch(/^[\s\u200b]*$/)
    }),
  )
  expect(lex('bag AND -author:(lena OR "x y") "a b"~5 foo:1').map(({ kind }) => kind)).toEqual([
    'term', 'operator', 'operator', 'field', 'paren', 'value', 'operator', 'value', 'paren', 'phrase', 'operator', 'error', 'value',
  ]) // prettier-ignore
})
