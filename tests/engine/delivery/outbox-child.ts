/**
 * A station that hands two more cases off to two tools of a desk and replies to each, and may be killed at any moment:
 * `node outbox-child.ts FOLDER URL NUMBER ROUNDS`. Of each kind one receiver tells a second copy by its key, and one does not.
 */
import { createBoard } from '#engine/board.ts'
import { createHttp } from '#engine/platform/http-client.ts'
import { fileSecrets } from '#tests/support/file-secrets.ts'
import { silentLog } from '#engine/platform/log.ts'
import { systemClock } from '#engine/platform/clock.ts'
import { MentionWriter } from '#engine/store/mention-writer.ts'
import { openStore } from '#engine/store/open.ts'
import { allCases } from '#engine/store/queries/cases.ts'
import { pretendDoor } from '#tests/engine/replies/pretend-door.ts'
import { ManualClock } from '#tests/support/manual-clock.ts'
import { testPaths } from '#tests/support/paths.ts'

const [folder, url, number, rounds] = process.argv.slice(2) as [string, string, string, string]
const clock = new ManualClock(Date.parse('2026-11-20T10:00:00Z') + Number(number) * 3_600_000)
const store = openStore({ paths: testPaths(folder), clock, log: silentLog })
const http = createHttp({ clock: systemClock, allowPrivate: ['127.0.0.1'], spacingMs: 0 })
const door = pretendDoor(['keeps', 'forgets'])
door.repeatable = (sourceId) => sourceId === 'keeps'
door.send = async (sourceId, _mention, { key }) => {
  await http.fetch({ url: `${url}reply/${sourceId}/${key}`, method: 'POST', body: '', timeoutMs: 20_000 })
  return { outcome: 'sent', sent: { externalId: key, url: null }, advice: null, retryAfterMs: null }
}
const board = createBoard({
  store,
  clock,
  log: silentLog,
  http,
  secrets: fileSecrets(folder),
  door,
  timeZone: 'UTC',
  isRouted: () => true,
})
const officer = { kind: 'officer', id: 'o', name: 'Officer' } as const
const tools = { webhook: `${url}handoff/keeps`, chat: `${url}handoff/forgets` }
for (const [kind, address] of Object.entries(tools) as ['webhook' | 'chat', string][]) {
  if (board.channels.all().some(({ channel }) => channel.kind === kind)) continue
  const config = { url: address, flavour: 'slack' }
  await board.channels.save({ deskId: 'desk_care', kind, name: kind, enabled: true, config, secrets: {} }, officer)
}
board.outbox.start()
const writer = new MentionWriter(store, store.hashSeed)
const sources = ['keeps', 'forgets']
store.transaction(() =>
  writer.insert(
    sources.map((source) => {
      const externalId = `${source}${number}`
      return {
        draft: { externalId, kind: 'post', text: `I want a refund, number ${number}`, title: null, url: null, publishedAt: clock.now(), lang: null, country: null, threadId: null, inReplyTo: null, engagement: null, links: [], media: [], private: true, raw: null, author: { id: externalId, handle: '@mira', name: null, url: null, followers: null } },
        sourceId: 's', network: 'mastodon', key: writer.keyOf('s', externalId), seenAt: clock.now(), lang: 'en', label: 0, score: -1, confidence: 0.9, model: 't', driving: null, intent: null, aspects: null, listens: [], simhash: null, duplicateOf: null,
      }
    }),
  ),
) // prettier-ignore
board.wake()
await board.idle()
const cases = [...allCases(store)].slice(-sources.length)
for (const [i, sourceId] of sources.entries())
  board.do('reply', { id: cases[i]!.id }, { text: `We look into ${number}`, way: 'direct', sourceId }, officer)
for (let i = 0; i < Number(rounds); i++) {
  clock.advance(10_000)
  await board.outbox.work()
}
console.log('done')
await store.close()
process.exit(0)
