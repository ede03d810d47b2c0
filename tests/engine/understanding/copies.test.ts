import { describe, expect, it } from 'vitest'
import { foldsOfCopies, nearCopies } from '#engine/understanding/classify/copies.ts'

const post = 'the new phone from the shop on the corner has a screen that cracked on the very first day of use'

describe('near copies', () => {
  it('are told by the first of their kind, with another link or name', () => {
    const texts = [post, 'something else entirely was said here', `${post} https://a.example/1`, `RT @mira: ${post}`]
    expect([...nearCopies(texts)]).toEqual([0, 1, 0, 0])
  })

  it('are not texts of two words', () => {
    expect([...nearCopies(['so true', 'so true'])]).toEqual([0, 1])
  })

  it('stand in one part, and the others are spread evenly by label', () => {
    const texts = Array.from(
      { length: 40 },
      (_, at) => `row ${at} ${'abcdefghijklmnopqrstuvwxyz'.slice(at % 20)} says ${at * 7919} of ${at * 31}`,
    )
    const labels = texts.map((_, at) => (at % 2 === 0 ? 'a' : 'b'))
    const copies = [post, `${post} https://a.example/1`, `${post} https://b.example/2`]
    const folds = foldsOfCopies([...texts, ...copies], [...labels, 'a', 'b', 'a'], 4)
    expect(new Set(folds.slice(40)).size).toBe(1)
    for (let part = 0; part < 4; part++)
      expect(folds.slice(0, 40).filter((one) => one === part).length).toBeGreaterThanOrEqual(8)
  })
})
