import { expect, it } from 'vitest'
import { faultKinds, kindOf } from '#laboratory/fault-kinds.ts'
import { fitPairs } from '#laboratory/fit-pairs.ts'

it('finds the weights that pairs were made with, beside those that are set and without those left out', () => {
  const evidence: number[] = []
  const same: number[] = []
  for (let at = 0; at < 4000; at++) {
    const value = (at % 40) / 20 - 1
    evidence.push(1, value, 0.5, value)
    const share = 1 / (1 + Math.exp(-(0.5 + 2 * value + 0.5)))
    same.push(((at * 7919) % 4000) / 4000 < share ? 1 : 0)
  }
  const options = { fixed: { set: 1 }, without: ['twin'], penalty: 1e-6 }
  const pairs = { evidence: Float32Array.from(evidence), same: Uint8Array.from(same) }
  const weights = fitPairs([pairs], ['one', 'value', 'set', 'twin'], options)
  expect(weights['set']).toBe(1)
  expect(weights['twin']).toBeUndefined()
  expect(weights['one']).toBeCloseTo(0.5, 0)
  expect(weights['value']).toBeCloseTo(2, 0)
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
