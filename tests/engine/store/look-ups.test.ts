import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connectionOf } from '#engine/store/connections.ts'
import { keyHash } from '#engine/store/hash.ts'
import { LookUps } from '#engine/store/look-ups.ts'
import { author, draft, openTestStation, type TestStation } from './station.ts'

let station: TestStation
beforeEach(() => {
  station = openTestStation()
})
afterEach(() => station.close())

type Step = { add: number } | { merge: number }
const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ add: fc.nat(12) }) },
    { weight: 1, arbitrary: fc.record({ merge: fc.integer({ min: 1, max: 9 }) }) },
  ),
  { maxLength: 60 },
)

describe('look-up entries', () => {
  it('are found whatever part of them is merged, also where hashes are equal or side by side', () => {
    const { store } = station
    fc.assert(
      fc.property(steps, (run: Step[]) => {
        connectionOf(store).exec('DELETE FROM mention_key')
        const lookUps = new LookUps(store, 1)
        const expected = new Map<number, number[]>()
        let seq = 0
        for (const step of run) {
          if ('add' in step) {
            seq++
            lookUps.addKey(step.add, seq)
            expected.set(step.add, [...(expected.get(step.add) ?? []), seq])
          } else if (lookUps.due(true)) store.transaction(() => lookUps.merge(step.merge, seq))
          for (const [key, seqs] of expected) {
            const found = new Set(lookUps.candidates(key))
            for (const one of seqs) expect(found.has(one)).toBe(true)
          }
        }
        while (lookUps.due(true)) store.transaction(() => lookUps.merge(3, seq))
        const rows = connectionOf(store).prepare('SELECT seq FROM mention_key ORDER BY seq').pluck().all()
        expect(rows).toEqual(Array.from({ length: seq }, (_, i) => i + 1))
      }),
      { numRuns: 60 },
    )
    connectionOf(store).exec('DELETE FROM mention_key; UPDATE look_up_state SET upto_seq = 0')
  })

  it('are read again from the rows after a merge that was broken off', async () => {
    await station.push(
      Array.from({ length: 300 }, (_, i) => draft({ externalId: `n${i}`, author: author(`a${i % 7}`) })),
    )
    const db = connectionOf(station.store)
    // As after a crash in the middle: some entries are there, the mark is not.
    db.exec('DELETE FROM mention_key WHERE seq > 120; DELETE FROM author; UPDATE look_up_state SET upto_seq = 0')
    await station.restart()
    const again = Array.from({ length: 310 }, (_, i) => draft({ externalId: `n${i}`, author: author(`a${i % 7}`) }))
    expect(await station.push(again)).toMatchObject({ stored: 10, duplicates: 300 })
    await station.restart()
    expect((await station.store.verify()).problems).toEqual([])
    const counts = connectionOf(station.store).prepare('SELECT sum(mentions) FROM author').pluck().get()
    expect(counts).toBe(310)
  })
})

describe('the key hash', () => {
  it('keeps apart what is apart and stays below 2^50', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string({ minLength: 1 }), (a, b, c) => {
        const hash = keyHash(7, a, b)
        expect(Number.isSafeInteger(hash) && hash >= 0 && hash < 2 ** 50).toBe(true)
        expect(keyHash(7, a, b)).toBe(hash)
        expect(keyHash(7, a + c, b)).not.toBe(hash)
        expect(keyHash(7, a, b + c)).not.toBe(hash)
        expect(keyHash(7, a + c, b)).not.toBe(keyHash(7, a, c + b))
        expect(keyHash(8, a, b)).not.toBe(hash)
      }),
    )
  })

  it('spreads ids that differ by one', () => {
    const hashes = new Set(Array.from({ length: 200_000 }, (_, i) => keyHash(3, 'src', String(i))))
    expect(hashes.size).toBe(200_000)
  })
})
