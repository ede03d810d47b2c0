import type { Page } from '@playwright/test'
import { currentId, list, pane } from './support/board.ts'
import { openView } from './support/open-view.ts'
import { expect, test } from './support/station.ts'

test.use({ sample: true })
test.describe.configure({ mode: 'serial' })

const open = async (page: Page, url: string): Promise<void> => {
  await page.goto(url)
  await expect(page.getByRole('article').first()).toBeVisible()
  await page.keyboard.press('g')
  await page.keyboard.press('b')
  await expect(page.getByRole('region', { name: 'To decide' })).toBeVisible()
}

/** The number in the head of the list: `All open 377 · by urgency`. */
const badge = async (page: Page): Promise<number> => {
  const text = await page.getByRole('region', { name: 'All open' }).locator('h2').first().textContent()
  return Number((/\d[\d.,]*/.exec(text ?? '')?.[0] ?? '0').replace(/\D/g, ''))
}

test('a mention is routed by one key, the next comes up by itself, and u takes it back', async ({ page, station }) => {
  await open(page, station.url)
  // All open cases: there is always something to decide anew there.
  await page.keyboard.press('l')
  await page.keyboard.press('l')
  await expect(page.getByRole('region', { name: 'All open' })).toBeVisible()
  const current = page.locator('[aria-current=true]').first()
  await expect(current).toBeVisible()
  const pane = page.locator('[data-case-pane]')
  const before = await pane.textContent()
  await page.keyboard.press('3')
  await expect(page.getByRole('status').or(page.getByRole('alert')).filter({ hasText: /./ }).first()).toBeVisible()
  await expect(pane).not.toHaveText(before ?? '')
  await page.keyboard.press('u')
  await expect(page.getByText(/back where it was|taken back|undone/i).first()).toBeVisible()
})

test('thirty cases are decided by keyboard alone, a key each', async ({ page, station }) => {
  await open(page, station.url)
  await page.keyboard.press('l')
  await page.keyboard.press('l')
  await expect(page.getByRole('region', { name: 'All open' })).toBeVisible()
  await expect(page.locator('[data-case-pane]')).toBeVisible()
  await expect.poll(() => badge(page)).toBeGreaterThan(30)
  for (let n = 0; n < 30; n++) await page.keyboard.press(String(1 + (n % 4)))
  await expect(page.locator('[data-case-pane]')).toBeVisible()
})

test('two officers see each other at once', async ({ page, station, browser }) => {
  await openView(page, station, '#/board?scope=open')
  // One that stands still while it is looked at: the least urgent but one, and not the case on screen, which would stay there.
  const first = await currentId(page)
  await expect(page.getByRole('button', { name: /All open \d/ })).toBeVisible()
  await page.keyboard.press('End')
  await expect.poll(() => currentId(page)).not.toBe(first)
  const onScreen = await currentId(page)
  const row = list(page).locator('.row:not(:has([aria-current]))').last()
  const id = (await row.getAttribute('data-key'))!
  expect(id).not.toBe(onScreen)
  const author = (await row.locator('header b').textContent())!.trim()
  const context = await browser.newContext()
  const colleague = await context.newPage()
  await openView(colleague, station, `#/board/${id}?scope=open`)
  await expect(pane(colleague)).toContainText(author)
  // Closed by one, gone for both.
  await colleague.keyboard.press('0')
  await expect(list(page).locator(`[data-key="${id}"]`)).toHaveCount(0)
  expect(await currentId(page)).toBe(onScreen)
  await context.close()
})
