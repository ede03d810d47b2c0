import type { Locator, Page } from '@playwright/test'
import { mailText, mboxOf } from '../connectors/reading-mails.ts'
import { expectAccessible } from './support/accessibility.ts'
import { openView } from './support/open-view.ts'
import { expect, serveStation, test, watch } from './support/station.ts'
import type { ServedStation } from './support/station.ts'

let station: ServedStation
test.beforeAll(async () => {
  station = await serveStation()
})
test.afterAll(() => station.close())

async function openDialog(page: Page, locale: 'en' | 'de', title: string): Promise<Locator> {
  await openView(page, station, '#/sources', { locale })
  await page.getByRole('button', { name: title }).click()
  const dialog = page.getByRole('dialog', { name: title })
  await expect(dialog).toBeVisible()
  return dialog
}

const file = (name: string, content: string) => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(content),
})

test('a mailbox is shown as what its mails become, and whose it is can be said', async ({ page }) => {
  const faults = watch(page)
  const dialog = await openDialog(page, 'en', 'Import a file')
  const box = mboxOf([
    ...[1, 2, 3, 4, 5, 6].map((n) => mailText(n)),
    mailText(7, { subject: 'Automatic reply: away', more: ['Auto-Submitted: auto-replied'] }),
    mailText(8, { from: 'Care <care@kaffora.example>' }),
  ])
  await dialog.locator('input[type=file]').setInputFiles(file('Inbox.mbox', `Saved by somebody\n\n${box}`))
  await expect(dialog).toContainText('Looks like a mailbox (mbox).')
  const rows = dialog.getByRole('group', { name: 'What the first mails become' }).getByRole('row')
  await expect(rows).toHaveCount(6)
  await expect(rows.nth(1)).toContainText('p1@mill.example')
  await expect(dialog).toContainText('Of the 9 mails that were looked at 2 would be left out:')
  // No column is asked for, and none is needed.
  await expect(dialog.getByLabel('Text', { exact: true })).toHaveCount(0)
  await dialog.getByLabel('Addresses of this mailbox').fill('care@kaffora.example')
  await dialog.getByLabel('Addresses of this mailbox').press('Tab')
  await expect(dialog).toContainText('Mails from care@kaffora.example are the mailbox’s own and are left out.')
  await expect(dialog).toContainText('1 × sent by this mailbox (first in mail 8)')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(dialog).toContainText('Mail 8, byte')
  await expect(dialog).toContainText(/mails read\s*9/)
  await expect(dialog).toContainText(/stored\s*6/)
  expect(faults).toEqual([])
})

test('several mails that are chosen together are imported together', async ({ page }) => {
  const faults = watch(page)
  const dialog = await openDialog(page, 'de', 'Datei importieren')
  const long = `${'Eine sehr lange Beschwerde über die Mühle '.repeat(3)}.eml`
  await dialog
    .locator('input[type=file]')
    .setInputFiles([11, 12, 13].map((n) => file(n === 12 ? long : `mail ${n}.eml`, mailText(n))))
  await expect(dialog).toContainText('Sieht aus wie ein Archiv mit Mails.')
  await expect(dialog.getByRole('group', { name: 'Was die ersten Mails werden' }).getByRole('row')).toHaveCount(4)
  await dialog.getByRole('button', { name: 'Importieren', exact: true }).click()
  await expect(dialog).toContainText(/Mails gelesen\s*3/)
  await expect(dialog).toContainText(/gespeichert\s*3/)
  expect(faults).toEqual([])
})
