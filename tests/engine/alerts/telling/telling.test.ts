import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { BusinessHours } from '#shared/model/desk.ts'
import { firstValue } from '#engine/store/connections.ts'
import { alertById } from '#engine/store/queries/alerts.ts'
import { entryBySeq } from '#engine/store/queries/journal.ts'
import { alertCard } from '#tests/support/alert.ts'
import { openAlertReceiver } from '#tests/support/alert-receiver.ts'
import { openTestEngine } from '#tests/support/engine.ts'
import { ManualClock } from '#tests/support/manual-clock.ts'
import { recipientDraft } from '#tests/support/recipient.ts'

describe('telling those outside', () => {
  let clock: ManualClock
  let test: Awaited<ReturnType<typeof openTestEngine>>
  let receiver: Awaited<ReturnType<typeof openAlertReceiver>>
  let answer = 200

  beforeEach(async () => {
    answer = 200
    clock = new ManualClock('2026-11-20T10:00:00Z')
    receiver = await openAlertReceiver(() => answer)
    test = await openTestEngine({ clock, allowPrivate: ['127.0.0.1'] })
    test.engine.board.start()
  })
  afterEach(async () => {
    await test.close()
    await receiver.close()
  })

  const officer = () => test.engine.client('officer', { kind: 'officer', id: 'officer:Mara', name: 'Mara' })
  const add = async (changes: Parameters<typeof recipientDraft>[0] = {}) =>
    (await officer().alerts.saveRecipient(recipientDraft({ config: { url: receiver.url }, ...changes }))).recipient
  const card = (changes: Parameters<typeof alertCard>[0] = {}) =>
    alertCard({ since: clock.now(), raisedAt: clock.now(), lastAt: clock.now(), ...changes })
  const work = () => test.engine.board.outbox.work()
  const stored = (id = 'alt_1') => alertById(test.engine.store, id)!
  const told = (id = 'alt_1') => stored(id).told.map(({ who, saying, state }) => [who, saying, state])

  it('tells a recipient by webhook that an alert began, signed and with its key, and says so on the card', async () => {
    await add({ secrets: { secret: 'between us' } })
    test.engine.alerts.open(card())
    expect(told()).toEqual([['On call', 'raised', 'queued']])
    await work()
    const [one] = receiver.got
    const timestamp = String(one!.headers['x-earshot-timestamp'])
    const expected = createHmac('sha256', 'between us')
      .update(`${timestamp}.${JSON.stringify(one!.body)}`)
      .digest('hex')
    expect(one!.headers['x-earshot-signature']).toBe(`sha256=${expected}`)
    expect(one!.key).toBe(stored().told[0]!.id)
    expect(one!.body).toMatchObject({ id: one!.key, what: 'alert', saying: 'raised', alert: { id: 'alt_1' } })
    expect(told()).toEqual([['On call', 'raised', 'sent']])
    expect((await test.engine.store.verify()).problems).toEqual([])
  })

  it('tells what becomes of it to those who were told that it began, and to nobody else', async () => {
    await add()
    await add({ name: 'Head', fromStrength: 9 })
    test.engine.alerts.open(card())
    const { alerts } = test.engine
    alerts.change(stored(), 'alert.worse', { strength: 8, lastAt: clock.now() })
    alerts.change(stored(), 'alert.worse', { observed: 41, lastAt: clock.now() })
    alerts.change(stored(), 'alert.noData', { state: 'noData' })
    alerts.change(stored(), 'alert.dataAgain', { state: 'raised' })
    alerts.change(stored(), 'alert.resolved', { state: 'resolved', resolvedAt: clock.now() })
    await work()
    expect(receiver.sayings()).toEqual(['raised', 'worse', 'noData', 'dataAgain', 'resolved'])
    expect(new Set(receiver.got.map(({ key }) => key)).size).toBe(5)
    expect(new Set(stored().told.map(({ who }) => who))).toEqual(new Set(['On call']))
  })

  it('tells somebody who is told from a strength on when it has become so strong', async () => {
    await add({ name: 'Head', fromStrength: 9 })
    test.engine.alerts.open(card())
    test.engine.alerts.change(stored(), 'alert.worse', { strength: 9, lastAt: clock.now() })
    await work()
    expect(told()).toEqual([['Head', 'raised', 'sent']])
  })

  it('tells nobody of what was found afterwards, is muted or is about other listens, and tells it when the mute ends', async () => {
    await add({ listenIds: ['lst_other'] })
    test.engine.alerts.open(card({ id: 'alt_2', key: 'two' }))
    const all = await add({ name: 'All' })
    test.engine.alerts.open(card({ id: 'alt_3', key: 'three', late: true }))
    test.engine.alerts.open(card({ id: 'alt_4', key: 'four', mutedUntil: clock.now() + 600_000 }))
    expect([told('alt_2'), told('alt_3'), told('alt_4')]).toEqual([[], [], []])
    clock.advance(660_000)
    await work()
    expect(told('alt_4')).toEqual([['All', 'raised', 'sent']])
    await officer().alerts.saveRecipient({ ...all, enabled: false, secrets: {} })
    test.engine.alerts.open(card({ id: 'alt_5', key: 'five' }))
    expect(told('alt_5')).toEqual([])
  })

  it('tells nobody of what stands in a planned silence, asks nobody of the rota, and tells it when the silence is over', async () => {
    const { id } = await add()
    const hours: BusinessHours = { timeZone: 'UTC', spans: [], holidays: [] }
    await officer().alerts.saveRota({
      enabled: true,
      fromStrength: 5,
      steps: [{ afterMinutes: 5, recipientIds: [id], hours }],
    })
    test.engine.alerts.open(card({ silenced: 'Release 4.2' }))
    test.engine.alerts.change(stored(), 'alert.worse', { strength: 8, lastAt: clock.now() })
    test.engine.alerts.change(stored(), 'alert.noData', { state: 'noData' })
    test.engine.alerts.change(stored(), 'alert.dataAgain', { state: 'raised' })
    clock.advance(20 * 60_000)
    expect(told()).toEqual([])
    test.engine.alerts.change(stored(), 'alert.unsilenced', { silenced: null, raisedAt: clock.now() })
    await work()
    expect(told()).toEqual([['On call', 'raised', 'sent']])
    expect(stored().told.map(({ step }) => step)).toEqual([null])
  })

  it('says nothing of a silence that ends for what was found afterwards or is in hand', async () => {
    await add()
    test.engine.alerts.open(card({ silenced: 'Release 4.2', late: true }))
    test.engine.alerts.open(card({ id: 'alt_2', key: 'two', silenced: 'Release 4.2', state: 'taken' }))
    for (const id of ['alt_1', 'alt_2']) test.engine.alerts.change(stored(id), 'alert.unsilenced', { silenced: null })
    expect([told('alt_1'), told('alt_2')]).toEqual([[], []])
  })

  describe('in quiet hours', () => {
    const quiet = { timeZone: 'UTC', from: 22 * 60, to: 10 * 60 + 30, butFrom: 8 }

    it('holds it back, and tells at their end what still stands', async () => {
      await add({ quiet })
      test.engine.alerts.open(card())
      test.engine.alerts.change(stored(), 'alert.worse', { strength: 7, lastAt: clock.now() })
      await work()
      expect(receiver.got).toEqual([])
      expect(stored().told).toMatchObject([{ heldUntil: Date.parse('2026-11-20T10:30:00Z'), state: 'queued' }])
      clock.advance(31 * 60_000)
      await work()
      expect(receiver.sayings()).toEqual(['raised'])
      expect(receiver.got[0]!.body.text).toContain('Strength 7 of 10')
      expect(told()).toEqual([['On call', 'raised', 'sent']])
    })

    it('tells what began and ended in one line, once', async () => {
      await add({ quiet })
      for (const id of ['alt_1', 'alt_2', 'alt_3']) test.engine.alerts.open(card({ id, key: id }))
      for (const id of ['alt_1', 'alt_2'])
        test.engine.alerts.change(stored(id), 'alert.resolved', { state: 'resolved', resolvedAt: clock.now() + 60_000 })
      clock.advance(31 * 60_000)
      await work()
      expect(receiver.sayings()).toEqual(['held', 'raised'])
      expect(receiver.got[0]!.body.text).toContain('2 began and ended')
      expect(receiver.got[0]!.body.text.split('\n')).toHaveLength(1)
      expect([told('alt_1'), told('alt_2'), told('alt_3')]).toEqual([
        [['On call', 'held', 'sent']],
        [['On call', 'raised', 'cancelled']],
        [['On call', 'raised', 'sent']],
      ])
      expect(stored('alt_2').told[0]!.advice?.code).toBe('recipient.inSummary')
    })

    it('tells at once what is strong enough, in the place of what waits', async () => {
      await add({ quiet })
      test.engine.alerts.open(card())
      test.engine.alerts.change(stored(), 'alert.worse', { strength: 9, lastAt: clock.now() })
      await work()
      expect(receiver.sayings()).toEqual(['raised'])
      expect(told()).toEqual([
        ['On call', 'raised', 'cancelled'],
        ['On call', 'raised', 'sent'],
      ])
      clock.advance(31 * 60_000)
      await work()
      expect(receiver.got).toHaveLength(1)
    })

    it('waits for the end of the next ones where a machine slept through the end of these, or they were made longer', async () => {
      const recipient = await add({ quiet })
      test.engine.alerts.open(card())
      await officer().alerts.saveRecipient({ ...recipient, quiet: { ...quiet, to: 12 * 60 }, secrets: {} })
      clock.advance(31 * 60_000)
      await work()
      expect(receiver.got).toEqual([])
      expect(stored().told).toMatchObject([{ heldUntil: Date.parse('2026-11-20T12:00:00Z'), state: 'queued' }])
      clock.set(13 * 3_600_000)
      await work()
      expect(receiver.got).toEqual([])
      expect(stored().told).toMatchObject([{ heldUntil: Date.parse('2026-11-21T12:00:00Z') }])
      test.engine.alerts.change(stored(), 'alert.resolved', { state: 'resolved', resolvedAt: clock.now() })
      clock.advance(14 * 3_600_000)
      await work()
      expect(receiver.sayings()).toEqual(['held'])
      expect((await test.engine.store.verify()).problems).toEqual([])
    })

    it('lets go what waits when the quiet hours are taken away', async () => {
      const recipient = await add({ quiet })
      test.engine.alerts.open(card())
      await officer().alerts.saveRecipient({ ...recipient, quiet: null, secrets: {} })
      clock.advance(60_000)
      await work()
      expect(receiver.sayings()).toEqual(['raised'])
    })
  })

  describe('the rota', () => {
    const hours: BusinessHours = { timeZone: 'UTC', spans: [], holidays: [] }
    async function climbing(second = hours) {
      const first = await add({ name: 'First', rotaOnly: true })
      const next = await add({ name: 'Second', rotaOnly: true })
      const last = await add({ name: 'Third', rotaOnly: true })
      await officer().alerts.saveRota({
        enabled: true,
        fromStrength: 5,
        steps: [
          { afterMinutes: 5, recipientIds: [first.id], hours },
          { afterMinutes: 10, recipientIds: [next.id], hours: second },
          { afterMinutes: 10, recipientIds: [last.id], hours },
        ],
      })
    }
    const steps = () => stored().told.map(({ who, step }) => [who, step])

    it('asks one step after the other until somebody takes it', async () => {
      await climbing()
      test.engine.alerts.open(card())
      clock.advance(4 * 60_000)
      expect(steps()).toEqual([])
      clock.advance(2 * 60_000)
      expect(steps()).toEqual([['First', 1]])
      clock.advance(11 * 60_000)
      expect(steps()).toEqual([['First', 1], ['Second', 2]]) // prettier-ignore
      await officer().alerts.take({ id: 'alt_1' })
      clock.advance(60 * 60_000)
      expect(steps()).toHaveLength(2)
      const told = (await officer().alerts.history({ id: 'alt_1' })).filter(({ kind }) => kind === 'alert.told')
      expect(told.map(({ data }) => data.step)).toEqual(expect.arrayContaining([1, 2]))
    })

    it('passes over who is off duty or on holiday, and asks nobody of what is weak, muted or over', async () => {
      await climbing({ ...hours, holidays: ['2026-11-20'] })
      test.engine.alerts.open(card())
      test.engine.alerts.open(card({ id: 'alt_2', key: 'two', strength: 4 }))
      test.engine.alerts.open(card({ id: 'alt_3', key: 'three', mutedUntil: clock.now() + 10 * 3_600_000 }))
      clock.advance(6 * 60_000)
      clock.advance(11 * 60_000)
      expect(steps()).toEqual([['First', 1], ['Third', 3]]) // prettier-ignore
      clock.advance(2 * 3_600_000)
      expect([told('alt_2'), told('alt_3'), steps().length]).toEqual([[], [], 2])
    })

    it('goes on where it was after a clock that was set back, and waits no longer than a step', async () => {
      await climbing()
      test.engine.alerts.open(card())
      clock.advance(6 * 60_000)
      expect(steps()).toHaveLength(1)
      clock.set(-3 * 3_600_000)
      test.engine.board.alertsOutside.look()
      clock.advance(11 * 60_000)
      expect(steps()).toHaveLength(2)
      clock.advance(11 * 60_000)
      expect(steps()).toHaveLength(3)
    })
  })

  it('tells after a restart what happened before it and was not told', async () => {
    await add()
    test.engine.board.alertsOutside.stop()
    test.engine.alerts.open(card())
    expect(told()).toEqual([])
    test.engine.board.alertsOutside.start()
    await work()
    expect(told()).toEqual([['On call', 'raised', 'sent']])
    test.engine.board.alertsOutside.stop()
    test.engine.board.alertsOutside.start()
    await work()
    expect(receiver.got).toHaveLength(1)
  })

  it('names what failed, and sends it again with the same key', async () => {
    answer = 400
    await add()
    test.engine.alerts.open(card())
    await work()
    expect(told()).toEqual([['On call', 'raised', 'failed']])
    answer = 200
    await officer().alerts.tellAgain({ id: 'alt_1', message: stored().told[0]!.id })
    await work()
    expect(told()).toEqual([['On call', 'raised', 'sent']])
    expect(new Set(receiver.got.map(({ key }) => key)).size).toBe(1)
    await expect(officer().alerts.tellAgain({ id: 'alt_1', message: stored().told[0]!.id })).rejects.toMatchObject({
      data: { code: 'delivery.onlyFailedAgain' },
    })
  })

  it('keeps recipients through the journal, without their secrets, and takes them back', async () => {
    const client = officer()
    const { recipient, undo } = await client.alerts.saveRecipient(
      recipientDraft({
        config: { url: 'https://receiver.example/very-secret-path' },
        secrets: { secret: 'sign-with-me' },
      }),
    )
    expect(recipient.config.url).not.toContain('very-secret')
    const entry = entryBySeq(test.engine.store, undo)
    const shown = await client.alerts.recipients()
    expect(JSON.stringify([entry, shown])).not.toMatch(/very-secret|sign-with-me/)
    await client.alerts.saveRecipient({ ...recipient, name: 'Night', secrets: {} })
    await expect(client.cases.undo({ entry: undo })).rejects.toMatchObject({ data: { code: 'undo.somethingFollowed' } })
    const removed = await client.alerts.removeRecipient({ id: recipient.id })
    expect((await client.alerts.recipients()).recipients).toEqual([])
    await client.cases.undo({ entry: removed.undo })
    expect((await client.alerts.recipients()).recipients).toMatchObject([
      { recipient: { name: 'Night' }, secretsSet: ['secret', 'url'] },
    ])
    for (const url of ['http://receiver.example/', 'ftp://receiver.example/', ''])
      await expect(client.alerts.saveRecipient(recipientDraft({ config: { url } }))).rejects.toMatchObject({
        data: { code: 'recipient.addressForm' },
      })
    expect((await test.engine.store.verify()).problems).toEqual([])
  })

  it('writes of many recipients only what is new into the journal, and the card has them all', async () => {
    for (let n = 0; n < 40; n++) await add({ name: `Number ${n}` })
    test.engine.alerts.open(card())
    await work()
    expect(stored().told).toHaveLength(40)
    expect(stored().told.every(({ state }) => state === 'sent')).toBe(true)
    const bytes = firstValue<number>(
      test.engine.store,
      "SELECT max(length(data)) FROM journal WHERE kind = 'alert.told' AND data ->> '$.saying' IS NULL",
    )
    expect(bytes).toBeLessThan(2_000)
    expect((await test.engine.store.verify()).problems).toEqual([])
  })

  it('sends a test and shows how it went', async () => {
    const recipient = await add()
    expect(await officer().alerts.checkRecipient({ id: recipient.id })).toEqual({
      ok: true,
      message: { code: 'channel.testTaken' },
    })
    expect(receiver.got[0]!.body).toMatchObject({ test: true, saying: 'test', link: null })
    answer = 403
    expect(await officer().alerts.checkRecipient({ id: recipient.id })).toMatchObject({ ok: false })
  })
})
