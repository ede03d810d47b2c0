import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createHoldings } from '#engine/understanding/problems/holdings.ts'
import { createTermTable } from '#engine/understanding/problems/term-table.ts'
import { TermKind } from '#engine/understanding/problems/terms.ts'

const steps = fc.array(
  fc.record({ cluster: fc.nat(40), term: fc.nat(60), weight: fc.integer({ min: 1, max: 9 }), release: fc.boolean() }),
  { maxLength: 400 },
)

it('what is held is found again by both sides, whatever is released between', () => {
  fc.assert(
    fc.property(steps, (all) => {
      const holdings = createHoldings()
      const truth = new Map<string, number>()
      for (const { cluster, term, weight, release } of all) {
        const key = `${cluster} ${term}`
        const entry = holdings.at(cluster, term)
        expect(entry >= 0).toBe(truth.has(key))
        if (release && entry >= 0) {
          holdings.release(entry)
          truth.delete(key)
        } else if (entry < 0) {
          holdings.hold(cluster, term, weight)
          truth.set(key, weight)
        }
      }
      expect(holdings.size).toBe(truth.size)
      for (let cluster = 0; cluster <= 40; cluster++) {
        const own = holdings.entriesOf(cluster).map((at) => `${holdings.cluster[at]} ${holdings.term[at]}`)
        expect(own.toSorted()).toEqual([...truth.keys()].filter((key) => key.startsWith(`${cluster} `)).toSorted())
        expect(holdings.held(cluster)).toBe(own.length)
      }
      for (let term = 0; term <= 60; term++) {
        let found = 0
        for (let at = holdings.firstOfTerm(term); at >= 0; at = holdings.nextOfTerm(at)) {
          expect(holdings.weight[at]).toBe(truth.get(`${holdings.cluster[at]} ${term}`))
          found++
        }
        expect(holdings.holders(term)).toBe(found)
      }
    }),
  )
})

it('columns grow and are filled again: 30,000 entries, every third released, as many anew', () => {
  const holdings = createHoldings()
  for (let n = 0; n < 30_000; n++) holdings.hold(n % 300, n, n)
  for (let n = 0; n < 30_000; n += 3) holdings.release(holdings.at(n % 300, n))
  for (let n = 0; n < 30_000; n++) expect(holdings.at(n % 300, n) >= 0).toBe(n % 3 !== 0)
  const length = holdings.weight.length
  for (let n = 0; n < 10_000; n++) holdings.hold(400, n, 1)
  expect(holdings.weight.length).toBe(length)
  expect(holdings.held(400)).toBe(10_000)
  for (let n = 1; n < 30_000; n += 3) expect(holdings.weight[holdings.at(n % 300, n)]).toBe(n)
})

it('terms keep their numbers while others go, and numbers are used again', () => {
  const terms = createTermTable()
  const slots = Array.from({ length: 20_000 }, (_, n) => terms.slotOf(Math.imul(n, 0x9e3779b1), TermKind.word))
  expect(new Set(slots).size).toBe(20_000)
  for (const [n, slot] of slots.entries()) terms.count[slot] = n
  terms.sift((slot) => terms.count[slot]! % 2 === 0)
  expect(terms.size).toBe(10_000)
  for (const [n, slot] of slots.entries()) expect(terms.find(Math.imul(n, 0x9e3779b1))).toBe(n % 2 === 0 ? slot : -1)
  const again = Array.from({ length: 10_000 }, (_, n) => terms.slotOf(Math.imul(n + 50_000, 0x9e3779b1), TermKind.pair))
  expect(new Set(again)).toEqual(new Set(slots.filter((_, n) => n % 2 === 1)))
  for (const slot of again) expect([terms.count[slot], terms.kind[slot]]).toEqual([0, TermKind.pair])
})

it('zero is a hash like any other', () => {
  const terms = createTermTable()
  expect(terms.find(0)).toBe(-1)
  const slot = terms.slotOf(0, TermKind.word)
  expect(terms.find(0)).toBe(slot)
})
