import type { Locator, Page } from '@playwright/test'
import { connectOfficer } from '../support/officer.ts'
import { expectAccessible } from './support/accessibility.ts'
import { expect, test } from './support/station.ts'

test.describe.configure({ mode: 'serial' })

/** Invented mentions of this very minute. */
function posts(count: number, word: string, at = Date.now()): File {
  const lines = ['id,created_at,handle,text']
  for (let number = 0; number < count; number++) {
    lines.push(
      `${word}${number},${new Date(at - (count - number) * 50).toISOString()},user${number},"Kaffora ${word} ${number}: the app is broken"`,
    )
  }
  return new File([`${lines.join('\n')}\n`], `${word}.csv`)
}
const hear = async (url: string, count: number, word: string): Promise<void> => {
  const officer = await connectOfficer(url)
  await officer.client.station.saveSettings({ ready: true, brand: 'Kaffora' })
  const report = await officer.client.sources.importFile({
    file: posts(count, word),
    name: `${word}.csv`,
    sourceName: word,
    mapping: {},
  })
  expect(report.stored).toBe(count)
  officer.close()
}
const stream = (page: Page, name = 'All mentions'): Locator => page.getByRole('region', { name, exact: true })
const cards = (page: Page): Locator => stream(page).getByRole('article')
const top = async (card: Locator): Promise<number> => (await card.boundingBox())?.y ?? Number.NaN

test('a stream stays put under its reader while 1,000 mentions arrive', async ({ page, station }) => {
  await hear(station.url, 120, 'early')
  await page.goto(station.url)
  await expect(cards(page).first()).toContainText('early 119')
  await stream(page).getByRole('list').hover()
  await page.mouse.wheel(0, 600)
  const reading = stream(page).getByRole('article').filter({ hasText: 'early 110:' })
  await expect(reading).toBeVisible()
  await page.waitForFunction(() => document.querySelector('.box')!.scrollTop > 500)
  const before = await top(reading)
  await hear(station.url, 1_000, 'late')
  await expect(stream(page).getByRole('button', { name: /1,000 new · oldest/ })).toBeVisible()
  // The bar takes its own line; the mentions below it have not moved among themselves.
  const after = await top(reading)
  const bar = (await stream(page)
    .getByRole('button', { name: /new · oldest/ })
    .boundingBox())!.height
  expect(Math.abs(after - before)).toBeLessThanOrEqual(bar + 1)
  expect(await page.locator('article').count()).toBeLessThan(80)
  await page.keyboard.press('Home')
  await expect(cards(page).first()).toContainText('late 999')
  await expect(stream(page).getByRole('button', { name: /new · oldest/ })).toHaveCount(0)
})

test('a mention is decided from the wall by keyboard alone, and everything can be taken back', async ({
  page,
  station,
}) => {
  await page.goto(station.url)
  await expect(cards(page).first()).toBeVisible()
  await page.keyboard.press('j')
  const current = stream(page).locator('article[aria-current]')
  await expect(current).toContainText('late 999')
  await page.keyboard.press('2')
  await expect(cards(page).filter({ hasText: 'late 999' })).toContainText('Technical')
  await expect(current).toContainText('late 998')
  await page.keyboard.press('u')
  await expect(page.getByText(/^Taken back/)).toBeVisible()
  await page.keyboard.press('s')
  await expect(page.getByRole('dialog', { name: 'What is the sentiment?' })).toBeVisible()
  await page.keyboard.press('1')
  await expect(current).toContainText('positive ✓')
  await page.keyboard.press('u')
  await expect(current).not.toContainText('✓')
  await page.keyboard.press('Enter')
  const panel = page.getByRole('complementary', { name: 'Mention' })
  await expect(panel).toContainText('late 998')
  await page.keyboard.press('e')
  await expect(panel).toContainText('accepted')
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(panel).toHaveCount(0)
})

test('panes are arranged by keyboard, and the station remembers', async ({ page, station }) => {
  await page.goto(station.url)
  await expect(cards(page).first()).toBeVisible()
  const place = () => stream(page, 'Negative').evaluate((pane) => (pane.parentElement as HTMLElement).style.gridArea)
  const before = await place()
  await page.keyboard.press('Shift+A')
  await page.getByRole('button', { name: /^Negative: move/ }).focus()
  await page.keyboard.press('Shift+ArrowUp')
  await expect(page.getByText(/Negative: column 4, row 1, 3 wide, 11 high/)).toBeAttached()
  await expectAccessible(page)
  await page.keyboard.press('Shift+A')
  const officer = await connectOfficer(station.url)
  const keptHeight = async () =>
    (await officer.client.station.layouts())[0]?.panes.find((pane) => pane.query === 'sentiment:negative')?.h
  await expect.poll(keptHeight).toBe(11)
  officer.close()
  const arranged = await place()
  expect(arranged).not.toBe(before)
  await page.reload()
  await expect(cards(page).first()).toBeVisible()
  expect(await place()).toBe(arranged)
})

test('a pane is added, set up and removed, and the removal taken back', async ({ page, station }) => {
  await page.goto(station.url)
  await expect(cards(page).first()).toBeVisible()
  await page.keyboard.press('Shift+N')
  const dialog = page.getByRole('dialog', { name: 'Add a pane' })
  await dialog.getByLabel('What it shows').selectOption('Hours of the week')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Add' }).click()
  await expect(stream(page, 'Hours of the week').getByRole('table')).toBeVisible()
  await page.keyboard.press('Shift+A')
  await page.getByRole('button', { name: 'Remove Hours of the week' }).click()
  await expect(stream(page, 'Hours of the week')).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(stream(page, 'Hours of the week')).toHaveCount(1)
})

test('what a mark means shows soon under the pointer, and on focus', async ({ page, station }) => {
  await page.goto(station.url)
  await expect(cards(page).first()).toBeVisible()
  const tip = page.locator('.tip')
  await cards(page).first().locator('.sentiment').hover()
  await expect(tip).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(tip).toHaveCount(0)
  await page.keyboard.press('Shift+A')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Shift+Tab')
  await expect(tip).toContainText('Arrows move')
  await expectAccessible(page)
})

test('a search says what is wrong where, and finds', async ({ page, station }) => {
  await page.goto(station.url)
  await expect(cards(page).first()).toBeVisible()
  await page.keyboard.press('/')
  const field = page.getByRole('searchbox')
  await field.fill('kaffora (early OR')
  await expect(field).toHaveAttribute('aria-invalid', 'true')
  await field.fill('kaffora early')
  await field.press('Enter')
  await expect(page.getByText('120 mentions')).toBeVisible()
  await expect(page.getByRole('article').first()).toContainText('early 119')
  await expect(page).toHaveURL(/#\/search\?q=kaffora/)
  await expectAccessible(page)
})

test('the palette finds views, desks and mentions; ? shows the keys', async ({ page, station }) => {
  await page.goto(station.url)
  await expect(cards(page).first()).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('techn')
  await expect(page.getByRole('option', { name: /Technical/ })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('combobox').fill('settings')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'All keys' })).toContainText('Find or do anything')
  await expectAccessible(page)
})

test('what is typed at once is for the view that was asked for, however slowly it comes', async ({ page, station }) => {
  const fetched = Promise.withResolvers<void>()
  await page.route(/\/SourcesView-[^/]*\.js$/, async (route) => {
    await fetched.promise
    await route.continue()
  })
  await page.goto(station.url)
  await expect(cards(page).first()).toBeVisible()
  await page.keyboard.press('j')
  await page.keyboard.type('/exclude')
  await expect(page.getByRole('searchbox')).toHaveValue('exclude')
  await page.keyboard.press('Escape')
  await page.keyboard.type('gs+')
  fetched.resolve()
  await expect(page.getByRole('dialog')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Sources', exact: true })).toBeAttached()
})

test('a file is looked at, imported, and what was dropped is told', async ({ page, station }) => {
  await page.goto(station.url)
  await page.keyboard.press('g')
  await page.keyboard.press('s')
  await page.getByRole('button', { name: 'Import a file' }).click()
  const text =
    'when,who,said\n2026-03-01T10:00:00Z,ana,Kaffora is lovely\nnever,bo,Kaffora is late\n2026-03-01T10:02:00Z,cy,\n'
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'posts.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
  const dialog = page.getByRole('dialog', { name: 'Import a file' })
  await dialog.getByLabel(/^Text/).selectOption('said')
  await dialog.getByLabel(/^When it was published/).selectOption('when')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(dialog).toContainText(/rows read\s*3/)
  await expect(dialog).toContainText(/stored\s*1/)
  await expect(dialog).toContainText('Line 3')
  await expect(dialog).toContainText('no date that can be read')
})

for (const theme of ['dark', 'light'] as const) {
  test(`axe finds nothing on wall, sources, settings and the first minute, ${theme}`, async ({ page, station }) => {
    await page.addInitScript(
      (chosen) => localStorage.setItem('earshot.screen', JSON.stringify({ theme: chosen })),
      theme,
    )
    await page.goto(station.url)
    await expect(cards(page).first()).toBeVisible()
    await expectAccessible(page)
    for (const [view, heading] of [
      ['sources', 'Sources'],
      ['settings', 'Settings'],
      ['welcome', 'What do you listen for?'],
    ] as const) {
      await page.evaluate((hash) => (location.hash = hash), `#/${view}`)
      await expect(page.getByRole('heading', { name: heading, exact: true })).toBeVisible()
      await expectAccessible(page)
    }
  })
}
