/**
 * A station with a keychain in memory that has handed a case to a desk, in a process of its own: `node desk-station.ts`.
 * Prints one JSON line `{url}` with the link that the desk got, and a line for each change of the case: its state and what the
 * desk says. Runs until it is told to end.
 */
import { createHttp } from '#engine/platform/http-client.ts'
import { systemClock } from '#engine/platform/clock.ts'
import { openStation } from '#hosts/station.ts'
import { newAccessKeys } from '#hosts/station/access.ts'
import { webhookReceiver } from '#tests/engine/handoffs/receivers.ts'
import { emptyPage } from '#tests/contract/harness.ts'
import { openTestEngine, temporaryFolder } from './engine.ts'
import { ManualClock } from './manual-clock.ts'

const clock = new ManualClock(Date.now())
const folder = temporaryFolder('desk-station')
const http = createHttp({ clock: systemClock, allowPrivate: ['127.0.0.1'], spacingMs: 0 })
const running = await openTestEngine({ clock, http })
const tool = await webhookReceiver()
const officer = running.engine.client('officer')
const station = await openStation({
  keys: newAccessKeys(),
  pageFolder: emptyPage(folder.path),
  port: 0,
  connect: () => ({ receive: async () => {}, close() {} }),
  desks: running.engine.deskDoor,
})
await officer.station.saveSettings({ publicUrl: `http://127.0.0.1:${station.port}`, brand: 'Kaffora' })
await officer.desks.saveChannel({
  deskId: 'desk_care', kind: 'webhook', name: 'Tool', enabled: true, config: { url: tool.url }, secrets: {},
}) // prettier-ignore
const source = await officer.sources.save({
  connector: 'file',
  name: 'File',
  enabled: false,
  config: { path: '/none' },
})
await running.engine.intake.push({
  sourceId: source.id,
  network: 'mastodon',
  drafts: [
    {
      externalId: 'm1', kind: 'post', title: null, url: 'https://social.example/@mira/1',
      text: 'The app declines my card & charges me anyway. <script>document.title = "evil"</script> "><img src=x onerror=alert(1)>',
      author: { id: 'mira', handle: '@mira@social.example', name: 'Mira Okafor', url: null, followers: 3 },
      publishedAt: clock.now() - 60_000, lang: 'en', country: null, threadId: null, inReplyTo: null, engagement: null,
      links: [], media: [], private: false, raw: null,
    },
  ],
}) // prettier-ignore
const [heard] = [...running.engine.mentionsAfter(0, 10)]
await officer.cases.open({ mentionId: heard!.id, deskId: 'desk_care', priority: 'urgent' })
clock.advance(6_000)
running.engine.board.outbox.start()
await running.engine.board.outbox.work()
const { answer } = JSON.parse(tool.received[0]!.body) as { answer: { links: { accept: string } } }
console.log(JSON.stringify({ url: answer.links.accept }))

running.engine.board.onChanged(([changed]) => {
  console.log(`state=${changed?.state} deskSays=${changed?.deskSays?.kind ?? 'nothing'}`)
})
process.once('SIGTERM', () => {
  void Promise.all([station.close(), tool.close()])
    .then(() => running.close())
    .finally(() => {
      folder.remove()
      process.exit(0)
    })
})
