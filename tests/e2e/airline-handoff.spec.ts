import type { Page } from '@playwright/test'
import { mailReceiver, webhookReceiver } from '#tests/engine/handoffs/receivers.ts'
import { airlineFile, serveAirline, undecided, type AirlineStation } from './support/airline.ts'
import { current, currentId } from './support/board.ts'
import { openView } from './support/open-view.ts'
import { expect, test } from './support/station.ts'

const handoff = (page: Page, name: string) => page.locator('.handoffs li').filter({ hasText: name })

/** Gives the case that is shown to the desk of a key; it goes there, and no other does, however many cases are coming in. */
async function route(page: Page, { client, desks }: AirlineStation, key: string, desk: string): Promise<string> {
  const id = await currentId(page)
  await page.keyboard.press(key)
  await expect.poll(async () => (await client.cases.get({ id })).card.case?.deskId).toBe(desks.get(desk))
  await expect.poll(() => currentId(page)).not.toBe(id)
  return id
}

if (airlineFile !== null) {
  const file = airlineFile
  test('what is handed off shows on the board while its receivers fail, hang and come back', async ({ page }) => {
    // A webhook that knows no such address once, and a mail server that takes a letter and never says so.
    const webhook = await webhookReceiver([404])
    const mail = await mailReceiver((n) => (n === 0 ? 'hang' : null))
    const airline = await serveAirline(file, {
      rows: 400,
      more: ['Lost property', 'Press'],
      env: { EARSHOT_ALLOW_PRIVATE: '127.0.0.1' },
    })
    try {
      const { client, desks } = airline
      await expect.poll(() => undecided(client)).toBeGreaterThan(5)
      await client.desks.saveChannel({ deskId: desks.get('Lost property')!, kind: 'webhook', name: 'Lost property office', enabled: true, config: { url: webhook.url } }) // prettier-ignore
      await client.desks.saveChannel({
        deskId: desks.get('Press')!, kind: 'mail', name: 'Press mailbox', enabled: true,
        config: { host: '127.0.0.1', port: String(mail.port), secure: 'false', user: '', from: 'station@example.org', to: 'press@example.org' },
      }) // prettier-ignore
      await openView(page, airline, '#/board')
      await expect(current(page)).toBeVisible()
      const lost = await route(page, airline, '6', 'Lost property')
      const press = await route(page, airline, '7', 'Press')
      const open = (id: string) => page.goto(`${new URL(airline.url).origin}/#/board/${id}?scope=all`)

      await open(lost)
      const office = handoff(page, 'Lost property office')
      await expect(office).toContainText('could not be sent')
      await expect(office.locator('.advice')).toContainText('404')
      await office.getByRole('button', { name: 'Try again' }).click()
      await expect(office).toContainText('was sent')
      expect(webhook.received).toHaveLength(2)
      const keys = webhook.received.map(({ headers }) => headers['idempotency-key'])
      expect(keys[0]).toBeTruthy()
      expect(keys[1]).toBe(keys[0])
      expect(webhook.received[1]!.body).toContain('"text"')

      await open(press)
      const mailbox = handoff(page, 'Press mailbox')
      await expect(mailbox).toContainText('may have arrived')
      await mailbox.getByRole('button', { name: 'Try again' }).click()
      await expect(mailbox).toContainText('was sent')
      expect(mail.letters).toHaveLength(2)
      expect(mail.letters[1]).toContain('press@example.org')
    } finally {
      await airline.close()
      await webhook.close()
      await mail.close()
    }
  })
}
