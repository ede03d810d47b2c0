import { expect, type Page } from '@playwright/test'
import type { ServedStation } from './station.ts'

/** Opens a view as an officer, in the given theme and language, and waits until the page stands. */
export async function openView(
  page: Page,
  station: Pick<ServedStation, 'url'>,
  hash: string,
  look: { theme?: 'dark' | 'light' | 'system'; locale?: 'en' | 'de' } = {},
) {
  const { theme = 'dark', locale = 'en' } = look
  await page.addInitScript(
    (kept) => localStorage.setItem('earshot.screen', kept),
    JSON.stringify({ theme, locale, density: 'comfortable' }),
  )
  await page.goto(station.url)
  await page.goto(`${new URL(station.url).origin}/${hash}`)
  await arrived(page)
}

/**
 * Waits until the view that the address names stands in place of the one before: `hashchange` comes a moment after the
 * address, and the view itself once it is fetched.
 */
export async function arrived(page: Page) {
  await page.locator('main').waitFor()
  await page.evaluate(() => new Promise<void>((done) => requestAnimationFrame(() => setTimeout(done))))
  await page.locator('main > *').first().waitFor()
}

/** Changes the theme of a page that was opened in the system's, while whatever is open on it stays. No colour fades: it is there at once. */
export async function switchTheme(page: Page, theme: 'dark' | 'light') {
  await page.emulateMedia({ colorScheme: theme })
  await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
}

/** Arrived, with nothing more asked for and no part that still shows bars instead of its answer. */
export async function settled(page: Page) {
  await arrived(page)
  await page.waitForLoadState('networkidle')
  await expect(page.locator('main .bars')).toHaveCount(0)
}
