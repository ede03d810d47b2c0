import { saying } from '#tests/support/saying.ts'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { replying } from '#engine/connectors/bluesky/reply.ts'
import { bluesky } from '#engine/connectors/bluesky/bluesky.ts'
import { facetsOf } from '#engine/connectors/bluesky/facets.ts'
import { recordKeyOf } from '#engine/connectors/bluesky/record-key.ts'
import { blueskyServer, type BlueskyServer } from '#tests/support/bluesky-server.ts'
import { dataFolder } from '#tests/support/data-folder.ts'
import { replyContext, someReply, someTo, wrote } from './replying.ts'

let server: BlueskyServer
beforeEach(async () => {
  server = await blueskyServer()
})
afterEach(() => server.close())

const customer = 'did:plc:earshotexample0000000001'
const uri = `at://${customer}/app.bsky.feed.post/3kcustomer`
const config = (more: Record<string, unknown> = {}) =>
  bluesky.config.parse({ account: '@Care.Example', api: server.url, directory: server.url, ...more })
const secrets = { appPassword: 'app-pass-word' }
const context = (more: Record<string, unknown> = {}, given: Record<string, string> = secrets) => replyContext(config(more), [server.host], given) // prettier-ignore
const to = (more: Parameters<typeof someTo>[0] = {}) =>
  someTo({ externalId: uri, author: { id: customer, handle: '@mira.example', name: 'Mira', url: null, followers: null }, ...more }) // prettier-ignore

function posted(more: Partial<BlueskyServer['posts'][number]> = {}): void {
  const author = { did: customer, handle: 'mira.example' }
  server.posts.push({ uri, cid: 'bafycustomer', author, record: { text: 'My grinder is broken' }, ...more })
}

describe('what Bluesky offers', () => {
  it('is the thread first, and a direct message; for what was written in private only that', () => {
    expect(replying.ways(to(), config(), ['appPassword'])).toEqual([
      { way: 'thread', limit: 300, audience: 'everybody', why: null },
      { way: 'direct', limit: 1_000, audience: 'customer', why: null },
    ])
    expect(replying.ways(to({ private: true }), config(), ['appPassword']).map(({ way, why }) => [way, why === null])).toEqual([['direct', true], ['thread', false]]) // prettier-ignore
  })

  it('is nothing without an account or its password, and says why', () => {
    expect(replying.ways(to(), config({ account: '' }), ['appPassword'])[0]!.why).toEqual(
      saying(/no account to answer from/),
    )
    expect(replying.ways(to(), config(), [])[0]!.why).toEqual(saying(/no account to answer from/))
  })

  it('counts what people see as one', () => {
    expect(replying.compose('👩‍👩‍👧 ok')).toEqual({ text: '👩‍👩‍👧 ok', length: 4 })
  })
})

describe('an answer on Bluesky', () => {
  it('says the language of the post, or the one that the officer chose', async () => {
    posted({ record: { text: 'Meine Mühle ist kaputt', langs: ['de', 'en'] } })
    const langs = async (more: Parameters<typeof someReply>[1] = {}) => {
      await replying.send(context(), someReply(to(), more))
      return [...server.records.values()].at(-1)!.langs
    }
    expect([await langs(), await langs({ key: 'ans_2', lang: 'fr' }), await langs({ key: 'ans_3', lang: '' })]).toEqual(
      [['de'], ['fr'], undefined],
    )
    const event = JSON.stringify({ commit: { record: { text: 'x', langs: ['pt-BR'] } } })
    expect(replying.manner('thread', { ...to(), raw: event })).toEqual({ warning: null, lang: 'pt-BR' })
    expect(replying.manner('thread', { ...to(), raw: 'cut {' })).toEqual({ warning: null, lang: '' })
    expect(replying.manner('direct', { ...to(), raw: event })).toEqual({ warning: null, lang: null })
  })

  it('stands below the post, in its conversation, with a key of its own', async () => {
    const root = { uri: `at://${customer}/app.bsky.feed.post/3kroot`, cid: 'bafyroot' }
    posted({ record: { text: 'and it smells', reply: { root, parent: root } } })
    const result = await replying.send(context(), someReply(to()))
    const [[rkey, record]] = [...server.records] as [[string, Record<string, unknown>]]
    expect(result.sent).toEqual({ externalId: `at://${server.account.did}/app.bsky.feed.post/${rkey}`, url: `https://bsky.app/profile/${server.account.did}/post/${rkey}` }) // prettier-ignore
    expect(record).toEqual({
      $type: 'app.bsky.feed.post',
      text: 'We are looking into it.',
      createdAt: '2026-11-20T12:00:00.000Z',
      reply: { root, parent: { uri, cid: 'bafycustomer' } },
    })
  })

  it('begins a conversation below a post that is none yet', async () => {
    posted()
    await replying.send(context(), someReply(to()))
    const [record] = server.records.values()
    expect(record!.reply).toEqual({ root: { uri, cid: 'bafycustomer' }, parent: { uri, cid: 'bafycustomer' } })
  })

  it.each(['cut', 'lost'] as const)('whose connection is %s is there once after it is asked for again', async (end) => {
    posted()
    server.next = [end]
    expect(await replying.send(context(), someReply(to()))).toMatchObject({ outcome: 'unknown' })
    expect(await replying.send(context(), someReply(to(), { triedAt: wrote }))).toMatchObject({ outcome: 'sent' })
    expect(server.records.size).toBe(1)
  })

  it.each([
    ['is gone', {}, /gone/],
    ['has a block between', { author: { did: customer, handle: 'm', viewer: { blockedBy: true } } }, /block/],
    ['was blocked by us', { author: { did: customer, handle: 'm', viewer: { blocking: 'at://x' } } }, /block/],
    ['lets only some answer', { viewer: { replyDisabled: true } }, /only some people/],
  ])('to a post that %s is refused with what to do', async (name, more, words) => {
    if (name !== 'is gone') posted(more)
    const result = await replying.send(context(), someReply(to()))
    expect(result).toMatchObject({ outcome: 'refused', advice: saying(words) })
    expect(server.writes).toBe(0)
  })

  it.each([
    [400, {}, 'refused', /“Invented reason”/, null],
    [429, { 'ratelimit-limit': '5000', 'ratelimit-remaining': '0', 'ratelimit-reset': String(wrote / 1000 + 70) }, 'later', /429/, 60_000],
    [502, {}, 'unknown', /502/, null],
    [503, {}, 'later', /503/, null],
  ])('that meets HTTP %i is told as what it is', async (status, headers, outcome, advice, retryAfterMs) => {
    posted()
    server.next = [{ status, headers: headers as Record<string, string> }]
    const result = await replying.send(context(), someReply(to()))
    expect(result).toMatchObject({ outcome, retryAfterMs })
    expect(result.advice).toEqual(saying(advice))
  }) // prettier-ignore

  it('with more bytes than the network takes is refused', async () => {
    const result = await replying.send(context(), someReply(to(), { text: '👩‍👩‍👧'.repeat(200) }))
    expect(result).toMatchObject({ outcome: 'refused', advice: saying(/3000 bytes/) })
  })

  it('is taken back by deleting the record, as often as one likes', async () => {
    posted()
    const { sent } = await replying.send(context(), someReply(to()))
    expect(await replying.withdraw(context(), 'thread', sent!)).toMatchObject({ outcome: 'sent' })
    expect(server.records.size).toBe(0)
    expect(await replying.withdraw(context(), 'thread', sent!)).toMatchObject({ outcome: 'sent' })
  })
})

describe('a direct message on Bluesky', () => {
  const direct = (more = {}) => someReply(to(), { way: 'direct', ...more })

  it('goes through the chat service, and cannot be taken back', async () => {
    const result = await replying.send(context(), direct())
    expect(result.sent).toEqual({ externalId: 'convo1/m1', url: 'https://bsky.app/messages/convo1' })
    expect(server.messages.map(({ text }) => text)).toEqual(['We are looking into it.'])
    expect(await replying.withdraw(context(), 'direct', result.sent!)).toMatchObject({ outcome: 'refused' })
  })

  it('whose connection is cut is looked for before it is said again', async () => {
    server.next = ['cut']
    expect(await replying.send(context(), direct())).toMatchObject({ outcome: 'unknown' })
    expect(await replying.send(context(), direct({ triedAt: wrote }))).toMatchObject({ outcome: 'sent', sent: { externalId: 'convo1/m1' } }) // prettier-ignore
    expect(server.messages).toHaveLength(1)
  })

  it.each([
    ['MessagesDisabled', /takes no direct messages/],
    ['NotFollowedBySender', /only from accounts they follow/],
    ['BlockedActor', /block/],
    ['SomethingNew', /“SomethingNew”/],
  ])('is refused with what %s means', async (error, words) => {
    server.noConversation = error
    expect(await replying.send(context(), direct())).toMatchObject({ outcome: 'refused', advice: saying(words) }) // prettier-ignore
  })

  it('needs an app password that allows it', async () => {
    server.account.mayChat = false
    await expect(replying.send(context(), direct())).rejects.toMatchObject({ kind: 'user', message: saying(/does not allow direct messages/) }) // prettier-ignore
  })
})

describe('the session of the answering account', () => {
  it('is opened once, renewed when it runs out, and opened anew when that is over too', async () => {
    posted()
    for (const key of ['a', 'b']) await replying.send(context(), someReply(to(), { key }))
    expect([server.opened, server.renewed]).toEqual([1, 0])
    server.expire()
    expect(await replying.send(context(), someReply(to(), { key: 'c' }))).toMatchObject({ outcome: 'sent' })
    expect([server.opened, server.renewed]).toEqual([1, 1])
    server.expire('refresh')
    expect(await replying.send(context(), someReply(to(), { key: 'd' }))).toMatchObject({ outcome: 'sent' })
    expect([server.opened, server.renewed]).toEqual([2, 1])
    expect(server.records.size).toBe(4)
  })

  it('is opened and renewed once for two who need it at the same time', async () => {
    posted()
    const both = (keys: string[]) => Promise.all(keys.map((key) => replying.send(context(), someReply(to(), { key }))))
    expect(await both(['a', 'b'])).toMatchObject([{ outcome: 'sent' }, { outcome: 'sent' }])
    expect([server.opened, server.renewed]).toEqual([1, 0])
    server.expire()
    expect(await both(['c', 'd'])).toMatchObject([{ outcome: 'sent' }, { outcome: 'sent' }])
    expect([server.opened, server.renewed]).toEqual([1, 1])
  })

  it('asks the keychain once for each time it is needed', async () => {
    let asked = 0
    const counted = { ...context(), secret: () => Promise.resolve(asked++ < 1 ? secrets.appPassword : null) }
    expect(await replying.account(counted)).toMatchObject({ name: '@care.example' })
    expect(asked).toBe(1)
  })

  it('says who it is', async () => {
    expect(await replying.account(context())).toEqual({ name: '@care.example', authorId: server.account.did, limit: null }) // prettier-ignore
  })

  it.each([
    ['a password that is not accepted', {}, { appPassword: 'wrong' }, /app password/],
    ['a handle that nobody has', { account: 'nobody.example' }, secrets, /Nobody on Bluesky is called nobody\.example/],
    ['no password', {}, {}, /no account to answer from/],
  ])('with %s asks a person', async (_name, more, given, words) => {
    const tried = replying.account(context(more, given))
    await expect(tried).rejects.toMatchObject({ kind: 'user', message: saying(words) })
    await tried.catch((error: Error) => expect(error.message).not.toContain('wrong'))
  })

  it('goes to the server that the account names, or that the source names', async () => {
    const direct = context({ accountServer: server.url, directory: 'http://127.0.0.1:9', api: 'http://127.0.0.1:9' })
    expect((await replying.account(direct)).name).toBe('@care.example')
  })
})

describe('the marks of a text', () => {
  const resolve = (handle: string) => Promise.resolve(handle === 'mira.example' ? customer : null)

  it('are counted in bytes: links, handles that exist, tags', async () => {
    const text = 'Grüße 👩‍👩‍👧 @mira.example, see https://kaffora.example/a_(b)). #Röstung @no.example #1'
    const facets = await facetsOf(text, resolve)
    const bytes = Buffer.from(text)
    const marked = facets.map(({ index, features }) => [bytes.subarray(index.byteStart, index.byteEnd).toString(), features[0]]) // prettier-ignore
    expect(marked).toEqual([
      ['@mira.example', { $type: 'app.bsky.richtext.facet#mention', did: customer }],
      [
        'https://kaffora.example/a_(b)',
        { $type: 'app.bsky.richtext.facet#link', uri: 'https://kaffora.example/a_(b)' },
      ],
      ['#Röstung', { $type: 'app.bsky.richtext.facet#tag', tag: 'Röstung' }],
    ])
  })

  it('do not overlap: a tag in an address is part of it', async () => {
    expect(await facetsOf('https://kaffora.example/#top and mail@mira.example', resolve)).toHaveLength(1)
  })
})

describe('the key of a record', () => {
  it('is the same for the same answer and another for every other', () => {
    expect(recordKeyOf('ans_1', wrote)).toBe(recordKeyOf('ans_1', wrote))
    const keys = new Set(Array.from({ length: 5_000 }, (_, i) => recordKeyOf(`ans_${i}`, wrote)))
    expect(keys.size).toBe(5_000)
    for (const key of keys) expect(key).toMatch(/^[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}$/)
  })

  const folder = dataFolder('api/bluesky/interop/syntax')
  it.runIf(folder)('has the form of the network’s own examples', () => {
    const valid = readFileSync(join(folder!, 'tid_syntax_valid.txt'), 'utf8').split('\n').filter((line) => /^\w/.test(line)) // prettier-ignore
    const key = recordKeyOf('ans_1', wrote)
    expect(valid.length).toBeGreaterThan(0)
    for (const example of valid) expect(key).toHaveLength(example.length)
  })
})
