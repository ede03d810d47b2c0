import type { Page } from '@playwright/test'
import { expectAccessible } from './support/accessibility.ts'
import { openView, settled, switchTheme } from './support/open-view.ts'
import { test } from './support/station.ts'

test.use({ sample: true })
// One half is no matter to the other: each with a station of its own, where a worker is free.
test.describe.configure({ mode: 'parallel' })

/** Each dialog and form, and how a person opens it by keyboard from its view. */
const openings: [name: string, hash: string, open: (page: Page) => Promise<unknown>][] = [
  ['the palette', 'wall', (page) => page.keyboard.press('Control+k')],
  ['all keys', 'wall', (page) => page.keyboard.press('?')],
  ['a new source', 'sources', (page) => page.keyboard.press('+')],
  [
    'the form of a source',
    'sources',
    async (page) => {
      await page.getByRole('button', { name: 'Edit' }).first().click()
      await page.getByRole('dialog').locator('form').waitFor()
    },
  ],
  ['removing a source', 'sources', (page) => page.getByRole('button', { name: 'Remove' }).first().click()],
  ['a file to import', 'sources', (page) => page.getByRole('button', { name: 'Import a file' }).click()],
  ['a new desk', 'desks/desks', (page) => page.keyboard.press('n')],
  ['a new rule', 'desks/rules', (page) => page.keyboard.press('n')],
  ['a new person', 'desks/people', (page) => page.keyboard.press('n')],
  ['people from a file', 'desks/people', (page) => page.keyboard.press('i')],
  ['a new channel', 'desks/channels', (page) => page.keyboard.press('n')],
  ['a new reply', 'desks/replies', (page) => page.keyboard.press('n')],
  [
    'a form that asks before it is left',
    'desks/replies',
    async (page) => {
      await page.keyboard.press('n')
      await page.getByLabel('Text').fill('Hello')
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor()
    },
  ],
  [
    'what is wrong in a form',
    'desks/people',
    async (page) => {
      await page.keyboard.press('n')
      await page.getByLabel('E-mail').fill('nothing')
      await page.keyboard.press('Control+Enter')
      await page.locator('[aria-invalid=true]').first().waitFor()
    },
  ],
  ['a new listen', 'listens', (page) => page.keyboard.press('n')],
]

const middle = Math.ceil(openings.length / 2)
for (const [which, half] of [
  ['the first', openings.slice(0, middle)],
  ['the second', openings.slice(middle)],
] as const) {
  test(`axe finds nothing in any dialog and form, dark and light: ${which} half`, async ({ context, station }) => {
    for (const [name, hash, open] of half) {
      await test.step(name, async () => {
        // A page of its own: what one leaves open or unsaved is no matter to the next.
        const page = await context.newPage()
        await openView(page, station, `#/${hash}`, { theme: 'system' })
        await settled(page)
        await open(page)
        // What lies under an open dialog cannot be reached, and was examined with its view.
        const dialog = (await page.locator('dialog[open]').count()) > 0
        const inside = dialog ? { inside: 'dialog[open]' } : {}
        await expectAccessible(page, inside)
        await switchTheme(page, 'light')
        await expectAccessible(page, { seen: true, ...inside })
        await page.close()
      })
    }
  })
}
