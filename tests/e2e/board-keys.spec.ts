import type { Page } from '@playwright/test'
import { current, currentId, field, message, sendOn, shownNumber } from './support/board.ts'
import { openView } from './support/open-view.ts'
import { expect, test } from './support/station.ts'

test.use({ sample: true })

async function openBoard(page: Page, station: Parameters<typeof openView>[1]) {
  await openView(page, station, '#/board')
  await expect(current(page)).toBeVisible()
}

test('an officer routes 30 mentions by keyboard in under a minute, and takes the last one back', async ({
  page,
  station,
}) => {
  await openBoard(page, station)
  await page.keyboard.press('l') // from "to decide" to "to answer", where there are more than thirty
  await expect(page.getByRole('button', { name: /To answer/ })).toHaveAttribute('aria-pressed', 'true')
  await expect(current(page)).toBeVisible()
  await page.keyboard.press('Home')
  const seen = new Set<string>()
  for (let pressed = 0; pressed < 30; pressed++) {
    seen.add(await currentId(page))
    await sendOn(page, pressed)
  }
  expect(seen.size).toBe(30)
  await page.keyboard.press('u')
  await expect(message(page)).toContainText('Taken back')
})

test('the next mention comes up by itself and the decided one leaves the list', async ({ page, station }) => {
  await openBoard(page, station)
  const tab = page.getByRole('button', { name: /To decide/ })
  const before = await shownNumber(tab)
  const text = (await current(page).textContent()) ?? ''
  await page.keyboard.press('0')
  await expect(current(page)).not.toHaveText(text)
  await expect(tab).toContainText(String(before - 1))
  await page.keyboard.press('u')
  await expect(tab).toContainText(String(before))
})

test('two officers on one station see each other’s moves at once', async ({ page, station, browser }) => {
  const second = await (await browser.newContext()).newPage()
  await openBoard(page, station)
  await openBoard(second, station)
  const other = second.getByRole('button', { name: /To decide/ })
  const before = await shownNumber(other)
  await page.keyboard.press('3')
  await expect(other).toContainText(String(before - 1))
  await page.keyboard.press('u')
  await expect(other).toContainText(String(before))
  await second.context().close()
})

test('a reply is written, kept as a draft, counted and recorded', async ({ page, station }) => {
  await openBoard(page, station)
  await page.keyboard.press('e')
  await page.keyboard.press('l')
  await expect(current(page)).toBeVisible()
  await page.keyboard.press('r')
  await expect(field(page)).toBeFocused()
  await page.keyboard.type('We are on it and write again today.')
  await page.keyboard.press('Escape')
  await expect(field(page)).toBeHidden()
  await page.keyboard.press('j')
  await page.keyboard.press('k')
  await expect(page.getByRole('button', { name: 'Draft: We are on it and write again today.' })).toBeVisible()
  await page.keyboard.press('r')
  await expect(field(page)).toHaveValue('We are on it and write again today.')
  // At once: what it needs to know is waited for, the key is not lost.
  await page.keyboard.press('Control+Enter')
  await expect(message(page)).toContainText(/Answer leaves|Reply recorded|Approval asked for/)
})

test('cases are marked and decided together', async ({ page, station }) => {
  await openBoard(page, station)
  for (const key of ['x', 'j', 'x', 'j', 'x']) await page.keyboard.press(key)
  await expect(page.getByText('3 selected').first()).toBeVisible()
  await page.keyboard.press('3')
  await expect(message(page)).toContainText('3 cases → Care')
  await page.keyboard.press('u')
  await expect(message(page)).toContainText('Taken back: 3 cases → Care')
})

test('columns are walked and cases moved by keyboard', async ({ page, station }) => {
  await openView(page, station, '#/board?mode=columns')
  await expect(page.locator('[aria-current]').first()).toBeVisible()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowDown')
  await expect(page.locator('.card[aria-current]')).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'The case' })).toBeVisible()
  expect(await currentId(page)).toMatch(/^case_/)
})
