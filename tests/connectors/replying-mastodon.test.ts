import { saying } from '#tests/support/saying.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ReplyContext } from '#engine/connectors/connector.ts'
import { replying } from '#engine/connectors/mastodon/reply.ts'
import { mastodon } from '#engine/connectors/mastodon/mastodon.ts'
import { mastodonServer, type MastodonServer } from '#tests/support/mastodon-server.ts'
import { inventedStatus } from '#tests/support/mastodon-status.ts'
import { replyContext, someReply, someTo, wrote } from './replying.ts'

let server: MastodonServer
beforeEach(async () => {
  server = await mastodonServer()
})
afterEach(() => server.close())

const secrets = { answerToken: 'write-token' }
type Context = ReplyContext<ReturnType<typeof mastodon.config.parse>>
const context = (config: Record<string, unknown> = {}, given: Record<string, string> = secrets, signal?: AbortSignal): Context => replyContext(mastodon.config.parse({ instance: server.url, ...config }), [server.host], given, signal) // prettier-ignore

/** A post on the server, as the mention that it became. */
function posted(changes: Record<string, unknown> = {}) {
  const status = inventedStatus(wrote - 60_000, 'My grinder is broken', { ...changes })
  server.statuses.push(status)
  return someTo({ externalId: status.id, url: String(status.url) })
}

describe('what Mastodon offers', () => {
  const config = mastodon.config.parse({ instance: 'islands.example' })
  const ways = (to = someTo(), set = ['answerToken'], more = {}) => replying.ways(to, { ...config, ...more }, set)

  it('is the thread first, and a direct message; for what was written in private only that', () => {
    expect(ways()).toEqual([
      { way: 'thread', limit: 500, audience: 'everybody', why: null },
      { way: 'direct', limit: 500, audience: 'customer', why: null },
    ])
    const [direct, thread] = ways(someTo({ private: true }))
    expect(direct).toMatchObject({ way: 'direct', why: null })
    expect(thread).toMatchObject({ way: 'thread', why: saying('in private') })
  })

  it.each([
    ['without a token that may write', ways(someTo(), ['token']), /no access token that may write/],
    ['for nobody', ways(someTo({ author: null })), /Nobody is known/],
    ['for what somebody only passed on', ways(someTo({ kind: 'repost' })), /Answer the original/],
    ['from elsewhere without an address', ways(someTo(), ['answerToken'], { answerInstance: 'https://b.example' }), /no address/],
    ['through another server’s source without an address', ways(someTo({}, { own: false })), /no address/],
  ])('is nothing %s, and says why', (_name, offered, words) => {
    for (const { why } of offered) expect(why).toEqual(saying(words))
  }) // prettier-ignore

  it('names the customer once, and counts as the network does', () => {
    const to = someTo()
    const first = replying.compose('Hello, see https://kaffora.example/a/long/address', 'thread', to)
    expect(first.text).toBe('@mira@islands.example Hello, see https://kaffora.example/a/long/address')
    expect(first.length).toBe('@mira Hello, see '.length + 23)
    expect(replying.compose(first.text, 'thread', to)).toEqual(first)
    expect(replying.compose('Thanks @Mira@islands.example!', 'direct', to).text).toBe('Thanks @Mira@islands.example!')
    expect(replying.compose('Not @mira@islands.example.org', 'direct', to).text).toMatch(/^@mira@islands\.example Not/)
    expect(replying.compose('Hi', 'thread', someTo({ author: null })).text).toBe('Hi')
  })
})

describe('an answer on Mastodon', () => {
  it('stands below the post, no wider than it, and says where', async () => {
    const to = posted({ visibility: 'unlisted' })
    const result = await replying.send(context(), someReply(to))
    const [answer] = server.home.posted
    expect(result).toEqual({ outcome: 'sent', sent: { externalId: answer!.id, url: answer!.url }, advice: null, retryAfterMs: null }) // prettier-ignore
    expect(server.home.bodies).toEqual([
      {
        status: 'We are looking into it.',
        in_reply_to_id: to.mention.externalId,
        visibility: 'unlisted',
        language: 'en',
      },
    ])
    expect(server.requests.at(-1)!.headers['idempotency-key']).toBe('ans_1')
  })

  it('by direct message is for the customer alone', async () => {
    await replying.send(context(), someReply(posted(), { way: 'direct' }))
    expect(server.home.bodies[0]!.visibility).toBe('direct')
  })

  it('is not given in public to what has become private', async () => {
    const result = await replying.send(context(), someReply(posted({ visibility: 'private' })))
    expect(result).toMatchObject({ outcome: 'refused', advice: saying(/private/) })
    expect(server.home.posted).toEqual([])
  })

  it('finds a post of another server by its address', async () => {
    const remote = inventedStatus(wrote, 'from afar', { url: 'https://far.example/@mira/7' })
    server.home.elsewhere.set('https://far.example/@mira/7', remote)
    const to = someTo({ externalId: '7', url: 'https://far.example/@mira/7' }, { own: false })
    expect(await replying.send(context(), someReply(to))).toMatchObject({ outcome: 'sent' })
    expect(server.home.bodies[0]!.in_reply_to_id).toBe(remote.id)
    const other = context({ instance: 'far.example', answerInstance: server.url })
    expect(await replying.send(other, someReply({ ...to, own: true }, { key: 'b' }))).toMatchObject({
      outcome: 'sent',
    })
    const gone = someTo({ url: 'https://far.example/@mira/8' }, { own: false })
    expect(await replying.send(context(), someReply(gone))).toMatchObject({ outcome: 'refused', advice: saying(/does not find/) }) // prettier-ignore
  })

  it.each([
    [401, {}, 'refused', /read and write:statuses/, null],
    [403, {}, 'refused', /write:statuses, and the account must not be blocked.*/, null],
    [404, {}, 'refused', /does not find the post/, null],
    [410, {}, 'refused', /does not find the post/, null],
    [422, {}, 'refused', /“Validation failed: invented reason 422”/, null],
    [429, { 'x-ratelimit-limit': '300', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': new Date(wrote + 70_000).toISOString() }, 'later', /429/, 60_000],
    [429, { 'retry-after': '7' }, 'later', /429/, 7_000],
    [503, { 'retry-after': '9' }, 'later', /503/, 9_000],
    [500, {}, 'unknown', /500/, null],
    [504, {}, 'unknown', /504/, null],
  ])('that meets HTTP %i is told as what it is', async (status, headers, outcome, advice, retryAfterMs) => {
    const to = posted()
    server.home.next = [{ status, headers: headers as Record<string, string> }]
    const result = await replying.send(context(), someReply(to))
    expect(result).toMatchObject({ outcome, retryAfterMs })
    expect(result.advice).toEqual(saying(advice))
    expect(result.all ?? false).toBe(status === 429)
    expect(JSON.stringify(result)).not.toContain('write-token')
  }) // prettier-ignore

  it('to a post that is gone is refused before anything is said', async () => {
    expect(await replying.send(context(), someReply(someTo()))).toMatchObject({ outcome: 'refused' })
    expect(server.home.bodies).toEqual([])
  })

  it('with a token that is not accepted says what to do', async () => {
    const to = posted({ visibility: 'direct' })
    const tried = replying.send(context({}, { answerToken: 'old' }), someReply(to))
    await expect(tried).rejects.toMatchObject({ kind: 'user', message: saying(/Make a new one/) }) // prettier-ignore
    await expect(replying.send(context({}, {}), someReply(to))).rejects.toThrow(/no access token that may write/)
    await expect(replying.account(context({}, { answerToken: 'old' }))).rejects.toMatchObject({ kind: 'user' })
  })

  it.each(['cut', 'lost'] as const)('whose connection is %s may or may not be there; asked again it is there once', async (end) => {
    const to = posted()
    server.home.next = [end]
    expect(await replying.send(context(), someReply(to))).toMatchObject({ outcome: 'unknown' })
    expect(server.home.posted).toHaveLength(end === 'cut' ? 1 : 0)
    // Long after: the server has forgotten the key.
    server.home.honoursKey = false
    const again = await replying.send(context(), someReply(to, { triedAt: wrote }))
    expect(again).toMatchObject({ outcome: 'sent', sent: { externalId: server.home.posted[0]!.id } })
    expect(server.home.posted).toHaveLength(1)
  }) // prettier-ignore

  it('is found again although the server shortens handles, and not taken for an older one with the same words', async () => {
    const to = posted()
    const text = '@mira@islands.example We are looking into it.'
    await replying.send(context(), someReply(to, { text }))
    server.home.posted[0]!.created_at = new Date(wrote + 500).toISOString()
    await replying.send(context(), someReply(to, { text, key: 'b', triedAt: wrote }))
    expect(server.home.posted).toHaveLength(1)
    server.home.posted[0]!.created_at = new Date(wrote - 600_000).toISOString()
    await replying.send(context(), someReply(to, { text, key: 'c', triedAt: wrote }))
    expect(server.home.posted).toHaveLength(2)
  })

  it('that hangs until it is given up is unknown', async () => {
    const to = posted()
    server.home.next = ['hang']
    const abort = new AbortController()
    server.home.onTaken = () => abort.abort()
    expect(await replying.send(context({}, secrets, abort.signal), someReply(to))).toMatchObject({
      outcome: 'unknown',
    })
  })

  it('cannot leave when the server is not there', async () => {
    const closed = await mastodonServer()
    await closed.close()
    const nobody = replyContext(mastodon.config.parse({ instance: closed.url }), [closed.host], secrets)
    await expect(replying.send(nobody, someReply(someTo()))).rejects.toMatchObject({ reason: 'refused' })
  })

  it('is taken back by deleting it; gone already is as good', async () => {
    const to = posted()
    const { sent } = await replying.send(context(), someReply(to))
    expect(await replying.withdraw(context(), 'thread', sent!)).toMatchObject({ outcome: 'sent' })
    expect(server.home.posted).toEqual([])
    expect(await replying.withdraw(context(), 'thread', sent!)).toMatchObject({ outcome: 'sent' })
    expect(await replying.withdraw(context({}, { answerToken: 'old' }), 'thread', sent!)).toMatchObject({ outcome: 'refused' }) // prettier-ignore
  })
})

it('knows the account that answers, as drafts name their authors, and how much its server takes', async () => {
  server.home.most = 1_000
  expect(await replying.account(context())).toEqual({
    name: `@care@${server.host}`,
    authorId: `care@${server.host}`,
    limit: 1_000,
  })
})

describe('what an answer on Mastodon takes over', () => {
  const behind = { spoiler_text: 'food, burns', sensitive: true, language: 'de' }
  const body = async (changes: Record<string, unknown>, more: Parameters<typeof someReply>[1] = {}) => {
    await replying.send(context(), someReply(posted(changes), more))
    return server.home.bodies.at(-1)!
  }

  it('is the content warning and the language of the post, in the thread and by direct message', async () => {
    for (const way of ['thread', 'direct'] as const)
      expect(await body(behind, { way })).toMatchObject({
        spoiler_text: 'food, burns',
        sensitive: true,
        language: 'de',
      })
  })

  it('is nothing where the post has neither', async () => {
    const sent = await body({ spoiler_text: '', language: null })
    expect(Object.keys(sent).toSorted()).toEqual(['in_reply_to_id', 'status', 'visibility'])
  })

  it('gives way to what the officer chose', async () => {
    expect(await body(behind, { warning: 'scalding', lang: 'en' })).toMatchObject({
      spoiler_text: 'scalding',
      language: 'en',
    })
    const open = await body(behind, { warning: '', lang: '' })
    expect('spoiler_text' in open || 'language' in open || 'sensitive' in open).toBe(false)
  })

  it('is known while it is written, and the warning counts', () => {
    const raw = JSON.stringify({ ...inventedStatus(wrote, 'x'), ...behind })
    expect(replying.manner('thread', someTo({}, { raw }))).toEqual({ warning: 'food, burns', lang: 'de' })
    expect(
      replying.manner('thread', someTo({}, { raw: JSON.stringify({ status: JSON.parse(raw) as unknown }) })),
    ).toEqual({ warning: 'food, burns', lang: 'de' })
    for (const none of [null, 'cut off {', '[]', '"x"', '{"spoiler_text":5}'])
      expect(replying.manner('thread', someTo({}, { raw: none }))).toEqual({ warning: '', lang: '' })
    const plain = replying.compose('@mira@islands.example Hi', 'thread', someTo()).length
    expect(replying.compose('@mira@islands.example Hi', 'thread', someTo({}, { raw })).length).toBe(
      plain + 'food, burns'.length,
    )
    expect(replying.compose('@mira@islands.example Hi', 'thread', someTo({}, { raw }), '🔥').length).toBe(plain + 1)
  })
})

describe('who else reads a direct message on Mastodon', () => {
  const config = mastodon.config.parse({ instance: 'islands.example' })
  const readers = (text: string, way: 'thread' | 'direct' = 'direct', to = someTo()) =>
    replying.readers(text, way, to, config)
  it.each<[text: string, others: string[]]>([
    [
      '@mira@islands.example I passed it on to @shop.berlin@kaffora.example, number 4711.',
      ['@shop.berlin@kaffora.example'],
    ],
    ['@mira@islands.example ask @shop', ['@shop']],
    ['@mira hello', []],
    ['@Mira@Islands.example hello', []],
    ['@mira@other.example hello', ['@mira@other.example']],
    ['write to help@kaffora.example', []],
    ['see https://islands.example/@shop', []],
    ['(@a@b.example, @c@d.example); @a@B.example', ['@a@b.example', '@c@d.example']],
    ['“@shop@kaffora.example”', ['@shop@kaffora.example']],
    ['@shop@kaffora.example.', ['@shop@kaffora.example']],
    ['@ nobody @', []],
    ['@shop@müller.example', ['@shop@müller.example']],
  ])('%s: %s', (text, others) => expect(readers(text)).toEqual(others))
  it('is nobody in a thread, which everybody reads', () =>
    expect(readers('@shop@kaffora.example', 'thread')).toEqual([]))
  it('is asked of the server that answers', () => {
    const away = someTo({ author: { id: 'm', handle: '@mira@far.example', name: null, url: null, followers: null } })
    expect(readers('@mira hi', 'direct', away)).toEqual(['@mira'])
  })
})
