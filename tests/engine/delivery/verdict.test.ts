import type { SendResult } from '#shared/model/parcel.ts'
import { saying } from '#tests/support/saying.ts'
import { asWritten } from '#shared/words/said.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { interruptedVerdict, verdictOf } from '#engine/delivery/verdict.ts'

const now = Date.parse('2026-11-20T10:00:00Z')
const words = { gaveUp: asWritten('Check it.'), unsure: asWritten('It may have arrived.') }
const parcel = { id: 'out_0000', attempts: 1, maybeThere: false }
const result = (outcome: SendResult['outcome'], retryAfterMs: number | null = null): SendResult => ({ outcome, advice: asWritten('Said.'), retryAfterMs }) // prettier-ignore

describe('what an attempt makes of a parcel', () => {
  it.each([
    // outcome, repeatable, maybe there before → state, advice, maybe there after
    ['sent', true, true, 'sent', null, false],
    ['sent', false, false, 'sent', null, false],
    ['refused', false, false, 'failed', 'Said.', false],
    ['refused', true, true, 'failed', 'Said.', true],
    ['refused', false, true, 'unknown', 'Said. It may have arrived.', true],
    ['later', false, false, 'queued', 'Said.', false],
    ['later', true, true, 'queued', 'Said.', true],
    ['unknown', true, false, 'queued', 'Said.', true],
    ['unknown', false, false, 'unknown', 'Said. It may have arrived.', true],
  ] as const)('%s, repeatable %s, perhaps there %s: %s', (outcome, repeatable, maybeThere, state, advice, after) => {
    const verdict = verdictOf({ ...parcel, maybeThere }, result(outcome), { now, repeatable, words })
    expect(verdict).toMatchObject({ state, advice, maybeThere: after })
    expect(verdict.nextAttemptAt === null).toBe(state !== 'queued')
  })

  it('gives up after ten attempts, and says that it may be there when it may', () => {
    const tenth = { ...parcel, attempts: 10 }
    expect(verdictOf(tenth, result('later'), { now, repeatable: true, words })).toMatchObject({ state: 'failed', advice: 'Said. Tried 10 times. Check it.' }) // prettier-ignore
    expect(verdictOf(tenth, result('unknown'), { now, repeatable: true, words })).toMatchObject({ state: 'unknown' })
  })

  it('waits longer each time, at most 37.5 minutes, and never less than the receiver wants', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.nat(3_600_000),
        fc.stringMatching(/^[0-9a-z]{4}$/),
        (attempts, wanted, end) => {
          const of = (n: number) => {
            const verdict = verdictOf({ id: `out_${end}`, attempts: n, maybeThere: false }, result('later', wanted), { now, repeatable: true, words }) // prettier-ignore
            return verdict.nextAttemptAt! - now
          }
          const wait = of(attempts)
          expect(wait).toBeGreaterThanOrEqual(Math.max(wanted, 30_000))
          expect(wait).toBeLessThanOrEqual(Math.max(wanted, 2_250_000))
          if (attempts > 1) expect(wait).toBeGreaterThanOrEqual(of(attempts - 1))
        },
      ),
    )
  })
})

it('what was on its way when the machine went down goes again where that does no harm, and else to a person', () => {
  expect(interruptedVerdict(now, true, words)).toEqual({ state: 'queued', nextAttemptAt: now, advice: null, maybeThere: true }) // prettier-ignore
  expect(interruptedVerdict(now, false, words)).toMatchObject({ state: 'unknown', advice: saying(/stopped\. It may have arrived\./) }) // prettier-ignore
})
