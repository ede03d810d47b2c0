import { expect, test } from './support/station.ts'
import { expectAccessible } from './support/accessibility.ts'
import { openView } from './support/open-view.ts'

test.use({ sample: true, viewport: { width: 1456, height: 900 } })

test('an alert becomes a crisis, is run by keys alone, shows on wall and board, and is stood down', async ({
  page,
  station,
  faults,
}) => {
  await openView(page, station, '#/alerts')
  await expect(page.locator('.alert').first()).toBeVisible()
  await page.keyboard.press('x')
  await page.getByLabel('Name').fill('Payments fail')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Payments fail' })).toBeVisible()

  await page.keyboard.press('e')
  await expect(page.getByRole('checkbox').first()).toBeChecked()

  await page.keyboard.press('s')
  await page.getByRole('textbox', { name: 'Words' }).fill('We know of it and write again soon.')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(/not approved/)).toBeVisible()
  await page.getByRole('button', { name: 'Approve' }).click()
  await page.getByRole('dialog').getByRole('textbox').fill('Dr. Weber')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(/approved by Dr\. Weber/).first()).toBeVisible()
  await expectAccessible(page)

  // A quiet line on every other view leads back.
  await page.keyboard.press('g')
  await page.keyboard.press('b')
  const line = page.getByRole('navigation', { name: 'Crisis that runs' })
  await expect(line).toContainText('Payments fail')
  await line.getByRole('link').first().click()

  await page.keyboard.press('c')
  await page.getByRole('dialog').getByRole('textbox').fill('Payments work again.')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('Payments work again.').first()).toBeVisible()
  await expect(page.getByRole('button', { name: /Stand down/ })).toBeDisabled()
  await page.keyboard.press('u')
  await expect(page.getByRole('button', { name: /Stand down/ })).toBeEnabled()
  expect(faults).toEqual([])
})
