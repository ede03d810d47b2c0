import { expectAccessible } from './support/accessibility.ts'
import { openView } from './support/open-view.ts'
import { expect, test } from './support/station.ts'

test.use({ sample: true })

test('a query names a part in German, by keys alone, and finds it in English too', async ({ page, station }) => {
  await openView(page, station, '#/search', { locale: 'de', theme: 'light' })
  const line = page.getByRole('searchbox')
  await line.fill('')
  await line.pressSequentially('concept:kartenz')
  const list = page.getByRole('listbox', { name: 'Namen, die so beginnen' })
  await expect(list.getByRole('option').first()).toContainText('Kartenzahlung')
  await expectAccessible(page)
  await line.press('ArrowDown')
  await expect(list.getByRole('option').first()).toHaveAttribute('aria-selected', 'true')
  await line.press('Enter')
  await expect(line).toHaveValue('concept:Kartenzahlung')
  await expect(list).toBeHidden()
  await line.press('Enter')
  await expect(page.getByRole('article').first()).toBeVisible()
  await expect(page.locator('#search-said')).toContainText('Kartenzahlung')
  // What was chosen can be taken back like anything that was typed.
  await line.focus()
  await line.press('ControlOrMeta+z')
  await expect(line).toHaveValue('concept:kartenz')
  await line.press('Escape')
})

test('insights tell what is spoken of part by part', async ({ page, station }) => {
  await openView(page, station, '#/insights?period=hour', { locale: 'de' })
  const aspects = page.getByRole('region', { name: 'Stimmung nach Thema' })
  await aspects.getByRole('button', { name: 'Teile' }).click()
  await expect(aspects.getByRole('listitem').first()).toBeVisible()
  await expectAccessible(page)
  await aspects.getByRole('listitem').first().getByRole('button').first().click()
  await expect(page).toHaveURL(/q=aspect%3A%22[a-z0-9-]+%22/)
  await expect(page.getByRole('article').first()).toBeVisible()
})
