import { writeFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { openView } from './support/open-view.ts'
import { list, pane } from './support/board.ts'
import { expect, test } from './support/station.ts'

test.use({ sample: true })

/** How many pages a PDF has: each is an object of the type `/Page`, which Chromium writes uncompressed. */
const pagesOf = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0
const print = (page: Page) => page.pdf({ format: 'A4', preferCSSPageSize: false })

test('insights, the board, a case and a review are printed as pages', async ({ page, station }, info) => {
  await openView(page, station, '#/insights?period=hour')
  await expect(page.locator('main p.said')).toContainText(/\d mentions/)
  const kept = async (name: string, hint: RegExp) => {
    const pdf = await print(page)
    await info.attach(name, { body: pdf, contentType: 'application/pdf' })
    if (process.env['EARSHOT_PRINTED']) writeFileSync(`${process.env['EARSHOT_PRINTED']}/${name}.pdf`, pdf)
    await expect(page.locator('.print-head')).toHaveCount(0)
    await page.emulateMedia({ media: 'print' })
    await expect(page.locator('.print-head')).toContainText(hint)
    await expect(page.locator('.print-head')).toContainText('UTC')
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
    await expect(page.getByRole('navigation')).toBeHidden()
    // Nobody can point at what is cut on paper.
    for (const one of await page.locator('main .number :is(dt, em)').all())
      await expect(one).toHaveCSS('white-space', 'normal')
    await page.emulateMedia({ media: null })
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
    return pagesOf(pdf)
  }
  expect(await kept('insights', /Insights.*Everything heard/s)).toBeGreaterThan(1)

  await openView(page, station, '#/board?mode=list&scope=open')
  await expect(list(page).locator('.row').first()).toBeVisible()
  expect(await kept('list', /Board.*All open/s)).toBeGreaterThan(1)

  await openView(page, station, '#/board?scope=open')
  await expect(pane(page)).toBeVisible()
  await expect(pane(page).getByText('Loading', { exact: true })).toHaveCount(0)
  expect(await kept('case', /Case \S+ · .+ · .+ · /)).toBeGreaterThan(1)

  await openView(page, station, '#/review')
  await expect(page.locator('.then')).toContainText(/\d\d:\d\d/)
  await expect(page.locator('.numbers')).toBeVisible()
  expect(await kept('review', /Review.*As known at/s)).toBeGreaterThan(0)
})
