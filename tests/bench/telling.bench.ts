import { mailReceiver, webhookReceiver } from '#tests/engine/handoffs/receivers.ts'
import { alertCard } from '#tests/support/alert.ts'
import { openTestEngine } from '#tests/support/engine.ts'
import { recipientDraft } from '#tests/support/recipient.ts'
import { percentile, type Measure } from './station.ts'

const ALERTS = 60

/** From the card that is raised to the wall's stream, the letter at a mail server and the request at a webhook, all on loopback. */
export async function benchTelling(): Promise<Measure[]> {
  const test = await openTestEngine({ allowPrivate: ['127.0.0.1'] })
  const hook = await webhookReceiver()
  const mail = await mailReceiver()
  const raisedAt = new Map<string, number>()
  const took = {
    wall: new Map<string, number>(),
    webhook: new Map<string, number>(),
    mailbox: new Map<string, number>(),
  }
  const arrived = (where: keyof typeof took, id: string): void => {
    const at = raisedAt.get(id)
    if (at !== undefined && !took[where].has(id)) took[where].set(id, performance.now() - at)
  }
  const { engine } = test
  const officer = engine.client('officer')
  const save = (name: string, kind: 'webhook' | 'mail', config: Record<string, string>) =>
    officer.alerts.saveRecipient(recipientDraft({ name, kind, config }))
  await save('Program', 'webhook', { url: hook.url })
  await save('Mailbox', 'mail', {
    host: '127.0.0.1',
    port: String(mail.port),
    from: 'earshot@kaffora.example',
    to: 'jo@kaffora.example',
  })
  engine.board.start()
  const end = new AbortController()
  const stream = await engine.client('wall').alerts.live(undefined, { signal: end.signal })
  const watching = (async () => {
    try {
      for await (const { alerts } of stream) for (const { id } of alerts) arrived('wall', id)
    } catch (error) {
      if (!end.signal.aborted) throw error
    }
  })()
  for (let i = 0; i < ALERTS; i++) {
    const id = `alt_${i}`
    const at = Date.now()
    const seen = { hook: hook.received.length, mail: mail.letters.length }
    raisedAt.set(id, performance.now())
    engine.alerts.open(alertCard({ id, key: id, since: at, raisedAt: at, lastAt: at }))
    const until = performance.now() + 20_000
    while (performance.now() < until) {
      if (hook.received.length > seen.hook) arrived('webhook', id)
      if (mail.letters.length > seen.mail) arrived('mailbox', id)
      if (Object.values(took).every((one) => one.has(id))) break
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    engine.alerts.change(engine.alerts.get(id), 'alert.resolved', { state: 'resolved', resolvedAt: Date.now() })
    // The word that it is over arrives as well, before the next begins.
    const over = performance.now() + 20_000
    while (performance.now() < over && (hook.received.length < seen.hook + 2 || mail.letters.length < seen.mail + 2))
      await new Promise((resolve) => setTimeout(resolve, 5))
  }
  end.abort()
  await watching
  await test.close()
  await hook.close()
  await mail.close()
  return Object.entries(took).flatMap(([where, times]) => [
    { name: `telling: raised to ${where}, p95`, value: percentile([...times.values()], 0.95), unit: 'ms' },
    { name: `telling: raised to ${where}, not arrived of ${ALERTS}`, value: ALERTS - times.size, unit: 'alerts' },
  ])
}
