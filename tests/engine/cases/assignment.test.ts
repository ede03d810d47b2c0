import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as commands from '#engine/cases/commands.ts'
import { allCases, type StoredCase } from '#engine/store/queries/cases.ts'
import { lena, openHouse, somebody, type Heard, type House } from './house.ts'

let house: House
beforeEach(() => {
  house = openHouse()
})
afterEach(() => house.close())

const complaint: Heard = { text: 'I want a refund for the damaged parcel', label: 'negative', confidence: 0.9 }
const all = (): StoredCase[] => [...allCases(house.store)]
const heldBy = (id: string): number =>
  all().filter((c) => c.officerId === id && (c.state === 'routed' || c.state === 'accepted')).length
const minutes = (n: number): number => n * 60_000

describe('a case that comes to a desk with people', () => {
  it('goes to one of them, the rest waits, and whoever has room again gets the next', async () => {
    const petra = house.board.people.save(somebody('Petra'), lena)
    await house.take(complaint, complaint, complaint)
    expect(all().map((c) => c.officerId)).toEqual([petra.id, petra.id, null])
    expect(all()[2]).toMatchObject({ queuedAt: house.clock.now() })
    house.board.run(commands.reply, { id: all()[0]!.id }, { text: 'done' }, lena)
    house.clock.advance(60)
    expect(all()[2]).toMatchObject({ officerId: petra.id, queuedAt: null })
  })

  it('waits while nobody is there, and not a moment longer', async () => {
    const petra = house.board.people.save(somebody('Petra', { presence: 'off' }), lena)
    await house.take(complaint)
    expect(all()[0]).toMatchObject({ officerId: null, queuedAt: house.clock.now() })
    house.board.people.setPresence(petra.id, 'available', lena)
    house.clock.advance(60)
    expect(all()[0]).toMatchObject({ officerId: petra.id })
  })

  it('stays with the desk when the desk has no people', async () => {
    await house.take(complaint)
    expect(all()[0]).toMatchObject({ officerId: null, queuedAt: null, state: 'routed' })
  })

  it('is taken back in one step, with what followed by itself', async () => {
    house.board.people.save(somebody('Petra', { deskIds: ['desk_press'] }), lena)
    await house.take(complaint)
    const { entry } = house.board.run(commands.route, { id: all()[0]!.id }, { deskId: 'desk_press' }, lena)
    expect(all()[0]!.officerId).not.toBeNull()
    house.board.undo(entry, lena)
    expect(all()[0]).toMatchObject({ deskId: 'desk_care', officerId: null, queuedAt: null })
  })

  it('goes to somebody else when it is opened again while whoever had it is full', async () => {
    const petra = house.board.people.save(somebody('Petra', { capacity: 1 }), lena)
    await house.take(complaint)
    const [first] = all()
    expect(first!.officerId).toBe(petra.id)
    house.board.run(commands.close, { id: first!.id }, { reason: 'answered' }, lena)
    await house.take(complaint)
    house.board.run(commands.reopen, { id: first!.id }, {}, lena)
    expect(heldBy(petra.id)).toBe(1)
    expect(house.board.get(first!.id)).toMatchObject({ state: 'routed', officerId: null })
    expect(house.board.get(first!.id)!.queuedAt).not.toBeNull()
  })

  it('cannot be pushed onto somebody who is full', async () => {
    const petra = house.board.people.save(somebody('Petra', { capacity: 1, deskIds: [] }), lena)
    await house.take(complaint, complaint)
    const [first, second] = all()
    house.board.do('assign', { id: first!.id }, { personId: petra.id }, lena)
    expect(() => house.board.do('assign', { id: second!.id }, { personId: petra.id }, lena)).toThrow(
      /no room \(1 of 1\)/,
    )
    expect(() => house.board.do('assign', { id: second!.id }, { personId: 'nobody' }, lena)).toThrow(/no such person/)
  })
})

describe('a case that waits long for a person', () => {
  it("has each of the desk's actions taken once, in order", async () => {
    const alerts: string[] = []
    await house.restart({ onWaiting: (c) => alerts.push(c.id) })
    const { book } = house.board
    book.save({ ...book.desk('desk_care')!, serviceLevel: { urgent: null, high: null, normal: null, low: null }, waiting: [
      { afterMinutes: 5, do: 'relax' }, { afterMinutes: 10, do: 'raise' }, { afterMinutes: 15, do: 'alert' }, { afterMinutes: 20, do: 'move', deskId: 'desk_product' },
    ] }, lena) // prettier-ignore
    const rule = book.rules().find((one) => one.id === 'rule_complaint')!
    book.saveRule({ ...rule, then: { ...rule.then, skills: [{ skill: 'refunds', level: 4 }] } }, lena)
    house.board.people.save(somebody('Petra', { skills: [{ skill: 'refunds', level: 2 }] }), lena)
    house.board.start()
    await house.take(complaint)
    const id = all()[0]!.id
    const now = () => house.board.get(id)
    house.clock.advance(minutes(4))
    expect(now()).toMatchObject({ skills: [{ skill: 'refunds', level: 4 }], priority: 'high' })
    house.clock.advance(minutes(2))
    expect(now()).toMatchObject({ skills: [{ skill: 'refunds', level: 3 }], priority: 'high' })
    house.clock.advance(minutes(5))
    expect(now()).toMatchObject({ priority: 'urgent', skills: [{ skill: 'refunds', level: 3 }] })
    house.clock.advance(minutes(5))
    expect(alerts).toEqual([id])
    house.clock.advance(minutes(5))
    expect(now()).toMatchObject({ deskId: 'desk_product', officerId: null, queuedAt: null })
    house.clock.advance(minutes(60))
    expect(alerts).toEqual([id])
  })

  it('goes to somebody as soon as less is asked', async () => {
    const { book } = house.board
    book.save({ ...book.desk('desk_care')!, waiting: [{ afterMinutes: 5, do: 'relax' }] }, lena)
    const rule = book.rules().find((one) => one.id === 'rule_complaint')!
    book.saveRule({ ...rule, then: { ...rule.then, skills: [{ skill: 'refunds', level: 3 }] } }, lena)
    const petra = house.board.people.save(somebody('Petra', { skills: [{ skill: 'refunds', level: 2 }] }), lena)
    house.board.start()
    await house.take(complaint)
    house.clock.advance(minutes(6))
    expect(all()[0]!.officerId).toBe(petra.id)
  })
})
