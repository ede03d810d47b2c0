import { openView } from './support/open-view.ts'
import { expect, test } from './support/station.ts'

test.use({ sample: true })

test('a listen is written, corrected at the marked place, saved, removed and brought back', async ({
  page,
  station,
}) => {
  await openView(page, station, '#/listens')
  await expect(page.getByRole('option').first()).toBeVisible()
  await page.keyboard.press('n')
  const name = page.getByPlaceholder('Name of the listen')
  await expect(name).toBeFocused()
  await page.keyboard.type('Third cup')
  const query = page.getByRole('textbox', { name: 'Query' })
  await query.focus()
  await page.keyboard.type('(kaffora OR "third cup"')
  await expect(page.getByText('This parenthesis is never closed.')).toBeVisible()
  await expect(query).toHaveAttribute('aria-invalid', 'true')
  await page.keyboard.type(')')
  await expect(page.locator('.words')).toContainText('kaffora')
  await expect(page.getByRole('tab', { name: /Would hear [1-9]/ })).toBeVisible()
  await expect(name).toHaveValue('Third cup')
  await page.keyboard.press('Control+s')
  const option = page.getByRole('option', { name: /Third cup/ })
  await expect(option).toBeVisible()
  await option.click()
  await page.getByRole('button', { name: 'Remove' }).click()
  await expect(option).toHaveCount(0)
  await page.keyboard.press('u')
  await expect(option).toBeVisible()
})

test.describe('a query of another tool', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

  test('is shown beside what it is here, taken with one key, and a problem is mended with one', async ({
    page,
    station,
  }) => {
    await openView(page, station, '#/listens')
    await expect(page.getByRole('option').first()).toBeVisible()
    await page.keyboard.press('n')
    await expect(page.getByPlaceholder('Name of the listen')).toBeFocused()
    const query = page.getByRole('textbox', { name: 'Query' })
    await query.focus()
    await page.evaluate(() =>
      navigator.clipboard.writeText('kaffora NEAR/5f (broken OR leak*) AND language:en AND city:kiel'),
    )
    await page.keyboard.press('Control+v')
    const translation = page.getByRole('region', { name: 'This looks like a query of Brandwatch' })
    await expect(translation).toContainText('kaffora ONEAR/5 (broken OR leak*) AND lang:en')
    await expect(translation.getByRole('listitem')).toContainText(['city:kiel'])
    await page.keyboard.press('Escape')
    await expect(translation).toHaveCount(0)
    await expect(query).toHaveValue(/NEAR\/5f/)
    await page.keyboard.press('Alt+t')
    await expect(translation.getByRole('button', { name: 'Take the translation' })).toBeEnabled()
    await page.keyboard.press('Alt+t')
    await expect(query).toHaveValue('kaffora ONEAR/5 (broken OR leak*) AND lang:en')
    await expect(translation).toHaveCount(0)
    await query.fill('kaffora W/3 broken')
    await expect(page.getByRole('button', { name: /^Write NEAR\/3/ })).toBeVisible()
    await query.press('Alt+m')
    await expect(query).toHaveValue('kaffora NEAR/3 broken')
  })
})

test('a shift is replayed as it was known then', async ({ page, station }) => {
  await openView(page, station, '#/review')
  await page.getByRole('button', { name: /Early shift/ }).click()
  const banner = page.locator('.then strong')
  await expect(banner).toContainText('As known at')
  const heard = page.locator('.numbers dd').first()
  await expect(heard).not.toHaveText('0')
  const atEnd = Number((await heard.textContent())!.replace(/\D/g, ''))
  const slider = page.getByRole('slider')
  await slider.focus()
  await page.keyboard.press('Home')
  await expect(heard).toHaveText(/^\d{1,2}$/)
  expect(Number(await heard.textContent())).toBeLessThan(atEnd)
  await page.getByRole('button', { name: '60×' }).click()
  const before = await slider.getAttribute('aria-valuenow')
  await page.keyboard.press('Space')
  await expect(slider).not.toHaveAttribute('aria-valuenow', before!)
  await page.keyboard.press('Space')
  await page.keyboard.press(']')
  await expect(page.locator('.then')).toContainText(/\d\d:\d\d:\d\d/)
})

test('rules are put in another order by keyboard, and back', async ({ page, station }) => {
  await openView(page, station, '#/desks/rules')
  const names = page.locator('ol .row b')
  await expect(names.first()).toBeVisible()
  const [first, second] = [await names.nth(0).textContent(), await names.nth(1).textContent()]
  await page.keyboard.press('j')
  await page.keyboard.press('Shift+ArrowUp')
  await expect(names.nth(0)).toHaveText(second!)
  await page.keyboard.press('u')
  await expect(names.nth(0)).toHaveText(first!)
})
