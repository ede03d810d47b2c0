import { expect, test } from './support/station.ts'

test.use({ sample: true })

test('a shift is replayed as it was known then', async ({ page, station }) => {
  await page.goto(station.url)
  await expect(page.getByRole('article').first()).toBeVisible()
  await page.keyboard.press('g')
  await page.keyboard.press('r')
  await expect(page.getByText('Early shift').first()).toBeVisible()
  await page.getByText('Early shift').first().click()
  await expect(page.getByText('Nothing that was learned later is shown.')).toBeVisible()
  const known = page.getByText(/As known at/).first()
  await expect(known).toBeVisible()
  const before = await known.textContent()
  await page.getByRole('button', { name: 'Play', exact: true }).click()
  await expect(known).not.toHaveText(before ?? '')
  await page.getByRole('button', { name: 'Pause', exact: true }).click()
})
