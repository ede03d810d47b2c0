import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TokenKind, tokenize } from '#engine/understanding/tokens.ts'

const kinds = Object.fromEntries(Object.entries(TokenKind).map(([name, value]) => [value, name]))
const cut = (text: string): string[] => tokenize(text).map((token) => `${kinds[token.kind]}:${token.text}`)

describe('cutting a post into tokens', () => {
  it.each([
    ["I don't like it!!!", ['word:i', "word:don't", 'word:like', 'word:it', 'punctuation:!!!']],
    ['Don’t', ["word:don't"]],
    ['see https://x.y/a?b=1 now', ['word:see', 'url:http', 'word:now']],
    ['http', ['url:http']],
    ['bit.ly/2abc', ['url:http']],
    ['@lena@ruhr.social hi', ['handle:lena@ruhr.social', 'word:hi']],
    ['#WorstFlight ever', ['hashtag:worstflight', 'word:ever']],
    ['12:30 and 1,000.50', ['number:12:30', 'word:and', 'number:1,000.50']],
    ['😡👍🏽 🇩🇪', ['emoji:😡', 'emoji:👍', 'emoji:🇩']],
    ['👨‍👩‍👧 ok', ['emoji:👨', 'word:ok']],
    ['fine :-) xD <3', ['word:fine', 'emoticon::-)', 'emoticon:xD', 'emoticon:<3']],
    ['電池が熱い', ['word:電', 'word:池', 'word:が', 'word:熱', 'word:い']],
    ['батарея', ['word:батарея']],
    ['', []],
    [' \n\t', []],
  ])('%j', (text, expected) => {
    expect(cut(text)).toEqual(expected)
  })

  it('never throws, and its places lie in order inside the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        let last = 0
        for (const { start, end } of tokenize(text)) {
          expect(start).toBeGreaterThanOrEqual(last)
          expect(end).toBeGreaterThan(start)
          last = end
        }
        expect(last).toBeLessThanOrEqual(text.length)
      }),
    )
  })

  it('reads half a surrogate pair without harm', () => {
    expect(tokenize('a \ud83d b').map(({ text }) => text)).toEqual(['a', 'b'])
  })
})
