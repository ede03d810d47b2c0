import type { Page } from '@playwright/test'
import type { ServedStation } from './station.ts'

/** Opens a view as an officer, in the given theme and language, and waits until the page stands. */
export async function openView(
  page: Page,
  station: Pick<ServedStation, 'url'>,
  hash: string,
  look: { theme?: 'dark' | 'light'; locale?: 'en' | 'de' } = {},
) {
  const { theme = 'dark', locale = 'en' } = look
  await page.addInitScript(
    (kept) => localStorage.setItem('earshot.screen', kept),
    JSON.stringify({ theme, locale, density: 'comfortable' }),
  )
  await page.goto(station.url)
  await page.goto(`${new URL(station.url).origin}/${hash}`)
  await page.locator('main').waitFor()
}
