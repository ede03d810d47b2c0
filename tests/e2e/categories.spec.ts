import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expectAccessible } from './support/accessibility.ts'
import { openView } from './support/open-view.ts'
import { expect, serveStation, test } from './support/station.ts'

const examples = [
  'I am a journalist with the Evening Post and would like to interview your spokesperson.',
  'Could your press office send me a statement before our deadline at 5 pm?',
  'We are producing a TV report about your company and ask for an interview.',
  'Ich arbeite für die Lokalzeitung und bitte um eine Stellungnahme bis heute Abend.',
  'For our radio programme we are looking for a comment from your management.',
]
const folder = mkdtempSync(join(tmpdir(), 'earshot-categories-'))
test.afterAll(() => rmSync(folder, { recursive: true, force: true }))

function fileOf(name: string, texts: readonly string[]): string {
  const path = join(folder, name)
  const lines = texts.map((text, at) => JSON.stringify({ id: `${name}-${at}`, text, date: '2026-11-20T12:00:00Z' }))
  writeFileSync(path, `${lines.join('\n')}\n`)
  return path
}

test('a category is added with five examples, marks what was heard, and lets go of what an officer takes out', async ({
  page,
}) => {
  const heard = fileOf('heard.ndjson', [
    'The parcel came two days late',
    'As a reporter I would like to ask your press office for an interview',
    'Where is my refund?',
  ])
  const station = await serveStation({ files: [heard] })
  try {
    await openView(page, station, '#/settings')
    await page.getByRole('button', { name: 'Add a category' }).click()
    await page.getByLabel('Name', { exact: true }).fill('Press')
    await page.getByLabel(/^Examples, one a line/).fill(examples.join('\n'))
    await expectAccessible(page)
    await page.getByLabel('Name', { exact: true }).press('Enter')
    await expect(page.getByText('5 examples written')).toBeVisible()

    await openView(page, station, '#/search?q=category%3APress')
    const card = page.getByRole('article')
    await expect(card).toHaveCount(1)
    await expect(card).toContainText('press office')
    await expect(card.locator('.category')).toContainText('Press')
    await card.click()
    await page.keyboard.press('Enter')
    const panel = page.getByRole('complementary', { name: 'Mention' })
    await expect(panel).toContainText('like your example')
    await expectAccessible(page)
    await panel.getByRole('button', { name: 'Does not belong to Press' }).click()
    await expect(panel).toContainText('not Press')
    await expect(card.locator('.category')).toHaveCount(0)
  } finally {
    await station.close()
  }
})
