import { expect, test } from './support/station.ts'

test.use({ sample: true, viewport: { width: 1920, height: 1080 } })

test('a wall shows and changes nothing', async ({ page, station }) => {
  await page.goto(station.wallUrl)
  await expect(page).toHaveURL(/\/wall\//)
  await expect(page.getByRole('article').first()).toBeVisible()
  await expect(page.getByRole('button', { name: /Arrange/ })).toHaveCount(0)
  // Large enough for three metres.
  const size = await page.getByRole('article').first().locator('.text').first().evaluate((text) => Number.parseFloat(getComputedStyle(text).fontSize)) // prettier-ignore
  expect(size).toBeGreaterThanOrEqual(20)
})

test('a wall is refused the officer, whatever it tries', async ({ page, station }) => {
  await page.goto(station.wallUrl)
  await expect(page.getByRole('article').first()).toBeVisible()
  const status = await page.evaluate(() => fetch('/').then((response) => response.status))
  expect(status).toBe(401)
  const opened = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const socket = new WebSocket(`ws://${location.host}/rpc`)
        socket.onopen = () => resolve(true)
        socket.onerror = () => resolve(false)
      }),
  )
  expect(opened).toBe(false)
})

test('a wall comes back by itself when the connection breaks', async ({ page, station, context }) => {
  await page.goto(station.wallUrl)
  await expect(page.getByRole('article').first()).toBeVisible()
  await context.setOffline(true)
  await page.evaluate(() => window.dispatchEvent(new Event('offline')))
  await context.setOffline(false)
  await expect(page.getByRole('article').first()).toBeVisible()
})
