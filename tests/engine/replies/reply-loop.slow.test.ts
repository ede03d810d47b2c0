import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Client } from '#engine/api/router.ts'
import type { Log } from '#engine/platform/log.ts'
import { openTestEngine } from '#tests/support/engine.ts'
import { mastodonServer, type MastodonServer } from '#tests/support/mastodon-server.ts'
import { inventedStatus } from '#tests/support/mastodon-status.ts'

/** The whole way through the real engine and a server on loopback: heard, answered, recognised, heard again. */
let server: MastodonServer
let station: Awaited<ReturnType<typeof openTestEngine>>
let client: Client
const logged: string[] = []
const log: Log = {
  log: (...parts) => void logged.push(JSON.stringify(parts.map((part) => (part instanceof Error ? part.stack : part)))),
  child: () => log,
}

beforeEach(async () => {
  server = await mastodonServer()
  server.streaming = 'refused'
  server.home.token = 'sesame-secret-token'
  station = await openTestEngine({ allowPrivate: [server.host], log })
  client = station.engine.client()
  await client.listens.save({ name: 'Kaffora', colour: 1, query: 'kaffora', enabled: true, routed: true })
})
afterEach(async () => {
  await station.close()
  await server.close()
})

const cases = async () => (await client.cases.page({ filter: {}, limit: 50 })).items
const until = <T>(look: () => Promise<T>) => vi.waitFor(look, { timeout: 120_000, interval: 50 })

it('answers on the network, knows its own words, and is told when the customer writes again', async () => {
  const complaint = inventedStatus(Date.now() - 60_000, 'My kaffora grinder is broken, I want a refund')
  server.statuses.push(complaint)
  const source = await client.sources.save({
    connector: 'mastodon',
    name: 'Islands',
    enabled: true,
    config: { instance: server.url, hashtags: ['kaffora'] },
    secrets: { answerToken: 'sesame-secret-token' },
  })
  station.engine.start()
  const [card] = await until(async () => {
    const found = await cases()
    expect(found).toHaveLength(1)
    return found
  })
  const { id } = card!.case!
  const ways = await client.cases.replyWays({ id })
  expect(ways.map(({ way, as, possible, sourceName }) => [way, as, possible, sourceName])).toEqual([
    ['thread', `@care@${server.host}`, true, 'Islands'],
    ['direct', `@care@${server.host}`, true, 'Islands'],
  ])
  const text = 'Sorry {author}. We send a new one.'
  const preview = await client.cases.previewReply({ id, text, way: 'thread', sourceId: source.id })
  expect(preview).toMatchObject({
    text: `@mira@${server.host} Sorry mira 🌊. We send a new one.`,
    limit: 500,
    missing: [],
  })
  await client.cases.reply({ id, text, way: 'thread' })
  expect((await client.cases.replies({ id }))[0]).toMatchObject({ state: 'queued', as: `@care@${server.host}` })
  await until(async () => expect((await client.cases.get({ id })).card.case).toMatchObject({ state: 'replied', answer: 'sent' })) // prettier-ignore
  const [ours] = server.home.posted
  expect(ours).toMatchObject({ in_reply_to_id: complaint.id, visibility: 'public' })
  expect((await client.cases.replies({ id }))[0]).toMatchObject({ state: 'sent', url: ours!.url, text: preview.text })

  // Our own words come back through the timeline, and the customer answers them without the hashtag.
  server.statuses.push(ours!)
  const again = inventedStatus(Date.now(), 'When will it arrive?', { in_reply_to_id: ours!.id })
  server.home.notifications!.push({ id: '1', type: 'mention', status: again })
  await client.sources.fetchNow({ id: source.id })
  await until(async () => expect((await client.cases.get({ id })).card.case).toMatchObject({ reopened: 1, repliedAt: null })) // prettier-ignore
  expect(await cases()).toHaveLength(1)

  const everything = [
    ...logged,
    JSON.stringify(await client.cases.get({ id })),
    JSON.stringify(await client.sources.list()),
    JSON.stringify(await client.review.journal({ from: null, to: null, mentionId: null })),
  ].join('\n')
  expect(everything).not.toContain('sesame-secret-token')
}, 60_000)
