/**
 * A station that answers one more customer and may be killed at any moment:
 * `node replies-child.ts FOLDER URL NUMBER keeps|forgets`. `forgets`: the network tells no second copy.
 */
import { createBoard } from '#engine/board.ts'
import { createReplyDoor } from '#engine/collect/reply-door.ts'
import type { Connector } from '#engine/connectors/connector.ts'
import { mastodon } from '#engine/connectors/mastodon/mastodon.ts'
import { createHttp } from '#engine/platform/http-client.ts'
import { createMemorySecrets } from '#engine/platform/keychain.ts'
import { silentLog } from '#engine/platform/log.ts'
import { createMailer } from '#engine/platform/mailer.ts'
import { systemClock } from '#engine/platform/clock.ts'
import { MentionWriter } from '#engine/store/mention-writer.ts'
import { openStore } from '#engine/store/open.ts'
import { allCases } from '#engine/store/queries/cases.ts'
import { saveSource } from '#engine/store/queries/sources.ts'
import { ManualClock } from '#tests/support/manual-clock.ts'
import { testPaths } from '#tests/support/paths.ts'

const [folder, url, number, memory] = process.argv.slice(2) as [string, string, string, 'keeps' | 'forgets']
const clock = new ManualClock(Date.parse('2026-11-20T10:00:00Z') + Number(number) * 3_600_000)
const store = openStore({ paths: testPaths(folder), clock, log: silentLog })
const http = createHttp({ clock: systemClock, allowPrivate: [new URL(url).host], spacingMs: 0 })
const secrets = createMemorySecrets()
await secrets.set('s/answerToken', 'write-token')
const replying = { ...mastodon.replying, ...(memory === 'forgets' && { repeatable: () => false }) }
const connectors = [{ ...mastodon, replying }] as unknown as Connector[]
const door = createReplyDoor({ reads: store, connectors, http, mailer: createMailer(), secrets, clock: systemClock })
saveSource(store, {
  source: { id: 's', connector: 'mastodon', name: 'Home', enabled: true, config: { instance: url }, createdAt: 0 },
  network: 'mastodon',
  secretKeys: ['answerToken'],
})
const cases = createBoard({ store, clock, log: silentLog, http, secrets, door, timeZone: 'UTC', isRouted: () => true })
cases.outbox.start()
const writer = new MentionWriter(store, store.hashSeed)
store.transaction(() =>
  writer.insert([
    {
      draft: { externalId: number, kind: 'post', text: `I want a refund, number ${number}`, title: null, url: `${url}/@mira/${number}`, publishedAt: clock.now(), lang: null, country: null, threadId: null, inReplyTo: null, engagement: null, links: [], media: [], private: true, raw: null, author: { id: `m${number}`, handle: '@mira', name: null, url: null, followers: null } },
      sourceId: 's', network: 'mastodon', key: writer.keyOf('s', number), seenAt: clock.now(), lang: 'en', label: 0, score: -1, confidence: 0.9, model: 't', driving: null, intent: null, aspects: null, listens: [], simhash: null, duplicateOf: null,
    },
  ]),
) // prettier-ignore
cases.wake()
await cases.idle()
const mine = [...allCases(store)].at(-1)!
const officer = { kind: 'officer', id: 'o', name: 'Officer' } as const
cases.do('reply', { id: mine.id }, { text: `We are looking into number ${number}`, way: 'direct' }, officer)
for (let i = 0; i < 3; i++) {
  clock.advance(10_000)
  await cases.outbox.work()
}
console.log('done')
await store.close()
process.exit(0)
