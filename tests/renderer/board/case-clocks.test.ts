import { describe, expect, it } from 'vitest'
import { caseClocks, standingFor } from '#renderer/components/case/case-clocks.ts'
import { makeCase, MINUTE, T0 } from './case-fixtures.ts'

const states = (clocks: ReturnType<typeof caseClocks>) => clocks.map((clock) => clock.state)

describe('caseClocks', () => {
  it('shows where a routed case stands, what each hop took and when it is due', () => {
    const one = makeCase({ state: 'routed', routedAt: T0 + 5 * MINUTE, dueAt: T0 + 15 * MINUTE })
    const clocks = caseClocks(one, T0 + 6 * MINUTE)
    expect(states(clocks)).toEqual(['done', 'done', 'done', 'waiting', 'ahead', 'ahead'])
    expect(clocks.map((clock) => clock.took)).toEqual([null, 2_000, 5 * MINUTE - 2_000, null, null, null])
    expect(clocks[4]!.dueAt).toBe(T0 + 15 * MINUTE)
  })
  it('turns late where it stands, and only there', () => {
    const one = makeCase({ state: 'routed', routedAt: T0 + MINUTE, dueAt: T0 + 15 * MINUTE })
    expect(states(caseClocks(one, T0 + 16 * MINUTE))).toEqual(['done', 'done', 'done', 'late', 'ahead', 'ahead'])
  })
  it('counts a skipped hop as done and runs the next one from what happened last', () => {
    const one = makeCase({ state: 'replied', routedAt: T0 + MINUTE, repliedAt: T0 + 11 * MINUTE })
    const clocks = caseClocks(one, T0 + 12 * MINUTE)
    expect(states(clocks)).toEqual(['done', 'done', 'done', 'done', 'done', 'waiting'])
    expect(clocks[3]!.took).toBeNull()
    expect(clocks[4]!.took).toBe(10 * MINUTE)
  })
  it('names the hop inside the house that took the longest', () => {
    const one = makeCase({
      state: 'replied',
      seenAt: T0 + 500 * MINUTE,
      routedAt: T0 + 501 * MINUTE,
      acceptedAt: T0 + 511 * MINUTE,
      repliedAt: T0 + 513 * MINUTE,
    })
    expect(
      caseClocks(one, T0 + 600 * MINUTE)
        .filter((clock) => clock.slowest)
        .map((clock) => clock.hop),
    ).toEqual(['accepted'])
  })
  it('waits for nothing once it is closed', () => {
    const one = makeCase({ state: 'closed', closedAt: T0 + MINUTE, dueAt: T0 })
    expect(states(caseClocks(one, T0 + 9 * MINUTE))).toEqual(['done', 'done', 'ahead', 'ahead', 'ahead', 'ahead'])
  })
  it('never shows a negative time when a network dates a post after it was seen', () => {
    const one = makeCase({ publishedAt: T0 + 60_000, seenAt: T0 })
    expect(caseClocks(one, T0)[1]!.took).toBe(0)
  })
})

describe('standingFor', () => {
  it('counts from the last thing that happened', () => {
    expect(standingFor(makeCase({ routedAt: T0 + MINUTE }), T0 + 3 * MINUTE)).toBe(2 * MINUTE)
    expect(standingFor(makeCase(), T0)).toBe(0)
  })
})
