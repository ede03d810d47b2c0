import { arrived } from './support/open-view.ts'
import { expect, test } from './support/station.ts'

test.use({ sample: true })

test('the wall is alive and true', async ({ page, station }) => {
  await page.goto(station.url)
  await expect(page.getByText('Sample shift, invented')).toBeVisible()
  const cards = page.getByRole('article')
  await expect(cards.first()).toBeVisible()
  expect(await cards.count()).toBeGreaterThan(5)
  await expect(page.getByText('Heard, last hour')).toBeVisible()
  // Quiet and broken look different: the hotline of the story has stopped sending.
  await expect(page.getByText(/Hotline/).first()).toBeVisible()
  // The chart is drawn, not only framed.
  const painted = await page
    .locator('canvas')
    .first()
    .evaluate((canvas: HTMLCanvasElement) => {
      const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
      return data.some((value) => value !== 0)
    })
  expect(painted).toBe(true)
  // Nothing is refused and nothing is broken.
  await expect(page.getByText('This did not work')).toHaveCount(0)
})

test('every view is reached by g and its key', async ({ page, station }) => {
  await page.goto(station.url)
  await expect(page.getByRole('article').first()).toBeVisible()
  for (const [key, view] of [
    ['b', 'board'],
    ['l', 'listens'],
    ['i', 'insights'],
    ['r', 'review'],
    ['s', 'sources'],
    ['d', 'desks'],
    ['w', 'wall'],
  ] as const) {
    await page.keyboard.press('g')
    await page.keyboard.press(key)
    await expect(page).toHaveURL(new RegExp(`#/?${view}`))
    await arrived(page)
    await expect(page.locator('[aria-busy=true]')).toHaveCount(0)
  }
})

test('every view speaks German', async ({ browser, station }) => {
  const context = await browser.newContext({ locale: 'de-DE' })
  const page = await context.newPage()
  await page.goto(station.url)
  await expect(page.getByText('Alle Erwähnungen')).toBeVisible()
  expect(await page.locator('html').getAttribute('lang')).toBe('de')
  await context.close()
})
