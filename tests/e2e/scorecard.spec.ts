import { expectAccessible } from './support/accessibility.ts'
import { openView } from './support/open-view.ts'
import { expect, test } from './support/station.ts'

test.use({ sample: true })

test('misroutes lead to their cases and to a rule that would have spared them, by keyboard', async ({
  page,
  station,
}) => {
  await openView(page, station, '#/desks/scorecard')
  const row = page.getByRole('row', { name: /^Question Care/ })
  const sentOn = row.getByRole('button', { name: /sent on/ })
  await expect(sentOn).toBeVisible()
  await expectAccessible(page)
  const number = Number((await sentOn.textContent())!.replace(/\D/g, ''))
  expect(number).toBeGreaterThan(5)
  await sentOn.focus()
  await page.keyboard.press('Enter')
  // Each once; the shift goes on meanwhile, so that there may be one more.
  const cases = page.locator('.cases a:visible')
  await expect.poll(() => cases.count()).toBeGreaterThanOrEqual(number)
  await expect(cases.first()).toHaveAttribute('href', /#\/board\/case_/)
  await expectAccessible(page)
  await page.keyboard.press('Escape')

  // The back-test of the proposed rule: what it would have moved.
  const card = page.locator('article.chosen')
  await expect(card).toContainText('Product instead of Care')
  await page.keyboard.press('b')
  await expect(card.locator('.sum')).toContainText('mentions would have gone elsewhere')
  await expect(card.getByRole('row', { name: /^Product/ }).first()).toContainText('0 →')
  await expectAccessible(page)
  await page.keyboard.press('b')

  // Taken over, it is a draft; saved, it decides, and is proposed no more.
  await page.keyboard.press('t')
  await expect(page.getByText('A proposed rule. Nothing changes until it is saved.')).toBeVisible()
  const name = await page.getByLabel('Name of the rule').inputValue()
  expect(name).toContain('→ Product')
  await page.getByRole('button', { name: /^Save/ }).click()
  await expect(page.getByRole('button', { name }).first()).toBeVisible()
  await page.goto(`${page.url().replace(/#.*/, '')}#/desks/scorecard`)
  await expect(sentOn).toBeVisible()
  await expect(page.getByText('now decided by Question: to Product')).toHaveCount(0)
})

test('Earshot acts alone only from the certainty that the officer set, and never by default', async ({
  page,
  station,
}) => {
  await openView(page, station, '#/desks/scorecard')
  const threshold = page.getByLabel('Follow suggestions without a person')
  await expect(threshold).toHaveValue('never')
  await expect(page.getByRole('table').last()).toContainText('≥ 90%')
  await threshold.selectOption({ index: 3 })
  await expect(page.getByText(/Earshot follows suggestions from 85% certainty/)).toBeVisible()
  await page.keyboard.press('Escape')
  await page.locator('body').press('u')
  await expect(threshold).toHaveValue('never')
})
