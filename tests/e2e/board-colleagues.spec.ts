import type { Browser, Page, WebSocketRoute } from '@playwright/test'
import { current, currentId, field, message, pane } from './support/board.ts'
import { openView } from './support/open-view.ts'
import { expectAccessible } from './support/accessibility.ts'
import type { ServedStation } from './support/station.ts'
import { expect, test, watch } from './support/station.ts'

test.use({ sample: true })
test.describe.configure({ mode: 'serial' })

/** A page of somebody else: another browser, another name. `hold` keeps back what the station sends until it is released. */
async function colleague(browser: Browser, station: ServedStation, name: string) {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } })
  const page = await context.newPage()
  const faults = watch(page)
  await page.addInitScript((kept) => localStorage.setItem('earshot.officer', kept), name)
  let held: (string | Buffer)[] | null = null
  let route: WebSocketRoute | undefined
  await page.routeWebSocket(/\/rpc$/, (socket) => {
    route = socket
    const server = socket.connectToServer()
    server.onMessage((message) => (held ? held.push(message) : socket.send(message)))
  })
  return {
    page,
    faults,
    close: () => context.close(),
    hold: () => (held = []),
    release() {
      const waiting = held ?? []
      held = null
      for (const one of waiting) route?.send(one)
    },
    open: (hash: string) => openView(page, station, hash),
  }
}
/** Both pages on the same case of "to answer". */
async function together(page: Page, station: ServedStation, browser: Browser, name = 'Mara') {
  const other = await colleague(browser, station, name)
  await openView(page, station, '#/board?scope=answer')
  await expect(current(page)).toBeVisible()
  // All of them are there: the last one is not the last of those that came first.
  await expect(page.getByRole('button', { name: /To answer \d/ })).toBeVisible()
  // The least urgent ones: no clock runs out and moves them while they are looked at.
  const first = await currentId(page)
  await page.keyboard.press('End')
  await expect.poll(() => currentId(page)).not.toBe(first)
  const id = await currentId(page)
  await expect(page).toHaveURL(new RegExp(id))
  await other.open(`#/board/${id}?scope=answer`)
  await expect(pane(other.page)).toContainText((await pane(page).locator('h2 .name').textContent())!)
  return { other, id }
}

test('each page says who sits at it, and keeps that for the next time', async ({ page, station }) => {
  await openView(page, station, '#/board')
  await page.getByRole('button', { name: /On shift: Robin/ }).click()
  await page.getByRole('textbox', { name: 'Your name' }).fill('Kim Berger')
  await expectAccessible(page)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: /On shift: Kim Berger/ })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('button', { name: /On shift: Kim Berger/ })).toBeVisible()
})

test('two officers see each other on the same case, and each move at once', async ({ page, station, browser }) => {
  const { other } = await together(page, station, browser)
  await expect(pane(page)).toContainText('Mara has this open')
  await expect(pane(other.page)).toContainText('Robin has this open')
  await expect(current(page)).toContainText('Mara has this open')
  const author = (await current(page).locator('b').first().textContent())!
  await page.keyboard.press('e')
  await expect(message(page)).toContainText('Accepted')
  await expect(pane(other.page)).toContainText('Robin accepted')
  await other.page.getByRole('button', { name: 'Take back' }).click()
  await expect(message(other.page)).toContainText('Taken back')
  await expect(pane(page)).toContainText('Mara took back')
  await expect(current(page)).toContainText(author)
  await other.close()
  await expect(pane(page)).not.toContainText('Mara has this open')
})

test('whoever is slower is told who was faster, and nothing is changed', async ({ page, station, browser }) => {
  const { other, id } = await together(page, station, browser)
  other.hold()
  await page.keyboard.press('3')
  await expect(message(page)).toContainText('→')
  await other.page.keyboard.press('4')
  other.release()
  await expect(message(other.page)).toContainText('Robin was faster')
  await other.open(`#/board/${id}`)
  await expect(pane(other.page)).toContainText('Robin routed it → Care')
  await expect(pane(other.page)).not.toContainText('Mara routed it')
  await page.keyboard.press('u')
  await expect(message(page)).toContainText('Taken back')
  expect(other.faults).toEqual([])
  await other.close()
})

test('who replies while a colleague writes is asked once', async ({ page, station, browser }) => {
  const { other } = await together(page, station, browser)
  await other.page.keyboard.press('r')
  await expect(field(other.page)).toBeFocused()
  await other.page.keyboard.type('I have it.')
  await expect(pane(page)).toContainText('Mara is writing a reply')
  await page.keyboard.press('r')
  await expect(field(page)).toBeFocused()
  await page.keyboard.type('We are on it.')
  await page.keyboard.press('Control+Enter')
  const question = page.getByRole('alert').filter({ hasText: 'Mara is writing a reply. Send yours anyway?' })
  await expect(question).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(question).toBeHidden()
  await expect(field(page)).toHaveValue('We are on it.')
  await page.keyboard.press('Control+Enter')
  await expect(question).toBeHidden()
  await expect(message(page)).toContainText(/Answer leaves|Approval asked for|Reply recorded/)
  await page.keyboard.press('u')
  await expect(message(page)).toContainText('Taken back')
  await other.page.keyboard.press('Control+a')
  await other.page.keyboard.press('Delete')
  await other.page.keyboard.press('Escape')
  await expect(pane(page)).not.toContainText('is writing a reply')
  await other.close()
})
