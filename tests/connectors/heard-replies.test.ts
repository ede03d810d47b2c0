import { saying } from '#tests/support/saying.ts'
import { asWritten } from '#shared/words/said.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bluesky } from '#engine/connectors/bluesky/bluesky.ts'
import { mastodon } from '#engine/connectors/mastodon/mastodon.ts'
import { SecretsUnavailable } from '#engine/platform/secrets.ts'
import type { Draft } from '#shared/model/mention.ts'
import { blueskyServer, type BlueskyServer } from '#tests/support/bluesky-server.ts'
import { inventedPost, jetstreamServer, type JetstreamServer } from '#tests/support/jetstream-server.ts'
import { mastodonServer, type MastodonServer } from '#tests/support/mastodon-server.ts'
import { inventedStatus } from '#tests/support/mastodon-status.ts'
import { contextOf, type Network } from './fixtures/fixture.ts'

const noon = Date.parse('2026-11-20T12:00:00Z')
const network = (config: Record<string, unknown>, ...hosts: string[]) => ({ config, allowPrivate: hosts }) as Network

describe('on Mastodon, what is written to the account that answers', () => {
  let server: MastodonServer
  beforeEach(async () => {
    server = await mastodonServer()
  })
  afterEach(() => server.close())

  const written = (minutesAgo: number, text: string, changes: Record<string, unknown> = {}): void => {
    const status = inventedStatus(noon - minutesAgo * 60_000, text, changes)
    server.home.notifications!.push({ id: String(server.home.notifications!.length + 1), type: 'mention', status })
  }
  const poll = (cursor: string | null, config: Record<string, unknown> = {}) =>
    mastodon.poll(
      contextOf(network({ instance: server.url, hashtags: ['kaffora'], ...config }, server.host), mastodon as never, {
        cursor,
        secret: (key) => Promise.resolve(key === 'answerToken' ? 'write-token' : null),
      }) as never,
    )
  const texts = (drafts: Draft[]) => drafts.map(({ text }) => text)

  it('is heard, also in private, once, and from before only what is of today', async () => {
    written(60 * 24 * 30, 'years ago')
    written(10, 'still broken', { in_reply_to_id: '77' })
    written(5, 'my order number is 5', { visibility: 'direct' })
    const first = await poll(null)
    expect(texts(first.drafts).sort()).toEqual(['my order number is 5', 'still broken'])
    expect(first.drafts.find(({ private: p }) => p)?.text).toBe('my order number is 5')
    expect(first.drafts.find(({ private: p }) => !p)).toMatchObject({ kind: 'reply', inReplyTo: '77' })
    expect((await poll(first.cursor)).drafts).toEqual([])
    written(1, 'hello?')
    expect(texts((await poll(first.cursor)).drafts)).toEqual(['hello?'])
  })

  it('is caught up with page by page', async () => {
    written(9, 'first')
    const { cursor } = await poll(null)
    for (let i = 0; i < 50; i++) written(5, `more ${i}`)
    const page = await poll(cursor)
    expect([page.drafts.length, page.more]).toEqual([40, true])
    const rest = await poll(page.cursor)
    expect([rest.drafts.length, rest.more]).toEqual([10, false])
  })

  it('does not keep the hashtags from being heard when the token may not read it', async () => {
    server.home.notifications = null
    server.statuses.push(inventedStatus(noon - 60_000, 'kaffora is great'))
    const batch = await poll(null)
    expect(texts(batch.drafts)).toEqual(['kaffora is great'])
    expect(batch.detail).toEqual(saying(/not heard \(HTTP 403, the access token for answers needs the right read\)/))
  })

  it('does not keep the hashtags from being heard while the keychain is locked', async () => {
    server.statuses.push(inventedStatus(noon - 60_000, 'kaffora is great'))
    const locked = contextOf(network({ instance: server.url, hashtags: ['kaffora'] }, server.host), mastodon as never, {
      secret: (key) =>
        key === 'answerToken'
          ? Promise.reject(new SecretsUnavailable(asWritten('The keychain is locked.')))
          : Promise.resolve(null),
    })
    const batch = await mastodon.poll(locked as never)
    expect(texts(batch.drafts)).toEqual(['kaffora is great'])
    expect(batch.detail).toEqual('messages to the answering account are not heard: The keychain is locked.')
  })

  it('is heard to the last one while it streams, also when many write at once', async () => {
    written(9, 'first')
    let now = noon
    const context = contextOf(
      network({ instance: server.url, hashtags: ['kaffora'] }, server.host),
      mastodon as never,
      {
        now: () => now,
        secret: (key) => Promise.resolve(key === 'answerToken' ? 'write-token' : null),
      },
    )
    const heard: string[] = []
    for await (const { drafts } of mastodon.stream(context as never)) {
      heard.push(...texts(drafts))
      if (heard.length === 1) {
        for (let i = 0; i < 90; i++) written(5, `more ${i}`)
        now += 61_000
        // One event is enough to hear them all.
        server.post(inventedStatus(noon, 'a post with #kaffora'))
      }
      if (heard.length >= 92) break
    }
    expect(new Set(heard).size).toBe(92)
  })

  it('on another server than the one that is listened to is what only that one brings', async () => {
    const other = await mastodonServer()
    other.home.notifications!.push(
      { id: '1', type: 'mention', status: inventedStatus(noon - 60_000, 'a post with #kaffora') },
      { id: '2', type: 'mention', status: inventedStatus(noon - 50_000, 'an answer', { in_reply_to_id: '5' }) },
    )
    const config = { instance: server.url, hashtags: ['kaffora'], answerInstance: other.url }
    const context = contextOf(network(config, server.host, other.host), mastodon as never, {
      secret: (key) => Promise.resolve(key === 'answerToken' ? 'write-token' : null),
    })
    expect(texts((await mastodon.poll(context as never)).drafts)).toEqual(['an answer'])
    await other.close()
  })
})

describe('on Bluesky, what is written below the account’s own posts', () => {
  let jetstream: JetstreamServer
  let home: BlueskyServer
  beforeEach(async () => {
    jetstream = await jetstreamServer()
    home = await blueskyServer()
  })
  afterEach(() => Promise.all([jetstream.close(), home.close()]))

  it('is heard whatever its words are', async () => {
    const own = { uri: `at://${home.account.did}/app.bsky.feed.post/3kours`, cid: 'bafyours' }
    jetstream.events.push(
      inventedPost(noon - 3_000, 'kaffora again'),
      inventedPost(noon - 2_000, 'still broken', { reply: { root: own, parent: own } }),
      inventedPost(noon - 1_000, 'about something else'),
    )
    const config = {
      terms: ['kaffora'],
      lookup: false,
      hosts: [jetstream.subscribe],
      api: home.url,
      account: 'care.example',
    }
    const context = contextOf(network(config, jetstream.host, home.host), bluesky as never, {
      cursor: JSON.stringify({ us: (noon - 10_000) * 1000, host: 0 }),
    })
    const heard: string[] = []
    for await (const { drafts } of bluesky.stream(context as never)) {
      heard.push(...drafts.map(({ text }) => text))
      if (heard.length >= 2) break
    }
    expect(heard).toEqual(['kaffora again', 'still broken'])
  })

  it('is heard again once the account is found that was not to be found when listening began', async () => {
    const own = { uri: `at://${home.account.did}/app.bsky.feed.post/3kours`, cid: 'bafyours' }
    const reply = { reply: { root: own, parent: own } }
    home.misbehaviour = { kind: 'status', status: 503 }
    jetstream.events.push(inventedPost(noon - 3_000, 'kaffora once'))
    const config = { terms: ['kaffora'], lookup: false, hosts: [jetstream.subscribe], api: home.url, account: 'care.example' } // prettier-ignore
    let now = noon
    const context = contextOf(network(config, jetstream.host, home.host), bluesky as never, {
      cursor: JSON.stringify({ us: (noon - 10_000) * 1000, host: 0 }),
      now: () => now,
    })
    const heard: string[] = []
    for await (const { drafts } of bluesky.stream(context as never)) {
      heard.push(...drafts.map(({ text }) => text))
      if (heard.length === 1) {
        home.misbehaviour = null
        now += 60_000
        jetstream.emit(inventedPost(noon, 'still broken', reply))
      }
      if (heard.length === 2) break
    }
    expect(heard).toEqual(['kaffora once', 'still broken'])
  })
})
