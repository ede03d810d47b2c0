import { expectAccessible } from './support/accessibility.ts'
import { openView } from './support/open-view.ts'
import { expect, test } from './support/station.ts'

test.use({ sample: true })

test('insights say what they count, and every number leads to its mentions', async ({ page, station }) => {
  await openView(page, station, '#/insights?period=hour')
  const said = page.locator('main p.said')
  await expect(said).toHaveText(/^Everything heard · .+ · [\d,]+ mentions · before: .+, [\d,]+ mentions$/)
  await expectAccessible(page)

  await page.getByRole('region', { name: 'Networks' }).getByRole('button').first().click()
  await expect(page).toHaveURL(/#\/search\?q=network%3A\w+&from=\d+&to=\d+/)
  await expect(page.getByRole('article').first()).toBeVisible()
  await page.goBack()

  const aspects = page.getByRole('region', { name: 'Sentiment by aspect' })
  await aspects
    .getByRole('button', { name: /negative/ })
    .first()
    .click()
  await expect(page).toHaveURL(/sentiment%3Anegative/)
  await expect(page.getByRole('article').first()).toBeVisible()
  await page.goBack()

  for (const [name, query] of [
    ['Terms', /q=(%22|%23)/],
    ['Authors', /q=author%3A/],
    ['Hours of the week', /q=%28since%3A/],
  ] as const) {
    await page.getByRole('region', { name }).locator('li button, td button').first().click()
    await expect(page).toHaveURL(query)
    await expect(page.getByRole('article').first()).toBeVisible()
    await page.goBack()
  }

  await page.getByRole('button', { name: '7 days' }).click()
  await expect(said).toContainText('nothing heard')
  await expect(page).toHaveURL(/period=days7/)
  await page.getByText('Listens Everything heard').click()
  await page.getByRole('checkbox').first().check()
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(/listens=/)
  await expect(said).not.toContainText('Everything heard')
})

test('insights speak German by light as well', async ({ page, station }) => {
  await openView(page, station, '#/insights', { theme: 'light', locale: 'de' })
  await expect(page.getByRole('heading', { name: 'Stimmung nach Thema' })).toBeVisible()
  await expectAccessible(page)
})
