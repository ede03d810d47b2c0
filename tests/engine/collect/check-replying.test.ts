import { saying } from '#tests/support/saying.ts'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openTestEngine } from '#tests/support/engine.ts'
import { mastodonServer, type MastodonServer } from '#tests/support/mastodon-server.ts'
import { inventedStatus } from '#tests/support/mastodon-status.ts'

let server: MastodonServer
let station: Awaited<ReturnType<typeof openTestEngine>>
beforeEach(async () => {
  server = await mastodonServer()
  server.statuses.push(inventedStatus(Date.now() - 60_000, 'kaffora is great'))
  station = await openTestEngine({ allowPrivate: [server.host] })
})
afterEach(async () => {
  await station.close()
  await server.close()
})

const check = (secrets: Record<string, string>) =>
  station.engine.client().sources.check({
    connector: 'mastodon',
    name: 'Islands',
    enabled: true,
    config: { instance: server.url, hashtags: ['kaffora'] },
    secrets,
  })

it('trying a source out says under whose name answers would leave, and writes to nobody', async () => {
  expect(await check({})).toMatchObject({ ok: true, message: 'It answers: 1 found.' })
  expect(await check({ answerToken: 'write-token' })).toMatchObject({ ok: true, message: `It answers: 1 found. Answers leave as @care@${server.host}.` }) // prettier-ignore
  expect(await check({ answerToken: 'old' })).toMatchObject({ ok: false, message: saying(/does not accept the access token for answers/) }) // prettier-ignore
  expect(server.home.bodies).toEqual([])
})
