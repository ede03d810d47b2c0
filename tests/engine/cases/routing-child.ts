/** A station that hears and routes and may be killed at any moment: `node routing-child.ts FOLDER ROUND MENTIONS`. */
import { asWritten } from '#shared/words/said.ts'
import { createBoard } from '#engine/board.ts'
import { HttpProblem } from '#engine/platform/http.ts'
import { createMemorySecrets } from '#engine/platform/keychain.ts'
import { silentLog } from '#engine/platform/log.ts'
import { systemClock as clock } from '#engine/platform/clock.ts'
import { MentionWriter } from '#engine/store/mention-writer.ts'
import { openStore } from '#engine/store/open.ts'
import { testPaths } from '#tests/support/paths.ts'

const [folder, round, count] = process.argv.slice(2) as [string, string, string]
const store = openStore({ paths: testPaths(folder), clock, log: silentLog })
const http = { fetch: ({ url }: { url: string }) => Promise.reject(new HttpProblem('refused', url, asWritten('none'))) }
const cases = createBoard({
  store,
  clock,
  log: silentLog,
  http,
  secrets: createMemorySecrets(),
  timeZone: 'UTC',
  isRouted: () => true,
})
const writer = new MentionWriter(store, store.hashSeed)
console.log('ready')
for (let i = 0; i < Number(count); i += 50) {
  store.transaction(() =>
    writer.insert(
      Array.from({ length: 50 }, (_, k) => {
        const externalId = `${round}-${i + k}`
        return {
          draft: { externalId, kind: 'mail' as const, text: `I want a refund, ${externalId}`, title: null, url: null, publishedAt: clock.now(), lang: null, country: null, threadId: null, inReplyTo: null, engagement: null, links: [], media: [], private: true, raw: null, author: null },
          sourceId: 's', network: 'mail', key: writer.keyOf('s', externalId), seenAt: clock.now(), lang: 'en', label: 0, score: -1, confidence: 0.9, model: 't', driving: null, intent: null, aspects: null, listens: [], simhash: null, duplicateOf: null,
        } // prettier-ignore
      }),
    ),
  )
  cases.wake()
  await clock.sleep(0)
}
await cases.idle()
console.log('done')
await cases.stop()
await store.close()
process.exit(0)
