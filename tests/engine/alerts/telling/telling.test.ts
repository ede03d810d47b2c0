import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { alertById } from '#engine/store/queries/alerts.ts'
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
})
