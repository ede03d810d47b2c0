import { describe, expect, it } from 'vitest'
import { createFeatureSet } from '#engine/understanding/feature-set.ts'

describe('a set of features', () => {
  it('holds each hash once with its first owner, in order, however many there are', () => {
    const set = createFeatureSet(6000)
    for (let round = 0; round < 2; round++)
      // Beginnings of many are alike, so that they want the same slots of any table.
      for (let at = 0; at < 5000; at++) set.add((at << 14) >>> 0, at, at % 3)
    expect(set.count).toBe(5000)
    expect([...set.hashes.subarray(0, 5000)]).toEqual(Array.from({ length: 5000 }, (_, at) => (at << 14) >>> 0))
    expect([...set.owners.subarray(0, 5000)].every((owner, at) => owner === at)).toBe(true)
    expect([...set.groups.subarray(0, 5000)].every((group, at) => group === at % 3)).toBe(true)
  })

  it('knows nothing of the text before', () => {
    const set = createFeatureSet(3000)
    for (const most of [2900, 3, 2000]) {
      set.clear()
      for (let at = 0; at < most; at++) set.add(at * 7, 0, 0)
      expect(set.count).toBe(most)
    }
  })

  it('takes no more than it has room for', () => {
    const set = createFeatureSet(1500)
    for (let at = 0; at < 4000; at++) set.add(at, 0, 0)
    expect(set.count).toBe(1500)
    expect(() => createFeatureSet(70_000)).toThrow(RangeError)
  })
})
