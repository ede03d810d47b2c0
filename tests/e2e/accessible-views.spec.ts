import { expectAccessible } from './support/accessibility.ts'
import { openView, settled } from './support/open-view.ts'
import { test } from './support/station.ts'

test.use({ sample: true })
// One theme is no matter to the other: each with a station of its own, where a worker is free.
test.describe.configure({ mode: 'parallel' })

const views = [
  'wall',
  'board',
  'board?mode=columns',
  'board?mode=list',
  'listens',
  'insights',
  'alerts',
  'alerts/try',
  'review',
  'search',
  'sources',
  'desks',
  'desks/rules',
  'desks/people',
  'desks/channels',
  'desks/alerts',
  'desks/replies',
  'settings',
  'welcome',
  'nowhere',
]

for (const theme of ['dark', 'light'] as const) {
  test(`axe finds nothing on any view, ${theme}`, async ({ page, station }) => {
    await openView(page, station, '#/wall', { theme, locale: theme === 'light' ? 'de' : 'en' })
    for (const hash of views) {
      await test.step(hash, async () => {
        await page.goto(`${new URL(station.url).origin}/#/${hash}`)
        await settled(page)
        // A theme and a language change colours and sizes and nothing else.
        await expectAccessible(page, theme === 'dark' ? { bestPractice: true } : { seen: true })
      })
    }
  })
}
