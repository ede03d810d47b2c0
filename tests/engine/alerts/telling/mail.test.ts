import PostalMime from 'postal-mime'
import type { Email } from 'postal-mime'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { alertById } from '#engine/store/queries/alerts.ts'
import { connectionOf } from '#engine/store/connections.ts'
import { systemClock } from '#engine/platform/clock.ts'
import { createHttp } from '#engine/platform/http-client.ts'
import { createMailer } from '#engine/platform/mailer.ts'
import { createResolve } from '#engine/platform/resolve.ts'
import { createSockets } from '#engine/platform/socket-client.ts'
import { mailReceiver } from '#tests/engine/handoffs/receivers.ts'
import { alertCard } from '#tests/support/alert.ts'
import { openTestEngine } from '#tests/support/engine.ts'
import { imapServer, mailOf, type ImapServer } from '#tests/support/imap-server.ts'
import { ManualClock } from '#tests/support/manual-clock.ts'
import { recipientDraft } from '#tests/support/recipient.ts'
import { saying } from '#tests/support/saying.ts'

/** A message about an alert that leaves through the mailbox that the station listens to, and what comes back, over real mail servers. */
describe('alerts told through a source that hears mails', () => {
  const allowPrivate = ['127.0.0.1']
  let clock: ManualClock
  let imap: ImapServer
  let smtp: Awaited<ReturnType<typeof mailReceiver>>
  let running: Awaited<ReturnType<typeof openTestEngine>>
  const officer = () => running.engine.client('officer')
  const stored = () => alertById(running.engine.store, 'alt_1')!
  const mentions = () =>
    (connectionOf(running.engine.store).prepare('SELECT count(*) AS n FROM mention').get() as { n: number }).n
  const until = (check: () => void): Promise<void> =>
    vi.waitFor(
      () => {
        clock.advance(6_000)
        check()
      },
      { timeout: 60_000, interval: 30 },
    )
  const arrive = (headers: Record<string, string | undefined>, text: string): number =>
    imap.add(mailOf({ Date: new Date(clock.now()).toUTCString(), To: 'care@kaffora.example', ...headers }, text), {
      at: new Date(clock.now()),
    })
  /** Everything before it has been read once this is a mention. */
  async function readOn(before: number): Promise<void> {
    arrive({ 'Message-ID': `<c${before}@customers.example>`, From: 'mira@customers.example', Subject: 'Mill' }, 'My mill is broken.') // prettier-ignore
    await until(() => expect(mentions()).toBe(before + 1))
  }

  beforeEach(async () => {
    clock = new ManualClock('2026-11-20T10:00:00Z')
    imap = await imapServer()
    smtp = await mailReceiver()
    running = await openTestEngine({
      clock,
      http: createHttp({ clock: systemClock, allowPrivate, spacingMs: 0 }),
      sockets: createSockets({ clock: systemClock, allowPrivate }),
      mailer: createMailer({ resolve: createResolve(allowPrivate) }),
    })
    await officer().sources.save({
      connector: 'email', name: 'Care mailbox', enabled: true,
      config: {
        host: '127.0.0.1', port: imap.port, security: 'none', user: 'care@kaffora.example',
        smtpHost: '127.0.0.1', smtpPort: smtp.port, smtpSecurity: 'none',
      },
      secrets: { password: 'right' },
    }) // prettier-ignore
    const [listed] = await officer().sources.list()
    await officer().alerts.saveRecipient(
      recipientDraft({ kind: 'mail', config: { to: 'jo@kaffora.example', account: listed!.source.id } }),
    )
    running.engine.start()
  })
  afterEach(async () => {
    await running.close()
    await imap.close()
    await smtp.close()
  })

  async function told(name = 'Kaffora'): Promise<Email> {
    const now = clock.now()
    running.engine.alerts.open(
      alertCard({ about: { kind: 'listen', id: 'lst_1', name }, since: now, raisedAt: now, lastAt: now }),
    )
    await until(() => expect(stored().told[0]).toMatchObject({ state: 'sent' }))
    return PostalMime.parse(smtp.letters.at(-1)!)
  }

  it('leaves through the account, and no name of a listen writes a header or breaks its tag', async () => {
    const mail = await told(`x\r\nBcc: all@kaffora.example\r\n\r\n<b>[E-1]</b>\u202e${'long '.repeat(200)}`)
    expect(mail.from).toMatchObject({ address: 'care@kaffora.example' })
    expect(mail.to).toEqual([{ address: 'jo@kaffora.example', name: '' }])
    expect(mail.bcc).toBeUndefined()
    expect(mail.html).toBeUndefined()
    expect(mail.subject).toMatch(/^Alert, strength 6 of 10: x Bcc: .* \[E-[0-9a-z]{12}-[0-9a-z]{16}\]$/)
    expect(mail.subject).not.toMatch(/\u202e|\[E-1/)
    expect(smtp.letters[0]).not.toMatch(/^Bcc:/im)
  })

  it('hears an answer as a word on the card, and absence notes, copies and answers to a test as nothing; none is a mention', async () => {
    const mail = await told()
    const answers = { 'In-Reply-To': mail.messageId, References: mail.messageId }
    const from = 'Jo <jo@kaffora.example>'
    arrive({ 'Message-ID': '<a@k.example>', From: from, Subject: `Re: ${mail.subject}`, ...answers }, 'On it.\u202e Jo')
    arrive({ 'Message-ID': '<b@k.example>', From: from, Subject: 'Away', 'Auto-Submitted': 'auto-replied', ...answers }, 'I am away.') // prettier-ignore
    // A server that gives letters ids of its own, and so the subject is all that is left.
    arrive({ 'Message-ID': '<d@k.example>', From: from, Subject: `AW: ${mail.subject}` }, 'Und noch etwas.')
    arrive({ 'Message-ID': '<e@k.example>', From: from, Subject: `Automatische Antwort: ${mail.subject}` , 'X-Autoreply': 'yes' }, 'Abwesend.') // prettier-ignore
    arrive({ 'Message-ID': '<e@ses.example>', From: 'care@kaffora.example', Subject: mail.subject, 'Auto-Submitted': 'auto-generated' }, mail.text!) // prettier-ignore
    const [first] = (await officer().alerts.recipients()).recipients
    expect(await officer().alerts.checkRecipient({ id: first!.recipient.id })).toMatchObject({ ok: true })
    const test = await PostalMime.parse(smtp.letters.at(-1)!)
    arrive({ 'Message-ID': '<f@k.example>', From: from, Subject: 'Re: test', 'In-Reply-To': test.messageId }, 'Got it.')
    await readOn(0)
    expect(stored().comments.map(({ by, text }) => [by, text])).toEqual([
      ['On call', 'On it. Jo'],
      ['On call', 'Und noch etwas.'],
    ])
    expect((await running.engine.store.verify()).problems).toEqual([])
  })

  it('is a mention all the same where the tag is not ours', async () => {
    const mail = await told()
    const forged = mail.subject!.replace(/.{4}\]$/, '0000]')
    arrive({ 'Message-ID': '<g@k.example>', From: 'x@y.example', Subject: `Re: ${forged}` }, 'Trust me.')
    await until(() => expect(mentions()).toBe(1))
    expect(stored().comments).toEqual([])
  })

  it('shows a message as failed that came back, and sends it again', async () => {
    const mail = await told()
    const report = (action: string, status: string, id: string) => {
      const parts = [
        `Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; jo@kaffora.example\nAction: ${action}\nStatus: ${status}\nDiagnostic-Code: smtp; 550 no such user`,
        `Content-Type: text/rfc822-headers\n\nMessage-ID: ${mail.messageId}`,
      ]
      arrive(
        {
          'Message-ID': `<${id}@mx.example>`, From: 'MAILER-DAEMON@mx.example', Subject: 'Undelivered',
          'Content-Type': 'multipart/report; report-type=delivery-status; boundary=b',
        },
        `${parts.map((part) => `--b\n${part}`).join('\n')}\n--b--`,
      ) // prettier-ignore
    }
    report('delayed', '4.4.1', 'late')
    await readOn(0)
    expect(stored().told[0]!.state).toBe('sent')
    report('failed', '5.1.1', 'gone')
    await until(() => expect(stored().told[0]!.state).toBe('failed'))
    expect(stored().told[0]!.advice).toEqual(saying('5.1.1 550 no such user'))
    await officer().alerts.tellAgain({ id: 'alt_1', message: stored().told[0]!.id })
    await until(() => expect(stored().told[0]!.state).toBe('sent'))
    // The same report is read again, from another folder.
    report('failed', '5.1.1', 'gone')
    await readOn(1)
    expect(stored().told[0]!.state).toBe('sent')
  })
})
