import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { urlsIn } from '#shared/query/urls.ts'
import { cut, graphemes, mastodonLength, weightedLength } from '#shared/util/text-length.ts'

const long = `https://kaffora.example/${'a'.repeat(50)}`
const URL = 23

describe('the length on Mastodon', () => {
  it.each([
    [`See ${long}.`, 4 + URL + 1],
    [`See ${long}, then`, 4 + URL + 6],
    [`Why ${long}?!`, 4 + URL + 2],
    [`Help (${long}) here`, 6 + URL + 6],
    [`Help (see ${long}).`, 10 + URL + 2],
    [`“${long}”`, URL + 2],
    [`「${long}」`, URL + 2],
    [`看${long}。`, 2 + URL],
    [`x${long}`, 1 + long.length],
    [`${long}?a=b，然后`, URL + 3],
    [`看 ${long}。`, 2 + URL + 1],
    [`${long}…`, URL + 1],
    [`${long.toUpperCase()}`, URL],
    [`HtTpS://Kaffora.Example/x`, URL],
    [`https://en.example.org/wiki/Foo_(bar)`, URL],
    [`(https://en.example.org/wiki/Foo_(bar))`, URL + 2],
    [`https://kaffora.example/a?b=c&d=e#f`, URL],
    [`https://kaffora.example/ https://kaffora.example/x/`, URL * 2 + 1],
    ['https://localhost/x', 19],
    ['@lena@ruhr.social hi', 8],
    ['', 0],
    [`(${long})here`, URL + 6],
    [`${long}).`, URL + 2],
    [`[a](${long})`, 4 + URL + 1],
    ['👩‍👩‍👧🇩🇪e\u0301', 3],
    ['@lena_x@ruhr.social, @bo@b.example!', 7 + 2 + 3 + 1],
    ['jo@kaffora.example', 18],
    ['#größe 1️⃣', 8],
  ])('%s', (text, length) => expect(mastodonLength(text)).toBe(length))
})

describe('the length on X', () => {
  it.each([
    [`See ${long}.`, 4 + URL + 1],
    ['日本', 4],
    ['👩‍👩‍👧', 2],
    ['1️⃣', 2],
    ['©️ 2026', 2 + 5],
    ['© 2026', 6],
    ['🇩🇪🏴󠁧󠁢󠁳󠁣󠁴󠁿', 4],
    ['e\u0301', 1],
    ['naïve…', 5 + 2],
    ['kaffora.com/help/a/very/long/way/to/go', URL],
    ['see kaffora.com.', 4 + URL + 1],
    ['(shop.kaffora.de/a)', URL + 2],
    ['kaffora.de', 10],
    ['jo@kaffora.com', 14],
    ['end.Then', 8],
    [`${long} and ${long}`, URL * 2 + 5],
    ['مرحبا', 5],
    ['한국', 4],
  ])('%s', (text, length) => expect(weightedLength(text)).toBe(length))
})

describe('hostile ends', () => {
  const n = 200_000
  it.each([
    ['!'.repeat(n) + 'x'],
    ['('.repeat(n)],
    [')'.repeat(n)],
    ['?' + '.'.repeat(n) + '😡'],
    ['👩\u200d'.repeat(n)],
  ])('are counted in time that grows with them', (end) => {
    expect(weightedLength(`https://a.bc/${end}`)).toBeGreaterThan(0)
    expect(urlsIn(`https://a.bc/${end}`)).toHaveLength(1)
  })
})

describe('a cut', () => {
  it.each([
    ['ab😡', 3, 'ab'],
    ['ab😡', 4, 'ab😡'],
    ['a👩‍👩‍👧b', 6, 'a'],
    ['ae\u0301', 2, 'a'],
    ['🇩🇪🇫🇷', 6, '🇩🇪'],
    ['a\r\nb', 2, 'a'],
    ['नमस्ते', 3, 'नम'],
    ['😡', 1, ''],
    ['abc', 0, ''],
  ])('of %j at %i', (text, most, expected) => expect(cut(text, most)).toBe(expected))

  it('of any text is its beginning, well-formed, no longer than asked, and never splits a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.nat({ max: 80 }), (text, most) => {
        const short = cut(text, most)
        expect(text.startsWith(short)).toBe(true)
        expect(short.length).toBeLessThanOrEqual(most)
        expect(short.isWellFormed()).toBe(true)
        // One character that is longer by itself is the exception.
        if (graphemes(text.slice(0, most + 8)) > 1 && graphemes(short) > 1)
          expect(graphemes(short) + graphemes(text.slice(short.length))).toBe(graphemes(text))
      }),
    )
  })
})
