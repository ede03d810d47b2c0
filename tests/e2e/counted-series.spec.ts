import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expectAccessible } from './support/accessibility.ts'
import { openView, settled } from './support/open-view.ts'
import { expect, serveStation, test } from './support/station.ts'

const folder = mkdtempSync(join(tmpdir(), 'earshot-series-'))
test.afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('a series is added by keys, filled from a file and by a program, and hung on a wall', async ({ page }) => {
  const station = await serveStation()
  try {
    await openView(page, station, '#/sources')
    await page.getByRole('button', { name: 'Add a series' }).press('Enter')
    const dialog = page.getByRole('dialog', { name: 'A new series' })
    await dialog.getByLabel('What is counted').fill('Abandoned <b>calls</b>')
    await dialog.getByLabel('Unit').fill('calls')
    await expectAccessible(page)
    await dialog.getByLabel('Unit').press('Enter')
    await expect(dialog).toHaveCount(0)
    const row = page.getByRole('listitem').filter({ hasText: 'Abandoned <b>calls</b>' })
    await expect(row).toContainText('no number yet')

    const now = Date.now()
    const lines = Array.from(
      { length: 300 },
      (_, at) => `${new Date(now - (300 - at) * 60_000).toISOString()},${at % 7}`,
    )
    const file = join(folder, 'calls.csv')
    writeFileSync(file, `time,calls\n${lines.join('\n')}\nnever,9\n`)
    await row.locator('input[type=file]').setInputFiles(file)
    await expect(row).toContainText('300 new, 0 changed, 0 as before · 1 line left out')
    await expect(row).toContainText('Line 302: No time that can be read.')
    await row.getByRole('button', { name: 'Show Abandoned <b>calls</b> over time' }).press('Enter')
    await expect(row.locator('canvas')).toBeVisible()
    await settled(page)
    await expectAccessible(page)

    await row.getByRole('button', { name: 'From a program: Abandoned <b>calls</b>' }).press('Enter')
    await page.getByRole('button', { name: 'Make a key' }).press('Enter')
    const [address, key] = await page.getByRole('dialog').locator('dd > code').allTextContents()
    await expectAccessible(page)
    const sent = await page.request.post(address!, {
      headers: { authorization: `Bearer ${key}` },
      data: { at: now - 60_000, value: 40 },
    })
    expect(await sent.json()).toMatchObject({ numbers: 1, left: 0 })
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().press('Enter')
    await expect(row).toContainText('40 calls')

    await openView(page, station, '#/wall')
    await page.keyboard.press('Shift+A')
    await page.getByRole('button', { name: 'Add a pane' }).click()
    const pane = page.getByRole('dialog', { name: 'Add a pane' })
    await pane.getByLabel('What it shows').selectOption('series')
    await pane.getByLabel('Counted series', { exact: true }).selectOption({ label: 'Abandoned <b>calls</b>' })
    await pane.getByRole('button', { name: 'Add', exact: true }).click()
    const counted = page.getByRole('region', { name: 'Abandoned <b>calls</b>' })
    await expect(counted).toContainText('40 calls now')
    // The wall was full: it stands in half of another pane, not below the screen.
    await expect(counted).toBeInViewport({ ratio: 1 })
    await page.keyboard.press('Escape')

    await openView(page, station, '#/sources')
    await page.getByRole('button', { name: 'Edit Abandoned <b>calls</b>' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await expect(page.getByText('Nothing is counted yet.')).toBeVisible()
    await page.keyboard.press('u')
    await expect(row).toContainText('numbers since')
  } finally {
    await station.close()
  }
})
