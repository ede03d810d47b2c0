import { airlineFile, serveAirline, undecided, type AirlineStation } from './support/airline.ts'
import { current, currentId, message } from './support/board.ts'
import { openView } from './support/open-view.ts'
import { expect, test } from './support/station.ts'

if (airlineFile !== null) {
  const file = airlineFile
  test.describe('an airline’s complaints', () => {
    test.describe.configure({ mode: 'serial' })
    let airline: AirlineStation

    test.beforeAll(async () => {
      airline = await serveAirline(file)
      expect(airline.imported).toBeGreaterThan(9_000)
      await expect.poll(() => undecided(airline.client)).toBeGreaterThan(100)
    })
    test.afterAll(() => airline.close())

    test('an officer routes thirty of them by keyboard in under a minute, each to the desk whose key was pressed', async ({
      page,
    }) => {
      const { client } = airline
      await openView(page, airline, '#/')
      await page.keyboard.press('g')
      await page.keyboard.press('b')
      await expect(current(page)).toBeVisible()
      const decided: { id: string; desk: string }[] = []
      const names = [...airline.desks.keys()]
      for (let i = 0; i < 30; i++) {
        const id = await currentId(page)
        const text = (await current(page).textContent()) ?? ''
        await page.keyboard.press(String((i % names.length) + 1))
        await expect(current(page)).not.toHaveText(text)
        decided.push({ id, desk: names[i % names.length]! })
      }
      expect(new Set(decided.map(({ id }) => id)).size).toBe(30)
      for (const { id, desk } of decided) {
        const { card } = await client.cases.get({ id })
        expect(card.case).toMatchObject({ deskId: airline.desks.get(desk), state: 'routed' })
      }
      await page.keyboard.press('u')
      await expect(message(page)).toContainText('Taken back')
      await expect.poll(async () => (await client.cases.get({ id: decided[29]!.id })).card.case?.state).toBe('new')
    })

    test('a changed rule is tried on what was heard, and then decides otherwise', async ({ page }) => {
      const { client } = airline
      const heard = await client.mentions.page({ filter: { query: '"lost my bag" OR "lost luggage"' }, limit: 50 })
      const before = await Promise.all(
        heard.items.map(({ mention }) => client.desks.explain({ mentionId: mention.id })),
      )
      const at = before.findIndex(({ deskName }) => deskName === 'Baggage')
      const mentionId = heard.items[at]!.mention.id
      await openView(page, airline, `#/desks/rules/${airline.rules.get('Baggage')!}`)
      const desk = page.getByLabel('Desk', { exact: true })
      await expect(desk).toBeVisible()
      await desk.click()
      await page.keyboard.type('Care')
      await page.keyboard.press('Enter')
      await expect(desk).toHaveText('Care')
      await page.getByRole('button', { name: 'Rehearse on what was heard' }).click()
      await expect(page.locator('.sum')).toContainText(/[1-9][\d,]* of [1-9][\d,]* mentions/)
      await expect(page.locator('.examples li').first()).toContainText('Baggage (Baggage) → Care (Baggage)')
      expect((await client.desks.explain({ mentionId })).deskName).toBe('Baggage')
      await desk.focus()
      await page.keyboard.press('Control+Enter')
      await expect(message(page)).toContainText(/saved/i)
      await expect.poll(async () => (await client.desks.explain({ mentionId })).deskName).toBe('Care')
    })
  })
}
