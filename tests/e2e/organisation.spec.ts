import { webhookReceiver } from '#tests/engine/handoffs/receivers.ts'
import { expectAccessible } from './support/accessibility.ts'
import { openView } from './support/open-view.ts'
import { expect, serveStation, test } from './support/station.ts'

test.describe.configure({ mode: 'serial' })

const header = 'name,email,desks,skills,languages,countries,hours,timezone,capacity'
const rows = [
  'Ana Vogel,ana@example.org,Technical,payments:4;german:5,de;en,DE,Mo-Fr 09:00-17:00,Europe/Berlin,8',
  'Bo Okafor,bo@example.org,Technical;Roastery,coffee:3,en,,,Europe/Berlin,5',
  'Cy Nobody,not-an-address,Technical,payments:9,en,GERMANY,,Mars/Base,0',
  ',nameless@example.org,Technical,,,,,,',
]
const file = (text: string) => ({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })

test('people come from a file: first what would change, then the change, and the second time nothing', async ({
  page,
  station,
}) => {
  await openView(page, station, '#/desks/people')
  await expect(page.getByText('Nobody yet').first()).toBeVisible()
  await page.keyboard.press('i')
  const chooser = page.getByLabel('CSV file')
  await expect(chooser).toBeFocused()
  await chooser.setInputFiles(file([header, ...rows].join('\n')))
  const panel = page.locator('.import')
  await expect(panel).toContainText('4 rows: 3 new, 0 changed, 0 the same, 1 new desks')
  await expect(panel).toContainText('Line 4 email: “not-an-address” is no address.')
  await expect(panel).toContainText('Line 4 skills: “payments:9” is no skill.')
  await expect(panel).toContainText('Line 4 timezone: “Mars/Base” is no time zone.')
  await expect(panel).toContainText('Line 5 name: The name is missing; the row is left out.')
  await expectAccessible(page)
  // Nothing was changed by looking.
  await expect(page.locator('.item')).toHaveCount(0)
  await page.getByRole('button', { name: 'Apply the changes' }).click()
  await expect(page.locator('.item')).toHaveCount(3)
  await page.keyboard.press('i')
  await chooser.setInputFiles(file([header, ...rows.slice(0, 2)].join('\n')))
  await expect(panel).toContainText('2 rows: 0 new, 0 changed, 2 the same, 0 new desks')
  await expect(panel).toContainText('Nothing would change.')
  await expect(page.getByRole('button', { name: 'Apply the changes' })).toBeDisabled()
  await chooser.setInputFiles(file('who,where\nAna,here'))
  await expect(panel.getByRole('alert')).toContainText('names no column “name”')
})

test('a person is edited by keyboard alone, and what cannot be is said beside its field', async ({ page, station }) => {
  await openView(page, station, '#/desks/people')
  await page.getByRole('button', { name: 'Ana Vogel' }).click()
  await expect(page.getByLabel('Skills with level')).toHaveValue('payments 4, german 5')
  await page.getByLabel('Countries').fill('DE, Austria')
  await page.getByLabel('Open cases at a time').fill('0')
  await page.keyboard.press('Control+Enter')
  const countries = page.getByLabel('Countries')
  await expect(countries).toHaveAttribute('aria-invalid', 'true')
  await expect(countries).toHaveAccessibleDescription(/“Austria” is no country code/)
  await expect(page.getByLabel('Open cases at a time')).toHaveAccessibleDescription(/from 1 to 1,?000/)
  await expectAccessible(page)
  await countries.fill('de, at')
  await page.getByLabel('Open cases at a time').fill('6')
  await page.getByLabel('Presence', { exact: true }).selectOption('away')
  await page.getByRole('group', { name: 'Desks' }).getByRole('button', { name: 'Press' }).click()
  await page.keyboard.press('Control+Enter')
  await expect(page.locator('.form-actions .state')).toHaveText('Saved')
  await page.reload()
  await page.getByRole('button', { name: 'Ana Vogel' }).click()
  await expect(page.getByLabel('Countries')).toHaveValue('DE, AT')
  await expect(page.getByRole('group', { name: 'Desks' }).getByRole('button', { name: 'Press' })).toHaveAttribute('aria-pressed', 'true') // prettier-ignore
  await expect(page.locator('.item', { hasText: 'Ana Vogel' })).toContainText('0 of 6')
})

test('what was written is not lost by a key or a link without a question', async ({ page, station }) => {
  await openView(page, station, '#/desks')
  await page.getByRole('button', { name: /Press/ }).click()
  const purpose = page.getByLabel('What it is for')
  await purpose.fill('Everything about the press')
  await purpose.press('Escape')
  const ask = page.getByRole('dialog', { name: 'Discard the changes?' })
  await expect(ask).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Enter')
  await expect(ask).toHaveCount(0)
  await expect(purpose).toHaveValue('Everything about the press')
  await page.getByRole('link', { name: 'Wall' }).click()
  await expect(ask).toBeVisible()
  await expect(page).toHaveURL(/#\/desks/)
  await ask.getByRole('button', { name: 'Discard the changes' }).click()
  await expect(page).toHaveURL(/#\/wall/)
  await page.goBack()
  await page.getByRole('button', { name: /Press/ }).click()
  await expect(purpose).not.toHaveValue('Everything about the press')
})

test('a channel is saved and tried, while its receiver fails and after it came back', async ({ page }) => {
  const receiver = await webhookReceiver([500, 401, 'drop'])
  const own = await serveStation({ env: { EARSHOT_ALLOW_PRIVATE: receiver.host } })
  try {
    await openView(page, own, '#/desks/channels')
    await expect(page.getByText('No channel yet')).toBeVisible()
    await page.keyboard.press('n')
    await page.getByLabel('Name', { exact: true }).fill('CRM')
    await page.getByLabel('Kind').selectOption('webhook')
    await page.keyboard.press('Control+Enter')
    const address = page.getByLabel('Address')
    await expect(address).toHaveAccessibleDescription(/needed/)
    await expect(address).toBeFocused()
    await address.fill(receiver.url)
    await page.keyboard.press('Control+Enter')
    const said = page.locator('.app-form [role=status]').filter({ hasText: /[●▲]/ })
    const attempt = page.getByRole('button', { name: 'Send a test' })
    await attempt.click()
    await expect(said).toContainText(`${receiver.host} answered 500.`)
    await attempt.click()
    await expect(said).toContainText('refused it with 401')
    await attempt.click()
    await expect(said).toContainText(/closed the connection|broke off/)
    await attempt.click()
    await expect(said).toContainText('The test message was taken.')
    expect(receiver.received).toHaveLength(4)
    expect(receiver.received.at(-1)!.body).toContain('test message')
    await address.fill(`${receiver.url}2`)
    await expect(attempt).toBeDisabled()
    await page.keyboard.press('Control+Enter')
    await expect(attempt).toBeEnabled()
    await page.getByRole('button', { name: 'Remove' }).click()
    await expect(page.getByText('No channel yet')).toBeVisible()
  } finally {
    await own.close()
    await receiver.close()
  }
})
