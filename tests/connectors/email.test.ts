import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { saying } from '#tests/support/saying.ts'
import { email } from '#engine/connectors/email/email.ts'
import { replying } from '#engine/connectors/email/reply.ts'
import { readMail } from '#engine/connectors/email/draft.ts'
import { freshText } from '#engine/connectors/email/quoted/fresh-text.ts'
import { Config } from '#engine/connectors/email/config.ts'
import type { ReplyTo, Batch, FetchContext } from '#engine/connectors/connector.ts'
import { createMailer, LETTER_MS, type Mailer } from '#engine/platform/mailer.ts'
import { systemClock } from '#engine/platform/clock.ts'
import { createSockets } from '#engine/platform/socket-client.ts'
import { imapServer, mailOf, type ImapServer } from '#tests/support/imap-server.ts'
import { ManualClock } from '#tests/support/manual-clock.ts'
import { mailReceiver } from '#tests/engine/handoffs/receivers.ts'

const noon = Date.parse('2026-11-20T12:00:00Z')
let server: ImapServer
const config = (changes: object = {}): Config =>
  Config.parse({
    host: '127.0.0.1',
    port: server.port,
    security: 'none',
    user: 'care@kaffora.example',
    days: 2,
    ...changes,
  })

function contextOf(changes: Partial<FetchContext<Config>> & { allow?: string[] } = {}): FetchContext<Config> {
  const sockets = createSockets({ clock: systemClock, allowPrivate: changes.allow ?? [server.host] })
  return {
    config: config(),
    cursor: null,
    overlapMs: 0,
    signal: new AbortController().signal,
    http: { fetch: () => Promise.reject(new Error('no HTTP here')) },
    now: () => noon,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, Math.min(ms, 50))),
    secret: (key) => Promise.resolve(key === 'password' ? 'right' : null),
    socket: () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error('none')) }) }),
    resolve: (host, port) => sockets.resolve(host, port),
    ...changes,
  }
}
const letter = (n: number, changes: Record<string, string | undefined> = {}, body = `Text ${n}`): string =>
  mailOf(
    {
      'Message-ID': `<m${n}@customers.example>`, Date: new Date(noon - 60_000).toUTCString(),
      From: 'Mira Okafor <Mira@customers.example>', To: 'care@kaffora.example', Subject: `Subject ${n}`, ...changes,
    },
    body,
  ) // prettier-ignore
const add = (n: number, options: { folder?: string; at?: Date | null } = {}): number =>
  server.add(letter(n), { at: new Date(noon - 30_000), ...options })
const subjects = (batch: Batch): (string | null)[] => batch.drafts.map(({ title }) => title)

beforeEach(async () => {
  server = await imapServer()
})
afterEach(async () => {
  await server.close()
})

describe('a mailbox', () => {
  it('is only looked at: nothing becomes read', async () => {
    add(1)
    await email.poll(contextOf())
    expect(server.commands.some((command) => command.startsWith('EXAMINE'))).toBe(true)
    expect(server.commands.join('\n')).not.toMatch(/^SELECT|STORE|EXPUNGE|COPY|MOVE|DELETE|APPEND/m)
    expect(server.commands.filter((command) => command.includes('FETCH')).join()).toMatch(/BODY\.PEEK\[\]<0\.\d+>/)
  })

  it('is read on from where it was left, and nothing is asked when nothing came', async () => {
    add(1)
    add(2)
    const first = await email.poll(contextOf())
    expect(subjects(first)).toEqual(['Subject 1', 'Subject 2'])
    const fetches = (): number => server.commands.filter((command) => command.startsWith('UID FETCH')).length
    const before = fetches()
    expect((await email.poll(contextOf({ cursor: first.cursor }))).drafts).toEqual([])
    expect(fetches()).toBe(before)
    add(3)
    expect(subjects(await email.poll(contextOf({ cursor: first.cursor })))).toEqual(['Subject 3'])
  })

  it('begins at most so many days back', async () => {
    add(1, { at: new Date(noon - 10 * 86_400_000) })
    add(2)
    const batch = await email.poll(contextOf())
    expect(subjects(batch)).toEqual(['Subject 2'])
    // The old one is not looked at later either.
    expect((await email.poll(contextOf({ cursor: batch.cursor }))).drafts).toEqual([])
  })

  it('whose server does not say the next number is read on all the same', async () => {
    server.saysNext = false
    const empty = await email.poll(contextOf())
    expect(empty.drafts).toEqual([])
    add(1, { at: new Date(noon - 10 * 86_400_000) })
    const old = await email.poll(contextOf())
    expect(old.drafts).toEqual([])
    add(2)
    expect(subjects(await email.poll(contextOf({ cursor: old.cursor })))).toEqual(['Subject 2'])
    expect(subjects(await email.poll(contextOf({ cursor: empty.cursor })))).toEqual(['Subject 1', 'Subject 2'])
    const heard: (string | null)[] = []
    for await (const batch of email.stream(contextOf({ cursor: old.cursor }))) {
      heard.push(...subjects(batch))
      if (heard.length === 1) add(3)
      if (heard.length === 2) break
    }
    expect(heard).toEqual(['Subject 2', 'Subject 3'])
  })

  it('that is huge is read in bounded pieces', async () => {
    for (let n = 1; n <= 250; n++) add(n)
    let cursor: string | null = null
    const sizes: number[] = []
    const seen = new Set<string>()
    for (let more = true; more;) {
      const batch: Batch = await email.poll(contextOf({ cursor }))
      sizes.push(batch.drafts.length)
      for (const { externalId } of batch.drafts) seen.add(externalId)
      cursor = batch.cursor
      more = batch.more
    }
    expect(sizes).toEqual([10, 100, 100, 40])
    expect(seen.size).toBe(250)
  })

  it('that was numbered anew is looked through again from a day before, and ids tell what is known', async () => {
    add(1)
    add(2)
    const first = await email.poll(contextOf())
    server.renumber()
    add(3)
    const second = await email.poll(contextOf({ cursor: first.cursor }))
    expect(subjects(second)).toEqual(['Subject 1', 'Subject 2', 'Subject 3'])
    expect(second.drafts[0]?.externalId).toBe(first.drafts[0]?.externalId)
    expect((await email.poll(contextOf({ cursor: second.cursor }))).drafts).toEqual([])
  })

  it('has folders, each with its own place', async () => {
    add(1)
    add(2, { folder: 'Complaints' })
    const wanted = config({ folders: ['INBOX', 'Complaints'] })
    const first = await email.poll(contextOf({ config: wanted }))
    expect(subjects(first)).toEqual(['Subject 1', 'Subject 2'])
    add(3, { folder: 'Complaints' })
    expect(subjects(await email.poll(contextOf({ config: wanted, cursor: first.cursor })))).toEqual(['Subject 3'])
  })

  it('survives a huge mail, of which the beginning is kept', async () => {
    const big = `${'x'.repeat(70)}\r\n`.repeat(200_000)
    server.add(letter(1, {}, `It is broken.\r\n\r\n${big}`), { at: new Date(noon) })
    const { drafts } = await email.poll(contextOf())
    expect(drafts[0]?.text.startsWith('It is broken.')).toBe(true)
    expect(drafts[0]!.text.length).toBeLessThan(600_000)
  })
})

describe('what goes wrong says who must act', () => {
  const failing = (changes: Parameters<typeof contextOf>[0] = {}): Promise<{ kind: string; message: string }> =>
    email.poll(contextOf(changes)).then(
      () => ({ kind: 'none', message: 'It resolved' }),
      (error: { kind: string; message: string }) => error,
    )

  it('a wrong password, and what was typed is nowhere', async () => {
    const error = await failing({ secret: () => Promise.resolve('hunter2') })
    expect(error).toMatchObject({ kind: 'user', message: saying(/does not accept the user care@/) })
    expect(JSON.stringify(error) + error.message).not.toContain('hunter2')
  })

  it('a missing password', async () => {
    expect(await failing({ secret: () => Promise.resolve(null) })).toMatchObject({ kind: 'user' })
    expect(server.connections).toBe(0)
  })

  it('a missing folder, with those that there are', async () => {
    server.folder('Complaints')
    expect(await failing({ config: config({ folders: ['Complains'] }) })).toMatchObject({
      kind: 'user',
      message: 'The mailbox has no folder Complains. It has: INBOX, Complaints.',
    })
  })

  it('a server that does not speak TLS, or does not switch it on', async () => {
    expect(await failing({ config: config({ security: 'starttls' }) })).toMatchObject({ kind: 'user', message: saying(/STARTTLS/) }) // prettier-ignore
    expect(server.commands.join()).not.toMatch(/LOGIN|AUTHENTICATE/)
    expect(await failing({ config: config({ security: 'tls' }) })).toMatchObject({ kind: 'user', message: saying(/TLS/) }) // prettier-ignore
  })

  it.each([
    ['cut', /broke off|does not answer/],
    ['garbage', /broke off|does not answer/],
    ['busy', /no room/],
  ] as const)('a server that is out of order (%s) is tried again', async (trouble, said) => {
    server.trouble = trouble
    expect(await failing()).toMatchObject({ kind: 'operational', message: saying(said) })
  })

  it('nobody there, and a private address that nobody allowed', async () => {
    expect(await failing({ config: config({ port: 1 }), allow: ['127.0.0.1'] })).toMatchObject({ kind: 'operational' })
    expect(await failing({ allow: [] })).toMatchObject({ kind: 'user', message: saying(/EARSHOT_ALLOW_PRIVATE/) }) // prettier-ignore
  })

  it('takes an access token in the place of a password', async () => {
    add(1)
    const secret = (key: string): Promise<string | null> => Promise.resolve(key === 'token' ? 'good-token' : null)
    expect((await email.poll(contextOf({ secret }))).drafts).toHaveLength(1)
    expect(await failing({ secret: () => Promise.resolve('old-token') })).toMatchObject({ kind: 'user' })
  })
})

describe('listening', () => {
  it('catches up, is told of new mail at once, and ends when the connection does', async () => {
    add(1)
    const heard: (string | null)[] = []
    let ended = 0
    for await (const batch of email.stream(contextOf({ sleep: () => new Promise(() => {}) }))) {
      heard.push(...subjects(batch))
      expect(batch.detail).toEqual('the server pushes new mail')
      // It waits by now, or is about to; both must be noticed.
      if (heard.length === 1) setTimeout(() => add(2), 20)
      if (heard.length === 2) add(3)
      if (heard.length === 3 && ended++ === 0) setTimeout(() => server.cut(), 20)
    }
    expect(heard).toEqual(['Subject 1', 'Subject 2', 'Subject 3'])
  })

  it('looks now and then where the server does not push', async () => {
    server.capabilities = []
    const heard: (string | null)[] = []
    for await (const batch of email.stream(contextOf())) {
      heard.push(...subjects(batch))
      expect(batch.detail).toEqual(saying(/does not push; looks every 60 s/))
      if (heard.length === 0) add(1)
      else break
    }
    expect(heard).toEqual(['Subject 1'])
    expect(server.commands).not.toContain('IDLE')
  })

  it('looks at the other folders as well', async () => {
    server.folder('Complaints')
    const heard: (string | null)[] = []
    const config_ = config({ folders: ['INBOX', 'Complaints'] })
    for await (const batch of email.stream(contextOf({ config: config_ }))) {
      heard.push(...subjects(batch))
      if (heard.length === 0) add(1, { folder: 'Complaints' })
      else break
    }
    expect(heard).toEqual(['Subject 1'])
  })

  it('stops when it is told to, also while it waits', async () => {
    const abort = new AbortController()
    const never = new Promise<void>(() => {})
    const listening = (async () => {
      for await (const _batch of email.stream(contextOf({ signal: abort.signal, sleep: () => never }))) setTimeout(() => abort.abort(), 20) // prettier-ignore
    })()
    await expect(listening).rejects.toThrow(/abort/i)
  })
})

it('that is switched off before it is connected opens no connection', async () => {
  const abort = new AbortController()
  const late = contextOf({ signal: abort.signal })
  const resolve = async (host: string, port: number): Promise<string> => {
    const address = await late.resolve(host, port)
    abort.abort()
    return address
  }
  await expect(email.poll({ ...late, resolve })).rejects.toThrow(/abort/i)
  expect(server.connections).toBe(0)
})

describe('a mail', () => {
  const read = async (mail: string | Buffer, received: number | null = noon) => readMail(Buffer.from(mail), received, 'care@kaffora.example', 'INBOX 1') // prettier-ignore
  const draft = async (mail: string | Buffer, received: number | null = noon) => {
    const got = await read(mail, received)
    if (!('draft' in got)) throw new Error(`No draft: ${JSON.stringify(got)}`)
    return got.draft
  }

  it('is private, by its sender, in its conversation', async () => {
    expect(
      await draft(letter(3, { 'In-Reply-To': '<b@x.example>', References: '<a@x.example>\r\n <b@x.example>' })),
    ).toMatchObject({
      externalId: 'm3@customers.example',
      kind: 'mail',
      private: true,
      author: { id: 'mira@customers.example', handle: 'Mira@customers.example', name: 'Mira Okafor', followers: null },
      threadId: 'a@x.example',
      inReplyTo: 'b@x.example',
      publishedAt: noon - 60_000,
    })
  })

  it.each([
    ['utf-8, quoted-printable', 'utf-8', 'quoted-printable', 'Gr=C3=BC=C3=9Fe =E2=82=AC'],
    ['windows-1252', 'windows-1252', '8bit', Buffer.from([0x47, 0x72, 0xfc, 0xdf, 0x65, 0x20, 0x80])],
    ['iso-8859-15', 'iso-8859-15', '8bit', Buffer.from([0x47, 0x72, 0xfc, 0xdf, 0x65, 0x20, 0xa4])],
    ['base64', 'utf-8', 'base64', Buffer.from('Grüße €').toString('base64')],
  ])('in %s reads the same', async (_name, charset, encoding, body) => {
    const head = letter(
      1,
      { 'Content-Type': `text/plain; charset=${charset}`, 'Content-Transfer-Encoding': encoding },
      '',
    )
    expect((await draft(Buffer.concat([Buffer.from(head), Buffer.from(body)]))).text).toBe('Grüße €')
  })

  it('keeps names and subjects that are encoded, or wrongly not', async () => {
    const encoded = await draft(letter(1, { Subject: '=?utf-8?B?R3LDvMOfZQ==?=', From: '=?iso-8859-1?Q?J=F6rn?= <j@x.example>' })) // prettier-ignore
    expect(encoded).toMatchObject({ title: 'Grüße', author: { name: 'Jörn' } })
    expect((await draft(Buffer.from(letter(1, { Subject: 'Grüße' }), 'latin1'))).title).toBe('Grüße')
  })

  it('is read from its markup when there is nothing else, and never brings markup along', async () => {
    const html =
      '<p>It is <b>broken</b> <a href="https://x.example/1">here</a></p><script>alert(1)</script><img src="https://t.example/p.gif">'
    expect(await draft(letter(1, { 'Content-Type': 'text/html; charset=utf-8' }, html))).toMatchObject({
      text: expect.stringMatching(/^It is broken here/),
      links: ['https://x.example/1'],
    })
    const both = `--b\nContent-Type: text/plain\n\nplain\n--b\nContent-Type: text/html\n\n<p>rich</p>\n--b--`
    expect((await draft(letter(1, { 'Content-Type': 'multipart/alternative; boundary=b' }, both))).text).toBe('plain')
  })

  it('names its attachments and keeps nothing of them', async () => {
    const body = `--b\nContent-Type: text/plain\n\nSee the picture.\n--b\nContent-Type: image/png; name="proof.png"\nContent-Disposition: attachment; filename="proof.png"\nContent-Transfer-Encoding: base64\n\nc2VjcmV0\n--b--`
    const got = await draft(letter(1, { 'Content-Type': 'multipart/mixed; boundary=b' }, body))
    expect(got).toMatchObject({ text: 'See the picture.', media: ['image'] })
    expect(got.raw).toContain('proof.png')
    expect(got.raw).not.toContain('secret')
  })

  it('is dated by its writer, unless that clock is ahead of its arrival; without any date it is dropped', async () => {
    expect((await draft(letter(1, { Date: 'Fri, 01 Jan 2038 00:00:00 +0000' }))).publishedAt).toBe(noon)
    expect((await draft(letter(1, { Date: 'yesterday' }))).publishedAt).toBe(noon)
    expect((await draft(letter(1, { Date: 'Fri, 20 Nov 2026 10(ten) : 00 +0100 (CET)' }))).publishedAt).toBe(noon - 3 * 3_600_000) // prettier-ignore
    expect(await read(letter(1, { Date: undefined }), null)).toMatchObject({ dropped: { reason: 'no date' } })
  })

  it('without an id has the same one at every look', async () => {
    const first = await draft(letter(1, { 'Message-ID': undefined }))
    expect(first.externalId).toMatch(/^sha256:[0-9a-f]{40}$/)
    expect((await draft(letter(1, { 'Message-ID': undefined }))).externalId).toBe(first.externalId)
    expect((await draft(letter(2, { 'Message-ID': undefined }))).externalId).not.toBe(first.externalId)
  })

  it('by a machine in answer to us, by ourselves, or from this station is no mention, and says why', async () => {
    const reason = async (changes: Record<string, string>): Promise<unknown> => {
      const got = await read(letter(1, changes))
      return 'dropped' in got ? got.dropped.reason : 'letter' in got ? got.letter.dropped : 'draft'
    }
    expect(await reason({ 'Auto-Submitted': 'auto-replied' })).toBe('automatic reply')
    expect(await reason({ 'X-Autoreply': 'yes' })).toBe('automatic reply')
    expect(await reason({ From: 'Care <CARE@kaffora.example>' })).toBe('sent by this mailbox')
    expect(await reason({ 'Message-ID': '<abc@st1.earshot.invalid>' })).toBe('sent by Earshot')
    expect(await reason({ 'Auto-Submitted': 'auto-generated' })).toBe('draft')
    expect(await reason({ 'Auto-Submitted': 'no' })).toBe('draft')
  })

  it.each([
    ['', null],
    ['\u0000\u0001\u0002', null],
    [`${'x'.repeat(100_000)}`, null],
    [`From: a@b.example\r\n${'A: b\r\n'.repeat(100_000)}\r\nText`, 'not readable'],
    [`Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n'.repeat(2_000)}`, null], // prettier-ignore
  ])('that is none does no harm', async (mail, reason) => {
    const got = await read(mail)
    expect('draft' in got || 'dropped' in got).toBe(true)
    if (reason && 'dropped' in got) expect(got.dropped.reason).toBe(reason)
  })

  it('of a quarter of a million lines is kept as far as it is worth the time', async () => {
    const { text } = await draft(letter(1, {}, `It is broken.\r\n${'a\n'.repeat(250_000)}`))
    expect(text.startsWith('It is broken.\na\na')).toBe(true)
    expect(text.split('\n').length).toBeLessThanOrEqual(20_000)
  })
})

describe('what is repeated', () => {
  it.each([
    ['done\n\nOn Fri, 20 Nov 2026 at 10:00, Earshot <e@x.example> wrote:\n> old\n> text', 'done'],
    ['Erledigt.\n\nAm 20.11.2026 um 10:00 schrieb Earshot <e@x.example>:\n> alt', 'Erledigt.'],
    ['done\n\nOn Fri, 20 Nov 2026 at 10:00, Earshot and a long name\n<e@x.example> wrote:\n\n> old', 'done'],
    ['done\n\n-----Original Message-----\nFrom: Earshot\nold', 'done'],
    ['ok\n\nVon: Earshot <e@x.example>\nGesendet: Freitag\nAn: Care\nalt', 'ok'],
    ['> old question\nmy answer\n> more\nand this', 'my answer\nand this'],
    ['2026-11-20 10:00 GMT+01:00 Earshot <e@x.example>:\n\n> old\n\nbelow', 'below'],
    ['From: here to there it is broken', 'From: here to there it is broken'],
    ['On Monday my wife wrote: nobody answered', 'On Monday my wife wrote: nobody answered'],
  ])('%j', (text, expected) => {
    expect(freshText(text)).toBe(expected)
  })

  it('takes a signature for one only where it is asked to', () => {
    expect(freshText('done\n-- \nJana', { signature: false })).toBe('done')
    expect(freshText('done\n-- \nJana')).toContain('Jana')
  })

  // Each of these took a minute when every line looked at all that follow it.
  it.each<[string, string, number]>([
    ['short lines', 'ab\n', 170_000],
    ['lines that look like a beginning', 'On abcdefghijk lmno\n', 170_000],
    ['quotations', 'On abcdefghijk wrote:\n> x\n', 100_000],
  ])('is told from what is new in very many %s', (_, line, times) => {
    const text = line.repeat(times)
    expect(freshText(text)).toBe(line.includes('>') ? '' : text.trim())
  })
})

describe('replying by mail', () => {
  const settings = (changes: object = {}): Config =>
    config({ smtpHost: '127.0.0.1', smtpSecurity: 'none', senderName: 'Kaffora "Care"', ...changes })
  const toOf = (changes: Partial<ReplyTo> = {}): ReplyTo => ({
    mention: { externalId: 'm1@customers.example', kind: 'mail', url: null, author: { id: 'mira@customers.example', handle: 'Mira@customers.example', name: 'Mira', url: null, followers: null }, title: 'AW: Broken', text: 'It is broken', threadId: null, inReplyTo: null, publishedAt: noon, private: true },
    raw: JSON.stringify({ headers: { 'message-id': '<m1@customers.example>', references: '<a@x.example> <b@x.example>' } }),
    own: true,
    ...changes,
  }) // prettier-ignore
  const replyOf = (to = toOf()) => ({ way: 'mail' as const, to, text: 'We are sorry.\n.\nMira', key: 'ans_1', at: noon, triedAt: null }) // prettier-ignore
  const contextFor = (settings_: Config, mailer: Mailer) => ({
    config: settings_,
    signal: new AbortController().signal,
    http: { fetch: () => Promise.reject(new Error('none')) },
    mailer,
    now: () => noon,
    secret: (key: string) => Promise.resolve(key === 'password' ? 'right' : null),
  })

  it('goes into the conversation, from the mailbox, with the same id on every attempt', async () => {
    const smtp = await mailReceiver()
    const context = contextFor(settings({ smtpPort: smtp.port }), createMailer())
    expect(await replying.send(context, replyOf())).toMatchObject({ outcome: 'sent', sent: { externalId: 'ans_1@kaffora.example' } }) // prettier-ignore
    await replying.send(context, replyOf())
    const [first, second] = smtp.letters as [string, string]
    const head = first.split('\r\n\r\n')[0]!.replace(/\r\n\s+/g, ' ')
    expect(head).toMatch(/^Message-ID: <ans_1@kaffora\.example>$/m)
    expect(head).toMatch(/^In-Reply-To: <m1@customers\.example>$/m)
    expect(head).toMatch(/^References: <a@x\.example> <b@x\.example> <m1@customers\.example>$/m)
    expect(head).toMatch(/^Subject: AW: Broken$/m)
    expect(head).toMatch(/^From: "Kaffora \\"Care\\"" <care@kaffora\.example>$/m)
    expect(head).toMatch(/^To: Mira@customers\.example$/m)
    expect(second).toContain('<ans_1@kaffora.example>')
    await smtp.close()
  })

  it.each([
    [{ responseCode: 550, message: 'no' }, 'refused'],
    [{ responseCode: 451, message: 'later' }, 'later'],
    ['drop', 'unknown'],
    ['hang', 'unknown'],
  ] as const)('%j is told as it is: %s', async (how, outcome) => {
    const smtp = await mailReceiver(() => how)
    const clock = new ManualClock()
    const context = contextFor(settings({ smtpPort: smtp.port }), createMailer({ clock }))
    const sending = replying.send(context, replyOf())
    await vi.waitFor(() => expect(smtp.letters).toHaveLength(1), { timeout: 30_000 })
    if (how === 'hang') clock.advance(LETTER_MS)
    expect(await sending).toMatchObject({ outcome, sent: null })
    await smtp.close()
  })

  it('goes where the customer wants it, and nowhere without an address', async () => {
    const sent: string[] = []
    const mailer: Mailer = { send: async (_server, { to }) => void sent.push(to) }
    const wished = toOf({ raw: JSON.stringify({ headers: { 'reply-to': 'Mira <home@customers.example>' } }) })
    await replying.send(contextFor(settings(), mailer), replyOf(wished))
    await replying.send(contextFor(settings(), mailer), replyOf(toOf({ raw: JSON.stringify({ headers: { 'reply-to': 'a@x.example, b@x.example\r\nBcc: c@x.example' } }) }))) // prettier-ignore
    expect(sent).toEqual(['home@customers.example', 'Mira@customers.example'])
    const nobody = toOf({ mention: { ...toOf().mention, author: null } })
    expect(replying.ways(nobody, settings(), ['password'])[0]?.why).toEqual(saying(/no mail address/))
    expect(await replying.send(contextFor(settings(), mailer), replyOf(nobody))).toMatchObject({ outcome: 'refused' })
  })

  it('says what is missing, and that it cannot be taken back', () => {
    expect(replying.ways(toOf(), config(), ['password'])[0]?.why).toEqual(saying(/outgoing mail server/))
    expect(replying.ways(toOf(), settings(), [])[0]?.why).toEqual(saying(/password/))
    expect(replying.ways(toOf(), settings(), ['password'])).toEqual([{ way: 'mail', limit: null, audience: 'customer', why: null }]) // prettier-ignore
    expect(replying.withdraw).toBeUndefined()
    expect(replying.repeatable('mail')).toBe(false)
  })

  it('switches on encryption before the password, or does not send at all', async () => {
    const smtp = await mailReceiver()
    const context = contextFor(settings({ smtpPort: smtp.port, smtpSecurity: 'starttls' }), createMailer()) // prettier-ignore
    expect(await replying.send(context, replyOf())).toMatchObject({ outcome: 'refused', advice: saying(/STARTTLS/) }) // prettier-ignore
    expect(smtp.letters).toEqual([])
    await smtp.close()
  })
})
