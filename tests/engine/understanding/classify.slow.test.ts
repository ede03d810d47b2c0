import { expect, it } from 'vitest'
import { trainClassifier } from '#engine/understanding/classify/classifier.ts'

it('learns from an even part of very many examples, and loses no label', () => {
  const word = (at: number): string => (at % 2 === 0 ? 'lost bag' : 'late flight')
  const many = Array.from({ length: 41_000 }, (_, at) => ({ text: `${word(at)} ${at % 50}`, label: word(at) }))
  many.splice(7, 0, { text: 'thank you', label: 'praise' })
  const big = trainClassifier(many, { pairs: false })
  expect(big.examples).toBeLessThan(40_100)
  expect([...big.labels].sort()).toEqual(['late flight', 'lost bag', 'praise'])
  expect(big.suggest('where is my lost bag', 1)[0]!.label).toBe('lost bag')
})
