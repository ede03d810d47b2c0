import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { textParts } from '#renderer/features/board/textParts.ts'

const word = (start: number, end: number, weight: number) => ({ word: '', start, end, weight })

describe('textParts', () => {
  it('cuts where marks and driving words overlap', () => {
    expect(textParts('die Brewly nervt', [[4, 10]], [word(8, 16, -0.5)])).toEqual([
      { text: 'die ', mark: false, weight: null },
      { text: 'Brew', mark: true, weight: null },
      { text: 'ly', mark: true, weight: -0.5 },
      { text: ' nervt', mark: false, weight: -0.5 },
    ])
  })
  it('ignores ranges outside of the text and empty ones', () => {
    expect(
      textParts(
        'abc',
        [
          [5, 9],
          [2, 2],
          [3, 1],
        ],
        [word(0, 1, 0)],
      ),
    ).toEqual([{ text: 'abc', mark: false, weight: null }])
  })
  it('does not cut an emoji in half', () => {
    expect(textParts('a😀b', [[2, 4]], []).map((part) => part.text)).toEqual(['a', '😀b'])
  })
  it('gives back exactly the text, whatever the ranges', () => {
    const offset = fc.integer({ min: -5, max: 60 })
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 50 }),
        fc.array(fc.tuple(offset, offset)),
        fc.array(fc.tuple(offset, offset)),
        (text, marks, words) => {
          const parts = textParts(
            text,
            marks,
            words.map(([start, end]) => word(start, end, 1)),
          )
          expect(parts.map((part) => part.text).join('')).toBe(text)
        },
      ),
    )
  })
})
