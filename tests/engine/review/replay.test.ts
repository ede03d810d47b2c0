import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connectionOf } from '#engine/store/connections.ts'
import * as commands from '#engine/cases/commands.ts'
import { createMentionDecisions } from '#engine/journal/mention-decisions.ts'
import { audit } from '#engine/review/audit.ts'
import { exported } from '#engine/review/export.ts'
import { History } from '#engine/review/history.ts'
import { isOverdue, momentOf, ShiftSum } from '#engine/review/moments.ts'
import type { Frame } from '#engine/review/frames.ts'
import { play } from '#engine/review/play.ts'
import { createReview, type Review } from '#engine/review/review.ts'
import { timelineOf } from '#engine/review/timeline.ts'
import { allCases } from '#engine/store/queries/cases.ts'
import { lastSeenBy } from '#engine/store/queries/review.ts'
import { lena, openHouse, type Heard, type House } from '#tests/engine/cases/house.ts'

let house: House
let review: Review
beforeEach(() => {
  house = openHouse()
  review = createReview({
    store: house.store,
    clock: house.clock,
    timeZone: 'Europe/Berlin',
    deskName: (id) => house.board.book.desk(id)?.name ?? '',
  })
})
afterEach(() => house.close())

const history = (): History => new History(house.store)
const complaint: Heard = { text: 'I want a refund for the damaged parcel', label: 'negative', confidence: 0.9 }
const MINUTE = 60_000

describe('a moment of a shift', () => {
  it('shows no hindsight: labels, cases, mutes and mentions as they were known', async () => {
    const shift = review.shifts.start('Late', lena)
    house.clock.advance(MINUTE)
    const [mention] = await house.take({ ...complaint, by: 'petra' })
    const then = house.clock.now()
    house.clock.advance(MINUTE)
    const decisions = createMentionDecisions({ store: house.store, clock: house.clock })
    decisions.relabel(mention!.seq, 'positive', lena)
    decisions.muteAuthor(mention!.seq, lena)
    const [known] = [...allCases(house.store)]
    house.board.run(commands.close, { id: known!.id }, { reason: 'spam' }, lena)
    await house.take({ ...complaint, by: 'omid' })

    const before = momentOf(house.store, history(), shift, then)
    expect(before).toMatchObject({ heard: 1, openCases: 1, byState: { routed: 1, closed: 0 } })
    expect(before.cards).toHaveLength(1)
    expect(before.cards[0]).toMatchObject({
      muted: false,
      mention: { sentiment: { label: 'negative', model: 'test 1' } },
      case: { state: 'routed', version: 1 },
    })

    const now = momentOf(house.store, history(), shift, house.clock.now())
    expect(now).toMatchObject({ heard: 2, openCases: 1, byState: { routed: 1, closed: 1 } })
    expect(now.cards.find((card) => card.mention.id === mention!.id)).toMatchObject({
      muted: true,
      mention: { sentiment: { label: 'positive', model: 'officer' } },
      case: { state: 'closed' },
    })
  })

  it('counts what was overdue then', async () => {
    const shift = review.shifts.start('Late', lena)
    await house.take(complaint)
    const [known] = [...allCases(house.store)]
    house.clock.advance(90 * MINUTE)
    house.board.run(commands.reply, { id: known!.id }, { text: 'sorry' }, lena)
    const at = (minutes: number) => momentOf(house.store, history(), shift, shift.startedAt + minutes * MINUTE).overdue
    expect([at(59), at(60), at(89), at(90)]).toEqual([0, 1, 1, 0])
    expect(isOverdue(known!, known!.dueAt!)).toBe(true)
  })
})

describe('a shift', () => {
  it('starts by itself on the first day only, ends when the next one starts, and is summed up', async () => {
    expect(review.shifts.startFirst()).toMatchObject({ name: '2026-11-20 11:00', endedAt: null })
    expect(review.shifts.startFirst()).toBeNull()
    house.clock.advance(MINUTE)
    const late = review.shifts.start('Late', lena)
    expect(review.shifts.all()).toMatchObject([{ name: 'Late', endedAt: null }, { endedAt: house.clock.now() }])
    house.clock.advance(1)
    await house.take(complaint, complaint, { text: 'lovely' })
    const [first] = [...allCases(house.store)]
    house.clock.advance(10 * MINUTE)
    house.board.run(commands.reply, { id: first!.id }, { text: 'sorry' }, lena)
    house.clock.advance(60 * MINUTE)
    const sum = new ShiftSum(house.store, history(), late)
    expect(sum.upTo(late, late.startedAt)).toMatchObject({ opened: 0, medianMinutesToReply: null })
    const ended = review.shifts.end(late.id, 'calm', lena)
    const summary = sum.upTo(ended, ended.endedAt!)
    expect(new ShiftSum(house.store, history(), ended).upTo(ended, ended.endedAt!)).toEqual(summary)
    expect(summary).toMatchObject({ heard: 3, opened: 2, replied: 1, overdue: 1, medianMinutesToReply: 10 })
    expect(() => review.shifts.end(late.id, '', lena)).toThrow(/ended already/)
    expect(review.shifts.rename(late.id, 'Evening', 'n', lena).name).toBe('Evening')
  })

  it('has a timeline by the time things were seen', async () => {
    const shift = review.shifts.start('Late', lena)
    await house.take(complaint, { text: 'lovely', label: 'positive' })
    house.clock.advance(50 * MINUTE)
    await house.take({ text: 'My lawyer will write', label: 'negative' })
    house.clock.advance(50 * MINUTE)
    const { buckets, marks } = timelineOf(house.store, shift, house.clock.now(), 10, { cancelled: () => false })
    expect(buckets).toHaveLength(10)
    expect(buckets[0]).toMatchObject({ at: shift.startedAt, negative: 1, positive: 1 })
    expect(buckets[5]).toMatchObject({ negative: 1 })
    expect(marks).toMatchObject([{ kind: 'case.opened' }])
  })

  it('plays at the speed asked for and tells everything once', async () => {
    const shift = review.shifts.start('Late', lena)
    for (let i = 0; i < 20; i++) {
      house.clock.advance(30_000)
      await house.take(complaint)
    }
    house.clock.advance(10_000)
    const ended = review.shifts.end(shift.id, '', lena)
    const stream = play(review, ended, { from: 0, speed: 60 })
    const frames: Frame[] = []
    for (;;) {
      const next = stream.next()
      await house.clock.run(250, 250)
      const { done, value } = await next
      if (done) break
      frames.push(value)
    }
    expect(frames.at(-1)).toMatchObject({ done: true, at: ended.endedAt })
    // 610 s at 60× are a little over ten seconds, four frames each.
    expect(frames).toHaveLength(Math.ceil(610 / 15))
    expect(frames.reduce((sum, frame) => sum + frame.mentionCount, 0)).toBe(20)
    expect(new Set(frames.flatMap((frame) => frame.cases.map((c) => c.id))).size).toBe(20)
  })

  it('stops playing while nothing happens', async () => {
    const shift = review.shifts.start('Late', lena)
    house.clock.advance(MINUTE)
    const stream = play(review, shift, { from: 0, speed: 1 })
    const next = stream.next()
    await stream.return?.()
    expect(await next).toEqual({ done: true, value: undefined })
  })
})

describe('what is seen by', () => {
  it('is found by search over rows that are in order of time', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20), { maxLength: 40 }), fc.nat(400), (steps, at) => {
        const db = connectionOf(house.store)
        db.prepare('DELETE FROM mention').run()
        let time = 0
        const times = steps.map((step) => (time += step))
        const insert = db.prepare(
          `INSERT INTO mention (seq, source_id, network, external_id, kind, text, published_at, seen_at, lang, author_earlier, private, sentiment, score, confidence, model)
           VALUES (?, 's', 'n', 'e', 'post', '', 0, ?, 'en', 0, 0, 1, 0, 1, 1)`,
        )
        // Rows with holes between them.
        times.forEach((seenAt, i) => insert.run((i + 1) * 3, seenAt))
        const expected = times.findLastIndex((seenAt) => seenAt <= at)
        expect(lastSeenBy(db, at)).toBe(expected < 0 ? 0 : (expected + 1) * 3)
      }),
    )
  })
})

describe('an export', () => {
  const collect = async (chunks: AsyncIterable<string>): Promise<string> => {
    let text = ''
    for await (const chunk of chunks) text += chunk
    return text
  }
  const deps = () => ({ store: house.store, clock: house.clock, looking: review.looking, deskName: review.deskName })
  const all = { shift: null, from: null, to: null, plan: null }

  it('names the zone of its instants and of its days', async () => {
    const late = Date.parse('2026-03-28T23:30:00Z')
    await house.take({ text: 'late at night', publishedAt: late })
    const zoned = { ...deps(), timeZone: 'Europe/Berlin' }
    const [head, row] = (await collect(exported(zoned, { ...all, format: 'csv' }))).split('\r\n')
    expect(head!.split(',').at(-1)).toBe('day (Europe/Berlin)')
    expect(row).toContain('2026-03-28T23:30:00.000Z')
    expect(row!.split(',').at(-1)).toBe('2026-03-29')
    const line = JSON.parse(await collect(exported(zoned, { ...all, format: 'ndjson' }))) as object
    expect(line).toMatchObject({ publishedAt: late, day: '2026-03-29', timeZone: 'Europe/Berlin' })
  })

  it('guards a spreadsheet against formulas, and quotes what needs quotes', async () => {
    const texts = ['=HYPERLINK("http://x")', '+1', '-1', '@sum', '\tx', ' =1', 'a,b', 'say "hi"', 'two\nlines', 'plain']
    await house.take(...texts.map((text) => ({ text })))
    const csv = await collect(exported(deps(), { ...all, format: 'csv' }))
    for (const safe of [
      `"'=HYPERLINK(""http://x"")"`,
      "'+1",
      "'-1",
      "'@sum",
      "'\tx",
      "' =1",
      '"a,b"',
      '"say ""hi"""',
      '"two\nlines"',
      ',plain,',
    ]) {
      expect(csv).toContain(safe)
    }
    expect(csv.split('\r\n')).toHaveLength(texts.length + 2)
  })

  it('of a shift tells what was known when it ended', async () => {
    const shift = review.shifts.start('Late', lena)
    const [mention] = await house.take(complaint)
    house.clock.advance(MINUTE)
    const ended = review.shifts.end(shift.id, '', lena)
    house.clock.advance(MINUTE)
    createMentionDecisions({ store: house.store, clock: house.clock }).relabel(mention!.seq, 'positive', lena)
    const [known] = [...allCases(house.store)]
    house.board.run(commands.close, { id: known!.id }, { reason: 'spam' }, lena)
    await house.take(complaint)
    const lines = (await collect(exported(deps(), { ...all, shift: ended, format: 'ndjson' }))).trim().split('\n')
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { id: mention!.id, sentiment: { label: 'negative' }, case: { state: 'routed' } },
    ])
    const now = (await collect(exported(deps(), { ...all, format: 'ndjson' }))).trim().split('\n')
    expect(JSON.parse(now[0]!)).toMatchObject({ sentiment: { label: 'positive' }, case: { state: 'closed' } })
    expect(now).toHaveLength(2)
  })

  it('of the journal names who did what, with the chain', async () => {
    const [mention] = await house.take(complaint)
    const text = await collect(
      audit(
        { store: house.store, clock: house.clock },
        { from: null, to: null, mentionId: mention!.id, format: 'ndjson' },
      ),
    )
    const entries = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(entries).toMatchObject([{ kind: 'case.opened', mentionId: mention!.id, actor: { name: 'Complaint' } }])
    expect(entries[0].hash).toMatch(/^[0-9a-f]{64}$/)
    const csv = await collect(
      audit({ store: house.store, clock: house.clock }, { from: null, to: null, mentionId: null, format: 'csv' }),
    )
    expect(csv.split('\r\n')[0]).toBe('seq,at,kind,actorKind,actorId,actorName,mention,case,data,hash')
  })
})
