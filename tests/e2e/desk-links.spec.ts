import type { Page } from '@playwright/test'
import { startProcess } from '../support/earshot.ts'
import { expectAccessible } from './support/accessibility.ts'
import { expect, test } from './support/station.ts'

async function serveDesk() {
  const child = startProcess('tests/support/desk-station.ts', [])
  const [line] = await child.says(/\{"url".*\}/)
  const { url } = JSON.parse(line) as { url: string }
  const close = async (): Promise<void> => {
    child.kill('SIGTERM')
    await child.ended
  }
  return { url, base: url.replace(/\/accept$/, ''), says: child.says, close }
}

/** Nothing is cut off or needs to be scrolled sideways. */
const fits = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)

test('a desk that sits elsewhere asks, accepts and says that it is done, in any browser', async ({ page, browser }) => {
  const desk = await serveDesk()
  try {
    await page.goto(desk.url)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('A customer waits for you')
    await expect(page.getByText('The app declines my card & charges me anyway. <script>')).toBeVisible()
    expect(await page.title()).not.toContain('evil')
    await expectAccessible(page)

    // By keyboard alone, as on a desk without a mouse.
    await page.getByLabel('Your name').focus()
    await page.keyboard.type('Jana Kühn')
    await page.keyboard.press('Tab')
    await expect(page.getByRole('button', { name: 'Accept' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('status')).toContainText('Accepted by Jana Kühn (Care)')
    await desk.says(/state=accepted/)

    await page.getByRole('link', { name: 'Ask' }).click()
    await page.getByRole('button', { name: 'Send the question' }).click()
    // The browser itself wants the question first.
    await expect(page.getByLabel('Your question')).toBeFocused()
    await page.getByLabel('Your question').fill('Which card was it?')
    await page.getByRole('button', { name: 'Send the question' }).click()
    await expect(page.getByRole('status')).toContainText('Which card was it?')
    await desk.says(/deskSays=asks/)

    await page.getByRole('link', { name: 'Done' }).click()
    await page.getByLabel('What was done').fill('Refunded.')
    await expectAccessible(page)
    await page.getByRole('button', { name: 'We answered the customer' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('The customer has been answered')
    await desk.says(/state=replied/)
    // Reloading sends nothing twice, and going back leads to no second button: the page is asked for anew.
    await page.reload()
    await page.goBack()
    await expect(page.getByRole('status')).toContainText('Refunded.')
    await expect(page.getByRole('button', { name: 'We answered the customer' })).toHaveCount(0)

    const phone = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'de-DE', colorScheme: 'light', javaScriptEnabled: false }) // prettier-ignore
    const small = await phone.newPage()
    await small.goto(`${desk.base}/ask`)
    await expect(small.getByRole('heading', { level: 1 })).toHaveText('Rückfrage an die Leitstelle')
    await small.goto(desk.base.replace(/.$/, (last) => (last === '0' ? '1' : '0')))
    await expect(small.getByRole('heading', { level: 1 })).toHaveText('Dieser Link ist nicht bekannt')
    await phone.close()
    const tiny = await browser.newContext({ viewport: { width: 320, height: 640 }, colorScheme: 'light' })
    const narrow = await tiny.newPage()
    await narrow.goto(`${desk.base}/ask`)
    expect(await fits(narrow)).toBe(true)
    await expectAccessible(narrow)
    await tiny.close()
  } finally {
    await desk.close()
  }
})
