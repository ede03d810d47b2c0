/** A station that hands one more case off and may be killed at any moment: `node handoff-child.ts FOLDER URL NUMBER`. */
import { createBoard } from '#engine/board.ts'
import { createHttp } from '#engine/platform/http-client.ts'
import { fileSecrets } from '#tests/support/file-secrets.ts'
import { silentLog } from '#engine/platform/log.ts'
import { systemClock } from '#engine/platform/clock.ts'
import { MentionWriter } from '#engine/store/mention-writer.ts'
import { openStore } from '#engine/store/open.ts'
import { ManualClock } from '#tests/support/manual-clock.ts'
import { testPaths } from '#tests/support/paths.ts'

const [folder, url, number] = process.argv.slice(2) as [string, string, string]
const clock = new ManualClock(Date.parse('2026-11-20T10:00:00Z') + Number(number) * 3_600_000)
const store = openStore({ paths: testPaths(folder), clock, log: silentLog })
const http = createHttp({ clock: systemClock, allowPrivate: ['127.0.0.1'], spacingMs: 0 })
const cases = createBoard({
  store,
  clock,
  log: silentLog,
  http,
  secrets: fileSecrets(folder),
  timeZone: 'UTC',
  isRouted: () => true,
})
const actor = { kind: 'officer', id: 'o', name: 'Officer' } as const
if (cases.channels.all().length === 0) {
  await cases.channels.save(
    { deskId: 'desk_care', kind: 'webhook', name: 'Care', enabled: true, config: { url }, secrets: {} },
    actor,
  )
}
cases.outbox.start()
const writer = new MentionWriter(store, store.hashSeed)
store.transaction(() =>
  writer.insert([
    {
      draft: { externalId: `x${number}`, kind: 'mail', text: `I want a refund, number ${number}`, title: null, url: null, publishedAt: clock.now(), lang: null, country: null, threadId: null, inReplyTo: null, engagement: null, links: [], media: [], private: true, raw: null, author: null },
      sourceId: 's', network: 'mail', key: writer.keyOf('s', `x${number}`), seenAt: clock.now(), lang: 'en', label: 0, score: -1, confidence: 0.9, model: 't', driving: null, intent: null, aspects: null, listens: [], simhash: null, duplicateOf: null,
    },
  ]),
) // prettier-ignore
cases.wake()
await cases.idle()
clock.advance(10_000)
await cases.outbox.work()
console.log('done')
await store.close()
process.exit(0)
