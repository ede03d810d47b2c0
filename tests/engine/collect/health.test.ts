import { saying } from '#tests/support/saying.ts'
import { asWritten, said } from '#shared/words/said.ts'
import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { deriveHealth, deriveState } from '#engine/collect/health.ts'
import type { HealthInputs } from '#engine/collect/health.ts'
import { BACKOFF_CAP_MS, backoffMs } from '#engine/collect/backoff.ts'
import { noFacts } from '#engine/store/queries/source-health.ts'
import type { HealthFacts } from '#engine/store/queries/source-health.ts'

const now = Date.parse('2026-11-20T10:00:00Z')
const minute = 60_000
const given = (facts: Partial<HealthFacts>, changes: Partial<HealthInputs> = {}): HealthInputs => ({
  facts: { ...noFacts(), ...facts }, enabled: true, now, intervalMs: minute, expectedPerHour: null, heardLastHour: 0, heldUntil: null, ...changes,
}) // prettier-ignore

it.each([
  [said('source.streaming'), true],
  [said('connector.streamingFrom', { host: 'x.example' }), true],
  [
    said('connector.andAlso', { first: said('connector.streamingFrom', { host: 'x' }), second: asWritten('polling') }),
    true,
  ],
  [asWritten('streaming from jetstream1'), true],
  [said('source.polling', { age: '60 s' }), false],
  [said('source.pollingInstead', { age: '60 s' }), false],
  [asWritten('replaying at 60×'), false],
  [null, false],
])('%j streams: %s', (detail, streaming) => {
  expect(deriveHealth('s', given({ lastSuccessAt: now, detail })).streaming).toBe(streaming)
})

describe('quiet, late and broken are three things', () => {
  const healthy = { lastSuccessAt: now - 30_000, lastNewAt: now - 5 * minute }
  it.each<[string, HealthInputs, string]>([
    ['nothing tried yet', given({}), 'starting'],
    ['just heard something', given(healthy), 'live'],
    ['answers, silent for 20 min, nothing expected', given({ ...healthy, lastNewAt: now - 20 * minute }), 'quiet'],
    ['answers, never had anything', given({ lastSuccessAt: now - 1_000 }), 'quiet'],
    [
      'silent for 20 min where 3 an hour are usual',
      given({ ...healthy, lastNewAt: now - 20 * minute }, { expectedPerHour: 3 }),
      'quiet',
    ],
    [
      'silent for 20 min where 60 an hour are usual',
      given({ ...healthy, lastNewAt: now - 20 * minute }, { expectedPerHour: 60 }),
      'late',
    ],
    ['no success for two intervals', given({ ...healthy, lastSuccessAt: now - 3 * minute }), 'late'],
    [
      'resting as long as the feed asks',
      given({ ...healthy, lastSuccessAt: now - 30 * minute, nextAttemptAt: now + minute }),
      'live',
    ],
    [
      'its turn has passed',
      given({ ...healthy, lastSuccessAt: now - 30 * minute, nextAttemptAt: now - minute }),
      'late',
    ],
    [
      'failing for half an hour',
      given({ ...healthy, lastSuccessAt: now - 30 * minute, nextAttemptAt: now + minute, consecutiveFailures: 1 }),
      'late',
    ],
    ['held back by the rate limit', given(healthy, { heldUntil: now + minute }), 'late'],
    ['failed once after a success', given({ ...healthy, consecutiveFailures: 1, error: asWritten('x') }), 'live'],
    ['failed three times', given({ ...healthy, consecutiveFailures: 3, error: asWritten('x') }), 'broken'],
    ['failed the first time', given({ consecutiveFailures: 1, error: asWritten('x') }), 'broken'],
    [
      'waits for a person',
      given({ ...healthy, needsPerson: true, consecutiveFailures: 1, error: asWritten('x') }),
      'broken',
    ],
    ['switched off while broken', given({ consecutiveFailures: 9, error: asWritten('x') }, { enabled: false }), 'off'],
    ['a file read to its end', given({ finished: true, lastSuccessAt: now - 99 * minute }), 'finished'],
    ['an import, which is never switched on', given({ finished: true }, { enabled: false }), 'finished'],
  ])('%s', (_, input, state) => {
    expect(deriveState(input)).toBe(state)
  })

  it('says why it is late, in numbers', () => {
    const late = deriveHealth(
      's',
      given({ ...healthy, lastNewAt: now - 20 * minute, detail: asWritten('streaming') }, { expectedPerHour: 60 }),
    )
    expect(late).toMatchObject({
      state: 'late',
      detail: 'answers, but nothing new for 20 min where about 60 an hour are usual',
    })
    expect(deriveHealth('s', given(healthy, { heldUntil: now + 90 * 1000 })).detail).toEqual(
      saying('next try in 2 min'),
    )
  })
})

describe('the wait after a failure', () => {
  it('grows to its cap, lies between half and all of its step, and is never shorter than asked for', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.option(fc.nat(10_000_000)),
        (failures, random, asked) => {
          const wait = backoffMs(failures, random, asked)
          const step = Math.min(BACKOFF_CAP_MS, 2_000 * 2 ** Math.min(failures - 1, 20))
          expect(wait).toBeGreaterThanOrEqual(Math.max(Math.floor(step / 2), asked ?? 0))
          expect(wait).toBeLessThanOrEqual(Math.max(step, asked ?? 0))
        },
      ),
    )
  })

  it('does not believe a server that says "in a year"', () => {
    expect(backoffMs(1, 0, 365 * 86_400_000)).toBe(86_400_000)
  })
})
