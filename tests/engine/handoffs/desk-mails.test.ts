import { asWritten } from '#shared/words/said.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readDeskWords } from '#engine/handoffs/desk-words.ts'
import { allCases, type StoredCase } from '#engine/store/queries/cases.ts'
import { saveSource } from '#engine/store/queries/sources.ts'
import { writeSettings } from '#engine/store/queries/settings.ts'
import { createMemorySecrets } from '#engine/platform/keychain.ts'
import { SecretsUnavailable } from '#engine/platform/secrets.ts'
import * as commands from '#engine/cases/commands.ts'
import type { Letter as Mail } from '#shared/model/letter.ts'
import type { Letter, Mailer } from '#engine/platform/mailer.ts'
import type { Handoff } from '#shared/model/handoff.ts'
import { lena, openHouse, type House } from '#tests/engine/cases/house.ts'

let house: House
let sent: Letter[]
const mailer: Mailer = { send: async (_server, letter) => void sent.push(letter) }

const only = (): StoredCase => [...allCases(house.store)][0]!
const handoffs = (): Handoff[] => house.board.handoffs.ofCase(only().id)
const kinds = (): string[] => house.board.history(only().id).map(({ kind }) => kind)
let number = 0
const mail = (text: string, changes: Partial<Mail> = {}): Mail => ({
  messageId: `r${++number}@care.example`,
  from: { name: 'Jana Kühn', address: 'jana@care.example' },
  answers: [],
  tags: [tag()],
  text,
  automatic: false,
  report: null,
  draft: null,
  dropped: null,
  ...changes,
})
const tag = (): string => /\[E-([\w-]+)\]$/.exec(sent.at(-1)!.subject)![1]!
const take = (letter: Mail): Promise<boolean> => house.board.takeLetter(letter)

function listenTo(plusAddressing: boolean): void {
  saveSource(house.store, {
    source: {
      id: 'src_mail', connector: 'email', name: 'Mailbox', enabled: true, createdAt: 1,
      config: { host: 'imap.example.org', user: 'earshot@example.org', plusAddressing },
    },
    network: 'mail',
    secretKeys: ['password'],
  }) // prettier-ignore
}

async function handOff(): Promise<void> {
  await house.take({ text: 'I want a refund for my parcel', label: 'negative', confidence: 0.9 })
  house.clock.advance(5_000)
  await house.board.outbox.work()
}

beforeEach(async () => {
  sent = []
  house = openHouse({ mailer, secrets: createMemorySecrets() })
  house.board.outbox.start()
  listenTo(true)
  await house.board.channels.save(
    {
      deskId: 'desk_care', kind: 'mail', name: 'Care by mail', enabled: true, secrets: {},
      config: { host: 'smtp.example.org', from: 'Earshot <earshot@example.org>', to: 'care@care.example' },
    },
    lena,
  ) // prettier-ignore
})
afterEach(() => house.close())

describe('the first words of a reply', () => {
  it.each([
    ['done', 'solved', ''],
    ['Done.', 'solved', ''],
    ['DONE!\nWe sent a new one.', 'solved', 'We sent a new one.'],
    ['Hi,\n\ndone: refunded 10 €', 'solved', 'refunded 10 €'],
    ['erledigt', 'solved', ''],
    ['Erledigt, Ersatz ist raus', 'solved', 'Ersatz ist raus'],
    ['Hallo Lena,\nbehoben – seit 10 Uhr', 'solved', 'seit 10 Uhr'],
    ['answered', 'answered', ''],
    ['Beantwortet. Per Mail.', 'answered', 'Per Mail.'],
    ['accept', 'accept', ''],
    ['Accepted, thanks', 'accept', 'thanks'],
    ['übernommen', 'accept', ''],
    ['u\u0308bernommen', 'accept', ''],
    ['ask Which parcel is it?', 'ask', 'Which parcel is it?'],
    ['Frage: Welches Paket?', 'ask', 'Welches Paket?'],
    ['Question\nWhich parcel?', 'ask', 'Which parcel?'],
    ['not ours', 'notOurs', ''],
    ['Not ours: this is for billing', 'notOurs', 'this is for billing'],
    ['Nicht zuständig. Bitte an die Buchhaltung.', 'notOurs', 'Bitte an die Buchhaltung.'],
    // In doubt it is a note, which decides nothing.
    ['done?', 'note', 'done?'],
    ['Done nothing yet', 'note', 'Done nothing yet'],
    ['not done', 'note', 'not done'],
    ['Accepting this would be wrong', 'note', 'Accepting this would be wrong'],
    ['asked around, nobody knows', 'note', 'asked around, nobody knows'],
    ['ask', 'note', 'ask'],
    ['We are done.', 'note', 'We are done.'],
    ['thank you', 'note', 'thank you'],
    ['', 'note', ''],
    ['Hello', 'note', 'Hello'],
  ])('%j', (text, act, rest) => {
    expect(readDeskWords(text)).toEqual({ act, text: rest })
  })
})

describe('a hand-off by mail', () => {
  it('can be replied to when its mailbox is heard: by subject, address and id', async () => {
    await handOff()
    expect(sent[0]!.subject).toMatch(/\[E-[0-9a-z]{12}-[0-9a-z]{16}\]$/)
    expect(sent[0]!.replyTo).toBe(`earshot+e-${tag()}@example.org`)
    expect(sent[0]!.messageId).toBe(`${tag()}@${house.store.stationId}.earshot.invalid`)
    expect(sent[0]!.text).toContain('Reply to this mail and begin with')
    expect(sent[0]!.text).not.toContain('/desk/')
  })

  it('carries links and says so where there is an address for them', async () => {
    house.store.transaction(() => writeSettings(house.store, { publicUrl: 'https://earshot.example' }))
    listenTo(false)
    await handOff()
    expect(sent[0]!.text).toMatch(/Done: https:\/\/earshot\.example\/desk\/[0-9a-z.]+\/done\n/)
    expect(sent[0]!.text).toContain('Or reply to this mail')
    expect(sent[0]!.replyTo).toBe('earshot@example.org')
  })

  it('cannot when nobody hears it, and says nothing of replies', async () => {
    saveSource(house.store, {
      source: { id: 'src_mail', connector: 'email', name: 'M', enabled: false, createdAt: 1, config: {} },
      network: 'mail',
      secretKeys: [],
    })
    await handOff()
    expect(sent[0]!.subject).not.toContain('[E-')
    expect(sent[0]!.replyTo).toBeUndefined()
    expect(sent[0]!.text).not.toMatch(/reply to this mail/i)
  })
})

describe('a reply of the desk', () => {
  it.each([
    ['accept', { state: 'accepted' }],
    ['answered. Sent a voucher.', { state: 'replied' }],
    ['done: refunded', { state: 'accepted', outcome: 'refunded', deskSays: { kind: 'solved' } }],
    [
      'ask Which parcel?',
      { state: 'routed', deskSays: { kind: 'asks', text: 'Which parcel?', by: 'Jana Kühn (Care)' } },
    ],
    ['not ours', { state: 'new', deskId: null, deskSays: { kind: 'notOurs' } }],
    ['We will see.', { state: 'routed', deskSays: { kind: 'note', text: 'We will see.' } }],
  ] as const)('"%s" does what it says', async (text, expected) => {
    await handOff()
    expect(await take(mail(text))).toBe(true)
    expect(only()).toMatchObject(expected)
    const entry = house.board.history(only().id).at(-1)!
    expect(entry).toMatchObject({ actor: { kind: 'desk' }, data: { via: 'mail', from: 'jana@care.example' } })
    house.board.undo(entry.seq, lena)
    expect(only()).toMatchObject({ state: 'routed', deskId: 'desk_care', deskSays: null })
  })

  it('is known by any of its marks, whatever a mail program left of them', async () => {
    await handOff()
    const id = sent[0]!.messageId
    expect(await take(mail('ask one', { tags: [], answers: [id] }))).toBe(true)
    expect(await take(mail('ask two', { tags: [tag().toUpperCase()], answers: ['x@y.example'] }))).toBe(true)
    expect(await take(mail('ask three', { tags: [], answers: ['x@y.example', id.toUpperCase()] }))).toBe(true)
    expect(kinds().filter((kind) => kind === 'handoff.asked')).toHaveLength(3)
  })

  it('acts once, however often it is read', async () => {
    await handOff()
    const letter = mail('ask Which parcel?')
    await take(letter)
    const { version } = only()
    expect(await take(letter)).toBe(true)
    expect(only().version).toBe(version)
  })

  it('that comes too late is kept as a note', async () => {
    await handOff()
    house.board.run(commands.close, { id: only().id }, { reason: 'noAction' }, lena)
    expect(await take(mail('done: refunded'))).toBe(true)
    expect(only()).toMatchObject({ state: 'closed', outcome: '' })
    expect(house.board.history(only().id).at(-1)).toMatchObject({ kind: 'case.noted', data: { text: 'refunded' } })
  })
})

describe('whoever has no mark', () => {
  it('cannot act: their mail is an ordinary one', async () => {
    await handOff()
    const { version } = only()
    const good = tag()
    const forged = good.replace(/.$/, (last) => (last === '0' ? '1' : '0'))
    const other = good.replace(/^./, (first) => (first === '0' ? '1' : '0'))
    for (const tags of [[], [forged], [other], ['x'], [`${good}0`]])
      expect(await take(mail('done', { tags })), tags.join()).toBe(false)
    expect(await take(mail('done', { tags: [], answers: [sent[0]!.messageId.replace('@', '@x')] }))).toBe(false)
    expect(only().version).toBe(version)
  })
})

describe('a locked keychain', () => {
  it('keeps a reply for later, rather than to take it for a mention', async () => {
    await handOff()
    const letter = mail('done')
    const unlocked = createMemorySecrets()
    await house.restart({
      secrets: { ...unlocked, get: () => Promise.reject(new SecretsUnavailable(asWritten('locked'))) },
    })
    await expect(take(letter)).rejects.toThrow(/keychain/)
    expect(await take(mail('done', { tags: [] }))).toBe(false)
  })
})

describe('a machine', () => {
  it('that says somebody is away decides nothing and asks for nobody', async () => {
    await handOff()
    expect(await take(mail('done', { automatic: true }))).toBe(true)
    expect(only()).toMatchObject({ state: 'routed', deskSays: null })
    expect(house.board.history(only().id).at(-1)).toMatchObject({ kind: 'case.noted', data: { automatic: true } })
  })

  it('that could not deliver it shows the hand-off as failed, with the reason; sending again is one step', async () => {
    await handOff()
    expect(handoffs()).toMatchObject([{ state: 'sent' }])
    const report = { failed: true, recipient: 'care@care.example', status: '5.1.1', said: '550 no such user' }
    const letter = mail('', { tags: [], answers: [sent[0]!.messageId], automatic: true, report })
    expect(await take(letter)).toBe(true)
    expect(only().handoff).toBe('failed')
    expect(handoffs()[0]).toMatchObject({
      state: 'failed',
      advice: 'The mail to care@care.example came back: 5.1.1 550 no such user. Check the address, then send again.',
    })
    house.board.handoffs.retry(handoffs()[0]!.id)
    await house.board.outbox.work()
    expect(only().handoff).toBe('sent')
    // Read once more, as after a crash: it is about the first attempt.
    expect(await take(letter)).toBe(true)
    expect(only().handoff).toBe('sent')
  })

  it('that is only slow changes nothing', async () => {
    await handOff()
    const report = { failed: false, recipient: 'care@care.example', status: '4.2.2', said: 'full' }
    expect(await take(mail('', { automatic: true, report }))).toBe(true)
    expect(only().handoff).toBe('sent')
  })
})
