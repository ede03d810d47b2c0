import { asWritten } from '#shared/words/said.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connectionOf } from '#engine/store/connections.ts'
import type { StoredCase } from '#engine/store/queries/cases.ts'
import { allCases } from '#engine/store/queries/cases.ts'
import { differingCases } from '#engine/store/queries/case-rebuild.ts'
import { writeSettings } from '#engine/store/queries/settings.ts'
import { caseCounts } from '#engine/store/queries/case-counts.ts'
import * as commands from '#engine/cases/commands.ts'
import { readLink, readTag, signLink, signTag } from '#engine/handoffs/signing.ts'
import { systemClock } from '#engine/platform/clock.ts'
import { createHttp } from '#engine/platform/http-client.ts'
import { createMemorySecrets } from '#engine/platform/keychain.ts'
import { SecretsUnavailable } from '#engine/platform/secrets.ts'
import type { DeskAct } from '#shared/model/desk-door.ts'
import { lena, openHouse, type House } from '#tests/engine/cases/house.ts'
import { webhookReceiver } from './receivers.ts'

const DAY = 86_400_000
let house: House
let hook: Awaited<ReturnType<typeof webhookReceiver>>
const secrets = createMemorySecrets()

const only = (): StoredCase => [...allCases(house.store)][0]!
const kinds = (): string[] => house.board.history(only().id).map((entry) => entry.kind)
const act = (token: string, act: DeskAct, text = '', name = '') =>
  house.board.deskAnswers.act(token, { act, text, name })
const read = (token: string) => house.board.deskAnswers.read(token)
const count = (): number => caseCounts(house.store, house.clock.now()).undecided

interface Sent {
  answer: { links: { accept: string; ask: string; done: string } | null; until: string; reply: unknown } | null
  message: string | null
  messageBy: string | null
}
const sent = (): Sent[] => hook.received.map(({ body }) => JSON.parse(body) as Sent)
const tokenOf = (n = -1): string => /\/desk\/([^/]+)\/accept$/.exec(sent().at(n)!.answer!.links!.accept)![1]!

async function sendAll(): Promise<void> {
  house.clock.advance(5_000)
  await house.board.outbox.work()
}

/** A complaint that has reached the desk's tool; its token. */
async function handedOff(): Promise<string> {
  await house.take({ text: 'I want a refund for my parcel', label: 'negative', confidence: 0.9 })
  await sendAll()
  return tokenOf()
}

beforeEach(async () => {
  house = openHouse({
    http: createHttp({ clock: systemClock, allowPrivate: ['127.0.0.1'], spacingMs: 0 }),
    secrets,
  })
  house.board.outbox.start()
  hook = await webhookReceiver()
  house.store.transaction(() => writeSettings(house.store, { publicUrl: 'https://earshot.example' }))
  await house.board.channels.save(
    { deskId: 'desk_care', kind: 'webhook', name: 'Care tool', enabled: true, config: { url: hook.url }, secrets: {} },
    lena,
  )
})
afterEach(async () => {
  await house.close()
  await hook.close()
})

describe('a token', () => {
  const key = Buffer.alloc(32, 7)

  it('is of one hand-off and one time, and of this station', () => {
    const token = signLink(key, 'st1', 'out_0123456789ab', 1_800_000_000_000)
    expect(token).toMatch(/^[0-9a-z]+\.[0-9a-z]+\.[0-9a-z]{52}$/)
    expect(readLink(key, 'st1', token)).toEqual({ handoffId: 'out_0123456789ab', until: 1_800_000_000_000 })
    expect(readLink(key, 'st2', token)).toBeUndefined()
    expect(readLink(Buffer.alloc(32, 8), 'st1', token)).toBeUndefined()
    const [id, until, mac] = token.split('.') as [string, string, string]
    for (const forged of [
      `${id}.zzzzzzzz.${mac}`,
      `0123456789ac.${until}.${mac}`,
      `${id}.${until}.${mac.slice(0, -1)}`,
      `${id}.${until}.${mac.slice(0, -1)}${mac.endsWith('0') ? '1' : '0'}`,
      `${id}.${until}.${mac}0`,
      `${id}.${until}`,
      token.toUpperCase(),
      '',
      'ä.ö.ü',
    ])
      expect(readLink(key, 'st1', forged), forged).toBeUndefined()
  })

  it('of a mail is another one, and survives a change of case', () => {
    const tag = signTag(key, 'st1', 'out_0123456789ab')
    expect(readTag(key, 'st1', tag.toUpperCase())).toBe('out_0123456789ab')
    expect(readTag(key, 'st2', tag)).toBeUndefined()
    expect(
      readTag(
        key,
        'st1',
        tag.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
      ),
    ).toBeUndefined()
    expect(signLink(key, 'st1', 'out_0123456789ab', 0)).not.toContain(tag.split('-')[1])
  })
})

describe('a hand-off', () => {
  it('carries links, the same on every attempt, that are stored nowhere', async () => {
    hook.answers.push(503, 200)
    const first = await handedOff()
    house.clock.advance(60_000)
    await house.board.outbox.work()
    expect(hook.received).toHaveLength(2)
    expect(tokenOf()).toBe(first)
    expect(sent()[0]!.answer).toMatchObject({
      links: { done: `https://earshot.example/desk/${first}/done` },
      reply: null,
    })
    expect(Date.parse(sent()[0]!.answer!.until)).toBe(house.clock.now() - 60_000 + 14 * DAY)
    const key = await secrets.get('station/desk-links')
    expect(key).toMatch(/^[\w-]{43}$/)
    const everything = connectionOf(house.store).serialize().toString('latin1')
    expect(everything).not.toContain(first.split('.')[2])
    expect(everything).not.toContain(key)
  })

  it('goes without links while no public address is set, the keychain is locked, or nobody serves them', async () => {
    expect(await house.board.deskWays.state()).toBe('ready')
    house.store.transaction(() => writeSettings(house.store, { publicUrl: '' }))
    expect(await house.board.deskWays.state()).toBe('noAddress')
    await house.take({ text: 'I want a refund', label: 'negative' })
    await sendAll()
    expect(sent()[0]!.answer).toBeNull()
    house.store.transaction(() => writeSettings(house.store, { publicUrl: 'https://earshot.example' }))
    // Where the receiver is may still be read, what signs the links may not.
    const locked = {
      ...secrets,
      get: (account: string) =>
        account === 'station/desk-links'
          ? Promise.reject(new SecretsUnavailable(asWritten('locked')))
          : secrets.get(account),
    }
    await house.restart({ secrets: locked })
    house.board.outbox.start()
    expect(await house.board.deskWays.state()).toBe('noKeychain')
    await house.take({ text: 'I want a refund too', label: 'negative' })
    await sendAll()
    expect(sent()[1]!.answer).toBeNull()
    expect(await read('x')).toMatchObject({ ok: false, refusal: { why: 'unavailable' } })
    await house.restart({ servesLinks: false })
    house.board.outbox.start()
    expect(await house.board.deskWays.state()).toBe('notServed')
  })
})

describe('a desk', () => {
  it('sees what it was sent, and no more', async () => {
    const seen = await read(await handedOff())
    expect(seen).toMatchObject({
      ok: true,
      view: {
        desk: 'Care',
        priority: 'high',
        mention: { text: 'I want a refund for my parcel', network: 'mastodon' },
        may: ['accept', 'answered', 'solved', 'ask', 'notOurs'],
        did: null,
      },
    })
    expect(kinds()).toEqual(['case.opened', 'handoff.queued', 'handoff.sent'])
  })

  it('accepts, once, and everybody sees who and when', async () => {
    const token = await handedOff()
    expect(await act(token, 'accept', '', 'Jana')).toMatchObject({ ok: true, done: true })
    const at = house.clock.now()
    expect(only()).toMatchObject({ state: 'accepted', acceptedAt: at, deskSays: null })
    house.clock.advance(60_000)
    expect(await act(token, 'accept', '', 'Karl')).toMatchObject({
      ok: true,
      done: false,
      view: { did: { act: 'accept', by: 'Jana (Care)', at } },
    })
    expect(kinds().filter((kind) => kind === 'case.accepted')).toHaveLength(1)
    expect(house.board.history(only().id).at(-1)).toMatchObject({
      actor: { kind: 'desk', id: 'desk_care', name: 'Jana (Care)' },
      data: { via: 'link' },
    })
  })

  it('asks; the officer sees it as undecided, answers, and the answer reaches the desk', async () => {
    const token = await handedOff()
    expect(await act(token, 'ask', '   ')).toMatchObject({ ok: false, problem: 'textMissing' })
    expect(count()).toBe(0)
    await act(token, 'ask', 'Which parcel?\r\nThe blue one?\u0007', 'Jana\u202e')
    await act(token, 'ask', 'Which parcel?\nThe blue one?')
    expect(only()).toMatchObject({
      state: 'routed',
      deskSays: { kind: 'asks', text: 'Which parcel?\nThe blue one?', by: 'Jana (Care)' },
    })
    expect(count()).toBe(1)
    expect(kinds().filter((kind) => kind === 'handoff.asked')).toHaveLength(1)
    house.board.do('answerDesk', { id: only().id }, { text: 'The green one.' }, lena)
    expect(only().deskSays).toBeNull()
    expect(count()).toBe(0)
    await sendAll()
    expect(sent()[1]).toMatchObject({ message: 'The green one.', messageBy: 'Lena' })
    expect(await read(tokenOf())).toMatchObject({ ok: true, view: { message: 'The green one.' } })
  })

  it('that is answered in time to take it back hears nothing', async () => {
    const token = await handedOff()
    await act(token, 'ask', 'Which parcel?')
    const { entry } = house.board.do('answerDesk', { id: only().id }, { text: 'The green one.' }, lena)
    house.board.undo(entry, lena)
    await sendAll()
    expect(hook.received).toHaveLength(1)
    expect(only().deskSays).toMatchObject({ kind: 'asks' })
  })

  it('answered the customer: the case counts as replied', async () => {
    const token = await handedOff()
    await act(token, 'answered', 'Refunded, and told them so.', 'Jana')
    expect(only()).toMatchObject({ state: 'replied', repliedAt: house.clock.now(), deskSays: null })
    house.clock.advance(60_000)
    expect(await act(token, 'answered')).toMatchObject({ ok: true, done: false, view: { did: { act: 'answered' } } })
    expect(await act(token, 'notOurs', 'oh')).toMatchObject({ ok: false, problem: 'tooLate' })
    expect(kinds().filter((kind) => kind === 'case.replied')).toHaveLength(1)
  })

  it('solved it: the outcome is kept, and the officer still has to answer', async () => {
    const token = await handedOff()
    await act(token, 'solved', 'The scanner works again.')
    expect(only()).toMatchObject({
      state: 'accepted',
      repliedAt: null,
      outcome: 'The scanner works again.',
      deskSays: { kind: 'solved' },
    })
    expect(count()).toBe(1)
    house.board.run(commands.close, { id: only().id }, { reason: 'answered' }, lena)
    expect(only().deskSays).toBeNull()
  })

  it('sends it back with the reason; sent there again, it is told again', async () => {
    const token = await handedOff()
    expect(await act(token, 'notOurs')).toMatchObject({ ok: false, problem: 'textMissing' })
    const { dueAt } = only()
    await act(token, 'notOurs', 'This is for billing.', 'Jana')
    expect(only()).toMatchObject({ state: 'new', deskId: null, dueAt, deskSays: { kind: 'notOurs' } })
    expect(house.board.history(only().id).at(-1)).toMatchObject({
      kind: 'handoff.bounced',
      actor: { kind: 'desk' },
      data: { why: 'This is for billing.', deskId: 'desk_care', deskName: 'Care' },
    })
    expect(await act(token, 'accept')).toMatchObject({ ok: false, problem: 'tooLate' })
    expect(await read(token)).toMatchObject({ ok: true, view: { may: [], did: { act: 'notOurs' } } })
    house.board.run(commands.route, { id: only().id }, { deskId: 'desk_care' }, lena)
    expect(only().deskSays).toBeNull()
    await sendAll()
    expect(hook.received).toHaveLength(2)
    expect(tokenOf()).not.toBe(token)
  })

  it.each(['accept', 'ask', 'answered', 'solved', 'notOurs'] as const)(
    'did "%s", an officer takes it back, and the desk can do it again',
    async (what) => {
      const token = await handedOff()
      const before = only()
      await act(token, what, 'because')
      const entry = house.board.history(before.id).at(-1)!
      house.board.undo(entry.seq, lena)
      const { version: _v, updatedAt: _u, ...same } = before
      expect(only()).toMatchObject(same)
      expect(await read(token)).toMatchObject({ ok: true, view: { did: null } })
      expect(await act(token, what, 'because')).toMatchObject({ ok: true, done: true })
      expect(differingCases(house.store)).toEqual([])
    },
  )
})

describe('a link', () => {
  it('ends with its time', async () => {
    const token = await handedOff()
    house.clock.advance(14 * DAY - 1)
    expect(await read(token)).toMatchObject({ ok: true })
    house.clock.advance(1)
    expect(await read(token)).toMatchObject({ ok: false, refusal: { why: 'expired' } })
    expect(await act(token, 'accept')).toMatchObject({ ok: false, refusal: { why: 'expired' } })
    expect(only().state).toBe('routed')
  })

  it('is worth nothing to whoever changes it', async () => {
    const token = await handedOff()
    const [id, , mac] = token.split('.')
    const later = (house.clock.now() + 999 * DAY).toString(36)
    for (const forged of [`${id}.${later}.${mac}`, token.slice(0, -1), 'x'])
      expect(await act(forged, 'accept')).toMatchObject({ ok: false, refusal: { why: 'unknown' } })
    expect(only().state).toBe('routed')
  })

  it('ends when the case is given to somebody else, and begins again when that is taken back', async () => {
    const token = await handedOff()
    const { entry } = house.board.run(commands.route, { id: only().id }, { deskId: 'desk_press' }, lena)
    expect(await act(token, 'accept')).toMatchObject({ ok: false, refusal: { why: 'moved' } })
    house.board.undo(entry, lena)
    expect(await act(token, 'accept')).toMatchObject({ ok: true, done: true })
  })

  it('ends with the case', async () => {
    const token = await handedOff()
    await act(token, 'answered', 'Done.')
    house.board.run(commands.close, { id: only().id }, { reason: 'answered' }, lena)
    expect(await read(token)).toMatchObject({ ok: false, refusal: { why: 'closed', did: { act: 'answered' } } })
  })

  it('of a desk that was only asked sends nothing back', async () => {
    await house.board.channels.save(
      { deskId: 'desk_press', kind: 'webhook', name: 'Press', enabled: true, config: { url: hook.url }, secrets: {} },
      lena,
    )
    await handedOff()
    const press = house.board.channels.ofDesk('desk_press')[0]!.channel.id
    house.board.do('handOff', { id: only().id }, { channelId: press }, lena)
    await sendAll()
    await act(tokenOf(), 'notOurs', 'Nothing for the press.')
    expect(only()).toMatchObject({ state: 'routed', deskId: 'desk_care', deskSays: { kind: 'notOurs' } })
  })
})
