import { saying } from '#tests/support/saying.ts'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import PostalMime from 'postal-mime'
import type { Email } from 'postal-mime'
import { connectionOf } from '#engine/store/connections.ts'
import { createHttp } from '#engine/platform/http-client.ts'
import { createMailer } from '#engine/platform/mailer.ts'
import { createResolve } from '#engine/platform/resolve.ts'
import { createSockets } from '#engine/platform/socket-client.ts'
import { systemClock } from '#engine/platform/clock.ts'
import { openTestEngine } from '#tests/support/engine.ts'
import { imapServer, mailOf, type ImapServer } from '#tests/support/imap-server.ts'
import { ManualClock } from '#tests/support/manual-clock.ts'
import { mailReceiver } from './handoffs/receivers.ts'

/** A customer's mail, the desk's reply and the answer, over real mail servers and the whole engine. */

const clock = new ManualClock()
const allowPrivate = ['127.0.0.1']
let imap: ImapServer
let smtp: Awaited<ReturnType<typeof mailReceiver>>
let running: Awaited<ReturnType<typeof openTestEngine>>

const officer = () => running.engine.client('officer')
const cases = async () => (await officer().cases.page({ filter: {} })).items.map((card) => card.case!)
const mentions = () =>
  connectionOf(running.engine.store).prepare('SELECT count(*) AS n FROM mention').get() as { n: number }
/** What left by SMTP, newest last; Earshot waits a few seconds before it sends. */
async function letters(count: number): Promise<Email[]> {
  await vi.waitFor(
    () => {
      clock.advance(6_000)
      expect(smtp.letters.length).toBeGreaterThanOrEqual(count)
    },
    { timeout: 60_000, interval: 30 },
  )
  return Promise.all(smtp.letters.map((letter) => PostalMime.parse(letter)))
}
const arrive = (headers: Record<string, string | undefined>, text: string): number =>
  imap.add(mailOf({ Date: new Date(clock.now()).toUTCString(), To: 'care@kaffora.example', ...headers }, text), {
    at: new Date(clock.now()),
  })
const quoted = (text: string): string => text.replace(/^/gm, '> ')
const until = (check: () => Promise<void>): Promise<void> => vi.waitFor(check, { timeout: 60_000, interval: 30 })

beforeEach(async () => {
  imap = await imapServer()
  smtp = await mailReceiver()
  running = await openTestEngine({
    clock,
    http: createHttp({ clock: systemClock, allowPrivate, spacingMs: 0 }),
    sockets: createSockets({ clock: systemClock, allowPrivate }),
    mailer: createMailer({ resolve: createResolve(allowPrivate) }),
  })
  const client = officer()
  await client.sources.save({
    connector: 'email',
    name: 'Care mailbox',
    enabled: true,
    config: {
      host: '127.0.0.1', port: imap.port, security: 'none', user: 'care@kaffora.example',
      smtpHost: '127.0.0.1', smtpPort: smtp.port, smtpSecurity: 'none', plusAddressing: true,
    },
    secrets: { password: 'right' },
  }) // prettier-ignore
  await client.desks.saveChannel({
    deskId: 'desk_care', kind: 'mail', name: 'Care by mail', enabled: true, secrets: {},
    config: { host: '127.0.0.1', port: String(smtp.port), from: 'care@kaffora.example', to: 'desk@kaffora.example' },
  }) // prettier-ignore
  for (const { desk } of await client.desks.list({})) await client.desks.save({ ...desk, hours: { ...desk.hours, spans: [] } }) // prettier-ignore
  running.engine.start()
})
afterEach(async () => {
  await running.close()
  await imap.close()
  await smtp.close()
})

describe('a customer who writes a mail', () => {
  it('is heard, handed to a desk that replies by mail, answered, and confirms', async () => {
    arrive(
      { 'Message-ID': '<first@customers.example>', From: 'Mira <mira@customers.example>', Subject: 'Broken machine' },
      'My machine is broken again, this is a disgrace. I want a refund.',
    )
    await until(async () => expect(await cases()).toHaveLength(1))
    const [opened] = await cases()
    if (opened!.deskId !== 'desk_care') await officer().cases.route({ id: opened!.id, deskId: 'desk_care' })

    const [handoff] = await letters(1)
    expect(handoff!.text).toContain('I want a refund.')
    const replyTo = (handoff!.replyTo as { address: string }[])[0]!.address
    expect(replyTo).toMatch(/^care\+e-[\w-]+@kaffora\.example$/)

    // The desk's mail program answers, with everything quoted below.
    arrive(
      {
        'Message-ID': '<reply1@kaffora.example>', From: 'Jana Kühn <desk@kaffora.example>', To: replyTo,
        Subject: `Re: ${handoff!.subject}`, 'In-Reply-To': handoff!.messageId, References: handoff!.messageId,
        'Content-Type': 'text/plain; charset=utf-8',
      },
      `Erledigt. Ersatz ist unterwegs.\n\nAm 20.11.2026 um 11:00 schrieb Earshot <care@kaffora.example>:\n${quoted(handoff!.text!)}`,
    ) // prettier-ignore
    await until(async () => expect((await cases())[0]!.deskSays).not.toBeNull())
    expect((await cases())[0]).toMatchObject({
      state: 'accepted',
      outcome: 'Ersatz ist unterwegs.',
      deskSays: { kind: 'solved', by: 'Jana Kühn (Care)' },
    })
    expect(mentions().n).toBe(1)

    const id = opened!.id
    expect(await officer().cases.replyWays({ id })).toMatchObject([
      { way: 'mail', possible: true, audience: 'customer' },
    ])
    await officer().cases.reply({ id, text: 'A new machine is on its way.', way: 'mail' })
    const answer = (await letters(2))[1]!
    expect(answer.to).toMatchObject([{ address: 'mira@customers.example' }])
    expect(answer.inReplyTo).toBe('<first@customers.example>')
    expect(answer.subject).toBe('Re: Broken machine')
    await until(async () =>
      expect((await cases())[0]).toMatchObject({ state: 'replied', answer: 'sent', deskSays: null }),
    )

    arrive(
      {
        'Message-ID': '<second@customers.example>', From: 'Mira <mira@customers.example>', Subject: 'Re: Broken machine',
        'In-Reply-To': answer.messageId, References: `<first@customers.example> ${answer.messageId}`,
      },
      `Thank you, it works again!\n\nOn Fri, 20 Nov 2026 at 11:05, Care <care@kaffora.example> wrote:\n${quoted(answer.text!)}`,
    ) // prettier-ignore
    await until(async () => expect((await cases())[0]).toMatchObject({ state: 'closed', closeReason: 'confirmed' }))
    expect(mentions().n).toBe(2)
  })

  it('is told apart from machines: an absence note and a report are no mentions, and reports reach the hand-off', async () => {
    arrive(
      { 'Message-ID': '<first@customers.example>', From: 'mira@customers.example', Subject: 'Refund' },
      'My machine is broken, I want a refund.',
    )
    await until(async () => expect(await cases()).toHaveLength(1))
    const [opened] = await cases()
    if (opened!.deskId !== 'desk_care') await officer().cases.route({ id: opened!.id, deskId: 'desk_care' })
    const [handoff] = await letters(1)
    await until(async () => expect((await cases())[0]!.handoff).toBe('sent'))
    arrive({ 'Message-ID': '<ooo@x.example>', From: 'other@x.example', Subject: 'Away', 'Auto-Submitted': 'auto-replied' }, 'I am away.') // prettier-ignore
    const parts = [
      'Content-Type: text/plain\n\nIt could not be delivered.',
      'Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; desk@kaffora.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 no such user',
      `Content-Type: text/rfc822-headers\n\nMessage-ID: ${handoff!.messageId}\nSubject: cut`,
    ]
    arrive(
      {
        'Message-ID': '<dsn@mx.example>', From: 'MAILER-DAEMON@mx.example', Subject: 'Undelivered',
        'Content-Type': 'multipart/report; report-type=delivery-status; boundary=b',
      },
      `${parts.map((part) => `--b\n${part}`).join('\n')}\n--b--`,
    ) // prettier-ignore
    await until(async () => expect((await cases())[0]!.handoff).toBe('failed'))
    expect(await officer().cases.handoffs({ id: opened!.id })).toMatchObject([
      { state: 'failed', advice: saying('5.1.1 550 no such user') },
    ])
    expect(mentions().n).toBe(1)
    const [listed] = await officer().sources.list()
    expect(listed!.health.dropped).toEqual({ 'automatic reply': 1 })
  })

  it('and cannot be reached is unanswered again, with the reason', async () => {
    arrive(
      { 'Message-ID': '<first@customers.example>', From: 'mira@customers.example', Subject: 'Refund' },
      'My machine is broken, I want a refund.',
    )
    await until(async () => expect(await cases()).toHaveLength(1))
    const { id } = (await cases())[0]!
    await officer().cases.reply({ id, text: 'We are sorry.', way: 'mail' })
    await vi.waitFor(async () => {
      clock.advance(6_000)
      expect((await cases())[0]).toMatchObject({ state: 'replied', answer: 'sent' })
    }, { timeout: 60_000, interval: 30 }) // prettier-ignore
    const answer = (await letters(1)).find(({ to }) => JSON.stringify(to).includes('mira@'))!
    const parts = [
      'Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; mira@customers.example\nAction: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp; 552 mailbox full',
      `Content-Type: text/rfc822-headers\n\nMessage-ID: ${answer.messageId}`,
    ]
    arrive(
      {
        'Message-ID': '<dsn2@mx.example>', From: 'MAILER-DAEMON@mx.example', Subject: 'Undelivered',
        'Content-Type': 'multipart/report; report-type=delivery-status; boundary=b',
      },
      `${parts.map((part) => `--b\n${part}`).join('\n')}\n--b--`,
    ) // prettier-ignore
    await until(async () => expect((await cases())[0]).toMatchObject({ answer: 'failed', repliedAt: null }))
    expect(await officer().cases.replies({ id })).toMatchObject([
      { state: 'failed', advice: saying('5.2.2 552 mailbox full') },
    ])
  })
})

describe('an answer without our id, or from elsewhere', () => {
  const answerTo = async (): Promise<{ id: string; messageId: string }> => {
    arrive(
      { 'Message-ID': '<first@customers.example>', From: 'Mira <mira@customers.example>', Subject: 'Broken mill' },
      'My mill is broken, this is a disgrace. I want a refund.',
    )
    await until(async () => expect(await cases()).toHaveLength(1))
    const { id } = (await cases())[0]!
    await officer().cases.reply({ id, text: 'We are sorry.', way: 'mail' })
    await vi.waitFor(
      async () => {
        clock.advance(6_000)
        expect((await cases())[0]).toMatchObject({ state: 'replied', answer: 'sent' })
      },
      { timeout: 60_000, interval: 30 },
    )
    const sent = (await letters(1)).find(({ to }) => JSON.stringify(to).includes('mira@'))!
    return { id, messageId: sent.messageId! }
  }

  it('finds its case by the same sender and the same subject', async () => {
    const { id } = await answerTo()
    const strange = { 'In-Reply-To': '<0100@provider.example>', References: '<0100@provider.example>' }
    arrive(
      {
        'Message-ID': '<second@customers.example>',
        From: 'Mira <mira@customers.example>',
        Subject: 'AW: Re: Broken mill',
        ...strange,
      },
      'It is broken again, I want a refund.',
    )
    await until(async () => expect((await cases()).find((one) => one.id === id)).toMatchObject({ repliedAt: null }))
    expect(await cases()).toHaveLength(1)
    expect(mentions().n).toBe(2)
  })

  it('is told of on the case where somebody else wrote it', async () => {
    const { id, messageId } = await answerTo()
    arrive(
      {
        'Message-ID': '<third@home.example>',
        From: 'Mira <mira@home.example>',
        Subject: 'Re: Broken mill',
        'In-Reply-To': messageId,
      },
      'I write from home. It is broken, I want a refund.',
    )
    await until(async () => expect(mentions().n).toBe(2))
    await until(async () => {
      const { n } = connectionOf(running.engine.store)
        .prepare(
          "SELECT count(*) AS n FROM journal WHERE kind = 'case.noted' AND case_id = ? AND data LIKE '%another address%'",
        )
        .get(id) as { n: number }
      expect(n).toBe(1)
    })
    expect((await cases()).find((one) => one.id === id)).toMatchObject({ state: 'replied' })
  })
})
