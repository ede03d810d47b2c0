import { saying } from '#tests/support/saying.ts'
import { asWritten } from '#shared/words/said.ts'
import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { connectionOf } from '#engine/store/connections.ts'
import * as commands from '#engine/cases/commands.ts'
import { fillTemplate, jsonText, urlText } from '#engine/handoffs/template.ts'
import { trackerExamples } from '#shared/model/tracker-examples.ts'
import { createHttp } from '#engine/platform/http-client.ts'
import { createMemorySecrets } from '#engine/platform/keychain.ts'
import { SecretsUnavailable } from '#engine/platform/secrets.ts'
import { createMailer, LETTER_MS } from '#engine/platform/mailer.ts'
import { writeSettings } from '#engine/store/queries/settings.ts'
import { systemClock } from '#engine/platform/clock.ts'
import { allCases, type StoredCase } from '#engine/store/queries/cases.ts'
import { ManualClock } from '#tests/support/manual-clock.ts'
import type { ChannelDraft, Handoff } from '#shared/model/handoff.ts'
import { lena, openHouse, type Heard, type House } from '#tests/engine/cases/house.ts'
import { mailReceiver, webhookReceiver, type Answer } from './receivers.ts'

let house: House
const mailClock = new ManualClock()
const closing: (() => Promise<void>)[] = []
const secrets = createMemorySecrets()

beforeEach(() => {
  house = openHouse({
    http: createHttp({ clock: systemClock, allowPrivate: ['127.0.0.1'], spacingMs: 0 }),
    secrets,
    mailer: createMailer({ clock: mailClock }),
  })
  house.board.outbox.start()
})
afterEach(async () => {
  await house.close()
  for (const close of closing.splice(0)) await close()
})

const complaint: Heard = {
  text: 'I want a refund for the "damaged" parcel <!channel> @all',
  label: 'negative',
  confidence: 0.9,
}
const only = (): StoredCase => [...allCases(house.store)][0]!
const handoffs = (): Handoff[] => house.board.handoffs.ofCase(only().id)
const GRACE = 5_000
/** Something is on its way over a real connection; a busy machine is no failure. */
const patient = { timeout: 30_000 }

async function receiver(answers: Answer[] = []) {
  const made = await webhookReceiver(answers)
  closing.push(made.close)
  return made
}
const channel = (config: Record<string, string>, more: Partial<ChannelDraft> = {}): ChannelDraft => ({
  deskId: 'desk_care',
  kind: 'webhook',
  name: 'Care tool',
  enabled: true,
  config,
  secrets: {},
  ...more,
})
/** An officer hands the case to the press desk as well. */
const askedForPress = () => {
  const channelId = house.board.channels.ofDesk('desk_press')[0]!.channel.id
  return house.board.do('handOff', { id: only().id }, { channelId }, lena)
}
async function sendAfter(ms = GRACE): Promise<void> {
  house.clock.advance(ms)
  await house.board.outbox.work()
}

/** As a crash leaves it in the middle of an attempt; started anew. */
async function diesWhileSending(): Promise<void> {
  connectionOf(house.store).prepare(`UPDATE parcels SET state = 'sending', attempts = 1, next_attempt_at = NULL`).run()
  await house.restart()
  house.board.outbox.start()
}

describe('a webhook', () => {
  it('gets each case once, signed, with the key that tells a second copy', async () => {
    const { url, received } = await receiver()
    await house.board.channels.save(channel({ url }, { secrets: { secret: 's3cret' } }), lena)
    await house.take(complaint)
    expect(only().handoff).toBe('queued')
    await sendAfter()
    await sendAfter(60_000)
    expect(received).toHaveLength(1)
    const [{ headers, body }] = received as [(typeof received)[0]]
    const signed = createHmac('sha256', 's3cret').update(`${headers['x-earshot-timestamp']}.${body}`).digest('hex')
    expect(headers['x-earshot-signature']).toBe(`sha256=${signed}`)
    expect(headers['idempotency-key']).toBe(handoffs()[0]!.id)
    expect(JSON.parse(body)).toMatchObject({
      test: false,
      case: { id: only().id, priority: 'high' },
      mention: { text: complaint.text },
    })
    expect(only().handoff).toBe('sent')
    expect(handoffs()).toMatchObject([{ state: 'sent', attempts: 1, advice: null }])
    expect(house.board.history(only().id).map((entry) => entry.kind)).toEqual([
      'case.opened',
      'handoff.queued',
      'handoff.sent',
    ])
  })

  it('that fails, drops and hangs is tried again with the same key, later and later, until it takes it', async () => {
    const { url, received } = await receiver([500, 'drop', { status: 429, headers: { 'retry-after': '300' } }])
    await house.board.channels.save(channel({ url }), lena)
    await house.take(complaint)
    await sendAfter()
    expect(handoffs()).toMatchObject([{ state: 'queued', attempts: 1, advice: saying(/500/) }])
    await sendAfter(29_000)
    expect(received).toHaveLength(1)
    await sendAfter(20_000)
    await sendAfter(120_000)
    expect(received).toHaveLength(3)
    await sendAfter(299_000)
    expect(received).toHaveLength(3)
    await sendAfter(200_000)
    expect(received).toHaveLength(4)
    expect(new Set(received.map(({ headers }) => headers['idempotency-key'])).size).toBe(1)
    expect(only().handoff).toBe('sent')
  })

  it('that hangs is given up after a while, tried again with the same key, and taken once it is back', async () => {
    const waiting = new ManualClock()
    const http = createHttp({ clock: waiting, allowPrivate: ['127.0.0.1'], spacingMs: 0 })
    await house.restart({ http })
    house.board.outbox.start()
    const { url, received } = await receiver(['hang'])
    await house.board.channels.save(channel({ url }), lena)
    await house.take(complaint)
    house.clock.advance(GRACE)
    const working = house.board.outbox.work()
    await vi.waitFor(() => expect(received).toHaveLength(1), patient)
    waiting.advance(20_000)
    await working
    expect(handoffs()).toMatchObject([{ state: 'queued', attempts: 1, advice: saying(/answer/) }])
    await sendAfter(60_000)
    expect(received).toHaveLength(2)
    expect(received[1]!.headers['idempotency-key']).toBe(received[0]!.headers['idempotency-key'])
    expect(only().handoff).toBe('sent')
  })

  it('that never says a word is unknown in the end, not failed: it may have taken one', async () => {
    const { url, received } = await receiver(Array<Answer>(10).fill('drop'))
    await house.board.channels.save(channel({ url }), lena)
    await house.take(complaint)
    for (let i = 0; i < 12; i++) await sendAfter(3_600_000)
    expect(received).toHaveLength(10)
    expect(handoffs()).toMatchObject([{ state: 'unknown', attempts: 10, advice: saying(/may have arrived/) }])
  })

  it('that refuses is not tried again; what to do is said, and sending again is one step', async () => {
    const { url, received } = await receiver([401])
    await house.board.channels.save(channel({ url }), lena)
    await house.take(complaint)
    await sendAfter()
    expect(only().handoff).toBe('failed')
    expect(handoffs()[0]).toMatchObject({ state: 'failed', advice: saying(/401.*secret/) })
    await sendAfter(3_600_000)
    expect(received).toHaveLength(1)
    house.board.handoffs.retry(handoffs()[0]!.id)
    await sendAfter(0)
    expect(received).toHaveLength(2)
    expect(only().handoff).toBe('sent')
  })

  it('does not hear of what was taken back in time', async () => {
    const { url, received } = await receiver()
    await house.board.channels.save(channel({ url }, { deskId: 'desk_press' }), lena)
    await house.take(complaint)
    const { entry } = house.board.run(commands.route, { id: only().id }, { deskId: 'desk_press' }, lena)
    expect(only().handoff).toBe('queued')
    expect(house.board.undo(entry, lena).cannot).toBeNull()
    expect(only()).toMatchObject({ deskId: 'desk_care', handoff: 'none' })
    await sendAfter(60_000)
    expect(received).toHaveLength(0)
  })

  it('has heard of what is taken back too late, and that is said', async () => {
    const { url } = await receiver()
    await house.board.channels.save(channel({ url }, { deskId: 'desk_press' }), lena)
    await house.take(complaint)
    const { entry } = house.board.run(commands.route, { id: only().id }, { deskId: 'desk_press' }, lena)
    await sendAfter()
    const undone = house.board.undo(entry, lena)
    expect(undone.cannot).toEqual(saying(/stays there/))
    expect(only()).toMatchObject({ deskId: 'desk_care', handoff: 'sent' })
  })

  it.each([
    ['in time, is not sent', 60_000, null, 0],
    ['too late, stays, and that is said', 0, /stays there/, 1],
  ])('that an officer asked for and takes back %s', async (_when, wait, cannot, times) => {
    const { url, received } = await receiver()
    await house.board.channels.save(channel({ url }, { deskId: 'desk_press' }), lena)
    await house.take(complaint)
    const { entry } = askedForPress()
    if (wait === 0) await sendAfter()
    const undone = house.board.undo(entry, lena)
    if (cannot === null) expect(undone.cannot).toBeNull()
    else expect(undone.cannot).toEqual(saying(cannot))
    await sendAfter(wait)
    expect(received).toHaveLength(times)
    expect(only().handoff).toBe(times === 0 ? 'none' : 'sent')
    expect(handoffs()).toMatchObject([{ state: times === 0 ? 'failed' : 'sent', nextAttemptAt: null }])
  })

  it.each([
    ['in time, is not sent', [], 0, 'none', null],
    ['while it is tried again, is not sent again', [500], 1, 'none', null],
    ['when it may have arrived, is not sent again', ['drop'], 1, 'unknown', /stays there/],
    ['too late, stays', [200], 1, 'sent', /stays there/],
  ] as const)('that an officer takes back after another decision %s', async (_when, answers, times, state, cannot) => {
    const { url, received } = await receiver([...answers])
    await house.board.channels.save(channel({ url }, { deskId: 'desk_press' }), lena)
    await house.take(complaint)
    const { entry } = askedForPress()
    if (answers.length > 0) await sendAfter()
    const { entry: raised } = house.board.do('prioritise', { id: only().id }, { priority: 'urgent' }, lena)
    house.board.undo(raised, lena)
    expect(only().handoff).toBe(times === 1 && state === 'sent' ? 'sent' : 'queued')
    const undone = house.board.undo(entry, lena)
    expect(undone.cannot).toEqual(cannot === null ? null : saying(cannot))
    await sendAfter(3_600_000)
    expect(received).toHaveLength(times)
    expect(only().handoff).toBe(state)
    expect(handoffs()).toMatchObject([{ state: state === 'none' ? 'failed' : state, nextAttemptAt: null }])
  })

  it('is as far as it came when something else is taken back', async () => {
    const { url } = await receiver()
    await house.board.channels.save(channel({ url }), lena)
    await house.take(complaint)
    const { entry } = house.board.do('accept', { id: only().id }, {}, lena)
    await sendAfter()
    house.board.undo(entry, lena)
    expect(only()).toMatchObject({ state: 'routed', handoff: 'sent' })
  })

  it('taken back with its decision is not sent by doing that again, which is said; deciding anew sends it', async () => {
    const { url, received } = await receiver()
    await house.board.channels.save(channel({ url }, { deskId: 'desk_press' }), lena)
    await house.take(complaint)
    const { entry } = house.board.do('route', { id: only().id }, { deskId: 'desk_press' }, lena)
    const taken = house.board.undo(entry, lena).recorded!.entry
    expect(() => house.board.undo(taken, lena)).toThrow(/hand-off was taken back/)
    expect(only()).toMatchObject({ deskId: 'desk_care', handoff: 'none' })
    house.board.do('route', { id: only().id }, { deskId: 'desk_press' }, lena)
    expect(only()).toMatchObject({ deskId: 'desk_press', handoff: 'queued' })
    await sendAfter()
    expect(received).toHaveLength(1)
  })

  it('of a later decision leaves although an earlier one is taken back', async () => {
    const { url, received } = await receiver()
    await house.board.channels.save(channel({ url }, { deskId: 'desk_press' }), lena)
    await house.board.channels.save(channel({ url: `${url}care` }), lena)
    await house.take(complaint)
    const { entry } = askedForPress()
    house.board.do('route', { id: only().id }, { deskId: 'desk_press' }, lena)
    const care = handoffs().find(({ channelName }) => channelName === 'Care tool')
    expect(care).toBeDefined()
    house.board.undo(entry, lena)
    await sendAfter()
    expect(received).toHaveLength(1)
    expect(only()).toMatchObject({ deskId: 'desk_press', handoff: 'sent' })
  })

  describe('of a case that is closed before it leaves', () => {
    async function closed(answers: Answer[] = []) {
      const { url, received } = await receiver(answers)
      await house.board.channels.save(channel({ url }), lena)
      await house.take(complaint)
      if (answers.length > 0) await sendAfter()
      const { entry } = house.board.do('close', { id: only().id }, { reason: 'noAction' }, lena)
      return { entry, received }
    }
    it.each([
      ['is not sent, and the case says so', null, 'none', 'failed', /^The case was closed before/],
      ['after it was refused for now, neither', 503, 'none', 'failed', /^The case was closed before/],
      ['when it may have arrived, is unknown', 'drop', 'unknown', 'unknown', /closed before.*may have arrived/],
    ] as [string, Answer | null, string, string, RegExp][])('%s', async (_name, first, onCase, state, advice) => {
      const { received } = await closed(first === null ? [] : [first])
      await sendAfter(3_600_000)
      expect(received).toHaveLength(first === null ? 0 : 1)
      expect(only()).toMatchObject({ state: 'closed', handoff: onCase })
      expect(handoffs()).toMatchObject([{ state, nextAttemptAt: null, advice: saying(advice) }])
    })

    it('tells nobody twice that it did not leave', async () => {
      await closed()
      await sendAfter()
      await sendAfter(3_600_000)
      const kinds = house.board.history(only().id).map(({ kind }) => kind)
      expect(kinds).toEqual(['case.opened', 'handoff.queued', 'case.closed', 'handoff.failed'])
    })

    it('leaves once when closing is taken back, before it was due or after', async () => {
      const { entry, received } = await closed()
      const { entry: undone } = house.board.undo(entry, lena).recorded!
      expect(only()).toMatchObject({ state: 'routed', handoff: 'queued' })
      expect(handoffs()).toHaveLength(1)
      house.board.undo(undone, lena)
      await sendAfter()
      expect(only()).toMatchObject({ state: 'closed', handoff: 'none' })
      const again = house.board.history(only().id).findLast(({ data }) => data.undone === 'case.undone')!
      house.board.undo(again.seq, lena)
      expect(only()).toMatchObject({ state: 'routed', handoff: 'queued' })
      await sendAfter()
      await sendAfter(3_600_000)
      expect(received).toHaveLength(1)
      expect(only()).toMatchObject({ state: 'routed', handoff: 'sent' })
    })

    it('leaves once when the case is opened again', async () => {
      const { received } = await closed()
      await sendAfter()
      house.board.do('reopen', { id: only().id }, {}, lena)
      await sendAfter()
      await sendAfter(3_600_000)
      expect(received).toHaveLength(1)
      expect(only()).toMatchObject({ state: 'routed', handoff: 'sent' })
    })

    it('cannot be asked for, nor sent again', async () => {
      await closed()
      await sendAfter()
      const channelId = house.board.channels.ofDesk('desk_care')[0]!.channel.id
      expect(() => house.board.do('handOff', { id: only().id }, { channelId }, lena)).toThrow(/closed/)
      expect(() => house.board.handoffs.retry(handoffs()[0]!.id)).toThrow(/closed/)
    })

    it('whose channel was switched off when it may have arrived is unknown, not failed', async () => {
      const { url } = await receiver(['drop'])
      const { id } = await house.board.channels.save(channel({ url }), lena)
      await house.take(complaint)
      await sendAfter()
      await house.board.channels.save(channel({ url }, { id, enabled: false }), lena)
      await sendAfter(3_600_000)
      expect(only().handoff).toBe('unknown')
      expect(handoffs()).toMatchObject([{ state: 'unknown', advice: saying(/switched off.*may have arrived/) }])
    })
  })

  it('that came back from the mail server of the desk has failed, and keeps when it was sent', async () => {
    const { url } = await receiver()
    await house.board.channels.save(channel({ url }), lena)
    await house.take(complaint)
    await sendAfter()
    const [{ id, sentAt }] = handoffs() as [Handoff]
    expect(house.board.outbox.bounced(id, asWritten('No such mailbox.'))).toBe(true)
    expect(handoffs()).toMatchObject([{ state: 'failed', sentAt, advice: 'No such mailbox.' }])
    expect(sentAt).not.toBeNull()
    expect(only().handoff).toBe('failed')
  })

  it('after a crash in the middle is sent again, as it can tell', async () => {
    const { url, received } = await receiver()
    await house.board.channels.save(channel({ url }), lena)
    await house.take(complaint)
    await diesWhileSending()
    await sendAfter(0)
    expect(received).toHaveLength(1)
    expect(only().handoff).toBe('sent')
  })
})

describe('a mail', () => {
  const mailChannel = (port: number, more: Record<string, string> = {}) =>
    channel(
      { host: '127.0.0.1', port: String(port), from: 'earshot@example.org', to: 'care@example.org', ...more },
      { kind: 'mail' },
    )
  async function server(say?: Parameters<typeof mailReceiver>[0]) {
    const made = await mailReceiver(say)
    closing.push(made.close)
    return made
  }

  it('arrives with the reason, and a post cannot add a header', async () => {
    const { port, letters } = await server()
    await house.board.channels.save(mailChannel(port), lena)
    await house.take({ ...complaint, text: 'refund\r\nBcc: all@example.org\r\n\r\nhello' })
    await sendAfter()
    expect(letters).toHaveLength(1)
    const [head, ...rest] = letters[0]!.split('\r\n\r\n')
    expect(head).not.toMatch(/^Bcc:/m)
    expect(head).toMatch(/^Subject: \[high\]/m)
    expect(head).toContain(`Message-ID: <${handoffs()[0]!.id}@`)
    expect(rest.join('\n')).toContain('Why: Complaint')
    expect(only().handoff).toBe('sent')
  })

  it.each([
    ['refused for good is failed', 550, 'failed'],
    ['refused for now is queued again', 451, 'queued'],
  ])('%s', async (_name, responseCode, state) => {
    const { port } = await server(() => ({ responseCode, message: 'no' }))
    await house.board.channels.save(mailChannel(port), lena)
    await house.take(complaint)
    await sendAfter()
    expect(handoffs()).toMatchObject([{ state, advice: saying(/did not take/) }])
  })

  it.each(['hang', 'drop'] as const)(
    'handed over and never confirmed (%s) is unknown, and not sent again by itself',
    async (how) => {
      const { port, letters } = await server(() => how)
      await house.board.channels.save(mailChannel(port), lena)
      await house.take(complaint)
      house.clock.advance(GRACE)
      const working = house.board.outbox.work()
      await vi.waitFor(() => expect(letters).toHaveLength(1), patient)
      mailClock.advance(LETTER_MS)
      await working
      expect(handoffs()).toMatchObject([{ state: 'unknown', advice: saying(/may have arrived/) }])
      await sendAfter(3_600_000)
      expect(letters).toHaveLength(1)
    },
  )

  it('with a wrong password says so, and the password is nowhere', async () => {
    const { port } = await server()
    await house.board.channels.save(
      { ...mailChannel(port, { user: 'me' }), secrets: { password: 'hunter2-wrong' } },
      lena,
    )
    await house.take(complaint)
    await sendAfter()
    expect(handoffs()).toMatchObject([{ state: 'failed', advice: saying(/refused the user or password/) }])
    const everything = JSON.stringify([
      connectionOf(house.store).prepare('SELECT * FROM journal').all(),
      connectionOf(house.store).prepare('SELECT * FROM parcels').all(),
      connectionOf(house.store).prepare('SELECT * FROM channels').all(),
    ])
    expect(everything).not.toContain('hunter2')
  })

  it('that nobody listens for is tried again', async () => {
    await house.board.channels.save(mailChannel(1), lena)
    await house.take(complaint)
    await sendAfter()
    expect(handoffs()).toMatchObject([{ state: 'queued', advice: saying(/cannot be reached/) }])
  })

  it('after a crash in the middle is unknown', async () => {
    const { port, letters } = await server()
    await house.board.channels.save(mailChannel(port), lena)
    await house.take(complaint)
    await diesWhileSending()
    await sendAfter(0)
    expect(letters).toHaveLength(0)
    expect(only().handoff).toBe('unknown')
  })
})

describe('a locked keychain', () => {
  it('delays a hand-off and loses nothing', async () => {
    const { url, received } = await receiver()
    await house.board.channels.save(channel({ url }, { secrets: { secret: 's' } }), lena)
    await house.take(complaint)
    const get = secrets.get.bind(secrets)
    secrets.get = () => Promise.reject(new SecretsUnavailable(asWritten('The keyring is locked. Unlock it.')))
    await sendAfter()
    expect(handoffs()).toMatchObject([{ state: 'queued', advice: 'The keyring is locked. Unlock it.' }])
    secrets.get = get
    await sendAfter(60_000)
    expect(received).toHaveLength(1)
    expect(only().handoff).toBe('sent')
  })
})

describe('links', () => {
  it('are shown as each receiver shows links, and a post cannot make one', async () => {
    house.store.transaction(() => writeSettings(house.store, { publicUrl: 'https://earshot.example' }))
    const { url, received } = await receiver()
    for (const flavour of ['slack', 'mattermost', 'teams'])
      await house.board.channels.save(channel({ url, flavour }, { kind: 'chat', name: flavour }), lena)
    await house.board.channels.save(
      channel({ url, body: '{"b": "{{text}}", "done": "{{doneUrl}}"}' }, { kind: 'tracker' }),
      lena,
    )
    await house.take({
      ...complaint,
      text: 'I want a refund [Accept](https://evil.example) <https://evil.example|Done>',
    })
    house.clock.advance(GRACE)
    await house.board.outbox.work()
    const bodies = received.map(({ body }) => body).join('\n')
    expect(received).toHaveLength(4)
    expect(bodies).toMatch(/<https:\/\/earshot\.example\/desk\/[\w.]+\/accept\|Accept>/)
    expect(bodies).toMatch(/\[Done\]\(https:\/\/earshot\.example\/desk\/[\w.]+\/done\)/)
    expect(bodies).toMatch(/"type":"Action.OpenUrl","title":"Ask","url":"https:\/\/earshot\.example\/desk/)
    expect(bodies).toMatch(/"done": "https:\/\/earshot\.example\/desk\/[\w.]+\/done"/)
    const slack = received.find(({ body }) => body.includes('|Accept>'))!.body
    expect(slack).not.toContain('<https://evil')
    const mattermost = received.find(({ body }) => body.includes('[Done](https://earshot'))!.body
    expect(mattermost).not.toMatch(/[^\\]\]\(https:\/\/evil/)
  })
})

describe('a chat', () => {
  it.each([
    ['slack', '&lt;!channel&gt;'],
    ['mattermost', '@\u200ball'],
    ['teams', 'AdaptiveCard'],
  ])('%s cannot be rung by a post', async (flavour, expected) => {
    const { url, received } = await receiver()
    await house.board.channels.save(channel({ url, flavour }, { kind: 'chat' }), lena)
    await house.take(complaint)
    await sendAfter()
    expect(received[0]!.body).toContain(expected)
    expect(received[0]!.body).not.toContain(flavour === 'slack' ? '<!channel>' : '@all')
  })
})

describe('an issue tracker', () => {
  it('gets what its template says, a post cannot add a field, secrets go into headers', async () => {
    const { url, received } = await receiver()
    const config = {
      url: `${url}?desk={{desk}}`,
      headers: '{"authorization": "Bearer {{secret.token}}"}',
      body: '{"title": "{{subject}}", "body": "{{text}}"}',
    }
    await house.board.channels.save(channel(config, { kind: 'tracker', secrets: { token: 'tok' } }), lena)
    await house.take({ ...complaint, text: 'refund", "admin": "yes' })
    await sendAfter()
    const { headers, body } = received[0]!
    expect(headers.authorization).toBe('Bearer tok')
    expect(Object.keys(JSON.parse(body))).toEqual(['title', 'body'])
    expect(JSON.parse(body).body).toContain('refund", "admin": "yes')
  })

  it('with a wrong template fails with the reason', async () => {
    const { url, received } = await receiver()
    await house.board.channels.save(channel({ url, body: '{"a": "{{nothing}}"}' }, { kind: 'tracker' }), lena)
    await house.take(complaint)
    await sendAfter()
    expect(received).toHaveLength(0)
    expect(handoffs()[0]!.advice).toEqual(saying(/\{\{nothing\}\}.*Known are/))
  })

  it('keeps secrets out of addresses and bodies', async () => {
    const draft = channel({ url: 'https://x.example/?t={{secret.token}}' }, { kind: 'tracker' })
    await expect(house.board.channels.save(draft, lena)).rejects.toThrow(/only stand in the headers/)
  })

  it('comes with examples that can be filled', () => {
    const values = {
      subject: 'a "b"',
      text: 'x\ny',
      id: '1',
      caseId: 'c',
      priority: 'high',
      dueAt: '',
      author: '',
      url: '',
      network: '',
      desk: '',
    }
    expect(trackerExamples.map((one) => one.name)).toEqual(['Jira Cloud', 'GitHub', 'GitLab', 'Zendesk'])
    for (const { config } of trackerExamples) {
      const body = fillTemplate(config.body, values, jsonText)
      expect(body.ok && JSON.parse(body.value)).toBeTruthy()
      expect(fillTemplate(config.url, values, urlText).ok).toBe(true)
      expect(urlText('half \ud83d')).toBe('half%20%EF%BF%BD')
    }
  })
})

describe('a channel', () => {
  it('is tried with a message that says it is a test', async () => {
    const { url, received } = await receiver([200, 404])
    const saved = await house.board.channels.save(channel({ url }), lena)
    expect(await house.board.channels.check(saved.id)).toEqual({ ok: true, message: 'The test message was taken.' })
    expect(JSON.parse(received[0]!.body).test).toBe(true)
    expect(await house.board.channels.check(saved.id)).toMatchObject({
      ok: false,
      message: saying(/404/),
    })
  })

  it('that is removed takes its secret with it', async () => {
    const saved = await house.board.channels.save(
      channel({ url: 'https://x.example/' }, { secrets: { secret: 's' } }),
      lena,
    )
    expect(await secrets.get(`${saved.id}/secret`)).toBe('s')
    await house.board.channels.remove(saved.id, lena)
    expect(await secrets.get(`${saved.id}/secret`)).toBeNull()
    expect(house.board.channels.all()).toEqual([])
  })
})
