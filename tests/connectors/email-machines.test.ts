import { describe, expect, it } from 'vitest'
import { readMail } from '#engine/connectors/email/draft.ts'

const received = Date.parse('2026-03-02T09:00:00Z')

async function readingOf(headers: Record<string, string>, body: string) {
  const all = {
    From: 'Lea Orth <lea@mill.example>',
    To: 'care@kaffora.example',
    Date: 'Mon, 02 Mar 2026 08:15:00 +0000',
    'Message-ID': '<a1@mill.example>',
    'Content-Type': 'text/plain; charset=utf-8',
    ...headers,
  }
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}`)
  const got = await readMail(Buffer.from([...head, '', body].join('\r\n')), received, 'care@kaffora.example', 'INBOX 1')
  if ('draft' in got) return { heard: true, failed: null }
  if ('dropped' in got) return { heard: false, failed: null }
  const { draft, report } = got.letter
  return { heard: draft !== null, failed: report?.failed ?? null, answers: got.letter.answers, report }
}

describe('an absence note', () => {
  it.each<[string, Record<string, string>, string]>([
    [
      'Exchange',
      {
        Subject: 'Automatisch antwoord: Uw molen',
        'Auto-Submitted': 'auto-generated',
        'X-Auto-Response-Suppress': 'All',
        'In-Reply-To': '<ans_1@kaffora.example>',
      },
      'Ik ben er maandag weer.',
    ],
    [
      'Exchange in a language of its own',
      {
        Subject: 'Svar: x',
        'Auto-Submitted': 'auto-generated',
        'X-Auto-Response-Suppress': 'OOF',
        'In-Reply-To': '<ans_1@kaffora.example>',
      },
      'Kem am adran.',
    ],
    ['Precedence and subject', { Subject: 'Out of office: Your mill', Precedence: 'bulk' }, 'I return on Monday.'],
    ['Precedence, subject, in German', { Subject: 'Abwesenheitsnotiz', Precedence: 'junk' }, 'Ich bin im Urlaub.'],
    ['Italian', { Subject: 'Fuori sede: Re: macina', Precedence: 'bulk' }, 'Sono in ferie, rientro il 9.'],
    ['an autoresponder', { Subject: 'Thanks', 'X-Autoreply': 'yes' }, 'We open on Monday.'],
    ['sieve', { Subject: 'Auto: Mill', 'Auto-Submitted': 'auto-replied (vacation)' }, 'Away.'],
  ])('is not heard: %s', async (_what, headers, body) => {
    expect(await readingOf(headers, body)).toMatchObject({ heard: false, failed: null })
  })
})

describe('a person', () => {
  it.each<[string, Record<string, string>, string]>([
    ['who speaks of an office', { Subject: 'Out of office hours' }, 'Your shop was shut. When do you open?'],
    ['who is going away', { Subject: 'Vacation' }, 'I am on vacation from Monday. Please deliver before.'],
    [
      'who goes away by way of a list',
      { Subject: 'Delivery', Precedence: 'bulk' },
      'I am away from Monday on. Can it come on Friday?',
    ],
    [
      'whose program suppresses answers',
      { Subject: 'Undelivered again', 'X-Auto-Response-Suppress': 'All' },
      'The parcel was returned to sender.',
    ],
    [
      'who complains of our robot',
      { Subject: 'Automatic reply is useless', Precedence: 'bulk' },
      'Let me speak to somebody.',
    ],
    [
      'whose mail came back',
      { Subject: 'Your address' },
      'My mail to your shop was rejected: 550 5.1.1 user unknown. What is the right address?',
    ],
    [
      'who repeats a bounce',
      { Subject: 'Fwd: Undelivered Mail' },
      'I got this from you:\n\nYour message could not be delivered. 550 5.1.1 user unknown\n\nWhat now?',
    ],
    ['who quotes our ticket', { Subject: 'Re: [Ticket#4711] Mill', 'In-Reply-To': '<x@y.example>' }, 'It still hums.'],
    [
      'who is a postmaster',
      { From: 'Postmaster <postmaster@mill.example>', Subject: 'Mill' },
      'Our mill hums. Please help.',
    ],
    [
      'behind a form',
      {
        From: 'noreply@shop.example',
        'Reply-To': 'lea@mill.example',
        Subject: 'Contact',
        'Auto-Submitted': 'auto-generated',
      },
      'Name: Lea\nMessage: It hums.',
    ],
    ['who read something', { Subject: 'Read: your manual' }, 'It says nothing of the hum.'],
    ['who asks about a receipt', { Subject: 'Return receipt' }, 'Where do I find the return receipt for my parcel?'],
  ])('is heard: %s', async (_what, headers, body) => {
    expect(await readingOf(headers, body)).toMatchObject({ heard: true })
  })
})

describe('robots and letters to many', () => {
  it.each<[string, Record<string, string>, string]>([
    [
      'a newsletter',
      {
        Subject: 'News',
        'Auto-Submitted': 'auto-generated',
        Precedence: 'bulk',
        'X-Auto-Response-Suppress': 'All',
        'List-Unsubscribe': '<mailto:x@y.example>',
      },
      'Hello.',
    ],
    [
      'Zammad',
      { Subject: '[Ticket#2] Mill', 'Auto-Submitted': 'auto-replied', 'X-Zammad-Ticket-Id': '2' },
      'We have received your request.',
    ],
    [
      'one without headers of its own',
      { Subject: 'Your request', 'Auto-Submitted': 'auto-replied' },
      'We have received your request. Ticket number 4711.',
    ],
  ])('are heard: %s', async (_what, headers, body) => {
    expect(await readingOf(headers, body)).toMatchObject({ heard: true })
  })
})

const ours = 'ans_0123456789ab@kaffora.example'

describe('a mail that came back', () => {
  it.each<[string, Record<string, string>, string]>([
    [
      'Exim',
      {
        From: 'Mail Delivery System <Mailer-Daemon@mx.example>',
        Subject: 'Mail delivery failed: returning message to sender',
        'X-Failed-Recipients': 'lea@mill.example',
        'Auto-Submitted': 'auto-replied',
      },
      `A message that you sent could not be delivered.\n\n  lea@mill.example\n    550 5.1.1 no such user\n\n------ This is a copy of the message ------\n\nFrom: care@kaffora.example\nMessage-ID: <${ours}>\nSubject: Re: Mill\n\nHello`,
    ],
    [
      'qmail',
      { From: 'MAILER-DAEMON@mx.example', Subject: 'failure notice' },
      `Hi. This is the qmail-send program.\n\n<lea@mill.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\nMessage-ID: <${ours}>\n\nHello`,
    ],
    [
      'Exchange',
      {
        From: 'System <noreply@mx.example>',
        Subject: 'Unzustellbar: Re: Mühle',
        'X-MS-Exchange-Message-Is-Ndr': '',
        'In-Reply-To': `<${ours}>`,
      },
      'Die Nachricht konnte nicht zugestellt werden.',
    ],
    [
      'a gateway in Spanish',
      { From: 'postmaster@mx.example', Subject: 'No se pudo entregar: Re: Molinillo', 'In-Reply-To': `<${ours}>` },
      'Su mensaje a lea@mill.example no se ha podido entregar.',
    ],
    [
      'a sober desk',
      { From: 'IT <it@mill.example>', Subject: 'Mill', 'In-Reply-To': `<${ours}>` },
      'Your message was rejected because the recipient does not exist (5.1.1).',
    ],
  ])('is a failure that names it: %s', async (_what, headers, body) => {
    expect(await readingOf(headers, body)).toMatchObject({
      heard: false,
      failed: true,
      answers: expect.arrayContaining([ours]),
    })
  })

  it('says whom it did not reach, and why', async () => {
    const { report } = await readingOf(
      { From: 'Mailer-Daemon@mx.example', Subject: 'Undelivered', 'X-Failed-Recipients': 'lea@mill.example' },
      'A message that you sent could not be delivered:\n  552 5.2.2 mailbox full',
    )
    expect(report).toMatchObject({ recipient: 'lea@mill.example', status: '5.2.2', said: '552 5.2.2 mailbox full' })
  })

  it.each<[string, Record<string, string>, string]>([
    [
      'only late',
      { From: 'mailer-daemon@mx.example', Subject: 'Delivery Status Notification (Delay)' },
      'There was a temporary problem. We will retry for 40 hours.',
    ],
    [
      'late, in German',
      { From: 'postmaster@mx.example', Subject: 'Zustellung verzögert: Re: Mühle' },
      'Der Server versucht es weiter.',
    ],
  ])('is none: %s', async (_what, headers, body) => {
    expect(await readingOf(headers, body)).toMatchObject({ heard: false, failed: false })
  })

  it.each<[string, Record<string, string>, string]>([
    [
      'a form of its own',
      {
        Subject: 'Read: Re: Mill',
        'Content-Type': 'multipart/report; report-type=disposition-notification; boundary=b',
      },
      '--b\r\nContent-Type: text/plain\r\n\r\nYour message was read.\r\n--b\r\nContent-Type: message/disposition-notification\r\n\r\nDisposition: manual-action/MDN-sent-manually; displayed\r\n--b--',
    ],
    ['words', { Subject: 'Gelesen: Re: Mühle' }, 'Ihre Nachricht wurde am 2. März gelesen.'],
  ])('or a receipt is none: %s', async (_what, headers, body) => {
    expect(await readingOf(headers, body)).toMatchObject({ heard: false, failed: null })
  })
})
