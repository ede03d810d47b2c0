import { saying } from '#tests/support/saying.ts'
import { asWritten } from '#shared/words/said.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connectionOf } from '#engine/store/connections.ts'
import { bulk } from '#engine/api/bulk.ts'
import * as commands from '#engine/cases/commands.ts'
import { SecretsUnavailable } from '#engine/platform/secrets.ts'
import { allCases, type StoredCase } from '#engine/store/queries/cases.ts'
import { differingCases } from '#engine/store/queries/case-rebuild.ts'
import type { Reply } from '#shared/model/reply.ts'
import { lena, omar, openHouse, type Heard, type House } from '#tests/engine/cases/house.ts'
import { pretendDoor, type PretendDoor } from './pretend-door.ts'

let house: House
let door: PretendDoor
beforeEach(() => {
  door = pretendDoor()
  house = openHouse({ door })
  house.board.outbox.start()
  house.board.replies.start()
})
afterEach(async () => {
  const differing = differingCases(house.store)
  await house.close()
  // Whatever was done, the board is what the journal tells.
  if (differing.length > 0) throw new Error(`The journal tells otherwise of ${differing.join(', ')}.`)
})

const complaint: Heard = {
  text: 'I want a refund for the damaged parcel',
  label: 'negative',
  confidence: 0.9,
  by: 'ana',
}
const all = (): StoredCase[] => [...allCases(house.store)]
const only = (): StoredCase => all()[0] as StoredCase
const answers = (): Reply[] => house.board.replies.ofCase(only().id)
const kinds = (): string[] => house.board.history(only().id).map(({ kind }) => kind)
const reply = (text = 'Sorry {author}', more: Record<string, unknown> = {}) =>
  house.board.do('reply', { id: only().id }, { text, way: 'thread', ...more }, lena)
/** Lets the time pass in which it can be taken back, and everything leave that is due. */
async function leave(ms = 5_000): Promise<void> {
  house.clock.advance(ms)
  await house.board.outbox.work()
}

describe('an answer', () => {
  it('leaves after its grace, and the case counts as answered when the network took it', async () => {
    await house.take(complaint)
    const written = house.clock.now()
    reply()
    expect(only()).toMatchObject({ state: 'accepted', answer: 'queued', repliedAt: null, acceptedAt: written })
    await leave(4_000)
    expect(door.sent).toEqual([])
    await leave(1_000)
    expect(door.sent).toMatchObject([{ way: 'thread', text: '@ana Sorry ana', at: written, triedAt: null }])
    expect(only()).toMatchObject({ state: 'replied', answer: 'sent', repliedAt: written + 5_000 })
    expect(answers()).toMatchObject([
      { state: 'sent', url: 'https://net.example/p1', text: '@ana Sorry ana', by: 'Lena', attempts: 1, sentAt: written + 5_000 },
    ])
    const [last] = house.board.history(only().id).slice(-1)
    expect(last).toMatchObject({ kind: 'case.replied', actor: lena, data: { text: '@ana Sorry ana', url: 'https://net.example/p1', way: 'thread' } })
    expect(last!.data.answer).toBe(answers()[0]!.id)
  }) // prettier-ignore

  it('knows its ways, whose name it leaves under, and why one is not possible', async () => {
    await house.take(complaint)
    door.why.direct = asWritten('The source has no access token that may write. Add one under Sources.')
    expect(await house.board.replies.ways(only())).toEqual([
      { way: 'thread', sourceId: 'src_test', sourceName: 'Net src_test', network: 'mastodon', as: '@care@src_test', limit: 60, manner: { warning: null, lang: null }, audience: 'everybody', possible: true, why: null },
      { way: 'direct', sourceId: 'src_test', sourceName: 'Net src_test', network: 'mastodon', as: '@care@src_test', limit: 60, manner: { warning: null, lang: null }, audience: 'customer', possible: false, why: door.why.direct },
    ])
    expect(() => reply('x', { way: 'direct' })).toThrow(/no access token that may write/)
    expect(() => reply('x', { way: 'mail' })).toThrow(/No source of this station/)
  }) // prettier-ignore

  it('is refused while the network does not accept the account, and offered again when somebody mended it', async () => {
    await house.take(complaint)
    door.accountWhy = asWritten('net.example does not accept the access token.')
    house.board.replies.sourcesChanged()
    expect(await house.board.replies.ways(only())).toMatchObject([{ possible: false, why: door.accountWhy }, { possible: false }]) // prettier-ignore
    expect(() => reply()).toThrow(/does not accept/)
    door.accountWhy = null
    house.board.replies.sourcesChanged()
    expect((await house.board.replies.ways(only()))[0]).toMatchObject({ possible: true })
  })

  it('leaves under the name of the account that a source has now, also when the one of before is told last', async () => {
    await house.take(complaint)
    const told = (name: string) => ({ account: { name, authorId: name, limit: null }, why: null })
    let tellOld: () => void = () => {}
    const old = new Promise<void>((resolve) => (tellOld = resolve))
    door.account = async () => old.then(() => told('@before'))
    house.board.replies.sourcesChanged()
    const asked = house.board.replies.ways(only())
    door.account = () => Promise.resolve(told('@now'))
    house.board.replies.sourcesChanged()
    tellOld()
    expect((await asked)[0]).toMatchObject({ as: '@now' })
    expect((await house.board.replies.ways(only()))[0]).toMatchObject({ as: '@now' })
  })

  it('does not leave unfilled, too long, empty, or without approval', async () => {
    await house.take(complaint)
    expect(() => reply('until {promise}')).toThrow('Not known here: {promise}.')
    expect(() => reply('x'.repeat(60))).toThrow('The reply has 65 characters, 60 are allowed there.')
    expect(() => reply('  ')).toThrow(/no words/)
    expect(answers()).toEqual([])
    expect(only().state).toBe('routed')
  })

  it('is never given in public to what was written in private', async () => {
    await house.take({ ...complaint, private: true })
    expect(() => reply()).toThrow(/in private/)
    house.board.do('reply', { id: only().id }, { text: 'Sorry', way: 'best' }, lena)
    await leave()
    expect(door.sent).toMatchObject([{ way: 'direct' }])
  })

  it('given elsewhere is recorded at once, with its placeholders filled', async () => {
    await house.take(complaint)
    house.board.do('reply', { id: only().id }, { text: 'Called {author}' }, lena)
    expect(only()).toMatchObject({ state: 'replied', answer: 'none' })
    expect(house.board.history(only().id).at(-1)!.data).toMatchObject({ text: 'Called ana' })
    expect(answers()).toEqual([])
  })

  it('that the case is too new for is a conflict', async () => {
    await house.take(complaint)
    const { version } = only()
    house.board.run(commands.note, { id: only().id }, { text: 'x' }, omar)
    expect(() => house.board.do('reply', { id: only().id, version }, { text: 'x', way: 'thread' }, lena)).toThrow(/Omar changed this case/) // prettier-ignore
  })
})

describe('an answer that fails', () => {
  it('leaves the case unanswered, its clock running, and says what to do; sent again it uses the same key', async () => {
    await house.take(complaint)
    const due = only().dueAt
    door.results = [{ outcome: 'refused', advice: asWritten('The post is gone. Answer elsewhere.') }]
    reply()
    await leave()
    expect(only()).toMatchObject({ state: 'accepted', answer: 'failed', repliedAt: null, dueAt: due })
    expect(answers()).toMatchObject([{ state: 'failed', advice: 'The post is gone. Answer elsewhere.' }])
    expect(kinds().at(-1)).toBe('answer.failed')
    house.board.replies.retry(answers()[0]!.id, omar)
    expect(only().answer).toBe('queued')
    await leave(1_000)
    expect(only()).toMatchObject({ state: 'replied', answer: 'sent' })
    expect(door.sent[1]!.key).toBe(door.sent[0]!.key)
    expect(() => house.board.replies.retry(answers()[0]!.id, omar)).toThrow(/Only what failed/)
  })

  it('is tried again with growing pauses, and not before the network wants it', async () => {
    await house.take(complaint)
    door.results = [{ outcome: 'later', advice: asWritten('Busy.'), retryAfterMs: 120_000, all: true }, { outcome: 'later', advice: asWritten('Busy.') }]
    reply()
    await leave()
    expect(answers()[0]).toMatchObject({ state: 'queued', advice: 'Busy.', attempts: 1 })
    await leave(119_000)
    expect(door.sent).toHaveLength(1)
    await leave(2_000)
    expect(door.sent).toHaveLength(2)
    expect(answers()[0]!.nextAttemptAt! - house.clock.now()).toBeGreaterThanOrEqual(60_000)
    await leave(80_000)
    expect(only().answer).toBe('sent')
  }) // prettier-ignore

  it('ten times asks a person', async () => {
    await house.take(complaint)
    door.results = Array.from({ length: 10 }, () => ({ outcome: 'later' as const, advice: asWritten('Busy.') }))
    reply()
    for (let i = 0; i < 12; i++) await leave(3_000_000)
    expect(door.sent).toHaveLength(10)
    expect(answers()[0]).toMatchObject({ state: 'failed', advice: saying(/Tried 10 times/) })
  })

  it('because the keychain is locked waits', async () => {
    await house.take(complaint)
    door.results = [new SecretsUnavailable(asWritten('The keychain is locked. Unlock it.'))]
    reply()
    await leave()
    expect(answers()[0]).toMatchObject({ state: 'queued', advice: 'The keychain is locked. Unlock it.' })
  })

  it('without a word is asked about with the same key where that does no harm', async () => {
    await house.take(complaint)
    door.results = [{ outcome: 'unknown', advice: asWritten('The connection was cut.') }]
    reply()
    await leave()
    expect(answers()[0]).toMatchObject({ state: 'queued' })
    await leave(60_000)
    expect(door.sent[1]).toMatchObject({ key: door.sent[0]!.key, triedAt: door.sent[0]!.at + 5_000 })
    expect(only().answer).toBe('sent')
  })

  it('without a word asks a person where a copy would be a second one; who looked says so', async () => {
    await house.take(complaint)
    door.repeats = false
    door.results = [{ outcome: 'unknown', advice: asWritten('The connection was cut.') }]
    reply()
    await leave()
    expect(only()).toMatchObject({ state: 'accepted', answer: 'unknown', repliedAt: null })
    expect(answers()[0]).toMatchObject({ state: 'unknown', advice: saying(/look on the network/) }) // prettier-ignore
    await leave(600_000)
    expect(door.sent).toHaveLength(1)
    house.board.replies.arrived(answers()[0]!.id, 'https://net.example/there', omar)
    expect(only()).toMatchObject({ state: 'replied', answer: 'sent' })
    expect(answers()[0]).toMatchObject({ state: 'sent', url: 'https://net.example/there', advice: null })
    expect(() => house.board.replies.arrived(answers()[0]!.id, null, omar)).toThrow(/unknown answer/)
  })

  it('opens a case again that was closed as answered meanwhile', async () => {
    await house.take(complaint)
    door.results = [{ outcome: 'refused', advice: asWritten('No.') }]
    reply()
    house.board.run(commands.close, { id: only().id }, { reason: 'answered' }, lena)
    await leave()
    expect(only()).toMatchObject({ state: 'accepted', answer: 'failed', closedAt: null, closeReason: null })
  })
})

describe('what happens to the case before the answer leaves', () => {
  const cases: [string, () => void | Promise<unknown>, RegExp][] = [
    ['it is closed as spam', () => void house.board.run(commands.close, { id: only().id }, { reason: 'spam' }, omar), /Omar closed the case/],
    ['somebody else answered', () => void house.board.do('reply', { id: only().id }, { text: 'Done by phone' }, omar), /Omar answered meanwhile/],
    ['it goes to another desk', () => void house.board.run(commands.route, { id: only().id }, { deskId: 'desk_technical' }, omar), /Omar gave the case/],
    ['the customer writes again', () => house.take({ text: 'Forget it, it works', by: 'ana', inReplyTo: 'first' }), /wrote again/],
  ] // prettier-ignore

  it.each(cases)('keeps it from being sent unseen: %s', async (_name, happens, words) => {
    await house.take({ ...complaint, externalId: 'first' })
    reply()
    await happens()
    await leave()
    expect(door.sent).toEqual([])
    expect(answers()[0]).toMatchObject({ state: 'failed', advice: saying(words) })
    expect(all()).toHaveLength(1)
  })

  it('does not, when two were written in a row', async () => {
    await house.take(complaint)
    reply('First this.')
    reply('And then that.')
    await leave()
    await leave(1_000)
    expect(door.sent.map(({ text }) => text)).toEqual(['@ana First this.', '@ana And then that.'])
    expect(answers().map(({ state }) => state)).toEqual(['sent', 'sent'])
  })

  it('does not, when it is closed as answered; it stays closed and counts as answered', async () => {
    await house.take(complaint)
    reply()
    house.board.run(commands.close, { id: only().id }, { reason: 'answered' }, lena)
    await leave()
    expect(only()).toMatchObject({ state: 'closed', answer: 'sent', repliedAt: house.clock.now() })
  })
})

describe('taking an answer back', () => {
  it('before it left leaves no trace on the network', async () => {
    await house.take(complaint)
    const before = only()
    const { entry } = reply()
    const { undone, cannot } = house.board.undo(entry, lena)
    expect([undone, cannot]).toEqual(['The answer is taken back.', null])
    expect(only()).toMatchObject({ state: before.state, answer: 'none', acceptedAt: null })
    await leave(60_000)
    expect(door.sent).toEqual([])
    expect(answers()[0]).toMatchObject({ state: 'cancelled' })
    const again = house.board.history(only().id).at(-1)!
    expect(() => house.board.undo(again.seq, lena)).toThrow(/Write it again/)
  })

  it('after it was sent has it deleted on the network, and says what cannot be', async () => {
    await house.take(complaint)
    const { entry } = reply()
    await leave()
    house.board.run(commands.note, { id: only().id }, { text: 'oops' }, omar)
    const { cannot } = house.board.undo(entry, lena)
    expect(cannot).toEqual(saying(/being deleted through Net src_test; who has read it has read it/))
    expect(only()).toMatchObject({ state: 'routed', repliedAt: null, answer: 'sent' })
    await leave(1_000)
    expect(door.withdrawn).toEqual(['p1'])
    expect(only()).toMatchObject({ answer: 'withdrawn' })
    expect(answers()[0]).toMatchObject({ state: 'withdrawn' })
    expect(kinds().slice(-3)).toEqual(['answer.withdrawing', 'case.undone', 'answer.withdrawn'])
  })

  it('is tried again while the network is busy, and says when it does not do it', async () => {
    await house.take(complaint)
    const { entry } = reply()
    await leave()
    door.withdrawals = [{ outcome: 'later', advice: asWritten('Busy.') }, { outcome: 'refused', advice: asWritten('Delete it there.') }]
    house.board.undo(entry, lena)
    await leave(1_000)
    expect(answers()[0]).toMatchObject({ state: 'withdrawing', advice: 'Busy.' })
    await leave(60_000)
    expect(answers()[0]).toMatchObject({ state: 'sent', advice: 'It could not be deleted and stays there. Delete it there.' })
    expect(only().answer).toBe('sent')
  }) // prettier-ignore

  it('where the network cannot delete says that it stays', async () => {
    await house.take(complaint)
    door.canDelete = false
    const { entry } = reply()
    await leave()
    expect(house.board.undo(entry, lena).cannot).toEqual(saying(/stays there/))
    expect(only()).toMatchObject({ state: 'routed', answer: 'sent' })
  })

  it('while it is on its way deletes it as soon as it has arrived', async () => {
    await house.take(complaint)
    let arrive: (result: object) => void = () => {}
    door.results = [new Promise((resolve) => (arrive = resolve))]
    const { entry } = reply()
    house.clock.advance(5_000)
    const working = house.board.outbox.work()
    expect(answers()[0]!.state).toBe('sending')
    expect(house.board.undo(entry, lena).cannot).toEqual(saying(/leaving at this moment/))
    arrive({})
    await working
    await leave(2_000)
    expect(door.withdrawn).toEqual(['p1'])
    expect(only()).toMatchObject({ state: 'routed', repliedAt: null, answer: 'withdrawn' })
  })

  it('while it is on its way and nobody knows what became of it: sent again by a person, it stays sent', async () => {
    await house.take(complaint)
    door.repeats = false
    let end: (result: object) => void = () => {}
    door.results = [new Promise((resolve) => (end = resolve))]
    const { entry } = reply()
    house.clock.advance(5_000)
    const working = house.board.outbox.work()
    house.board.undo(entry, lena)
    end({ outcome: 'unknown', advice: 'The connection was cut.' })
    await working
    expect(answers()[0]).toMatchObject({
      state: 'unknown',
      advice: saying(/to be taken back/),
    })
    house.board.replies.retry(answers()[0]!.id, lena)
    await leave(1_000)
    await leave(60_000)
    expect(only()).toMatchObject({ state: 'replied', answer: 'sent' })
    expect(door.withdrawn).toEqual([])
  })
})

describe('approval, promises and many at once', () => {
  it('sends the approved text the way that was asked for, in the name of who wrote it', async () => {
    await house.take(complaint)
    const asked = { text: 'Sorry {author}', way: 'direct', sourceId: 'src_test' } as const
    house.board.do('askApproval', { id: only().id }, asked, lena)
    expect(only().pendingReply).toMatchObject({ text: 'Sorry ana', way: 'direct', sourceId: 'src_test' })
    expect(() => house.board.do('approve', { id: only().id }, { approve: true }, lena)).toThrow(/somebody else/)
    const { entry } = house.board.do('approve', { id: only().id }, { approve: true }, omar)
    expect(only()).toMatchObject({ state: 'accepted', answer: 'queued', pendingReply: null, repliedAt: null })
    await leave()
    expect(door.sent).toMatchObject([{ way: 'direct', text: '@ana Sorry ana' }])
    expect(house.board.history(only().id).at(-1)).toMatchObject({ kind: 'case.replied', actor: lena })
    expect(house.board.undo(entry, omar).cannot).toEqual(saying(/being deleted/))
  })

  it('cannot ask to approve what could not be sent', async () => {
    await house.take(complaint)
    const ask = (text: string) => house.board.do('askApproval', { id: only().id }, { text, way: 'thread' }, lena)
    expect(() => ask('x'.repeat(60))).toThrow(/60 are allowed/)
    expect(() => ask('{promise}')).toThrow(/Not known/)
  })

  it('keeps a promise that the answer tells of, or that was made after it; one of before is kept by the answer', async () => {
    const promise = (dueAt: number) => house.board.run(commands.promise, { id: only().id }, { text: 'x', dueAt }, lena)
    await house.take(complaint)
    promise(house.clock.now() + 3_600_000)
    reply('By {promise}.')
    await leave()
    expect(only().promise).not.toBeNull()
    reply('It is done.')
    await leave()
    expect(only().promise).toBeNull()
    reply('You will hear.')
    promise(house.clock.now() + 7_200_000)
    await leave()
    expect(only()).toMatchObject({ state: 'replied', promise: { text: 'x' } })
  })

  it('answers everybody of a problem in their own words, at the pace of the network', async () => {
    const people = ['ana', 'ben', 'cem', 'dora']
    await house.take(...people.map((by) => ({ ...complaint, by })))
    const ids = all().map(({ id }) => id)
    const done = await bulk({ board: house.board, clock: house.clock }, ids, { do: 'reply', text: 'Sorry {author}', way: 'best' }, lena) // prettier-ignore
    expect(done.failed).toEqual([])
    await leave()
    expect(door.sent).toHaveLength(1)
    door.results = [{ outcome: 'later', retryAfterMs: 60_000, all: true, advice: asWritten('Busy.') }]
    for (let i = 0; i < 5; i++) await leave(1_000)
    expect(door.sent).toHaveLength(2)
    // Those behind it wait as long as the network wants, and say so.
    const waiting = house.board.replies.ofCase(ids[3]!)[0]!
    expect(waiting).toMatchObject({ state: 'queued', advice: 'The network lets this account say no more until then.' })
    expect(waiting.nextAttemptAt! - house.clock.now()).toBeGreaterThan(50_000)
    for (let i = 0; i < 90; i++) await leave(1_000)
    expect(new Set(door.sent.map(({ text }) => text))).toEqual(new Set(people.map((by) => `@${by} Sorry ${by}`)))
    expect(all().map(({ answer }) => answer)).toEqual(['sent', 'sent', 'sent', 'sent'])
  })
})

describe('what comes back from the network', () => {
  it('is known as ours and opens no case: by the account, by its id, by its address', async () => {
    await house.take(complaint)
    reply()
    await leave()
    await house.take({ ...complaint, by: 'care@src_test', externalId: 'other' })
    await house.take({ ...complaint, by: 'x', externalId: 'p1' })
    await house.take({ ...complaint, by: 'y', externalId: 'elsewhere-5', url: 'https://net.example/p1' })
    expect(all()).toHaveLength(1)
    await house.take({ ...complaint, by: 'y', externalId: 'p1', network: 'bluesky' })
    expect(all()).toHaveLength(2)
  })

  it('brings the customer’s next words to the case, also when no listen heard them and our answer was never heard', async () => {
    await house.take(complaint)
    reply()
    await leave()
    await house.take({ text: 'still not there', by: 'ana', inReplyTo: 'p1', heard: false })
    expect(all()).toHaveLength(1)
    expect(only()).toMatchObject({ state: 'routed', reopened: 1, repliedAt: null })
  })

  it('is another’s business when somebody else answers to us', async () => {
    await house.take(complaint)
    reply()
    await leave()
    await house.take({ text: 'me too', by: 'stranger', inReplyTo: 'p1', heard: false })
    expect(all()).toHaveLength(1)
    expect(only().state).toBe('replied')
  })

  it('confirms when the customer says thanks', async () => {
    await house.take(complaint)
    reply()
    await leave()
    await house.take({ text: 'Thank you, that helped!', by: 'ana', inReplyTo: 'p1', heard: false, label: 'positive', confidence: 0.9 }) // prettier-ignore
    expect(only()).toMatchObject({ state: 'closed', closeReason: 'confirmed' })
  })
})

describe('a report that the answer did not arrive', () => {
  it('makes the case unanswered again, and says so', async () => {
    await house.take(complaint)
    reply()
    await leave()
    house.board.run(commands.close, { id: only().id }, { reason: 'answered' }, lena)
    const [{ id }] = answers() as [Reply]
    expect(house.board.outbox.bounced(id, asWritten('The mailbox is full.'))).toBe(true)
    expect(only()).toMatchObject({ state: 'accepted', answer: 'failed', repliedAt: null, closedAt: null })
    expect(answers()[0]).toMatchObject({ state: 'failed', advice: 'The mailbox is full.' })
    expect(house.board.outbox.bounced(id, asWritten('Again.'))).toBe(false)
    expect(house.board.outbox.bounced('ans_none', asWritten('x'))).toBe(false)
  })

  it('after nobody knew whether it had arrived came back all the same, and what was answered otherwise stands', async () => {
    await house.take(complaint)
    door.repeats = false
    door.results = [{ outcome: 'unknown', advice: asWritten('The connection was cut.') }]
    reply()
    await leave()
    expect(only().answer).toBe('unknown')
    house.board.run(commands.reply, { id: only().id }, { text: 'By telephone.' }, lena)
    const [{ id }] = answers() as [Reply]
    const before = only()
    expect(house.board.outbox.bounced(id, asWritten('The mailbox is full.'))).toBe(true)
    expect(only()).toMatchObject({ state: 'replied', repliedAt: before.repliedAt, answer: 'failed' })
    expect(house.board.history(only().id).at(-1)).toMatchObject({ kind: 'answer.failed', data: { undelivered: true } })
  })
})

it('a case from before answers left is the same when it is told from the journal', async () => {
  await house.take(complaint)
  const db = connectionOf(house.store)
  for (const { name } of db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'journal'`).all() as { name: string }[]) db.exec(`DROP TRIGGER ${name}`) // prettier-ignore
  const { changes } = db.prepare(`UPDATE journal SET data = json_remove(data, '$.after.answer') WHERE kind = 'case.opened'`).run() // prettier-ignore
  expect(changes).toBe(1)
  expect(differingCases(db)).toEqual([])
  expect(only().answer).toBe('none')
})

describe('a restart', () => {
  async function diesWhileSending(): Promise<void> {
    await house.take(complaint)
    door.results = [new Promise(() => {})]
    reply()
    house.clock.advance(5_000)
    void house.board.outbox.work()
    expect(answers()[0]!.state).toBe('sending')
    const stopping = house.restart()
    await house.clock.run(5_000)
    await stopping
  }

  it('asks again with the same key for what was on its way, where that does no harm', async () => {
    await diesWhileSending()
    house.board.outbox.start()
    await leave(1_000)
    expect(door.sent).toHaveLength(2)
    expect(door.sent[1]).toMatchObject({ key: door.sent[0]!.key, triedAt: expect.any(Number) as number })
    expect(only().answer).toBe('sent')
  })

  it('asks a person where a copy would be a second one', async () => {
    door.repeats = false
    await diesWhileSending()
    house.board.outbox.start()
    await leave(600_000)
    expect(door.sent).toHaveLength(1)
    expect(only()).toMatchObject({ answer: 'unknown', repliedAt: null })
    expect(answers()[0]!.advice).toEqual(saying(/on its way when Earshot was stopped/))
  })

  it('keeps what was waiting', async () => {
    await house.take(complaint)
    reply()
    await house.restart()
    house.board.outbox.start()
    await leave()
    expect(only().answer).toBe('sent')
  })
})

describe('a direct message that names others', () => {
  const message = (more: Record<string, unknown> = {}) =>
    reply('I passed it on to @shop@net.example.', { way: 'direct', ...more })

  it('is asked about once: it leaves when the officer has seen who reads it', async () => {
    await house.take(complaint)
    door.readers = ['@shop@net.example', '@care@src_test']
    expect(() => message()).toThrow(/reads it too: @shop@net\.example/)
    expect(only().answer).toBe('none')
    message({ readers: ['@Shop@net.example'] })
    await leave()
    expect(door.sent).toHaveLength(1)
    expect(only()).toMatchObject({ state: 'replied' })
  })

  it('asks again about somebody whom nobody has seen', async () => {
    await house.take(complaint)
    door.readers = ['@shop@net.example', '@boss@net.example']
    expect(() => message({ readers: ['@shop@net.example'] })).toThrow(/reads it too: @boss@net\.example/)
  })

  it('waits for approval with whoever reads it, and leaves then', async () => {
    await house.take(complaint)
    door.readers = ['@shop@net.example']
    const ask = { text: 'Over to @shop@net.example', way: 'direct' as const, sourceId: null }
    expect(() => house.board.do('askApproval', { id: only().id }, ask, lena)).toThrow(/reads it too/)
    house.board.do(
      'askApproval',
      { id: only().id },
      { ...ask, readers: door.readers, warning: 'food', lang: 'de' },
      lena,
    )
    expect(only().pendingReply).toMatchObject({ readers: ['@shop@net.example'], warning: 'food', lang: 'de' })
    house.board.do('approve', { id: only().id }, { approve: true, note: '' }, omar)
    await leave()
    expect(door.sent).toMatchObject([{ way: 'direct', warning: 'food', lang: 'de' }])
  })
})

describe('content warning and language', () => {
  it('leave as the officer chose them; unsaid, the network takes them from what is answered', async () => {
    await house.take(complaint)
    reply('Sorry', { warning: '', lang: 'fr' })
    await leave()
    expect(door.sent).toMatchObject([{ warning: '', lang: 'fr' }])
    reply('Once more')
    await leave()
    expect([door.sent[1]!.warning, door.sent[1]!.lang]).toEqual([undefined, undefined])
  })
})
