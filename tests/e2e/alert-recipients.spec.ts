import { connectOfficer } from '../support/officer.ts'
import { recipientDraft } from '../support/recipient.ts'
import { expectAccessible } from './support/accessibility.ts'
import { openView, settled } from './support/open-view.ts'
import { expect, test } from './support/station.ts'

const mailbox = {
  to: 'duty@company.example',
  account: '',
  host: '127.0.0.1',
  port: '9',
  secure: 'false',
  user: '',
  from: 'a@b.example',
}
const long = (n: number) =>
  `Bereitschaftsdienst der Donaudampfschifffahrtsgesellschaft für Zahlungsstörungen ${n}`.slice(-80)

test('a recipient is made by keys, tested, put on the rota, and both are taken back', async ({ page, station }) => {
  await openView(page, station, '#/settings')
  await page.getByRole('link', { name: 'Who is told, and the rota' }).press('Enter')
  await expect(page.getByRole('tab', { name: 'Alerts' })).toHaveAttribute('aria-selected', 'true')
  await settled(page)
  await expectAccessible(page, { bestPractice: true })
  // The rota asks for somebody first, and says so.
  await expect(page.getByRole('button', { name: 'Add a step' })).toBeDisabled()
  await expect(page.getByText('Add people, programs or chats')).toBeVisible()

  await page.keyboard.press('n')
  await page.getByRole('combobox', { name: 'Of the organisation' }).press('ArrowDown')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
  await page.getByPlaceholder('A person, a duty or a chat').fill('On call')
  await page.getByRole('textbox', { name: 'To', exact: true }).fill('duty@company.example')
  await page.getByRole('textbox', { name: 'From', exact: true }).fill('earshot@company.example')
  // Nothing listens there: a test says so, and what to do.
  await page.getByRole('textbox', { name: /^Mail server/ }).fill('127.0.0.1')
  await page.getByRole('textbox', { name: 'Port' }).fill('9')
  await expectAccessible(page, { bestPractice: true })
  await page.keyboard.press('Control+Enter')
  const row = page.getByRole('button', { name: /On call/ })
  await expect(row).toBeVisible()
  await page.getByRole('button', { name: 'Send a test' }).click()
  await expect(page.getByRole('status').filter({ hasText: '▲' })).toBeVisible()

  await page.getByRole('button', { name: /^Rota/ }).click()
  await page.getByRole('button', { name: 'Add a step' }).press('Enter')
  await page.getByRole('checkbox', { name: 'On call' }).check()
  await expectAccessible(page, { bestPractice: true })
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('button', { name: /^Rota/ })).toContainText('1 step')
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  await page.keyboard.press('u')
  await expect(page.getByRole('button', { name: /^Rota/ })).toContainText('0 steps')
  await page.keyboard.press('u')
  await expect(row).toHaveCount(0)
})

test('fifty recipients with long names: nothing is wider than the page, narrow, zoomed and in the other theme', async ({
  page,
  station,
}) => {
  const { client, close } = await connectOfficer(station.url)
  const ids: string[] = []
  for (let n = 0; n < 50; n++)
    ids.push(
      (await client.alerts.saveRecipient(recipientDraft({ name: long(n), kind: 'mail', config: mailbox }))).recipient
        .id,
    )
  const step = { afterMinutes: 15, recipientIds: ids.slice(0, 20), hours: { timeZone: 'UTC', spans: [], holidays: [] } }
  await client.alerts.saveRota({ enabled: true, fromStrength: 4, steps: [step] })
  close()
  await openView(page, station, '#/desks/alerts', { theme: 'light', locale: 'de' })
  for (const [width, height] of [
    [1456, 900],
    [728, 450],
    [320, 640],
  ] as const) {
    await page.setViewportSize({ width, height })
    for (const id of ['rota', ids[0]!]) {
      await page.goto(`${new URL(station.url).origin}/#/desks/alerts/${id}`)
      await settled(page)
      await expect(page.locator('form')).toBeVisible()
      const wide = await page
        .locator('main *')
        .evaluateAll((all) =>
          all
            .filter(
              (one) => /auto|scroll/.test(getComputedStyle(one).overflowX) && one.scrollWidth > one.clientWidth + 1,
            )
            .map((one) => one.className),
        )
      expect([width, id, wide]).toEqual([width, id, []])
      await expectAccessible(page, { seen: true })
    }
  }
})
