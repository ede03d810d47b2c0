import type { Page } from '@playwright/test'
import { expectAccessible } from './support/accessibility.ts'
import { arrived, openView } from './support/open-view.ts'
import { expect, test } from './support/station.ts'

test.use({ sample: true })

const views = [
  'wall', 'board', 'board?mode=columns', 'board?mode=list', 'listens', 'insights', 'review', 'search', 'sources', 'desks', 'desks/rules',
  'desks/people', 'desks/channels', 'desks/replies', 'settings', 'welcome', 'nowhere',
] // prettier-ignore

/** Each dialog and form, and how a person opens it by keyboard from its view. */
const openings: [name: string, hash: string, open: (page: Page) => Promise<unknown>][] = [
  ['the palette', 'wall', (page) => page.keyboard.press('Control+k')],
  ['all keys', 'wall', (page) => page.keyboard.press('?')],
  ['a new source', 'sources', (page) => page.keyboard.press('+')],
  ['the form of a source', 'sources', async (page) => {
    await page.getByRole('button', { name: 'Edit' }).first().click()
    await page.getByRole('dialog').locator('form').waitFor()
  }],
  ['removing a source', 'sources', (page) => page.getByRole('button', { name: 'Remove' }).first().click()],
  ['a file to import', 'sources', (page) => page.getByRole('button', { name: 'Import a file' }).click()],
  ['a new desk', 'desks/desks', (page) => page.keyboard.press('n')],
  ['a new rule', 'desks/rules', (page) => page.keyboard.press('n')],
  ['a new person', 'desks/people', (page) => page.keyboard.press('n')],
  ['people from a file', 'desks/people', (page) => page.keyboard.press('i')],
  ['a new channel', 'desks/channels', (page) => page.keyboard.press('n')],
  ['a new reply', 'desks/replies', (page) => page.keyboard.press('n')],
  ['a form that asks before it is left', 'desks/replies', async (page) => {
    await page.keyboard.press('n')
    await page.getByLabel('Text').fill('Hello')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor()
  }],
  ['what is wrong in a form', 'desks/people', async (page) => {
    await page.keyboard.press('n')
    await page.getByLabel('E-mail').fill('nothing')
    await page.keyboard.press('Control+Enter')
    await page.locator('[aria-invalid=true]').first().waitFor()
  }],
  ['a new listen', 'listens', (page) => page.keyboard.press('n')],
] // prettier-ignore

async function settled(page: Page) {
  await arrived(page)
  await page.waitForLoadState('networkidle')
  await expect(page.locator('main .bars')).toHaveCount(0)
}

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

  test(`axe finds nothing in any dialog and form, ${theme}`, async ({ context, station }) => {
    for (const [name, hash, open] of openings) {
      await test.step(name, async () => {
        // A page of its own: what one leaves open or unsaved is no matter to the next.
        const page = await context.newPage()
        await openView(page, station, `#/${hash}`, { theme })
        await settled(page)
        await open(page)
        // What lies under an open dialog cannot be reached, and was examined with its view.
        const dialog = (await page.locator('dialog[open]').count()) > 0
        await expectAccessible(page, { seen: theme === 'light', ...(dialog && { inside: 'dialog[open]' }) })
        await page.close()
      })
    }
  })
}

test('zoomed to 200 % nothing in the strip lies on anything else, and every view has room for its parts', async ({
  page,
  station,
}) => {
  await page.setViewportSize({ width: 728, height: 450 })
  await openView(page, station, '#/board', { locale: 'de' })
  await settled(page)
  const strip = await page.locator('header.bar > *').evaluateAll((parts) =>
    parts
      .map((part) => part.getBoundingClientRect())
      .filter(({ width }) => width > 0)
      .toSorted((a, b) => a.left - b.left)
      .map(({ left, right }) => [left, right] as const),
  )
  for (const [n, [left]] of strip.entries()) if (n > 0) expect(left).toBeGreaterThanOrEqual(strip[n - 1]![1])
  expect(strip.at(-1)![1]).toBeLessThanOrEqual(728)
  // A whole case, and not a slit of one.
  const row = (await page.locator('.row:has([aria-current])').boundingBox())!.height
  expect((await page.getByRole('listbox').boundingBox())!.height).toBeGreaterThan(row)
  for (const hash of ['listens', 'desks']) {
    await page.goto(`${new URL(station.url).origin}/#/${hash}`)
    await settled(page)
    const wide = await page
      .locator('main *')
      .evaluateAll((all) =>
        all
          .filter((one) => /auto|scroll/.test(getComputedStyle(one).overflowX) && one.scrollWidth > one.clientWidth + 1)
          .map((one) => one.className),
      )
    expect([hash, wide]).toEqual([hash, []])
  }
})

test('everything that is operated can be reached by Tab, and shows that it is', async ({ page, station }) => {
  await openView(page, station, '#/wall')
  for (const hash of ['sources', 'desks', 'desks/people', 'settings', 'listens', 'review']) {
    await page.goto(`${new URL(station.url).origin}/#/${hash}`)
    await settled(page)
    // Seen, enabled, and yet not in the order of Tab: a control for the mouse alone.
    const mouseOnly = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('main *')]
        .filter((one) => getComputedStyle(one).cursor === 'pointer' && one.checkVisibility())
        .filter((one) => !one.closest('button, a[href], input, select, textarea, summary, label, [tabindex]'))
        .map((one) => one.outerHTML.slice(0, 120)),
    )
    expect([hash, mouseOnly]).toEqual([hash, []])
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    const unseen: string[] = []
    for (let step = 0; step < 25; step++) {
      await page.keyboard.press('Tab')
      const found = await page.evaluate(() => {
        const one = document.activeElement as HTMLElement
        if (one === document.body) return null
        // Some draw the ring on what they cover: a line of a list, the dot of a colour.
        const near = [one, one.parentElement, one.parentElement?.parentElement, ...one.children, one.nextElementSibling, one.nextElementSibling?.nextElementSibling].filter(Boolean) as Element[] // prettier-ignore
        const drawn = near.some((each) =>
          [null, '::after', '::before'].some((part) => {
            const style = getComputedStyle(each, part)
            return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none'
          }),
        )
        return drawn ? null : one.outerHTML.slice(0, 120)
      })
      if (found) unseen.push(found)
    }
    expect([hash, unseen]).toEqual([hash, []])
  }
})
