import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NearDuplicates } from '#engine/intake/near-duplicates.ts'
import { DUPLICATE_DISTANCE, simhashDistance, type Simhash } from '#engine/understanding/simhash.ts'

const uint = fc.integer({ min: 0, max: 0xffffffff })
const flip = ([high, low]: Simhash, bits: number[]): Simhash => {
  let [h, l] = [high, low]
  for (const bit of bits) {
    if (bit < 32) h = (h ^ (1 << bit)) >>> 0
    else l = (l ^ (1 << (bit - 32))) >>> 0
  }
  return [h, l]
}

describe('near duplicates', () => {
  it('are found at distance 3 and not at 20', () => {
    fc.assert(
      fc.property(uint, uint, fc.uniqueArray(fc.integer({ min: 0, max: 63 }), { maxLength: 3 }), (high, low, bits) => {
        const index = new NearDuplicates(64)
        index.add([high, low], 7)
        expect(index.find(flip([high, low], bits))).toBe(7)
        expect(
          index.find(
            flip(
              [high, low],
              Array.from({ length: 20 }, (_, i) => i * 3),
            ),
          ),
        ).toBeNull()
      }),
    )
  })

  it('agree with looking at every one of the last ones', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 63 })), { maxLength: 120 }),
        (posts) => {
          const window = 32
          const index = new NearDuplicates(window)
          const seen: { hash: Simhash; seq: number }[] = []
          for (const [family, bit] of posts) {
            const hash = flip([family * 0x9e3779b1, family * 0x85ebca6b].map((n) => n >>> 0) as unknown as Simhash, [
              bit,
            ])
            const near = seen.slice(-window).filter((one) => simhashDistance(one.hash, hash) <= DUPLICATE_DISTANCE)
            const expected = near.length > 0 ? Math.min(...near.map((one) => one.seq)) : null
            const found = index.find(hash)
            expect(found === null).toBe(expected === null)
            const seq = found ?? seen.length + 1
            index.add(hash, seq)
            seen.push({ hash, seq })
          }
        },
      ),
    )
  })

  it('forget what is older than the window', () => {
    const index = new NearDuplicates(4)
    index.add([1, 1], 1)
    for (let i = 0; i < 4; i++) index.add([0xffff0000 + i, 0xf0f0f0f0], 10 + i)
    expect(index.find([1, 1])).toBeNull()
  })
})
