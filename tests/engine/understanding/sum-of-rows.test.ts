import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRows } from '#engine/understanding/encoder/lookup.ts'
import { createSum, fastSum, plainSum } from '#engine/understanding/encoder/sum.ts'

const SIZE = 256
const COUNT = 40
/** Numbers that look random and are the same each time. */
const vectors = Int8Array.from({ length: SIZE * COUNT }, (_, at) => ((at * 7919 + 13) % 255) - 127)
const scales = Float32Array.from({ length: COUNT }, (_, at) => 0.001 * (at + 1))

function rowsOf(chosen: readonly { row: number; weight: number }[]): ReturnType<typeof createRows> {
  const rows = createRows()
  rows.count = chosen.length
  chosen.forEach(({ row, weight }, at) => {
    rows.rows[at] = row
    rows.weights[at] = weight
  })
  return rows
}

describe('the sum of rows', () => {
  it('is the same by vector instructions and number by number', () => {
    const fast = fastSum(vectors, scales, SIZE)!
    expect(fast).not.toBeNull()
    const plain = plainSum(vectors, scales, SIZE)
    const one = fc.record({ row: fc.nat(COUNT - 1), weight: fc.double({ min: 0, max: 1, noNaN: true }) })
    fc.assert(
      fc.property(fc.array(one, { maxLength: 60 }), (chosen) => {
        const a = new Float32Array(SIZE).fill(3)
        const b = new Float32Array(SIZE).fill(5)
        fast(rowsOf(chosen), a)
        plain(rowsOf(chosen), b)
        a.forEach((value, k) => expect(Math.abs(value - b[k]!)).toBeLessThan(1e-3))
      }),
    )
  })

  it('is nothing of no rows', () => {
    const into = new Float32Array(SIZE).fill(1)
    fastSum(vectors, scales, SIZE)!(rowsOf([]), into)
    expect(into.every((value) => value === 0)).toBe(true)
  })

  it('is taken number by number where a row does not fit', () => {
    const sum = createSum(Int8Array.of(1, 2, 3, 4, 5, 6), Float32Array.of(1, 0.5), 3)
    const into = new Float32Array(3)
    sum(
      rowsOf([
        { row: 0, weight: 1 },
        { row: 1, weight: 2 },
      ]),
      into,
    )
    expect([...into]).toEqual([5, 7, 9])
  })
})
