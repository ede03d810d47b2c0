import { openView, settled } from './support/open-view.ts'
import { expect, test } from './support/station.ts'

test.use({ sample: true })

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
      .map(({ left, right, top, bottom }) => ({ left, right, top, bottom })),
  )
  const isOver = (a: (typeof strip)[number], b: (typeof strip)[number]) =>
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
  expect(strip.flatMap((one, n) => strip.slice(n + 1).filter((other) => isOver(one, other)))).toEqual([])
  expect(Math.max(...strip.map(({ right }) => right))).toBeLessThanOrEqual(728)
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
  for (const hash of ['sources', 'desks', 'desks/people', 'desks/alerts', 'alerts', 'settings', 'listens', 'review']) {
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
