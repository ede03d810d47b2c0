import { test as base } from '@playwright/test'
import type { Page } from '@playwright/test'
import { startProcess } from '#tests/support/earshot.ts'
import { newFolder } from '#tests/support/folder.ts'

export interface SampleStation {
  /** Addresses that let a browser in, as an officer and as a wall. */
  officer: string
  wall: string
}

/** A station of its own for every spec file, playing the sample shift; ended and removed with the worker. */
export const test = base.extend<object, { station: SampleStation }>({
  station: [
    async ({}, use) => {
      const folder = newFolder('e2e')
      const args = ['--sample', '--headless', '--port', '0', '--data', folder.path]
      const process = startProcess('electron/hosts/start.ts', args)
      try {
        const [, officer] = await process.says(/officer:\s+(\S+)/)
        const [, wall] = await process.says(/wall:\s+(\S+)/)
        await use({ officer: officer!, wall: wall! })
      } finally {
        process.kill('SIGTERM')
        await process.ended
        folder.remove()
      }
    },
    { scope: 'worker', timeout: 90_000 },
  ],
})

/** Opens a view as an officer, in the given theme and language, and waits until it is connected. */
export async function openView(
  page: Page,
  station: SampleStation,
  hash: string,
  look: { theme?: 'dark' | 'light'; locale?: 'en' | 'de' } = {},
) {
  const { theme = 'dark', locale = 'en' } = look
  await page.addInitScript(
    (kept) => localStorage.setItem('earshot.screen', kept),
    JSON.stringify({ theme, locale, density: 'comfortable' }),
  )
  await page.goto(station.officer)
  await page.goto(`${new URL(station.officer).origin}/${hash}`)
  await page.locator('main').waitFor()
}
