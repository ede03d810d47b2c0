import { expect, serveStation, test } from './support/station.ts'

test.describe.configure({ mode: 'serial' })

test('a newcomer names a brand and sees a wall, without an account and without a network', async ({
  page,
  station,
}) => {
  await page.goto(station.url)
  // The token is gone from the address before anything is shown.
  await expect(page).toHaveURL(/^http:\/\/127\.0\.0\.1:\d+\/(#.*)?$/)
  await expect(page.getByRole('heading', { name: 'What do you listen for?' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Open the sample shift' })).toBeVisible()
  await page.getByLabel('Brand or name').fill('Brewly')
  // The proposal is spelled out before anything starts.
  await expect(page.getByText('What Earshot will listen for')).toBeVisible()
  await expect(page.getByText('Where it will listen')).toBeVisible()
  await page.getByRole('button', { name: 'Start listening' }).click()
  await expect(page.getByRole('heading', { name: 'All mentions' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Sentiment over time' })).toBeVisible()
})

test('what was set up is there after a reload, on the wall too', async ({ page, station, browser }) => {
  await page.goto(station.url)
  await expect(page.getByRole('heading', { name: 'All mentions' })).toBeVisible()
  const context = await browser.newContext()
  const wall = await context.newPage()
  await wall.goto(station.wallUrl)
  await expect(wall.getByRole('heading', { name: 'All mentions' })).toBeVisible()
  await context.close()
})

test('a station that is not known says so instead of an empty screen', async ({ page, station }) => {
  const response = await page.goto(new URL('/', station.url).href)
  expect(response?.status()).toBe(401)
  await expect(page.getByText('Open the address that it printed')).toBeVisible()
})

test("the sample shift opens from the first screen, and leaves one's own station as it was", async ({ page }) => {
  const fresh = await serveStation()
  try {
    await page.goto(fresh.url)
    await page.getByRole('button', { name: 'Open the sample shift' }).click()
    // It was lived through when the program was built: it opens at once, and where it was left.
    await expect(page.getByText('Sample shift, invented')).toBeVisible()
    await expect(page.getByRole('article').first()).toBeVisible()
    await page.getByRole('button', { name: 'Leave' }).click()
    await expect(page.getByRole('heading', { name: 'What do you listen for?' })).toBeVisible()
  } finally {
    await fresh.close()
  }
})
