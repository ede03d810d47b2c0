/**
 * A station that raises an alert, tells a program that knows keys and a mailbox that does not, ends the alert of the run
 * before, and kills itself at a point: `node telling-child.ts FOLDER URL NUMBER POINT`. Points are changes of cards, inside
 * their transaction, and everything that leaves, before it does and after. POINT 0: it lives.
 */
import { createBoard } from '#engine/board.ts'
import { createHttp } from '#engine/platform/http-client.ts'
import type { Http } from '#engine/platform/http.ts'
import { silentLog } from '#engine/platform/log.ts'
import { MailProblem, type Mailer } from '#engine/platform/mailer.ts'
import { systemClock } from '#engine/platform/clock.ts'
import { openAlerts } from '#engine/store/queries/alerts.ts'
import { openStore } from '#engine/store/open.ts'
import { alertCard } from '#tests/support/alert.ts'
import { fileSecrets } from '#tests/support/file-secrets.ts'
import { ManualClock } from '#tests/support/manual-clock.ts'
import { testPaths } from '#tests/support/paths.ts'
import { recipientDraft } from '#tests/support/recipient.ts'

const [folder, url, number, point] = process.argv.slice(2) as [string, string, string, string]
const clock = new ManualClock(Date.parse('2026-11-20T10:00:00Z') + Number(number) * 3_600_000)
const store = openStore({ paths: testPaths(folder), clock, log: silentLog })

let passed = 0
let armed = false
function pass(): void {
  if (armed && ++passed === Number(point)) process.kill(process.pid, 'SIGKILL')
}

const plain = createHttp({ clock: systemClock, allowPrivate: ['127.0.0.1'], spacingMs: 0 })
const http: Http = {
  async fetch(request) {
    pass()
    const answer = await plain.fetch(request)
    pass()
    return answer
  },
}
const mailer: Mailer = {
  async send(_server, { messageId }) {
    pass()
    try {
      await plain.fetch({ url: `${url}mail/${messageId}`, method: 'POST', body: '', timeoutMs: 20_000 })
    } catch (error) {
      throw new MailProblem('unknown', 'delivery.fault', error)
    }
    pass()
  },
}
const board = createBoard({
  store,
  clock,
  log: silentLog,
  http,
  mailer,
  secrets: fileSecrets(folder),
  timeZone: 'UTC',
  isRouted: () => true,
})
const officer = { kind: 'officer', id: 'o', name: 'Officer' } as const
const { recipients } = board.alertsOutside
if (recipients.all().length === 0) {
  await recipients.save(recipientDraft({ name: 'Program', config: { url: `${url}hook` } }), officer)
  const config = { host: 'mail.example', port: '587', from: 'earshot@example.org', to: 'jo@example.org' }
  await recipients.save(recipientDraft({ name: 'Mailbox', kind: 'mail', config }), officer)
}
board.outbox.start()
board.alertsOutside.start()
await board.outbox.work()
board.alerts.onChanged(pass)
armed = true
for (const alert of openAlerts(store))
  store.transaction(() =>
    board.alerts.change(alert, 'alert.resolved', { state: 'resolved', resolvedAt: clock.now(), lastAt: clock.now() }),
  )
const at = { since: clock.now(), raisedAt: clock.now(), lastAt: clock.now() }
if (Number(point) > 0)
  store.transaction(() => board.alerts.open(alertCard({ id: `alt_${number}`, key: `run ${number}`, ...at })))
for (let i = 0; i < 40; i++) {
  await board.outbox.work()
  clock.advance(Number(point) > 0 ? 1_000 : 60_000)
}
console.log('done')
await store.close()
process.exit(0)
