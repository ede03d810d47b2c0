import { expect, it } from 'vitest'
import { netSize, oddsOf } from '#engine/understanding/problems/pair-net.ts'
import { faultKinds, kindOf } from '#laboratory/fault-kinds.ts'
import { fitNet } from '#laboratory/fit-net.ts'

it('learns what no straight weights can tell, beside inputs that are set and without those left out', () => {
  const evidence: number[] = []
  const same: number[] = []
  for (let at = 0; at < 4000; at++) {
    const one = at % 2
    const other = (at >> 1) % 2
    const set = ((at >> 2) % 2) / 10
    // One or the other, not both; the last input gives it away.
    const is = one === other ? 0 : 1
    evidence.push(one, other, set, is)
    same.push(is)
  }
  const pairs = { evidence: Float32Array.from(evidence), same: Uint8Array.from(same) }
  const options = { hidden: 8, epochs: 60, rate: 0.02, penalty: 1e-6, seed: 1, fixed: new Map([[2, 5]]) }
  const net = fitNet([pairs], 4, { ...options, without: new Set([3]) })
  expect(net.values).toHaveLength(netSize(4, 8))
  const odds = (...row: number[]): number => oddsOf(net, row)
  expect(odds(1, 0, 0, 0)).toBeGreaterThan(1.5)
  expect(odds(0, 1, 0, 0)).toBeGreaterThan(1.5)
  expect(odds(0, 0, 0, 0)).toBeLessThan(-1.5)
  expect(odds(1, 1, 0, 0)).toBeLessThan(-1.5)
  expect(odds(1, 1, 1, 0) - odds(1, 1, 0, 0)).toBeCloseTo(5, 3)
  expect(odds(1, 1, 0, 1)).toBe(odds(1, 1, 0, 0))
  expect(fitNet([pairs], 4, { ...options, without: new Set([3]) })).toEqual(net)
})

it.each([
  ['switches off by itself', 'by itself'],
  ['arrives much too late', 'late'],
  ['charged twice in one month', 'charged twice'],
  ['translates or corrects wrong', 'other'],
  ['declined despite funds', 'refused'],
  ['itches and pills', 'hurts'],
  ['something else again', 'other'],
])('knows of which kind "%s" is', (symptom, kind) => expect(faultKinds[kindOf(symptom)]).toBe(kind))
