import type { Locator, Page } from '@playwright/test'
import { gzipSync } from 'node:zlib'
import { expectAccessible } from './support/accessibility.ts'
import { openView } from './support/open-view.ts'
import { expect, serveStation, test, watch } from './support/station.ts'
import type { ServedStation } from './support/station.ts'

let station: ServedStation
test.beforeAll(async () => {
  station = await serveStation()
})
test.afterAll(() => station.close())

/** Files of these tests; every text is made up. */
const slack = JSON.stringify(
  ['The lid does not close', 'Mine neither', 'Sent back today'].map((text, i) => ({
    client_msg_id: `m-${i}`,
    type: 'message',
    text,
    user: `U0${i}`,
    ts: `${1_772_000_000 + i}.000${i}00`,
    team: 'T01',
  })),
)
const report = [
  'Ref;When;Who;Wording;Platform;Sort;Tone;Reach',
  '1;03.04.2026 09:15;mira;Der Deckel schließt nicht;facebook.com;Kommentar;negativ;12.345',
  '2;03.04.2026 09:16;jo;Alles gut damit;X (formerly Twitter);Beitrag;positiv;1.002',
  '3;gestern;ana;Ohne Datum gesagt;Forum;Beitrag;neutral;7',
  '4;04.04.2026 10:00;bo;;Forum;Beitrag;neutral;8',
  '5;05.04.2026 10:01;cy;Wo bleibt meine Bestellung?;Forum;Frage;negativ;9',
  '6;05.04.2026 10:02;di;Noch etwas dazu;Forum;Beitrag;neutral;10',
].join('\r\n')

const title = { en: 'Import a file', de: 'Datei importieren' }
async function openDialog(page: Page, locale: 'en' | 'de' = 'en'): Promise<Locator> {
  await openView(page, station, '#/sources', { locale })
  await page.getByRole('button', { name: title[locale] }).click()
  const dialog = page.getByRole('dialog', { name: title[locale] })
  await expect(dialog).toBeVisible()
  return dialog
}
const choose = (dialog: Locator, name: string, content: string | Buffer): Promise<void> =>
  dialog
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) })
const becomes = (dialog: Locator, name = 'What the first rows become') =>
  dialog.getByRole('group', { name }).getByRole('row')

test('a file is shown as what becomes of it: whose it is, five rows, and what would be left out', async ({ page }) => {
  const faults = watch(page)
  const dialog = await openDialog(page)
  await choose(dialog, 'channel.json', slack)
  await expect(dialog).toContainText('Looks like an export of Slack')
  await expect(becomes(dialog)).toHaveCount(4)
  await expect(becomes(dialog).nth(1)).toContainText('The lid does not close')

  // Another file in the same dialog: nothing of the first one stays.
  await choose(dialog, 'report.csv', report)
  await expect(becomes(dialog)).toHaveCount(6)
  await expect(dialog).not.toContainText(/Slack/)
  await dialog.getByLabel(/^Text/).selectOption('Wording')
  await dialog.getByLabel(/^When it was published/).selectOption('When')
  await dialog.getByText('Further fields').click()
  for (const [field, column] of [
    ['Network', 'Platform'],
    ['Kind', 'Sort'],
    ['Sentiment', 'Tone'],
  ] as const)
    await dialog.getByLabel(field, { exact: true }).selectOption(column)
  await expect(dialog.getByLabel('Author’s handle')).toHaveValue('Who')
  const [, first, second, third, fourth] = await becomes(dialog).all()
  await expect(first!).toContainText('mira')
  await expect(first!).toContainText('Der Deckel schließt nicht')
  await expect(first!).toContainText('Facebook')
  await expect(first!).toContainText('comment')
  await expect(first!).toContainText('▼ negative')
  await expect(second!).toContainText('▲ positive')
  await expect(third!).toContainText('Left out: column "When": "gestern" is no date')
  await expect(fourth!).toContainText('Left out')
  await expect(dialog).toContainText('Of the 6 rows that were looked at 2 would be left out')
  await expect(dialog).toContainText('(first in row 4)')
  await expectAccessible(page, { inside: 'dialog' })
  expect(faults).toEqual([])
})

test('what nobody can know is asked, and what is kept under a name is offered for the next file', async ({ page }) => {
  const dialog = await openDialog(page)
  const open = 'Tag,Notiz\n03/04/2026,Der Deckel klemmt schon wieder\n05/06/2026,Heute kam Ersatz\n'
  await choose(dialog, 'first.csv', open)
  await expect(dialog).toContainText('03/04/2026')
  const dates = dialog.getByLabel(/^Dates like/)
  await expect(dates).toHaveAttribute('aria-invalid', 'true')
  await dates.selectOption({ label: 'month first' })
  await expect(becomes(dialog).nth(1)).toContainText(/Mar 4/)
  await dates.selectOption({ label: 'day first' })
  await expect(becomes(dialog).nth(1)).toContainText(/Apr 3/)
  await expect(dates).not.toHaveAttribute('aria-invalid', 'true')

  await dialog.getByLabel('Keep what the columns mean under a name').fill('Notes')
  await page.keyboard.press('Enter')
  await expect(dialog).toContainText('Kept as “Notes”')
  await choose(dialog, 'second.csv', open.replace('klemmt', 'hakt'))
  await expect(dates).toHaveAttribute('aria-invalid', 'true')
  await expect(dialog).toContainText('The columns fit what was kept as “Notes”.')
  await dialog.getByRole('button', { name: 'Use it' }).click()
  await expect(becomes(dialog).nth(1)).toContainText(/Apr 3/)
  await choose(dialog, 'other.csv', 'a,b\n1,2\n')
  await expect(becomes(dialog)).toHaveCount(2)
  await expect(dialog).not.toContainText('kept as “Notes”')
})

test('old rows are history unless somebody says that they are live', async ({ page }) => {
  const dialog = await openDialog(page)
  await choose(
    dialog,
    'old.csv',
    'id,date,author,text\n1,2024-05-06 07:08,ana,The lid is loose\n2,2024-05-07 08:09,bo,Mine too\n',
  )
  const live = dialog.getByRole('checkbox', { name: /These mentions are live/ })
  await expect(live).not.toBeChecked()
  await expect(dialog).toContainText('Every row that was looked at is older than a day')
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(dialog).toContainText(/stored\s*2/)
  await expect(dialog).toContainText('Of the stored ones 2 are history')
  await dialog.getByRole('button', { name: 'Import another file' }).click()
  await choose(dialog, 'young.csv', 'id,date,author,text\n3,2024-05-06 07:08,ana,It leaks as well\n')
  await live.check()
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(dialog).toContainText(/stored\s*1/)
  await expect(dialog).not.toContainText('are history')
})

test('a long file says how far it is and how fast, and can be called off with what came in', async ({ page }) => {
  const dialog = await openDialog(page)
  const words = ['lid', 'box', 'refund', 'parcel', 'courier', 'battery', 'button', 'screen', 'cable', 'manual']
  const rows = Array.from({ length: 100_000 }, (_, i) => {
    const word = (n: number) => words[Math.floor(i / 10 ** n) % 10]!
    return `${i},2026-03-01T10:00:00Z,author ${i % 900},The ${word(0)} and the ${word(1)} of my ${word(2)} came without a ${word(3)} (${i})`
  })
  await choose(dialog, 'long.csv', `id,date,author,text\n${rows.join('\n')}\n`)
  await expect(becomes(dialog)).toHaveCount(6)
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(dialog).toContainText(/[\d,]+ rows read, [\d,]+ stored, [\d,]+ rows a second/)
  await expect(dialog.getByRole('progressbar')).toHaveAttribute('value', /0\.\d/)
  await page.keyboard.press('Escape')
  await expect(dialog).toBeVisible()
  await dialog.getByRole('button', { name: 'Call it off' }).click()
  await expect(dialog).toContainText('was called off after')
  const number = async (label: string): Promise<number> => {
    const found = new RegExp(`${label}\\s*([\\d,]+)`).exec((await dialog.textContent())!)
    return Number(found![1]!.replaceAll(',', ''))
  }
  const stored = await number('stored')
  expect(stored).toBeGreaterThan(0)
  expect(stored).toBeLessThan(100_000)
  expect(await number('rows read')).toBe(stored)

  // And goes on with whatever comes next.
  await dialog.getByRole('button', { name: 'Import another file' }).click()
  await choose(dialog, 'short.csv', `id,date,author,text\n${rows.slice(0, 3).join('\n')}\n`)
  await dialog.getByLabel('Name of the source').fill('long')
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(dialog).toContainText(/known already\s*3/)
})

test('what is no table says so, and the dialog takes the next file', async ({ page }) => {
  const faults = watch(page)
  const dialog = await openDialog(page)
  const alert = dialog.getByRole('alert')
  const run = dialog.getByRole('button', { name: 'Import', exact: true })
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )
  const bad: [name: string, content: string | Buffer][] = [
    ['picture.csv', png],
    ['nothing.csv', ''],
    ['blank.csv', '\n \n\n'],
    ['letter.pdf', '%PDF-1.7\n%âãÏÓ\n1 0 obj\n<< /Type /Catalog >>\nendobj\n'],
    ['broken.xlsx', 'PK\u0003\u0004 and nothing else'],
    ['broken.json', '{"rows": [{"text": "one"'],
  ]
  for (const [name, content] of bad) {
    await choose(dialog, name, content)
    await expect(dialog.locator('.drop strong')).toHaveText(name)
    await expect(alert, name).toContainText(/\w{3,} \w+/)
    await expect(run).toBeDisabled()
  }
  const cut = gzipSync(Array.from({ length: 500 }, (_, i) => `${i},2026-03-01,Hello ${i * 7919}`).join('\n'))
  await choose(dialog, 'cut.csv.gz', cut.subarray(0, cut.length / 2))
  await expect(dialog).toContainText('The compressed file ends in the middle')
  await choose(dialog, 'head.csv', 'id,date,author,text\n')
  await expect(dialog.locator('.drop strong')).toHaveText('head.csv')
  await expect(dialog).toContainText('head.csv holds no rows')
  await expect(run).toBeDisabled()
  await choose(dialog, 'good.csv', 'id,date,author,text\n9,2026-03-01,ana,At last a table\n')
  await expect(becomes(dialog)).toHaveCount(2)
  await expect(alert).toHaveCount(0)
  await expect(run).toBeEnabled()
  expect(faults).toEqual([])
})

test('by keyboard alone, at twice the size', async ({ page }) => {
  // 200 % of a 1366 × 768 screen.
  await page.setViewportSize({ width: 683, height: 384 })
  await openView(page, station, '#/sources')
  const button = page.getByRole('button', { name: 'Import a file' })
  await button.focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Import a file' })
  await expect(dialog).toBeVisible()
  const input = dialog.locator('input[type=file]')
  // Asked for long before the key: it must not come too late.
  const choosing = page.waitForEvent('filechooser')
  for (let i = 0; i < 5 && !(await input.evaluate((one) => one === document.activeElement)); i++)
    await page.keyboard.press('Tab')
  await expect(input).toBeFocused()
  // Putting the choice off closes nothing but the choice.
  await input.evaluate((one) => one.dispatchEvent(new Event('cancel', { bubbles: true })))
  await expect(dialog).toBeVisible()
  await page.keyboard.press('Enter')
  const chooser = await choosing
  await chooser.setFiles({ name: 'report.csv', mimeType: 'text/csv', buffer: Buffer.from(report) })
  await expect(becomes(dialog)).toHaveCount(6)
  // Every place that has the focus can be seen, and nothing stands outside of the dialog's width.
  const run = dialog.getByRole('button', { name: 'Import', exact: true })
  for (let i = 0; i < 60 && !(await run.evaluate((one) => one === document.activeElement)); i++) {
    await page.keyboard.press('Tab')
    const seen = await page.evaluate(() => {
      const at = document.activeElement!.getBoundingClientRect()
      const body = document.querySelector('dialog .body')!
      return { in: at.bottom > 0 && at.top < innerHeight, wide: body.scrollWidth - body.clientWidth }
    })
    expect(seen).toEqual({ in: true, wide: 0 })
  }
  await expect(run).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(dialog).toContainText(/rows read\s*6/)
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(button).toBeFocused()
})

test('in German', async ({ page }) => {
  const dialog = await openDialog(page, 'de')
  await choose(dialog, 'channel.json', slack)
  await expect(dialog).toContainText(/Slack/)
  await choose(dialog, 'bericht.csv', report)
  await expect(becomes(dialog, 'Was aus den ersten Zeilen wird')).toHaveCount(6)
  await dialog.getByText('Weitere Felder').click()
  await dialog.getByLabel('Stimmung', { exact: true }).selectOption('Tone')
  await expect(dialog).toContainText('▼ negativ')
  await expect(dialog).not.toContainText(/Left out|\brows\b|\bKind\b|Author/)
  await dialog.getByRole('button', { name: 'Importieren', exact: true }).click()
  await expect(dialog).toContainText(/gespeichert\s*\d/)
})
