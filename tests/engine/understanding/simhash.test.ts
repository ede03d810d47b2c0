import { describe, expect, it } from 'vitest'
import {
  DUPLICATE_DISTANCE,
  simhash,
  simhashBands,
  simhashDistance,
  type Simhash,
} from '#engine/understanding/simhash.ts'
import { tokenize } from '#engine/understanding/tokens.ts'

const of = (text: string): Simhash => {
  const hash = simhash(tokenize(text))
  if (!hash) throw new Error(`no fingerprint: ${text}`)
  return hash
}
const post = 'The charger of my new phone gets far too hot, has anybody else seen this since the last update?'

describe('fingerprints of posts', () => {
  it('are the same for a repost and for another short link', () => {
    expect(of(`RT @somebody: ${post} https://t.co/abc`)).toEqual(of(`${post} https://t.co/xyz`))
  })
  it('lie far apart for other words', () => {
    expect(
      simhashDistance(
        of(post),
        of('We had a wonderful evening at the lake, thank you all for coming and for the cake'),
      ),
    ).toBeGreaterThan(12)
  })
  it('have none for two words', () => {
    expect(simhash(tokenize('thank you'))).toBeNull()
    expect(simhash(tokenize('😡 😡'))).toBeNull()
  })
  it('share a band whenever they are near enough to count as duplicates', () => {
    const [high, low] = of(post)
    for (let one = 0; one < 64; one += 5) {
      for (let other = one; other < 64; other += 7) {
        for (let third = other; third < 64; third += 11) {
          const bits = new Set([one, other, third])
          let near: [number, number] = [high, low]
          for (const bit of bits) near = bit < 32 ? [(near[0] ^ (1 << bit)) >>> 0, near[1]] : [near[0], (near[1] ^ (1 << (bit - 32))) >>> 0] // prettier-ignore
          expect(simhashDistance([high, low], near)).toBe(bits.size)
          expect(bits.size).toBeLessThanOrEqual(DUPLICATE_DISTANCE)
          const bands = simhashBands(near)
          expect(simhashBands([high, low]).some((band, at) => band === bands[at])).toBe(true)
        }
      }
    }
  })
})
