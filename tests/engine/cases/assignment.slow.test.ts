import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { differingCases } from '#engine/store/queries/case-rebuild.ts'
import { allCases, type StoredCase } from '#engine/store/queries/cases.ts'
import { act, anyAction } from './actions.ts'
import { lena, openHouse, somebody } from './house.ts'

describe('whatever happens in the house', () => {
  it('nobody ever holds more than their capacity by assignment, and nobody waits while somebody is free', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyAction, { minLength: 20, maxLength: 50 }),
        fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
        async (actions, capacities) => {
          const house = openHouse()
          const all = (): StoredCase[] => [...allCases(house.store)]
          const heldBy = (id: string): number =>
            all().filter((c) => c.officerId === id && (c.state === 'routed' || c.state === 'accepted')).length
          try {
            const people = capacities.map((capacity, i) =>
              house.board.people.save(
                somebody(`P${i}`, { capacity, deskIds: ['desk_care', 'desk_legal', 'desk_technical'] }),
                lena,
              ),
            )
            house.board.start()
            const entries: number[] = []
            // Undo can give a case back to somebody who has got another one meanwhile: that is a person's decision.
            for (const action of actions.filter((one) => one.do !== 'undo')) {
              await act(house, action, entries)
              house.clock.advance(60)
              for (const { id, capacity } of people) expect(heldBy(id)).toBeLessThanOrEqual(capacity)
              const free = people.some(({ id, capacity }) => heldBy(id) < capacity)
              if (free) expect(all().filter((c) => c.queuedAt !== null && c.state === 'routed')).toEqual([])
            }
            expect(differingCases(house.store)).toEqual([])
          } finally {
            await house.close()
          }
        },
      ),
      { numRuns: 6 },
    )
  })
})
