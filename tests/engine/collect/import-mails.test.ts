import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Client } from '#engine/api/router.ts'
import type { Engine } from '#engine/engine.ts'
import { inEnglish } from '#shared/words/words.ts'
import { mailText, mboxOf } from '#tests/connectors/reading-mails.ts'
import { openTestEngine } from '#tests/support/engine.ts'
import { newFolder } from '#tests/support/folder.ts'

let engine: Engine
let client: Client
let close: () => Promise<void>
beforeEach(async () => {
  ;({ engine, close } = await openTestEngine())
  client = engine.client()
})
afterEach(() => close())

const mails = [1, 2, 3].map((n) => mailText(n))
/** Two people whose form gave their mails one id, one absence note, one draft of our own, and a line of a backup. */
const box = `Backup of care\n\n${mboxOf([
  ...mails,
  mailText(4, { id: '<form@kaffora.example>', body: 'My kettle leaks.' }),
  mailText(5, { id: '<form@kaffora.example>', body: 'Where is my parcel?' }),
  mailText(6, { subject: 'Automatic reply: away', more: ['Auto-Submitted: auto-replied'] }),
  mailText(7, { more: ['X-Gmail-Labels: Drafts'] }),
  mails[0]!,
])}`
const file = new File([box], 'Inbox.mbox')

it('shows what mails would become, and keeps nothing', async () => {
  const found = await client.sources.previewFile({ file, name: 'Inbox.mbox' })
  expect(found).toMatchObject({ holds: 'mails', columns: [], mapping: {}, problems: [], looked: 9, own: [] })
  expect(found.notes.map(inEnglish)).toEqual(['Looks like a mailbox (mbox).'])
  expect(found.becomes.map(({ line, author, title, kind }) => [line, author, title, kind])).toEqual(
    [1, 2, 3, 4, 5].map((n) => [n, `p${n}@mill.example`, `Grinder ${n}`, 'mail']),
  )
  expect(found.dropped.map(({ reason, n, line }) => [reason, n, line])).toEqual([
    ['not a mail', 1, 0],
    ['automatic reply', 1, 6],
    ['never sent', 1, 7],
  ])
  expect(found.history).toEqual({ rows: 6, of: 6 })
  expect([...engine.mentionsAfter(0, 10)]).toEqual([])
  // What is said of the mailbox counts.
  const told = await client.sources.previewFile({ file, name: 'Inbox.mbox', own: ['P1@mill.example'] })
  expect(told.own).toEqual(['p1@mill.example'])
  expect(told.dropped[0]).toMatchObject({ reason: 'sent by this mailbox', n: 2, line: 1 })
})

it('counts every mail of an mbox, is history unless it is live, and is taken back as a whole', async () => {
  const report = await client.sources.importFile({ file, name: 'Inbox.mbox', sourceName: 'Inbox' })
  expect(report).toMatchObject({
    read: 9,
    stored: 5,
    history: 5,
    duplicates: 1,
    dropped: { 'not a mail': 1, 'automatic reply': 1, 'never sent': 1 },
  })
  const [source] = await client.sources.list()
  expect(source?.health.detail && inEnglish(source.health.detail)).toBe('mails imported: 9')
  expect(report.problems.map(({ message }) => inEnglish(message))).toEqual([
    'Byte 0: 16 bytes before the first mail that are none',
    expect.stringMatching(/^Mail 6, byte \d+: automatic reply$/),
    expect.stringMatching(/^Mail 7, byte \d+: never sent$/),
  ])
  const heard = [...engine.mentionsAfter(0, 10)]
  expect(heard.map(({ network, kind }) => `${network} ${kind}`)).toEqual(Array(5).fill('mail mail'))
  expect(heard.filter(({ externalId }) => externalId.startsWith('form@')).map(({ text }) => text)).toEqual([
    'My kettle leaks.',
    'Where is my parcel?',
  ])
  const again = await client.sources.importFile({ file, name: 'Inbox.mbox', sourceName: 'Inbox' })
  expect(again).toMatchObject({ stored: 0, duplicates: 6 })
  await client.sources.undoImport({ id: again.importId })
  await client.sources.undoImport({ id: report.importId })
  await engine.idle()
  expect([...engine.mentionsAfter(0, 10)]).toEqual([])
  expect((await engine.store.verify()).problems).toEqual([])
})

it('ends between two mails when it is called off', async () => {
  const many = new File(
    [mboxOf(Array.from({ length: 4_000 }, (_, n) => mailText(n % 60, { id: `<many${n}@mill.example>` })))],
    'a.mbox',
  )
  const running = client.sources.importFile({ file: many, name: 'a.mbox', sourceName: 'Many' })
  for (let i = 0; i < 2_000 && !((await client.sources.runningImports())[0]?.read ?? 0); i++)
    await new Promise((resolve) => setTimeout(resolve, 5))
  await client.sources.callOffImport({ sourceName: 'Many' })
  const report = await running
  expect(report).toMatchObject({ calledOff: true, dropped: {} })
  expect(report.read).toBeLessThan(4_000)
  expect(report.stored + report.duplicates).toBe(report.read)
})

it('reads a Maildir by its path, also as a source that plays it back', async () => {
  const { path, remove } = newFolder('mails')
  const folder = join(path, 'Maildir')
  mkdirSync(join(folder, 'cur'), { recursive: true })
  for (const [n, text] of mails.entries()) writeFileSync(join(folder, 'cur', `177243930${n}.M1.host:2,S`), text)
  expect((await engine.collect.previewFile(folder, 'Maildir')).notes.map(inEnglish)).toEqual([
    'Looks like a mailbox (Maildir).',
  ])
  expect(await engine.collect.importFile(folder, {})).toMatchObject({ read: 3, stored: 3 })
  const tried = await client.sources.check({
    connector: 'file',
    name: 'Mails',
    config: { path: folder },
    enabled: false,
  })
  expect(tried).toMatchObject({ ok: true })
  remove()
})

it('leaves out what a mailbox of the station wrote', async () => {
  const config = { host: 'imap.kaffora.example', user: 'care@kaffora.example' }
  await client.sources.save({ connector: 'email', name: 'Care', config, enabled: false })
  const own = mailText(8, { from: 'Care <care@kaffora.example>' })
  const report = await client.sources.importFile({
    file: new File([mboxOf([own, mails[0]!])], 'b.mbox'),
    name: 'b.mbox',
    sourceName: 'B',
  })
  expect(report).toMatchObject({ read: 2, stored: 1, dropped: { 'sent by this mailbox': 1 } })
})
