import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { MailReader, type Found } from '#engine/connectors/file/mails/mails.ts'
import { mailText, mboxOf, readMails, STAMP } from './reading-mails.ts'
import { zipOf } from '#tests/support/workbooks.ts'

const hums = (n: number): string => `The grinder number ${n} hums.`
const three = [1, 2, 3].map((n) => mailText(n))

describe('an mbox', () => {
  it.each<[string, string | Uint8Array]>([
    ['plain', mboxOf(three)],
    ['with CRLF', mboxOf(three).replaceAll('\n', '\r\n')],
    ['without a line end at its end', mboxOf(three).trimEnd()],
    ['without empty lines between the mails', mboxOf(three).replaceAll('\n\nFrom ', '\nFrom ')],
    ['with three empty lines between them', mboxOf(three).replaceAll('\n\nFrom ', '\n\n\n\nFrom ')],
    ['with empty lines before the first', `\n\r\n\n${mboxOf(three)}`],
    ['with a mark of order before the first', `\uFEFF${mboxOf(three)}`],
    ['of Thunderbird', mboxOf(three, 'From - Mon Mar 02 09:15:00 2026')],
    ['of Thunderbird without a date', mboxOf(three, 'From ')],
    ['of Google Takeout', mboxOf(three, 'From 1858412345678901234@xxx Mon Mar 02 08:15:00 +0000 2026')],
    ['of pipermail', mboxOf(three, 'From lea at mill.example  Mon Mar  2 08:15:00 2026')],
    ['with the zone behind the year', mboxOf(three, 'From lea@mill.example Mon Mar  2 08:15:00 2026 +0100')],
    ['with a named zone', mboxOf(three, 'From lea@mill.example Mon Mar  2 08:15:00 CET 2026')],
    ['of Apple Mail, by address alone', mboxOf(three, 'From lea@mill.example')],
    ['of a daemon', mboxOf(three, 'From MAILER-DAEMON Mon Mar  2 08:15:00 2026')],
    ['with old quoting in the head', mboxOf(three.map((mail) => `>From uucp Mon Mar  2 08:15:00 2026\n${mail}`))],
    ['packed', gzipSync(mboxOf(three))],
  ])('%s', async (_, content) => {
    const got = await readMails(content)
    expect(got.texts).toEqual([hums(1), hums(2), hums(3)])
    expect(got.left).toEqual([])
    expect(got.drafts[0]).toMatchObject({
      externalId: 'm1@mill.example',
      kind: 'mail',
      title: 'Grinder 1',
      private: true,
      author: { id: 'p1@mill.example', name: 'Person 1' },
      publishedAt: Date.parse('2026-03-02T08:01:00Z'),
    })
  })

  it.each<[string, string, string]>([
    ['of mboxo', '>From the first day it hummed.', 'From the first day it hummed.'],
    ['of mboxrd, quoted once more', '>>From the first day it hummed.\nWhy?', 'Why?'],
    [
      'of nobody: a sentence',
      'From here on it hummed:\n\nFrom the first day.',
      'From here on it hummed:\n\nFrom the first day.',
    ],
    [
      'and a word with a colon below',
      'So.\n\nFrom Monday 2 March 08:15 it hummed\nNote: loudly.',
      'So.\n\nFrom Monday 2 March 08:15 it hummed\nNote: loudly.',
    ],
  ])('gives a line of the text that begins with "From" back: %s', async (_, body, right) => {
    const got = await readMails(mboxOf([mailText(1, { body }), mailText(2)]))
    expect(got.texts).toEqual([right, hums(2)])
  })

  it('believes a length where a mail stands behind it, and a line in between is text', async () => {
    const body = 'It stopped.\n\nFrom p@mill.example Mon Mar 2 08:15:00 2026\nSubject: what my log says\n\nand hummed.'
    const long = mailText(1, { body, more: [`Content-Length: ${body.length + 1}`] })
    const got = await readMails(mboxOf([long, mailText(2)]))
    expect(got.texts).toEqual([body, hums(2)])
    expect((await readMails(mboxOf([long, mailText(2)]).trimEnd())).texts).toHaveLength(2)
    // Also where it is the last one.
    expect((await readMails(mboxOf([mailText(2), long]))).texts).toEqual([hums(2), body])
  })

  it.each([10, 400, 1_000_000_000_000, 0])('believes no length that is wrong (%i)', async (length) => {
    const wrong = mailText(1, { more: [`Content-Length: ${length}`] })
    expect((await readMails(mboxOf([wrong, mailText(2), mailText(3)]))).texts).toEqual([hums(1), hums(2), hums(3)])
  })

  it('counts what stands before the first mail, with its place, and hears a mail that lost its line', async () => {
    const garbage = 'Backup of the care mailbox, 3 March\n=====\n'
    const got = await readMails(`${garbage}\n${mboxOf(three)}`)
    expect(got.texts).toEqual([hums(1), hums(2), hums(3)])
    expect(got.left).toEqual(['not a mail: mail 0, byte 0'])
    expect(got.details).toEqual(['Byte 0: 43 bytes before the first mail that are none'])
    const headless = await readMails(`${mailText(1)}\n\n${mboxOf([mailText(2)])}`)
    expect(headless.texts).toEqual([hums(1), hums(2)])
  })

  it('is the same however its bytes arrive', async () => {
    const { MboxSplitter } = await import('#engine/connectors/file/mails/mbox.ts')
    const body = `It stopped.\n\n${STAMP}\nSubject: log\n\nand.\n`
    const long = mailText(9, { body, more: [`Content-Length: ${body.length}`] })
    const bytes = Buffer.from(
      `garbage\n\n${mboxOf([mailText(1), long, mailText(2, { body: 'From\nFrom \n>From me' }), mailText(3)])}`,
    )
    const whole = new MboxSplitter(10_000).push(bytes, true)
    expect(whole.map(({ at, size }) => bytes.toString('latin1', at, at + Math.min(size, 4)))).toEqual([
      'garb',
      'From',
      'From',
      'From',
      'From',
    ])
    expect(whole.reduce((sum, { size }) => sum + size, 0)).toBe(bytes.length)
    for (const step of [1, 2, 3, 5, 7, 11, 13, 64, 200]) {
      const splitter = new MboxSplitter(10_000)
      const parts = []
      for (let at = 0; at < bytes.length; at += step) parts.push(...splitter.push(bytes.subarray(at, at + step)))
      parts.push(...splitter.push(new Uint8Array(), true))
      expect(parts, `${step}`).toEqual(whole)
    }
  })

  it('keeps no more of a huge mail than its beginning, and hears the next one', async () => {
    const { MboxSplitter } = await import('#engine/connectors/file/mails/mbox.ts')
    const splitter = new MboxSplitter(2 * 1024 * 1024)
    const parts = splitter.push(Buffer.from(`${STAMP}\n${mailText(1)}\n\n`))
    const line = Buffer.from(`${'QUJD'.repeat(19)}\n`.repeat(13_617))
    for (let i = 0; i < 200; i++) parts.push(...splitter.push(line))
    parts.push(...splitter.push(Buffer.from(`\n${mboxOf([mailText(2)])}`), true))
    expect(parts.map(({ size, bytes }) => [size > 200e6, bytes.length])).toEqual([
      [true, 2 * 1024 * 1024],
      [false, mailText(2).length + 2],
    ])
  })
})

describe('what a mailbox knows of a mail', () => {
  it('leaves out what was thrown away, never sent or taken for spam, each with its place', async () => {
    const mails = [
      mailText(1, { more: ['X-Mozilla-Status: 0009'] }),
      mailText(2, { more: ['X-Mozilla-Status: 0001'] }),
      mailText(3, { more: ['X-Gmail-Labels: Papierkorb,Wichtig'] }),
      mailText(4, { more: ['X-Gmail-Labels: =?UTF-8?Q?Entw=C3=BCrfe?='] }),
      mailText(5, { more: ['X-Gmail-Labels: Spam,Category updates'] }),
      mailText(6, { more: ['X-Gmail-Labels: Inbox,Opened,"Complaints, old"'] }),
    ]
    const got = await readMails(mboxOf(mails))
    expect(got.texts).toEqual([hums(2), hums(6)])
    expect(got.left.map((one) => one.replace(/byte.*/, ''))).toEqual([
      'deleted in the mailbox: mail 1, ',
      'deleted in the mailbox: mail 3, ',
      'never sent: mail 4, ',
      'spam in the mailbox: mail 5, ',
    ])
  })

  it('tells by itself whose it is, and leaves out what its owner wrote', async () => {
    const box = (n: number) => mailText(n, { more: ['Delivered-To: care@kaffora.example'] })
    const own = mailText(4, { from: 'Care <care@kaffora.example>' })
    expect((await readMails(mboxOf([own, box(1), box(2)]))).left).toEqual(['sent by this mailbox: mail 1, byte 0'])
    const labelled = mailText(4, { from: 'care@kaffora.example', more: ['X-Gmail-Labels: Gesendet'] })
    expect((await readMails(mboxOf([mailText(1), labelled]))).texts).toEqual([hums(1)])
    // Nothing tells: it is heard, unless somebody says so.
    expect((await readMails(mboxOf([own, mailText(1)]))).texts).toHaveLength(2)
    expect((await readMails(mboxOf([own, mailText(1)]), 'a.mbox', { own: ['CARE@kaffora.example'] })).texts).toEqual([
      hums(1),
    ])
  })

  it('judges as the mailbox that is listened to does', async () => {
    const mails = [
      mailText(1, { subject: 'Automatic reply: Grinder', more: ['Auto-Submitted: auto-replied'] }),
      mailText(2, {
        from: 'Mail Delivery System <mailer-daemon@mill.example>',
        subject: 'Undelivered Mail Returned to Sender',
        body: '<x@y.example>: 550 5.1.1 User unknown, your message could not be delivered',
      }),
      mailText(3, {
        body: 'Still humming.\n\nOn Mon, 2 Mar 2026 at 08:15, Care <care@kaffora.example> wrote:\n> Please descale it.',
      }),
      mailText(4, { more: ['List-Unsubscribe: <mailto:off@news.example>'] }),
      mailText(5, { date: null, id: null }),
      mailText(6, { id: '<m4@mill.example>' }),
    ]
    const got = await readMails(mboxOf(mails))
    expect(got.texts).toEqual(['Still humming.', hums(4), hums(5), hums(6)])
    expect(got.left.map((one) => one.split(':')[0])).toEqual(['automatic reply', 'delivery report'])
    expect(got.letters).toBe(2)
    // Without a date of its own: that of the line that begins it.
    expect(got.drafts[2]!.publishedAt).toBe(Date.parse('2026-03-02T08:15:00Z'))
    expect(got.drafts[2]!.externalId).toMatch(/^sha256:/)
  })

  it('takes the time of arrival from the last server, not from a line without a zone', async () => {
    const received = 'Received: from a by b; Mon, 2 Mar 2026 08:20:00 +0000'
    const ahead = mailText(1, { date: 'Tue, 02 Mar 2027 08:00:00 +0000', more: [received] })
    const early = mailText(2, { date: 'Mon, 02 Mar 2026 16:15:00 +0000' })
    const got = await readMails(mboxOf([ahead, early]))
    expect(got.drafts.map(({ publishedAt }) => new Date(publishedAt).toISOString())).toEqual([
      '2026-03-02T08:20:00.000Z',
      '2026-03-02T16:15:00.000Z',
    ])
  })
})

describe('single mails, folders and archives', () => {
  it.each<[string, string, string | Uint8Array]>([
    ['an EML', 'a.eml', mailText(1)],
    ['with CRLF', 'a.eml', mailText(1).replaceAll('\n', '\r\n')],
    ['with a mark of order', 'a.eml', `\uFEFF${mailText(1)}`],
    ['without an ending', 'mail', mailText(1)],
    ['called something else', 'mail.txt', `Received: by x\n${mailText(1)}`],
    ['an EMLX', '12.emlx', `${mailText(1).length}\n${mailText(1)}<?xml version="1.0"?><plist><dict/></plist>\n`],
    ['packed', 'a.eml.gz', gzipSync(mailText(1))],
  ])('%s', async (_, name, content) => {
    expect((await readMails(content, name)).texts).toEqual([hums(1)])
  })

  it('takes no table for mails because of what stands above it', async () => {
    const table =
      'From: 2026-01-01\nTo: 2026-01-31\nSubject: kaffora\n\nid,date,text\n1,2026-01-02,The kettle leaks\n2,2026-01-03,The mill hums\n'
    expect((await readMails(table, 'report.csv')).texts).toEqual(['The kettle leaks', 'The mill hums'])
  })

  it('reads a Maildir: cur and new, flags, folders below; tmp is left alone and counted', async () => {
    const got = await readMails(
      {
        'cur/1772439300.M1P1.host:2,S': mailText(1, { date: null }),
        'cur/1772439360.M2P1.host:2,ST': mailText(2),
        'cur/1772439360.M3P1.host:2,DS': mailText(3),
        'new/1772439420.M4P1.host': mailText(4),
        'tmp/1772439480.M5P1.host': mailText(5),
        '.Archive.2025/cur/1772439480.M6P1.host!2,': mailText(6),
        '.Trash/cur/1772439480.M7P1.host:2,': mailText(7),
        '.Sent/cur/1772439480.M8P1.host:2,S': mailText(8, { from: 'care@kaffora.example' }),
        '.Sent/cur/1772439480.M9P1.host:2,S': mailText(9, { from: 'care@kaffora.example' }),
        'dovecot-uidlist': '3 V1 N9\n',
        maildirfolder: '',
        'notes.txt': 'buy beans',
      },
      'Maildir',
    )
    expect(got.texts.sort()).toEqual([hums(1), hums(4), hums(6)])
    expect(got.drafts.find(({ text }) => text === hums(1))!.publishedAt).toBe(1_772_439_300_000)
    expect(got.left.map((one) => one.replace(/ \d+, byte \d+/, '')).sort()).toEqual([
      'deleted in the mailbox: mail of .Trash/cur/1772439480.M7P1.host:2,',
      'deleted in the mailbox: mail of cur/1772439360.M2P1.host:2,ST',
      'never sent: mail of cur/1772439360.M3P1.host:2,DS',
      'not a mail: mail of notes.txt',
      'not a mail: mail of tmp/1772439480.M5P1.host',
      'sent by this mailbox: mail of .Sent/cur/1772439480.M8P1.host:2,S',
      'sent by this mailbox: mail of .Sent/cur/1772439480.M9P1.host:2,S',
    ])
  })

  it('reads the folders of mail programs', async () => {
    const apple = await readMails({ mbox: mboxOf(three), table_of_contents: 'x' }, 'INBOX.mbox')
    expect(apple.texts).toHaveLength(3)
    const bird = await readMails(
      {
        Inbox: mboxOf([three[0]!], 'From '),
        'Inbox.msf': '// <!-- <mdb:mork',
        'Local.sbd/Complaints': mboxOf([three[1]!]),
        Trash: mboxOf([three[2]!]),
      },
      'Mail',
    )
    expect(bird.texts).toEqual([hums(1), hums(2)])
    expect(bird.left).toEqual(['deleted in the mailbox: mail 3, byte 0 of Trash'])
    const library = await readMails(
      {
        'V10/INBOX.mbox/A1/Data/Messages/12.emlx': `${mailText(1).length}\n${mailText(1)}<plist/>`,
        'V10/INBOX.mbox/A1/Data/Messages/13.partial.emlx': `${mailText(2).length}\n${mailText(2)}<plist/>`,
      },
      'Library',
    )
    expect(library.texts).toEqual([hums(1), hums(2)])
    const loose = await readMails(
      { 'a.eml': three[0]!, 'b.eml': three[1]!, 'photo.jpg': new Uint8Array([255, 216, 255]), 'c.eml': '' },
      'Mails',
    )
    expect(loose.texts).toEqual([hums(1), hums(2)])
    expect(loose.details).toEqual(['c.eml, byte 0: the file is empty', 'photo.jpg, byte 0: the file holds no mail'])
    await expect(readMails({ 'a.csv': 'id,text\n1,x\n' }, 'Tables')).rejects.toThrow(
      'Tables is a folder in which no mail was found',
    )
  })

  it('reads what Google Takeout gives, packed in either way', async () => {
    const files = {
      'Takeout/archive_browser.html': '<html></html>',
      'Takeout/Mail/All mail Including Spam and Trash.mbox': mboxOf(three.map((mail) => mail.replace('\n', '\r\n'))),
      'Takeout/Mail/User Settings/Filters.json': '{}',
    }
    expect((await readMails(await zipOf(files), 'takeout.zip')).texts).toHaveLength(3)
    const tar = tarOf(files)
    expect((await readMails(tar, 'takeout.tar')).texts).toHaveLength(3)
    expect((await readMails(gzipSync(tar), 'takeout.tgz')).texts).toHaveLength(3)
    // Cut off: what came before stands, and that it was cut is counted.
    const cut = await readMails(tar.subarray(0, 1024 + 900), 'takeout.tar')
    expect(cut.texts.length).toBeGreaterThan(0)
    expect(cut.left.at(-1)).toMatch(/^file ends early: /)
    await expect(readMails(tarOf({ 'a.csv': 'id,text\n1,x\n' }), 'a.tar')).rejects.toThrow(
      'an archive in which no mail was found',
    )
  })

  it('reads one box of an archive when it is asked for', async () => {
    const zip = await zipOf({
      'Inbox.mbox': mboxOf([three[0]!]),
      'Old.mbox': mboxOf([three[1]!]),
      'a/1.eml': three[2]!,
    })
    expect((await readMails(zip, 'a.zip')).texts.sort()).toEqual([hums(1), hums(2), hums(3)])
    expect((await readMails(zip, 'a.zip', { sheet: 'Old.mbox' })).texts).toEqual([hums(2)])
    const both = await zipOf({
      'a.eml': three[0]!,
      'posts.csv': `id,date,text\n${'1,2026-01-02,The kettle leaks\n'.repeat(99)}`,
    })
    expect((await readMails(both, 'a.zip')).texts).toHaveLength(99)
  })

  it.each<[string, Uint8Array, RegExp]>([
    [
      'a mail of Outlook',
      Buffer.concat([
        Buffer.from('d0cf11e0a1b11ae1', 'hex'),
        Buffer.alloc(600),
        Buffer.from('__substg1.0_1000001F', 'utf16le'),
      ]),
      /is a mail as Outlook keeps it/,
    ],
    ['a store of Outlook', Buffer.concat([Buffer.from('!BDN'), Buffer.alloc(600)]), /is a store of Outlook/],
  ])('says what to do with %s', async (_, bytes, words) => {
    await expect(readMails(bytes, 'a.msg')).rejects.toThrow(words)
  })
})

it('lets go of what is no mail after its first bytes', async () => {
  let open = 0
  async function* large(): AsyncGenerator<Uint8Array> {
    open++
    try {
      for (;;) yield Buffer.alloc(40_000, 'x')
    } finally {
      open--
    }
  }
  const found: Found[] = []
  const reader = new MailReader()
  for (const name of ['a', 'photo', 'notes'])
    for await (const one of reader.read({ name, chunks: large() })) found.push(one)
  expect(found.map((one) => 'none' in one && one.none.reason)).toEqual(['not a mail', 'not a mail', 'not a mail'])
  expect(open).toBe(0)
})

/** A tar as programs write one. */
function tarOf(files: Record<string, string>): Buffer {
  const blocks = Object.entries(files).flatMap(([name, text]) => {
    const head = Buffer.alloc(512)
    const size = Buffer.byteLength(text)
    head.write(name, 0)
    head.write('0000644\u00000000000\u00000000000\u0000', 100)
    head.write(`${size.toString(8).padStart(11, '0')}\u000000000000000\u0000        0`, 124)
    head.write('ustar\u000000', 257)
    return [head, Buffer.from(text), Buffer.alloc((512 - (size % 512)) % 512)]
  })
  return Buffer.concat([...blocks, Buffer.alloc(1024)])
}
