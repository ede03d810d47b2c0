import type { Page } from '@playwright/test'
import { expectAccessible } from './support/accessibility.ts'
import { connectOfficer } from '../support/officer.ts'
import { current, currentId, field, message, sendOn } from './support/board.ts'
import { openView } from './support/open-view.ts'
import { expect, test } from './support/station.ts'

test.use({ sample: true })
test.describe.configure({ mode: 'serial' })

const answers = (page: Page) => page.getByRole('list', { name: 'Answers to the customer' })

/** All cases of one network, so that the ways to answer are known. */
async function openNetwork(page: Page, station: Parameters<typeof openView>[1], query: string, list = 'answer') {
  await openView(page, station, `#/board?scope=${list}`)
  await expect(current(page)).toBeVisible()
  await page.keyboard.press('/')
  await page.keyboard.type(query)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Show all again' })).toBeVisible()
  await expect(current(page)).toBeVisible()
}

test('a reply goes out by the way that was chosen, and can be taken back before it leaves', async ({
  page,
  station,
}) => {
  await openNetwork(page, station, 'network:mastodon AND NOT lawyer AND NOT injured', 'open')
  await page.keyboard.press('r')
  await expect(field(page)).toBeFocused()
  await expect(
    page.getByText(/Goes out as @care@kaffora\.example .*on Mastodon\. Everybody can read it\./),
  ).toBeVisible()
  await page.keyboard.press('Alt+w')
  await expect(page.getByRole('radio', { name: 'Direct message' })).toBeChecked()
  await expect(page.getByText('Only the customer can read it.')).toBeVisible()
  await page.keyboard.type('Hello {author}, we look into it.')
  await expect(page.getByRole('group', { name: 'As it will read:' })).toContainText('we look into it.')
  await expect(page.getByText(/\d+ of 500/)).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Control+Enter')
  await expect(answers(page)).toContainText(/Leaves in|Is about to leave|Is being sent/)
  await expect(answers(page)).toContainText('Direct message, as @care@kaffora.example')
  await answers(page).getByRole('button', { name: 'Take back' }).click()
  await expect(message(page)).toContainText('Nothing left')
  await expect(answers(page)).toBeHidden()
  await page.keyboard.press('r')
  await page.keyboard.type('We look into it.')
  await page.keyboard.press('Control+Enter')
  await expect(answers(page)).toContainText('Sent')
})

test('what is too long or cannot be filled in is not sent', async ({ page, station }) => {
  await openNetwork(page, station, 'network:bluesky')
  await page.keyboard.press('r')
  await expect(field(page)).toBeFocused()
  await field(page).fill(`Sorry! ${'long '.repeat(80)}`)
  await expect(page.getByText(/\d+ too many/)).toBeVisible()
  await expect(page.getByRole('button', { name: /^Reply/ }).last()).toBeDisabled()
  await field(page).fill('We write by {promise}.')
  await expect(page.getByText('nothing to fill in for {promise}')).toBeVisible()
  await page.keyboard.press('Alt+p')
  await page.getByRole('textbox', { name: 'Note a promise' }).fill('We write with a solution.')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('nothing to fill in for {promise}')).toBeHidden()
  await expect(page.getByRole('group', { name: 'As it will read:' })).not.toContainText('{promise}')
  await page.keyboard.press('Escape')
})

test('a private message is answered in private, and a mail by mail', async ({ page, station }) => {
  await openNetwork(page, station, 'network:mail')
  await page.keyboard.press('r')
  await expect(page.getByRole('radio', { name: 'E-mail' })).toBeChecked()
  await expect(
    page.getByText(/Goes out as care@kaffora\.example .*on Mail\. Only the customer can read it\./),
  ).toBeVisible()
  await expect(page.getByRole('radio', { name: 'In the thread' })).toHaveCount(0)
  await page.keyboard.press('Escape')
})

test('a canned reply and an earlier answer are taken over by keys', async ({ page, station }) => {
  await openNetwork(page, station, 'network:mastodon')
  await page.keyboard.press('r')
  await expect(field(page)).toBeFocused()
  await page.keyboard.press('Alt+c')
  const replies = page.getByRole('dialog', { name: 'Canned replies' })
  await expect(replies).toBeVisible()
  await expect(replies.getByText('It is solved').first()).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(field(page)).toBeFocused()
  await expect(field(page)).not.toHaveValue('')
  await field(page).fill('')
  await page.keyboard.press('Escape')
})

test('a reply that a rule wants approved leaves when a second officer says so', async ({ page, station, browser }) => {
  const officer = await connectOfficer(station.url)
  const { items } = await officer.client.cases.page({
    filter: { states: ['new', 'routed', 'accepted', 'replied'] },
    limit: 500,
  })
  officer.close()
  const waiting = items.find(({ case: one }) => one?.needsApproval)
  expect(waiting, 'the sample has a press enquiry').toBeDefined()
  await openView(page, station, `#/board/${waiting!.case!.id}?scope=open`)
  await expect(page.locator('[data-case-pane]')).toBeVisible()
  await page.keyboard.press('r')
  await expect(page.getByText('A second person approves it.')).toBeVisible()
  await page.keyboard.type('We are sorry and call you today.')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('This reply waits for approval.')).toBeVisible()
  await expect(page.getByText('It is yours: a colleague under another name approves it.')).toBeVisible()
  const url = page.url()
  const id = /#\/board\/([^?]+)/.exec(url)![1]!

  const context = await browser.newContext()
  const second = await context.newPage()
  await second.addInitScript(() => localStorage.setItem('earshot.officer', 'Mara'))
  await openView(second, station, `#/board/${id}`)
  await expect(second.getByText('Written by Robin.')).toBeVisible()
  await expectAccessible(second)
  await second.keyboard.press('y')
  await expect(message(second)).toContainText('Reply approved')
  await expect(page.locator('[data-case-pane]')).toContainText('Mara')
  await expect(page.getByText('This reply waits for approval.')).toBeHidden()
  await context.close()
})

test('lanes by person show who has what', async ({ page, station }) => {
  await openView(page, station, '#/board?mode=columns')
  await page.getByLabel('Lanes by').selectOption('officer')
  await expect(page.getByRole('region', { name: 'None' }).first()).toBeVisible()
  await expectAccessible(page)
})

test('thirty mentions are decided, answered and taken back without a mouse', async ({ page, station }) => {
  await openNetwork(page, station, 'network:mastodon OR network:bluesky')
  let replied = 0
  for (let done = 0; done < 30; done++) {
    if (done % 10 === 4) {
      const id = await currentId(page)
      await page.keyboard.press('r')
      await expect(field(page)).toBeFocused()
      await page.keyboard.type(`We look into it, ${done}.`)
      await page.keyboard.press('Control+Enter')
      await expect(message(page)).toContainText(/Answer leaves|Approval asked for/)
      await page.keyboard.press('j')
      await expect.poll(() => currentId(page)).not.toBe(id)
      replied++
    } else await sendOn(page, done)
  }
  expect(replied).toBe(3)
  for (let back = 0; back < 3; back++) {
    await page.keyboard.press('u')
    await expect(message(page)).toContainText('Taken back')
  }
})
