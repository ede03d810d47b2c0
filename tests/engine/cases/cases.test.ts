import { saying } from '#tests/support/saying.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connectionOf } from '#engine/store/connections.ts'
import * as commands from '#engine/cases/commands.ts'
import { entriesOfCase } from '#engine/store/queries/journal.ts'
import { Failure } from '#engine/platform/failure.ts'
import { caseCounts, medianMinutesToReply, waitingCases } from '#engine/store/queries/case-counts.ts'
import { casesByUrgency, selectionCounts, urgencyCursor, urgencyPlace } from '#engine/store/queries/case-pages.ts'
import { allCases, caseOfMention, type StoredCase } from '#engine/store/queries/cases.ts'
import { readRoutingCursor } from '#engine/store/queries/routing-cursor.ts'
import type { Mention } from '#shared/model/mention.ts'
import { lena, omar, openHouse, type Heard, type House } from './house.ts'

let house: House
beforeEach(() => {
  house = openHouse()
})
afterEach(() => house.close())

const complaint: Heard = { text: 'I want a refund for the damaged parcel', label: 'negative', confidence: 0.9 }
const caseOf = (mention: Mention | undefined): StoredCase | undefined => caseOfMention(house.store, mention!.id)
const complain = async (more: Heard = {}): Promise<StoredCase> =>
  caseOf((await house.take({ ...complaint, ...more }))[0])!
const minutes = (n: number): number => n * 60_000
const run = <Input>(
  command: Parameters<typeof house.board.run<Input>>[0],
  c: StoredCase,
  input: Input,
  actor = lena,
): StoredCase => house.board.run(command, { id: c.id }, input, actor).case

describe('a stored mention', () => {
  it('becomes a case when a rule sends it to a desk, with the reason and its clocks', async () => {
    const [mention] = await house.take(complaint)
    const opened = caseOf(mention)!
    expect(opened).toMatchObject({
      mentionId: mention!.id,
      state: 'routed',
      deskId: 'desk_care',
      priority: 'high',
      held: false,
      tags: ['complaint'],
      publishedAt: mention!.publishedAt,
      seenAt: mention!.seenAt,
      routedAt: house.clock.now(),
      version: 1,
      dueAt: house.clock.now() + minutes(60),
    })
    expect(opened.explanation).toMatchObject({ ruleName: 'Complaint', deskName: 'Care' })
    expect(opened.explanation.words).toContain('refund')
    expect(entriesOfCase(house.store, opened.id)).toMatchObject([
      { kind: 'case.opened', actor: { kind: 'rule', name: 'Complaint' } },
    ])
  })

  it('becomes none when no rule, or a rule without a desk, decides', async () => {
    const [praise, repost] = await house.take({ text: 'lovely' }, { ...complaint, kind: 'repost' })
    expect([caseOf(praise), caseOf(repost)]).toEqual([undefined, undefined])
    expect(readRoutingCursor(house.store)).toBe(repost!.seq)
  })

  it("is held for a person, with the desk as a suggestion and that desk's clock", async () => {
    const [mention] = await house.take({ text: 'meh, awful', label: 'negative', confidence: 0.9 })
    expect(caseOf(mention)).toMatchObject({
      state: 'new',
      held: true,
      deskId: null,
      routedAt: null,
      explanation: { deskId: 'desk_care' },
      dueAt: house.clock.now() + minutes(240),
    })
  })

  it('is not looked at when no routed listen heard it, unless it was written to us alone', async () => {
    const [unheard, mail] = await house.take(
      { ...complaint, heard: false },
      { ...complaint, heard: false, private: true },
    )
    expect(caseOf(unheard)).toBeUndefined()
    expect(caseOf(mail)).toBeDefined()
    await house.restart({ isRouted: () => false })
    const [competitor] = await house.take(complaint)
    expect(caseOf(competitor)).toBeUndefined()
  })

  it('of a muted author opens nothing', async () => {
    const [first] = await house.take({ ...complaint, by: 'troll' })
    const { authorKey } = caseOf(first)!
    connectionOf(house.store)
      .prepare(`INSERT INTO mute (kind, key, mention_id, entry, at) VALUES ('author', ?, 'm-1', 1, 0)`)
      .run(authorKey)
    const [second] = await house.take({ ...complaint, by: 'troll' })
    expect(caseOf(second)).toBeUndefined()
  })

  it('is decided once, also when everything is started again in between', async () => {
    house.hear(...Array.from({ length: 600 }, () => complaint))
    house.board.wake()
    await house.restart()
    house.board.wake()
    await house.board.idle()
    await house.restart()
    house.board.wake()
    await house.board.idle()
    expect(caseCounts(house.store, house.clock.now()).open).toBe(600)
  })

  it('of a customer who writes for the third time is urgent', async () => {
    const mentions = await house.take(...[1, 2, 3].map((i) => ({ ...complaint, by: 'petra', text: `refund ${i}` })))
    expect(mentions.map((m) => caseOf(m)?.priority)).toEqual(['high', 'high', 'urgent'])
  })
})

describe('a mention that cannot be decided', () => {
  it('goes to a person, and what comes behind it is routed', async () => {
    await house.restart({
      known: (mention) => {
        if (mention.text.includes('poison')) throw new Error('a fault of the program')
        return {}
      },
    })
    const mentions = house.hear(complaint, { ...complaint, text: 'poison' }, complaint)
    house.board.wake()
    const done = house.board.idle()
    await house.clock.run(20_000)
    await done
    expect(mentions.map((m) => caseOf(m)?.state)).toEqual(['routed', 'new', 'routed'])
    expect(caseOf(mentions[1])?.explanation.ruleName).toBe('The rules could not decide')
  })

  it('does not hide from the rules before it how busy a desk is', async () => {
    const { book } = house.board
    const any = book.rules()[1]!
    const idle = { fact: 'deskLoad', atMost: 1 } as const
    book.saveRule({ ...any, id: undefined, name: 'Press has room', order: -1, when: idle, then: { ...any.then, deskId: 'desk_press', hold: false } }, lena) // prettier-ignore
    const desksOf = (heard: Mention[]) => heard.map((m) => caseOf(m)?.deskId)
    expect(desksOf(await house.take(complaint, complaint, complaint))).toEqual([
      'desk_press',
      'desk_press',
      'desk_care',
    ])
    await house.restart({
      known: (mention) => {
        if (mention.text.includes('poison')) throw new Error('a fault of the program')
        return {}
      },
    })
    const mentions = house.hear(complaint, { ...complaint, text: 'poison' })
    house.board.wake()
    const done = house.board.idle()
    await house.clock.run(20_000)
    await done
    expect(desksOf(mentions)).toEqual(['desk_care', null])
  })
})

describe('a rule on tags', () => {
  it("asks for those of the author's earlier cases", async () => {
    const { book } = house.board
    const any = book.rules()[1]!
    book.saveRule(
      {
        ...any,
        id: undefined,
        name: 'VIP',
        order: -1,
        when: { fact: 'tag', is: ['complaint'] },
        then: { ...any.then, deskId: 'desk_press', tags: ['vip'] },
      },
      lena,
    )
    const [first, second, other] = await house.take(
      { ...complaint, by: 'petra' },
      { text: 'hello', by: 'petra' },
      { text: 'hello', by: 'omid' },
    )
    expect([caseOf(first)?.deskId, caseOf(second)?.deskId, caseOf(other)]).toEqual([
      'desk_care',
      'desk_press',
      undefined,
    ])
  })
})

describe('a case goes through the house', () => {
  it('new → routed → accepted → replied → confirmed, each with its time', async () => {
    const opened = await complain()
    house.clock.advance(minutes(5))
    const accepted = run(commands.accept, opened, {})
    expect(accepted).toMatchObject({ state: 'accepted', acceptedAt: house.clock.now(), version: 2 })
    house.clock.advance(minutes(7))
    const replied = run(commands.reply, opened, { text: 'Sorry! Money is on its way.' })
    expect(replied).toMatchObject({ state: 'replied', repliedAt: house.clock.now() })
    expect(medianMinutesToReply(house.store, 0, house.clock.now() + 1)).toBe(12)
    house.clock.advance(minutes(1))
    expect(run(commands.confirm, opened, {})).toMatchObject({
      state: 'closed',
      closeReason: 'confirmed',
      confirmedAt: house.clock.now(),
    })
    expect(house.board.history(opened.id).map((entry) => entry.kind)).toEqual([
      'case.opened',
      'case.accepted',
      'case.replied',
      'case.confirmed',
    ])
  })

  it("keeps the customer's clock when it is routed on", async () => {
    const opened = await complain()
    house.clock.advance(minutes(20))
    const moved = run(commands.route, opened, { deskId: 'desk_technical' })
    expect(moved).toMatchObject({ deskId: 'desk_technical', state: 'routed', dueAt: opened.openedAt + minutes(60) })
  })

  it('opens again with a new clock', async () => {
    const opened = await complain()
    run(commands.reply, opened, { text: 'done' })
    run(commands.close, opened, { reason: 'answered' })
    house.clock.advance(minutes(30))
    expect(run(commands.reopen, opened, {})).toMatchObject({
      state: 'routed',
      repliedAt: null,
      closedAt: null,
      reopened: 1,
      dueAt: house.clock.now() + minutes(60),
    })
  })

  it('turns a promise into its clock', async () => {
    const opened = await complain()
    run(commands.reply, opened, { text: 'We write by 17:00' })
    expect(caseCounts(house.store, house.clock.now() + minutes(600)).overdue).toBe(0)
    const dueAt = house.clock.now() + minutes(90)
    run(commands.promise, opened, { text: 'We write by 17:00', dueAt })
    expect(caseCounts(house.store, dueAt - 1).overdue).toBe(0)
    expect(caseCounts(house.store, dueAt).overdue).toBe(1)
    run(commands.reply, opened, { text: 'Here we are' })
    expect(caseCounts(house.store, dueAt).overdue).toBe(0)
  })

  it('lets a second person approve, never the writer', async () => {
    const opened = await complain({ text: 'My lawyer will write to you' })
    expect(opened.needsApproval).toBe(true)
    expect(() => run(commands.reply, opened, { text: 'x' })).toThrow(/approve/)
    run(commands.askApproval, opened, { text: 'Dear customer' })
    expect(() => run(commands.approve, opened, { approve: true })).toThrow(/somebody else/)
    expect(run(commands.approve, opened, { approve: true }, omar)).toMatchObject({
      state: 'replied',
      pendingReply: null,
    })
  })

  const refusals: [string, (c: StoredCase) => unknown][] = [
    ['accept twice', (c) => [run(commands.accept, c, {}), run(commands.accept, c, {})]],
    ['confirm before an answer', (c) => run(commands.confirm, c, {})],
    ['reopen what is open', (c) => run(commands.reopen, c, {})],
    ['route to the desk where it is', (c) => run(commands.route, c, { deskId: c.deskId! })],
    ['route to nowhere', (c) => run(commands.route, c, { deskId: 'desk_nowhere' })],
    [
      'answer what is closed',
      (c) => [run(commands.close, c, { reason: 'spam' }), run(commands.reply, c, { text: 'x' })],
    ],
    ['promise for the past', (c) => run(commands.promise, c, { text: 'x', dueAt: house.clock.now() })],
    ['take back no promise', (c) => run(commands.promise, c, { text: '', dueAt: null })],
    ['approve nothing', (c) => run(commands.approve, c, { approve: true })],
    ['the same priority', (c) => run(commands.prioritise, c, { priority: c.priority })],
  ]
  it.each(refusals)('refuses: %s', async (_name, refused) => {
    const opened = await complain()
    expect(() => refused(opened)).toThrow(Failure)
  })
})

describe('two officers on one case', () => {
  it('the slower one is told who was faster, and nothing is done twice', async () => {
    const opened = await complain()
    house.board.run(commands.route, { id: opened.id, version: 1 }, { deskId: 'desk_technical' }, omar)
    const slower = () => house.board.run(commands.route, { id: opened.id, version: 1 }, { deskId: 'desk_press' }, lena)
    expect(slower).toThrow(/Omar changed this case/)
    expect(house.board.get(opened.id)).toMatchObject({ deskId: 'desk_technical', version: 2 })
  })

  it('both hear of every change', async () => {
    const heard: string[][] = []
    house.board.onChanged((changed) => heard.push(changed.map((c) => `${c.state} ${c.version}`)))
    const opened = await complain()
    run(commands.accept, opened, {}, omar)
    expect(heard).toEqual([['routed 1'], ['accepted 2']])
  })

  it('hear nothing of what was refused', async () => {
    const opened = await complain()
    const heard: unknown[] = []
    house.board.onChanged((changed) => heard.push(changed))
    expect(() => run(commands.confirm, opened, {})).toThrow()
    expect(heard).toEqual([])
  })
})

describe('the customer writes again', () => {
  const again = (c: StoredCase, text: string, more: Heard = {}) =>
    house.take({ text, by: 'petra', inReplyTo: 'first', ...more }).then(() => house.board.get(c.id))

  it('and the case opens again, without a second one', async () => {
    const opened = await complain({ by: 'petra', externalId: 'first' })
    run(commands.reply, opened, { text: 'Should work now' })
    const now = await again(opened, 'it still does not work', { label: 'negative' })
    expect(now).toMatchObject({ state: 'routed', reopened: 1 })
    expect([...allCases(house.store)]).toHaveLength(1)
  })

  it('with thanks, and the case is confirmed', async () => {
    const opened = await complain({ by: 'petra', externalId: 'first' })
    run(commands.reply, opened, { text: 'Should work now' })
    expect(await again(opened, 'Thank you, works again!', { label: 'positive' })).toMatchObject({
      state: 'closed',
      closeReason: 'confirmed',
    })
  })

  it('with thanks that are none, and it opens again', async () => {
    const opened = await complain({ by: 'petra', externalId: 'first' })
    run(commands.reply, opened, { text: 'Should work now' })
    expect((await again(opened, 'Thanks, but it still fails', { label: 'neutral' })).state).toBe('routed')
  })

  it('while it is open, and it is noted', async () => {
    const opened = await complain({ by: 'petra', externalId: 'first' })
    const now = await again(opened, 'hello?')
    expect(now).toMatchObject({ state: 'routed', version: 2 })
    expect(house.board.history(opened.id).at(-1)).toMatchObject({ kind: 'case.noted' })
  })

  it('somebody else in the conversation has a case of their own', async () => {
    await complain({ by: 'petra', externalId: 'first' })
    await house.take({ ...complaint, by: 'tom', inReplyTo: 'first' })
    expect([...allCases(house.store)]).toHaveLength(2)
  })
})

describe('undo', () => {
  it('takes back each step, newest first, to what was before', async () => {
    const opened = await complain()
    const states = [house.board.get(opened.id)]
    const entries: number[] = []
    const steps: [Parameters<typeof house.board.run<never>>[0], object][] = [
      [commands.route as never, { deskId: 'desk_press' }],
      [commands.prioritise as never, { priority: 'urgent' }],
      [commands.accept as never, {}],
      [commands.assign as never, { personId: 'p1' }],
      [commands.reply as never, { text: 'hi' }],
      [commands.promise as never, { text: 'soon', dueAt: house.clock.now() + 1000 }],
      [commands.outcome as never, { text: 'fixed' }],
      [commands.close as never, { reason: 'answered' }],
      [commands.reopen as never, {}],
    ]
    for (const [command, input] of steps) {
      house.clock.advance(10)
      const { entry, case: now } = house.board.run(command, { id: opened.id }, input as never, lena)
      entries.push(entry)
      states.push(now)
    }
    for (let i = steps.length - 1; i >= 0; i--) {
      house.clock.advance(10)
      const { recorded, undone } = house.board.undo(entries[i]!, omar)
      expect(undone).not.toBe('')
      const { version: _v, updatedAt: _u, ...now } = recorded!.case
      const { version: _v2, updatedAt: _u2, ...then } = states[i]!
      expect(now).toEqual(then)
    }
  })

  it('says what stays outside', async () => {
    const opened = await complain()
    const { entry } = house.board.run(commands.reply, { id: opened.id }, { text: 'hi' }, lena)
    expect(house.board.undo(entry, lena).cannot).toEqual(saying(/stays there/))
  })

  it('can itself be undone, and nothing twice', async () => {
    const opened = await complain()
    const { entry } = house.board.run(commands.accept, { id: opened.id }, {}, lena)
    const undone = house.board.undo(entry, lena)
    expect(() => house.board.undo(entry, lena)).toThrow(/undone already/)
    expect(house.board.undo(undone.recorded!.entry, lena).recorded!.case.state).toBe('accepted')
  })

  it('is refused when something followed', async () => {
    const opened = await complain()
    const { entry } = house.board.run(commands.route, { id: opened.id }, { deskId: 'desk_press' }, lena)
    run(commands.route, opened, { deskId: 'desk_care' }, omar)
    expect(() => house.board.undo(entry, lena)).toThrow(/Undo that first/)
  })

  it('of a removed rule puts it back in its place', () => {
    const { book } = house.board
    const before = [...book.rules()]
    const entry = book.removeRule('rule_press', lena)
    expect(book.rules().some((rule) => rule.id === 'rule_press')).toBe(false)
    house.board.undo(entry, lena)
    expect(book.rules()).toEqual(before)
    expect(() => house.board.undo(9_999_999, lena)).toThrow(/no entry/)
  })
})

describe('clocks', () => {
  it('warn before the breach, escalate at it, each once', async () => {
    house.board.start()
    const opened = await complain()
    const kinds = () => house.board.history(opened.id).map((entry) => entry.kind)
    house.clock.advance(minutes(49))
    expect(kinds()).toEqual(['case.opened'])
    house.clock.advance(minutes(2))
    expect(kinds()).toEqual(['case.opened', 'case.warned'])
    house.clock.advance(minutes(10))
    expect(kinds()).toEqual(['case.opened', 'case.warned', 'case.escalated'])
    expect(house.board.get(opened.id)).toMatchObject({ deskId: 'desk_officer', state: 'routed' })
    house.clock.advance(minutes(600))
    expect(kinds().filter((kind) => kind === 'case.escalated')).toHaveLength(1)
  })

  // Mondays to Fridays, 9 to 17 in Berlin; an hour. 20 November 2026 is a Friday.
  it.each([
    ['2026-11-20T16:05', 10, '2026-11-20T16:55'],
    ['2026-11-20T16:05', 30, '2026-11-20T16:45'],
    ['2026-11-20T16:50', 120, '2026-11-23T09:30'],
    ['2026-11-20T16:00', 10, '2026-11-20T16:50'],
    ['2026-11-20T17:30', 10, '2026-11-23T09:50'],
    ['2026-11-21T12:00', 45, '2026-11-23T09:40'],
    ['2026-11-23T10:00', 10, '2026-11-23T10:50'],
  ])('of a case of %s warn %i open minutes ahead, at %s', async (opened, warnMinutes, warned) => {
    const berlin = (local: string): number => Date.parse(`${local}:00+01:00`)
    const spans = [1, 2, 3, 4, 5].map((day) => ({ day, from: 540, to: 1020 }))
    const hours = { timeZone: 'Europe/Berlin', spans, holidays: [] }
    for (const desk of house.board.book.desks())
      house.board.book.save({ ...desk, hours, warnMinutes, serviceLevel: { ...desk.serviceLevel, high: 60 } }, lena)
    house.clock.advance(berlin(opened) - house.clock.now())
    const { id } = await complain()
    const isWarned = () => house.board.history(id).some(({ kind }) => kind === 'case.warned')
    house.clock.advance(berlin(warned) - minutes(2) - house.clock.now())
    house.board.start()
    house.clock.advance(minutes(1))
    expect(isWarned()).toBe(false)
    house.clock.advance(minutes(2))
    expect(isWarned()).toBe(true)
  })

  it('do not take a late case from the desk that a person has just given it to', async () => {
    house.board.start()
    const opened = await complain()
    house.clock.advance(minutes(61))
    const { entry } = house.board.run(commands.route, { id: opened.id }, { deskId: 'desk_press' }, lena)
    house.clock.advance(minutes(30))
    expect(house.board.get(opened.id)).toMatchObject({ deskId: 'desk_press', state: 'routed' })
    expect(house.board.get(opened.id)!.dueAt).toBeLessThan(house.clock.now())
    house.board.undo(entry, lena)
    expect(house.board.get(opened.id)).toMatchObject({ deskId: 'desk_officer' })
  })

  it('wait for the morning when the desk is closed', async () => {
    await house.close()
    house = openHouse({ at: '2026-11-20T16:45:00+01:00' })
    const { book } = house.board
    const care = book.desk('desk_care')!
    const office = [1, 2, 3, 4, 5].map((day) => ({ day, from: 540, to: 1020 }))
    book.save(
      { ...care, hours: { ...care.hours, spans: office }, serviceLevel: { ...care.serviceLevel, high: 30 } },
      lena,
    )
    const opened = await complain()
    expect(new Date(opened.dueAt!).toISOString()).toBe('2026-11-23T08:15:00.000Z')
  })
})

describe('the order of urgency', () => {
  const all = {
    states: [],
    deskIds: [],
    priorities: [],
    undecided: false,
    overdue: false,
    problemIds: [],
    officerIds: [],
    tags: [],
    approval: false,
  }

  it('is overdue, priority, due time, age; pages fit together without holes', async () => {
    for (let i = 0; i < 40; i++) {
      await complain(
        i % 3 === 0
          ? { text: 'My lawyer will write' }
          : i % 3 === 1
            ? { text: 'How do I clean it?', label: 'neutral' }
            : {},
      )
      house.clock.advance(minutes(3))
    }
    const now = house.clock.now()
    const whole = casesByUrgency(house.store, all, { now }, 1000)
    expect(whole).toHaveLength(40)
    const keys = whole.map((p) => [1 - p.late, p.rank, p.due, p.seq])
    expect(keys).toEqual([...keys].sort((a, b) => a[0]! - b[0]! || a[1]! - b[1]! || a[2]! - b[2]! || a[3]! - b[3]!))
    const paged: string[] = []
    let from: Parameters<typeof casesByUrgency>[2] = { now }
    for (;;) {
      const page = casesByUrgency(house.store, all, from, 7)
      paged.push(...page.map((place) => place.id))
      if (page.length < 7) break
      from = page.at(-1)!
    }
    expect(paged).toEqual(whole.map((place) => place.id))
    expect(waitingCases(house.store, 3)).toHaveLength(3)
  })

  it('of closed cases alone is newest first, page by page', async () => {
    await house.take(...Array.from({ length: 25 }, () => complaint))
    const closed: string[] = []
    for (const [i, c] of [...allCases(house.store)].entries()) {
      if (i % 5 !== 0) house.clock.advance(1)
      closed.unshift(run(commands.close, c, { reason: 'answered' }).id)
    }
    const selection = { ...all, states: ['closed' as const] }
    const paged: string[] = []
    let from: Parameters<typeof casesByUrgency>[2] = { now: house.clock.now() }
    for (;;) {
      const page = casesByUrgency(house.store, selection, from, 6)
      paged.push(...page.map((place) => place.id))
      if (page.length < 6) break
      from = urgencyPlace(urgencyCursor(page.at(-1)!))!
    }
    expect(paged).toEqual(closed)
  })

  it('narrows by desk, tag, state and lateness, and counts every column', async () => {
    const opened = await complain()
    await complain({ text: 'My lawyer will write' })
    run(commands.accept, opened, {})
    const db = connectionOf(house.store)
    const now = house.clock.now()
    const ids = (more: Partial<typeof all> & object) =>
      casesByUrgency(db, { ...all, ...more } as never, { now }, 10).map((p) => p.id)
    expect(ids({ deskIds: ['desk_care'] as never })).toEqual([opened.id])
    expect(ids({ tags: ['complaint'] as never })).toEqual([opened.id])
    expect(ids({ states: ['accepted'] as never })).toEqual([opened.id])
    expect(ids({ overdue: true })).toEqual([])
    expect(Object.fromEntries(selectionCounts(db, { ...all, states: ['accepted'] }, now))).toEqual({
      accepted: 1,
      routed: 1,
    })
  })
})
