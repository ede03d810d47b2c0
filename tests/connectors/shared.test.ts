import { partAddress, wholeAddress } from '#engine/connectors/secret-address.ts'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { Draft } from '#shared/model/mention.ts'
import { said } from '#shared/words/said.ts'
import { emptyBatch } from '#engine/connectors/connector.ts'
import { authorOf, draftOf, dropped, take, unread, withLinksOf } from '#engine/connectors/draft.ts'
import { everySeconds, field, secret } from '#engine/connectors/form.ts'
import { bearer, fieldOf, jsonOf, listOr, readCursor, restMs, statusFailure } from '#engine/connectors/incoming.ts'
import { notSent, refused, sent, threadOrDirect } from '#engine/connectors/outgoing.ts'
import { Failure } from '#engine/platform/failure.ts'
import type { HttpResponse } from '#engine/platform/http.ts'

const now = Date.parse('2026-11-20T12:00:00Z')
const response = (status: number, body = '', headers: Record<string, string> = {}): HttpResponse => ({
  url: 'https://posts.example/api?token=hidden',
  status,
  headers,
  body: Buffer.from(body),
})
const draft = draftOf({ externalId: '1', kind: 'post', text: 'hello', publishedAt: now, raw: null })

describe('a draft', () => {
  it('knows nothing that the network did not say', () => {
    expect(Draft.parse(draft)).toEqual(draft)
    expect(draft).toMatchObject({ title: null, author: null, engagement: null, links: [], private: false })
    expect(draftOf({ ...draft, private: true, lang: 'de' })).toMatchObject({ private: true, lang: 'de' })
  })
  it('has its own lists', () => {
    draft.links.push('https://a.example/')
    expect(draftOf({ externalId: '2', kind: 'post', text: '', publishedAt: 0, raw: null }).links).toEqual([])
    draft.links.length = 0
  })
  it.each([
    [{ id: 'a' }, { id: 'a', handle: 'a', name: null, url: null, followers: null }],
    [
      { id: 'a', handle: '@a', name: ' \u0000Ada\n ' },
      { id: 'a', handle: '@a', name: 'Ada', url: null, followers: null },
    ],
    [
      { id: 'a', name: '  ', followers: 0 },
      { id: 'a', handle: 'a', name: null, url: null, followers: 0 },
    ],
  ])('has an author as far as one is known: %j', (given, author) => {
    expect(authorOf(given)).toEqual(author)
  })
  it('has each link once', () => {
    expect(withLinksOf('see https://a.example/x, https://b.example', ['https://a.example/x'])).toEqual([
      'https://a.example/x',
      'https://b.example/',
    ])
  })
})

describe('what cannot be read', () => {
  const Post = z.object({ id: z.string(), created: z.string(), text: z.object({ html: z.string() }) })
  const reasonOf = (payload: unknown) =>
    unread(Post.safeParse(payload).error!, (payload as { id?: unknown } | null)?.id, {
      id: 'no id',
      created: 'no date',
      '': 'not a post',
    })
  it('is named by the field that is wrong, and by its id', () => {
    expect(reasonOf({ id: 7, created: 'now' })).toMatchObject({ reason: 'no id', where: null })
    expect(reasonOf({ id: 'a', created: 7 })).toMatchObject({ reason: 'no date', where: 'a' })
    expect(reasonOf({ id: 'a', created: 'now', text: {} })).toMatchObject({ reason: 'not a post', where: 'a' })
    expect(reasonOf({ id: 'a', created: 'now', text: {} }).detail?.values?.['text']).toMatch(/^text\.html: /)
    expect(reasonOf(null)).toMatchObject({ reason: 'not a post', where: null })
  })
  it('is counted beside the drafts', () => {
    const batch = emptyBatch(null)
    expect([take(batch, draft), take(batch, dropped('empty', '2'))]).toEqual([true, false])
    expect(batch).toMatchObject({ drafts: [draft], dropped: [{ reason: 'empty', where: '2', detail: null }] })
  })
  it('says so in its own words or in ours', () => {
    expect(dropped('malformed', null, 'as written').detail).toEqual(said('asWritten', { text: 'as written' }))
    expect(dropped('malformed', null, said('file.lineNeverEnds')).detail).toEqual(said('file.lineNeverEnds'))
  })
})

describe('a form', () => {
  it('asks for nothing that is not needed', () => {
    expect(field('text', 'a', 'connector.server')).toEqual({
      key: 'a',
      label: said('connector.server'),
      hint: null,
      kind: 'text',
      choices: [],
      required: false,
    })
    expect(field('choice', 'a', 'connector.server', { choices: ['x'], initial: false, required: true })).toMatchObject({
      choices: ['x'],
      initial: false,
      required: true,
    })
    expect(everySeconds('connector.default60')).toMatchObject({ key: 'everySeconds', kind: 'number' })
    expect(secret('token', 'connector.accessToken', 'feed.passwordHint')).toMatchObject({ url: '', required: false })
  })
})

describe('what a network answers', () => {
  it.each([null, '', '{', '7', '"text"', 'null'])('means "begin anew" where the cursor is %j', (cursor) => {
    expect(readCursor<{ at: number }>(cursor).at).toBeUndefined()
  })
  it('is remembered by the cursor', () => {
    expect(readCursor<{ at: number }>('{"at":7}').at).toBe(7)
  })
  it('is JSON, or nothing', () => {
    expect(jsonOf(response(200, '<html>'))).toBeUndefined()
    expect(fieldOf(response(200, '{"a":[1]}'), 'a')).toEqual([1])
    for (const body of ['null', '7', 'nonsense', '{}']) expect(fieldOf(response(200, body), 'a')).toBeUndefined()
  })
  it('is a list, or passes', () => {
    expect(listOr('connector.noPosts', 'posts.example', [1])).toEqual([1])
    for (const body of [undefined, null, {}, 'text'])
      expect(() => listOr('connector.noPosts', 'posts.example', body)).toThrow(
        expect.objectContaining({ kind: 'operational', code: 'connector.noPosts', values: { host: 'posts.example' } }),
      )
  })
  it('is asked for with the token, when there is one', () => {
    expect(bearer(null)).toEqual({ accept: 'application/json' })
    expect(bearer('t')).toEqual({ accept: 'application/json', authorization: 'Bearer t' })
  })
  it.each([
    [{}, 300_000],
    [{ 'retry-after': '7' }, 7_000],
    [{ 'retry-after': '0' }, 1_000],
    [{ 'retry-after': '99999999' }, 3 * 3_600_000],
    [{ 'x-ratelimit-limit': '9', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '60' }, 60_000],
  ])('says how long it wants to rest: %j', (headers, ms) => {
    expect(restMs(response(429, '', headers), now)).toBe(ms)
  })
  it.each([
    [401, 'user', 'connector.tokenRefused', null],
    [429, 'operational', 'connector.limitRenewed', 9_000],
    [500, 'operational', 'connector.answersError', 9_000],
    [403, 'operational', 'connector.answersError', 9_000],
  ])('says with %i who must act', (status, kind, code, retryAfterMs) => {
    const failure = statusFailure(response(status, '', { 'retry-after': '9' }), now, { 401: 'connector.tokenRefused' })
    expect(failure).toMatchObject({ kind, code, retryAfterMs })
    expect(failure).toBeInstanceOf(Failure)
    expect(failure.message).toContain('posts.example')
    expect(failure.message).not.toContain('hidden')
  })
})

describe('what is answered to a network', () => {
  const to = (isPrivate: boolean) => ({ mention: { ...draft, private: isPrivate }, raw: null, own: true })
  const limits = { thread: 300, direct: 1_000 }
  it('goes into the thread first, in private where it was written in private', () => {
    expect(threadOrDirect(to(false), null, limits).map(({ way, limit, why }) => [way, limit, why])).toEqual([
      ['thread', 300, null],
      ['direct', 1_000, null],
    ])
    expect(threadOrDirect(to(true), null, limits).map(({ way, why }) => [way, why?.code])).toEqual([
      ['direct', undefined],
      ['thread', 'connector.wroteInPrivate'],
    ])
    const against = said('connector.nobodyToAnswer')
    for (const { why } of threadOrDirect(to(true), against, limits)) expect(why).toEqual(against)
  })
  it('was sent to a place, or has none', () => {
    const place = { externalId: '1', url: null }
    expect(sent(place)).toEqual({ outcome: 'sent', sent: place, advice: null, retryAfterMs: null })
    expect(refused('bluesky.postGone')).toEqual({
      outcome: 'refused',
      sent: null,
      advice: said('bluesky.postGone'),
      retryAfterMs: null,
    })
    expect(notSent('later', 'bluesky.postGone', 5)).toMatchObject({ outcome: 'later', sent: null, retryAfterMs: 5 })
  })
})

describe('a secret in an address', () => {
  it.each([
    ['https://x.example/feed.xml', 'https://x.example/feed.xml', null],
    ['https://x.example/feed?cat=1&token=abc', 'https://x.example/feed?cat=1', 'token=abc'],
    ['https://x.example/feed?private_token=a%20b', 'https://x.example/feed', 'private_token=a%20b'],
    ['https://x.example/feed?key=k&sig=s&page=2#top', 'https://x.example/feed?page=2#top', 'key=k&sig=s'],
    ['https://x.example/?feed=rss2&wpAuth=1&auth=zz', 'https://x.example/?feed=rss2&wpAuth=1', 'auth=zz'],
    ['https://x.example/?api_key=1&APIKEY=2', 'https://x.example/', 'api_key=1&APIKEY=2'],
    [
      'https://x.example/?keyword=tokenring&author=anna&passenger=no',
      'https://x.example/?keyword=tokenring&author=anna&passenger=no',
      null,
    ],
    ['https://x.example/?token=', 'https://x.example/?token=', null],
  ])('is taken out of %s', (given, address, query) => {
    expect(partAddress(given, 'feed.noPasswordInAddress')).toEqual({ address, query })
    const asked = new URL(wholeAddress(address, query))
    expect([...asked.searchParams].toSorted()).toEqual([...new URL(given).searchParams].toSorted())
  })

  it('that is a user name or password is refused with advice', () => {
    for (const who of ['anna:pw', 'anna', ':pw']) {
      expect(() => partAddress(`https://${who}@x.example/feed`, 'feed.noPasswordInAddress')).toThrow(
        /fields of their own/,
      )
    }
  })

  it.each(['?token=abc', '&token=abc', 'token=abc'])('as an officer types it: %s', (typed) => {
    expect(wholeAddress('https://x.example/feed?a=1', typed)).toBe('https://x.example/feed?a=1&token=abc')
  })
})
