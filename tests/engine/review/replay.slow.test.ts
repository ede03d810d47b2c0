import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as commands from '#engine/cases/commands.ts'
import { History } from '#engine/review/history.ts'
import { allCases, type StoredCase } from '#engine/store/queries/cases.ts'
import { act, anyAction } from '#tests/engine/cases/actions.ts'
import { lena, openHouse } from '#tests/engine/cases/house.ts'

const MINUTE = 60_000
const boardOf = (cases: Iterable<StoredCase>): Map<string, StoredCase> => new Map([...cases].map((c) => [c.id, c]))

describe('the board then', () => {
  it('is what it was live, at every moment, whatever happened', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyAction, { minLength: 15, maxLength: 40 }), async (actions) => {
        const house = openHouse()
        try {
          house.board.start()
          const entries: number[] = []
          const recorded: { at: number; cases: Map<string, StoredCase> }[] = []
          for (const action of actions) {
            house.clock.advance(1)
            await act(house, action, entries)
            recorded.push({ at: house.clock.now(), cases: boardOf(allCases(house.store)) })
          }
          const history = new History(house.store)
          for (const { at, cases } of recorded.toReversed()) expect(new Map(history.at(at).cases)).toEqual(cases)
          // Forward, from board to board, as play does it.
          let board = history.at(0)
          for (const { at, cases } of recorded) {
            board = history.at(at, board)
            expect(new Map(board.cases)).toEqual(cases)
          }
        } finally {
          await house.close()
        }
      }),
      { numRuns: 8 },
    )
  })

  it('is found quickly in a long journal, also when going back and forth', async () => {
    const house = openHouse()
    house.hear(
      ...Array.from({ length: 3000 }, (_, i) => ({ text: `refund ${i}`, label: 'negative' as const, confidence: 0.9 })),
    )
    house.board.wake()
    await house.board.idle()
    house.clock.advance(MINUTE)
    const opened = [...allCases(house.store)]
    for (const c of opened) {
      house.clock.advance(1)
      house.board.run(commands.accept, { id: c.id }, {}, lena)
    }
    const history = new History(house.store)
    const end = house.clock.now()
    expect([...history.at(end).cases.values()].filter((c) => c.state === 'accepted')).toHaveLength(3000)
    expect([...history.at(end - 1500).cases.values()].filter((c) => c.state === 'accepted')).toHaveLength(1500)
    expect([...history.at(end - 2999).cases.values()].filter((c) => c.state === 'accepted')).toHaveLength(1)
    expect(history.at(end - 3000 - MINUTE - 1).cases.size).toBe(0)
    await house.close()
  })
})
