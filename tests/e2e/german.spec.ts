import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { de } from '#shared/words/de/index.ts'
import { en } from '#shared/words/en/index.ts'
import { starterReplies } from '#engine/starters/replies.ts'
import { starterDesks } from '#engine/starters/desks.ts'
import { starterRules } from '#engine/starters/rules.ts'
import { openView } from './support/open-view.ts'
import { expect, serveStation, test } from './support/station.ts'
import type { ServedStation } from './support/station.ts'

const texts = (tree: unknown): string[] =>
  typeof tree === 'string' ? [tree] : tree && typeof tree === 'object' ? Object.values(tree).flatMap(texts) : []

/** English that must not stand on a German page: what the page itself would say in English, and all that the engine says. */
function english(): string[] {
  const own = (locale: string): Set<string> => {
    const folder = join(import.meta.dirname, '../../shared/words', locale, 'page')
    return new Set(readdirSync(folder).flatMap((file) => texts(JSON.parse(readFileSync(join(folder, file), 'utf8')))))
  }
  const german = own('de')
  const ours = [...own('en')].filter((text) => !german.has(text) && !text.includes('{'))
  const engine = [
    ...Object.entries(en)
      .filter(([code, text]) => !/\{\w+\}/.test(text) && de[code as keyof typeof de] !== text)
      .map(([, text]) => text),
    ...starterDesks('UTC').flatMap(({ name, purpose }) => [name, purpose]),
    ...starterRules().flatMap(({ name, group }) => [name, group]),
    ...starterReplies.map(({ name }) => name),
  ]
  // One word may be a name or the same in both languages; two and more are a sentence somebody forgot.
  return [...new Set([...ours, ...engine])].filter((text) => text.trim().split(/\s+/).length >= 2 && text.length >= 10)
}
/** What is on the page, without what customers wrote, what examples show, and without the languages' own names. */
const shown = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const copy = document.body.cloneNode(true) as HTMLElement
    for (const told of copy.querySelectorAll('article, .card, [dir=auto], [lang=en], code, pre, blockquote')) told.remove() // prettier-ignore
    const said = [...copy.querySelectorAll('[title], [aria-label], [placeholder]')].flatMap((one) =>
      ['title', 'aria-label', 'placeholder'].map((name) => one.getAttribute(name) ?? ''),
    )
    // One by one: what stands side by side is not one sentence.
    const walker = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) said.push(walker.currentNode.textContent ?? '')
    return said.join(' ¦ ')
  })

const phrases = english()
async function expectGerman(page: Page, where: string) {
  await expect(page.locator('main .bars')).toHaveCount(0)
  const text = (await shown(page)).replace(/\s+/g, ' ')
  const escaped = (phrase: string) =>
    phrase
      .trim()
      .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      .replace(/\s+/g, ' ')
  const found = phrases.filter((phrase) =>
    new RegExp(`(?<![\\p{L}\\d])${escaped(phrase)}(?![\\p{L}\\d])`, 'u').test(text),
  )
  expect(found.map((phrase) => `${where}: ${phrase}`)).toEqual([])
}

let station: ServedStation
test.beforeAll(async () => {
  station = await serveStation({ sample: true, env: { LC_ALL: 'de_DE.UTF-8' } })
})
test.afterAll(() => station.close())

test('a German station speaks German on every view', async ({ page }) => {
  await openView(page, station, '#/wall', { locale: 'de' })
  await expect(page.getByRole('heading', { name: 'Alle Erwähnungen' })).toBeVisible()
  for (const hash of ['wall', 'board', 'board?mode=columns', 'board?mode=list', 'listens', 'insights', 'review', 'sources', 'desks', 'desks/rules', 'desks/rules/rule_safety', 'desks/rules/rule_known_problem', 'desks/people', 'desks/channels', 'desks/replies', 'settings', 'search', 'welcome']) {
    await page.goto(`${new URL(station.url).origin}/#/${hash}`)
    await page.locator('main').waitFor()
    await page.waitForLoadState('networkidle')
    await expectGerman(page, hash)
  } // prettier-ignore
})

test('and in its dialogs and forms', async ({ page }) => {
  await openView(page, station, '#/sources', { locale: 'de' })
  await page.getByRole('button', { name: /Quelle hinzufügen/ }).click()
  await expectGerman(page, 'a new source')
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')
  await expectGerman(page, 'the keys')
  await page.keyboard.press('Escape')
  for (const [tab, name] of [['desks', 'a new desk'], ['rules', 'a new rule'], ['people', 'a new person'], ['channels', 'a new channel'], ['replies', 'a new reply']] as const) {
    await page.goto(`${new URL(station.url).origin}/#/desks/${tab}`)
    await expect(page.locator('main .bars')).toHaveCount(0)
    await page.keyboard.press('n')
    await page.keyboard.press('Control+Enter')
    await expectGerman(page, name)
  } // prettier-ignore
  await page.goto(`${new URL(station.url).origin}/#/desks/people`)
  await page.keyboard.press('i')
  await page.locator('input[type=file]').setInputFiles({ name: 'p.csv', mimeType: 'text/csv', buffer: Buffer.from('name,email\nAna,nothing') }) // prettier-ignore
  await expect(page.locator('.import')).toContainText('ist keine Adresse')
  await expectGerman(page, 'an import')
})

test('a newcomer with a German page gets German starters on any machine', async ({ page }) => {
  const fresh = await serveStation()
  try {
    await openView(page, fresh, '#/welcome', { locale: 'de' })
    await page.getByLabel('Marke oder Name').fill('Brewly')
    await expectGerman(page, 'the first minute')
    await page.getByRole('button', { name: 'Zuhören' }).click()
    await expect(page.getByRole('heading', { name: 'Alle Erwähnungen' })).toBeVisible()
    await page.goto(`${new URL(fresh.url).origin}/#/desks`)
    await expect(page.getByRole('button', { name: /Schichtdienst/ })).toBeVisible()
    await expectGerman(page, 'the desks')
    await page.goto(`${new URL(fresh.url).origin}/#/sources`)
    await expect(page.locator('.cards')).toBeVisible()
    await expectGerman(page, 'the sources')
  } finally {
    await fresh.close()
  }
})
