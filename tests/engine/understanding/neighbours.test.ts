import { expect, it } from 'vitest'
import { neighbourEvidence, neighbourNames, witnessesOf } from '#engine/understanding/problems/neighbours.ts'

/** Log odds of `n` complaints: likely for the pairs named, unlikely for all others. */
function oddsWith(n: number, likely: readonly (readonly [number, number])[]): Float32Array {
  const odds = new Float32Array(n * n).fill(-6)
  for (const [one, other] of likely) odds[one * n + other] = odds[other * n + one] = 4
  return odds
}

function told(
  odds: Float32Array,
  n: number,
  witnesses = Array.from({ length: n }, (_, at) => at),
): Map<string, Record<string, number>> {
  const rows = new Map<string, Record<string, number>>()
  neighbourEvidence(
    odds,
    n,
    witnesses,
    (one, other) => (one + other) / 10,
    (one, other, row) => {
      rows.set(`${one} ${other}`, Object.fromEntries(neighbourNames.map((name, at) => [name, row[at]!])))
    },
  )
  return rows
}

it('tells of two that are not alike by themselves that they are like the same others', () => {
  // 0 and 1 are both like 2 and 3; 4 is like nobody.
  const rows = told(
    oddsWith(5, [
      [0, 2],
      [0, 3],
      [1, 2],
      [1, 3],
      [2, 3],
    ]),
    5,
  )
  expect(rows.size).toBe(10)
  const met = rows.get('1 0')!
  const strange = rows.get('4 0')!
  expect(met['odds']).toBe(strange['odds'])
  expect(met['company']).toBeGreaterThan(0.6)
  expect(met['companyBeside']).toBeGreaterThan(0.9)
  expect(strange['company']).toBeLessThan(0.05)
  expect(strange['lonelier']).toBeLessThan(met['lonelier']!)
  expect(met['soon']).toBeCloseTo(0.1)
})

it('says how many others are nearer to each of a pair', () => {
  const rows = told(
    oddsWith(4, [
      [0, 1],
      [0, 2],
      [1, 2],
    ]),
    4,
  )
  expect(rows.get('1 0')!['places']).toBe(0)
  // Two are nearer to 0 than 3 is, and none is nearer to 3 than the others, which are all as far.
  expect(rows.get('3 0')!['places']).toBeCloseTo(Math.log(3) / 4)
  expect(rows.get('3 0')!['place']).toBe(0)
})

it('has nothing to tell of one or none, and finite numbers of two', () => {
  expect(told(new Float32Array(0), 0).size).toBe(0)
  expect(told(new Float32Array(1), 1).size).toBe(0)
  for (const value of Object.values(told(oddsWith(2, []), 2).get('1 0')!)) expect(Number.isFinite(value)).toBe(true)
})

it('hears the newest twelve of each problem alone', () => {
  const problems = [...Array.from({ length: 30 }, () => 1), 2, 2]
  expect(witnessesOf(problems)).toEqual([...Array.from({ length: 12 }, (_, at) => at), 30, 31])
  // Without a say of 2, nobody is there whom both 0 and 1 are like.
  const odds = oddsWith(3, [
    [0, 2],
    [1, 2],
  ])
  expect(told(odds, 3, [0, 1]).get('1 0')!['companyBeside']).toBeLessThan(0.1)
  expect(told(odds, 3).get('1 0')!['companyBeside']).toBeGreaterThan(0.9)
})
