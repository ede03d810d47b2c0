import { afterEach, beforeEach, expect, it } from 'vitest'
import { followProblem } from '#engine/cases/follow-problem.ts'
import * as commands from '#engine/cases/commands.ts'
import { allCases, type StoredCase } from '#engine/store/queries/cases.ts'
import { differingCases } from '#engine/store/queries/case-rebuild.ts'
import { lena, openHouse, type House } from './house.ts'

let house: House
beforeEach(() => {
  house = openHouse()
})
afterEach(() => house.close())

it('takes open cases along when their mentions become part of another problem, by the journal', async () => {
  for (const by of ['ana', 'ben', 'cleo'])
    await house.take({ text: `I want a refund for the damaged parcel, ${by}`, label: 'negative', confidence: 0.9, by })
  const all = (): StoredCase[] => [...allCases(house.store)]
  const cases = all()
  expect(cases).toHaveLength(3)
  house.board.run(commands.close, { id: cases[2]!.id }, { reason: 'answered', note: '' }, lena)
  const told: string[] = []
  house.board.onChanged((changed) => told.push(...changed.map(({ id }) => id)))
  const ids = cases.map(({ mentionId }) => mentionId)
  followProblem(
    { store: house.store, ledger: house.board.ledger },
    [...ids, `${house.store.stationId}-zz`, 'other-1'],
    { id: 'prb_7', label: 'Parcel is damaged', because: ['parcel', 'is damaged'] },
    lena,
  )
  expect(all().map(({ problemId }) => problemId)).toEqual(['prb_7', 'prb_7', null])
  expect(told.sort()).toEqual([cases[0]!.id, cases[1]!.id].sort())
  expect(house.board.history(cases[0]!.id).at(-1)).toMatchObject({
    kind: 'case.grouped',
    actor: { name: 'Lena' },
    data: {
      before: { problemId: null },
      after: { problemId: 'prb_7' },
      name: 'Parcel is damaged',
      because: ['parcel', 'is damaged'],
    },
  })
  const before = house.board.history(cases[0]!.id).length
  followProblem(
    { store: house.store, ledger: house.board.ledger },
    ids,
    { id: 'prb_7', label: null, because: [] },
    lena,
  )
  expect(house.board.history(cases[0]!.id)).toHaveLength(before)
  expect(differingCases(house.store)).toEqual([])
})
