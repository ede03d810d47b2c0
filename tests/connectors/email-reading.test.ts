import { describe, expect, it } from 'vitest'
import type { Draft } from '#shared/model/mention.ts'
import { readMail } from '#engine/connectors/email/draft.ts'

const received = Date.parse('2026-03-02T09:00:00Z')
const OWN = 'care@kaffora.example'
const read = (mail: string | Buffer) => readMail(Buffer.from(mail), received, OWN, 'INBOX 1')

async function draftOf(mail: string | Buffer): Promise<Draft> {
  const got = await read(mail)
  if (!('draft' in got)) throw new Error(`no draft: ${JSON.stringify(got)}`)
  return got.draft
}

/** A mail of these header lines over the usual ones; null leaves one out. */
function mailOf(headers: Record<string, string | null>, body: string | Buffer = 'It hums.'): Buffer {
  const all = {
    From: 'Lea Orth <lea@mill.example>',
    To: OWN,
    Subject: 'Grinder',
    Date: 'Mon, 02 Mar 2026 08:15:00 +0000',
    'Message-ID': '<a1@mill.example>',
    ...headers,
  }
  const lines = Object.entries(all)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.concat([Buffer.from(lines.join(''), 'latin1'), Buffer.from('\r\n'), Buffer.from(body)])
}

describe('who wrote a mail', () => {
  it.each<[string, Record<string, string | null>, string | null, string | null]>([
    ['a sender', {}, 'lea@mill.example', 'Lea Orth'],
    ['an assistant', { Sender: 'Office <office@mill.example>' }, 'lea@mill.example', 'Lea Orth'],
    [
      'a group of ours',
      {
        From: `"'Lea Orth' via Service" <${OWN}>`,
        'X-Original-From': 'Lea Orth <lea@mill.example>',
        'List-ID': '<care>',
      },
      'lea@mill.example',
      'Lea Orth',
    ],
    [
      'a group that names the address only',
      { From: `"Lea Orth via Care" <${OWN}>`, 'X-Original-Sender': 'lea@mill.example' },
      'lea@mill.example',
      'Lea Orth',
    ],
    [
      'a group whose answers go to itself',
      { From: `"Lea Orth via Care" <${OWN}>`, 'X-Original-From': 'lea@mill.example', 'Reply-To': OWN },
      'lea@mill.example',
      'Lea Orth',
    ],
    [
      'a list elsewhere',
      {
        From: 'Lea Orth über Mühlen <muehlen@lists.example>',
        'Reply-To': 'Lea Orth <lea@mill.example>',
        'List-Id': '<m.lists.example>',
      },
      'lea@mill.example',
      'Lea Orth',
    ],
    ['a form of ours', { From: `Website <${OWN}>`, 'Reply-To': 'lea@mill.example' }, 'lea@mill.example', null],
    [
      'a form',
      { From: 'WordPress <wordpress@shop.example>', 'Reply-To': '"Lea Orth" <lea@mill.example>' },
      'lea@mill.example',
      'Lea Orth',
    ],
    [
      'a form in her name',
      { From: 'Lea Orth <mailer@forms.example>', 'Reply-To': 'Lea Orth <lea@mill.example>' },
      'lea@mill.example',
      'Lea Orth',
    ],
    ['somebody who wants answers elsewhere', { 'Reply-To': 'Lea <home@lea.example>' }, 'lea@mill.example', 'Lea Orth'],
    [
      'a shop',
      { From: 'Shop <no-reply@shop.example>', 'Reply-To': 'help@shop.example' },
      'no-reply@shop.example',
      'Shop',
    ],
    ['a group that names nobody', { From: `"Lea Orth via Care" <${OWN}>` }, `lea orth via ${OWN}`, 'Lea Orth'],
    ['a mere name', { From: 'lea' }, 'lea', null],
    ['a name without a domain', { From: 'Lea Orth <lea>' }, 'lea', 'Lea Orth'],
    ['nobody', { From: null }, null, null],
  ])('%s', async (_what, headers, id, name) => {
    const { author } = await draftOf(mailOf(headers))
    expect(author?.id ?? null).toBe(id)
    if (name !== null) expect(author?.name).toBe(name)
  })

  it('is we ourselves only where nobody else is named', async () => {
    expect(await read(mailOf({ From: `Care <${OWN}>` }))).toMatchObject({ dropped: { reason: 'sent by this mailbox' } })
    expect(await read(mailOf({ From: `Care <${OWN}>`, 'Reply-To': 'boss@kaffora.example' }))).toMatchObject({
      dropped: { reason: 'sent by this mailbox' },
    })
  })
})

const parts = (boundary: string, ...all: string[]): string =>
  `${all.map((part) => `--${boundary}\r\n${part}\r\n`).join('')}--${boundary}--\r\n`
const alternative = (plain: string, html: string): Buffer =>
  mailOf(
    { 'Content-Type': 'multipart/alternative; boundary=b' },
    parts(
      'b',
      `Content-Type: text/plain; charset=utf-8\r\n\r\n${plain}`,
      `Content-Type: text/html; charset=utf-8\r\n\r\n${html}`,
    ),
  )

describe('what they wrote', () => {
  it.each(['Subject', 'Nothing'])('may be a picture alone (%s is missing)', async (missing) => {
    const image =
      'Content-Type: image/png; name=a.png\r\nContent-Disposition: attachment; filename=a.png\r\nContent-Transfer-Encoding: base64\r\n\r\naGVsbG8='
    const headers = { 'Content-Type': 'multipart/mixed; boundary=b', [missing]: null }
    expect(await draftOf(mailOf(headers, parts('b', image)))).toMatchObject({ text: '', media: ['image'] })
  })

  it('is dropped as empty, with that reason, where there is nothing', async () => {
    expect(await read(mailOf({ Subject: null }, ''))).toMatchObject({ dropped: { reason: 'empty' } })
  })

  it.each([
    'This message is in HTML format. Please use an HTML capable program.',
    'Diese E-Mail ist im HTML-Format. Ihr Programm kann sie nicht darstellen.',
    'Si ce message ne s’affiche pas, ouvrez-le dans votre navigateur : https://m.example/1',
    'See attached page.',
    '\u200B \u00A0\u00AD',
  ])('stands in the markup where the plain part says so: %j', async (plain) => {
    const { text } = await draftOf(
      alternative(plain, '<p>My mill has been smoking since Sunday.</p><p>Please call.</p>'),
    )
    expect(text).toBe('My mill has been smoking since Sunday.\n\nPlease call.')
  })

  it.each([
    ['It hums.', '<p>It hums.</p><blockquote type="cite">A long answer of ours that is repeated here.</blockquote>'],
    ['Your browser shop shows an error. What now?', '<p>Your browser shop shows an error. What now?</p>'],
    ['No.', '<p>No.</p><p>Lea Orth, Mill Street 3, Sandhausen</p>'],
  ])('stands in the plain part otherwise: %j', async (plain, html) => {
    expect((await draftOf(alternative(plain, html))).text).toBe(plain)
  })

  it('is kept apart by boundaries that begin alike', async () => {
    const inner = parts(
      'b_1',
      'Content-Type: text/plain\r\n\r\nIt hums.',
      'Content-Type: text/html\r\n\r\n<p>It hums.</p>',
    )
    for (const outer of ['b', 'b_', 'b_1_x']) {
      const body = parts(
        outer,
        `Content-Type: multipart/alternative; boundary="b_1"\r\n\r\n${inner}`,
        'Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\naGVsbG8=',
      )
      const got = await draftOf(mailOf({ 'Content-Type': `multipart/mixed; boundary="${outer}"` }, body))
      expect(got).toMatchObject({ text: 'It hums.', media: ['image'] })
    }
  })
})

describe('charsets', () => {
  const latin = Buffer.from('Die M\u00fchle l\u00e4uft hei\u00df', 'latin1')
  const utf8 = Buffer.from('Die Mühle läuft heiß')
  it.each<[string, string | null, Buffer]>([
    ['none, UTF-8', 'text/plain', utf8],
    ['none, Latin-1', 'text/plain', latin],
    ['no Content-Type', null, latin],
    ['us-ascii', 'text/plain; charset=us-ascii', latin],
    ['wrong: UTF-8', 'text/plain; charset=utf-8', latin],
    ['wrong: Latin-1', 'text/plain; charset=iso-8859-1', utf8],
    ['wrong: Windows-1252', 'text/plain; charset="windows-1252"', utf8],
    ['unknown, UTF-8', 'text/plain; charset=unknown-8bit', utf8],
    ['unknown, Latin-1', 'text/plain; charset=x-unknown', latin],
    ['nonsense', 'text/plain; charset=klingon', utf8],
    ['UTF-7', 'text/plain; charset=utf-7', Buffer.from('Die M+APw-hle l+AOQ-uft hei+AN8')],
    ['UTF-7 by another name', 'text/plain; charset=unicode-1-1-utf-7', Buffer.from('Die M+APw-hle l+AOQ-uft hei+AN8-')],
  ])('%s', async (_what, type, body) => {
    expect((await draftOf(mailOf({ 'Content-Type': type, 'Content-Transfer-Encoding': '8bit' }, body))).text).toBe(
      'Die Mühle läuft heiß',
    )
  })

  it('are believed where the bytes agree', async () => {
    const russian = Buffer.from([0xec, 0xe5, 0xeb, 0xfc, 0xed, 0xe8, 0xf6, 0xe0])
    expect((await draftOf(mailOf({ 'Content-Type': 'text/plain; charset=windows-1251' }, russian))).text).toBe(
      'мельница',
    )
    const japanese = Buffer.from('\u001b$B%_%k\u001b(B')
    expect((await draftOf(mailOf({ 'Content-Type': 'text/plain; charset=iso-2022-jp' }, japanese))).text).toBe('ミル')
    expect((await draftOf(mailOf({ 'Content-Type': 'text/plain' }, japanese))).text).toBe('ミル')
  })

  it('are mixed where an older mail is repeated', async () => {
    const body = Buffer.concat([utf8, Buffer.from('\r\n'), latin])
    expect((await draftOf(mailOf({ 'Content-Type': 'text/plain; charset=utf-8' }, body))).text).toBe(
      'Die Mühle läuft heiß\nDie Mühle läuft heiß',
    )
  })

  it.each([
    ['raw bytes within an encoded word', '=?iso-8859-1?Q?M\u00fchle_l=E4uft?='],
    [
      'raw UTF-8 within one that claims Latin-1',
      `=?iso-8859-1?Q?M${Buffer.from('ü').toString('latin1')}hle_l${Buffer.from('ä').toString('latin1')}uft?=`,
    ],
    ['an unknown charset', '=?unknown-8bit?Q?M=FChle_l=E4uft?='],
    ['UTF-7', '=?utf-7?Q?M+APw-hle_l+AOQ-uft?='],
    ['no encoding at all', 'M\u00fchle l\u00e4uft'],
    ['what is right', '=?utf-8?Q?M=C3=BChle_l?= =?iso-8859-1?Q?=E4uft?='],
  ])('of a subject: %s', async (_what, subject) => {
    const { title, author } = await draftOf(mailOf({ Subject: subject, From: `${subject} <lea@mill.example>` }))
    expect(title).toBe('Mühle läuft')
    expect(author?.name).toBe('Mühle läuft')
  })
})
