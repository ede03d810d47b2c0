import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { connectionOf } from '#engine/store/connections.ts'
import { rebuildCases } from '#engine/cases/rebuild.ts'
import { casesFromJournal, differingCases } from '#engine/store/queries/case-rebuild.ts'
import { verifyJournal } from '#engine/store/journal-chain.ts'
import { allCases } from '#engine/store/queries/cases.ts'
import { act, anyAction } from './actions.ts'
import { openHouse } from './house.ts'
import { pretendDoor } from '#tests/engine/replies/pretend-door.ts'

const anyEnd = fc.constantFrom('sent' as const, 'later' as const, 'refused' as const, 'unknown' as const)

describe('the rows of cases', () => {
  it('are what the journal tells, whatever happened', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyAction, { minLength: 20, maxLength: 60 }),
        fc.array(anyEnd),
        async (actions, ends) => {
          const door = pretendDoor()
          door.results = ends.map((outcome) => ({ outcome }))
          const house = openHouse({ door })
          try {
            house.board.start()
            const entries: number[] = []
            for (const action of actions) await act(house, action, entries)
            const rows = [...allCases(house.store)]
            for (const { id, answer } of rows) {
              const states = house.board.replies.ofCase(id).map(({ state }) => state)
              // A case that says "being sent" has something that is, and nothing else is on its way unsaid.
              if (answer === 'queued') expect(states).toEqual(expect.arrayContaining(['queued']))
              if (answer === 'none')
                expect(states.filter((state) => state === 'sent' || state === 'unknown')).toEqual([])
            }
            expect(differingCases(house.store)).toEqual([])
            expect(rebuildCases(house.store)).toBe(rows.length)
            expect([...allCases(house.store)]).toEqual(rows)
            expect(verifyJournal(house.store).brokenAt).toBeNull()
          } finally {
            await house.close()
          }
        },
      ),
      { numRuns: 8 },
    )
  })

  it('are named when somebody wrote past the journal', async () => {
    const house = openHouse()
    const [mention] = await house.take({ text: 'refund for the damaged parcel', label: 'negative' })
    const [known] = [...casesFromJournal(house.store).values()]
    expect(known?.mentionId).toBe(mention?.id)
    connectionOf(house.store).prepare(`UPDATE cases SET state = 'closed'`).run()
    expect(differingCases(house.store)).toEqual([known!.id])
    await house.close()
  })
})
