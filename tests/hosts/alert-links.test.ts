import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStation, type Station } from '#hosts/station.ts'
import { newAccessKeys } from '#hosts/station/access.ts'
import { emptyPage } from '#tests/contract/harness.ts'
import { webhookReceiver } from '#tests/engine/handoffs/receivers.ts'
import { alertCard } from '#tests/support/alert.ts'
import { openTestEngine, temporaryFolder } from '#tests/support/engine.ts'
import { ManualClock } from '#tests/support/manual-clock.ts'
import { recipientDraft } from '#tests/support/recipient.ts'

/** From the message to "I take it": a real engine, a real receiver and the station's real socket. */
describe('the link of a message about an alert', () => {
  const folder = temporaryFolder('alert-page')
  let clock: ManualClock
  let running: Awaited<ReturnType<typeof openTestEngine>>
  let station: Station
  let hook: Awaited<ReturnType<typeof webhookReceiver>>
  let link: string

  beforeEach(async () => {
    clock = new ManualClock()
    running = await openTestEngine({ clock, allowPrivate: ['127.0.0.1'] })
    const { engine } = running
    hook = await webhookReceiver()
    station = await openStation({
      connect: (role, send) => engine.serve(role, send),
      alerts: engine.board.alertsOutside.door,
      keys: newAccessKeys(),
      pageFolder: emptyPage(folder.path),
      port: 0,
    })
    const officer = engine.client('officer')
    await officer.station.saveSettings({ publicUrl: `http://127.0.0.1:${station.port}` })
    await officer.alerts.saveRecipient(recipientDraft({ name: 'On <call>', language: 'de', config: { url: hook.url } }))
    engine.board.start()
    engine.alerts.open(alertCard({ since: clock.now(), raisedAt: clock.now(), lastAt: clock.now() }))
    await engine.board.outbox.work()
    link = (JSON.parse(hook.received[0]!.body) as { link: string }).link
  })
  afterEach(async () => {
    await station.close()
    await running.close()
    await hook.close()
  })
  afterAll(() => folder.remove())

  const state = async () => (await running.engine.client('officer').alerts.one({ id: 'alt_1' })).alert
  const press = (url: string, form: Record<string, string>) =>
    fetch(url, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' })

  it('shows the alert, and takes nothing by being followed', async () => {
    for (let i = 0; i < 3; i++) {
      const seen = await fetch(link)
      expect(seen.status).toBe(200)
      const html = await seen.text()
      expect(html).toContain('<html lang="de">')
      expect(html).toContain('Übernehmen')
      expect(html).toContain('On &#60;call&#62;')
      expect(html).not.toContain('<script')
      expect(seen.headers.get('content-security-policy')).toContain("default-src 'none'")
    }
    expect((await fetch(link, { method: 'HEAD' })).status).toBe(200)
    expect(await state()).toMatchObject({ state: 'raised', takenBy: null })
  })

  it('takes it by the button, once, in the name of whoever pressed it', async () => {
    expect((await press(link, { do: 'take', name: ' Jo\u202e ' })).status).toBe(303)
    expect(await state()).toMatchObject({ state: 'taken', takenBy: 'Jo (On <call>)' })
    expect((await press(link, { do: 'take', name: 'Somebody else' })).status).toBe(303)
    expect((await state()).takenBy).toBe('Jo (On <call>)')
    const html = await (await fetch(link)).text()
    expect(html).toContain('Übernommen von Jo (On &#60;call&#62;)')
    expect(html).not.toContain('<form')
    expect((await press(link, { do: 'close' })).status).toBe(400)
  })

  it('opens nothing else, and nothing that was changed, is too old or was taken away', async () => {
    const token = link.split('/').at(-1)!
    const at = (path: string) => fetch(`http://127.0.0.1:${station.port}${path}`)
    expect((await at(`/alert/${token.replace(/.$/, (last) => (last === '0' ? '1' : '0'))}`)).status).toBe(404)
    expect((await at(`/alert/x`)).status).toBe(404)
    expect(await running.engine.deskDoor.read(token)).toMatchObject({ ok: false, refusal: { why: 'unknown' } })
    const officer = running.engine.client('officer')
    const { recipient } = (await officer.alerts.recipients()).recipients[0]!
    await officer.alerts.saveRecipient({ ...recipient, enabled: false, secrets: {} })
    expect((await at(`/alert/${token}`)).status).toBe(410)
    await officer.alerts.saveRecipient({ ...recipient, enabled: true, secrets: {} })
    expect((await at(`/alert/${token}`)).status).toBe(200)
    // Somebody else's address: what the one before was sent opens nothing more.
    clock.set(60_000)
    await officer.alerts.saveRecipient({ ...recipient, config: { url: hook.url.replace('hook', 'next') }, secrets: {} })
    expect((await at(`/alert/${token}`)).status).toBe(410)
    await officer.alerts.saveRecipient({ ...recipient, config: { url: hook.url }, secrets: {} })
    clock.set(15 * 86_400_000)
    expect((await at(`/alert/${token}`)).status).toBe(410)
    expect((await press(link, { do: 'take' })).status).toBe(410)
    expect((await state()).takenBy).toBeNull()
  })
})
